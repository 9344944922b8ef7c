package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A group that nobody has planned begins to consume while a fence is closed: it keeps new messages from no other group. */
final class NewGroupInFenceTest extends RollbackStory {
    NewGroupInFenceTest() {
        orders = Stage.READ_BOTH;
    }

    @Test
    void aFenceOpensWhileANewGroupIsFarBehind() {
        orders = Stage.WRITE_DESTINATION;
        comesSoon(Side.SOURCE, "old-a");
        assertThat(opensAtTime())
                .contains("Group newcomers has offsets of orders and is not in the plan. Add it to groups, or to"
                        + " ignoredGroups if nobody runs it, before the topic moves on. A fence does not wait for it.");
    }

    @Test
    void soDoesTheReverseFence() {
        orders = Stage.WRITE_DESTINATION;
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        orders = Stage.READ_BOTH;
        comesSoon(Side.DESTINATION, "new-a");
        opensAtTime();
    }

    private void comesSoon(Side side, String broker) {
        MemoryBroker at = network.broker(side, broker);
        at.holds("orders", 0, 0, 100);
        network.timing().after(Duration.ofSeconds(20), () -> at.commit("newcomers", "orders", 0, 0));
    }

    private String opensAtTime() {
        ApplyReport report = apply();
        String printed = Printed.of(report).replaceAll("\\s+", " ");
        assertThat(report.outcome()).describedAs(printed).isEqualTo(Outcome.APPLIED);
        assertThat(stage("orders")).isEqualTo(orders);
        assertThat(report.run().fences().get(0).took()).isLessThan(Duration.ofSeconds(75));
        return printed;
    }
}
