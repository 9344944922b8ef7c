package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.Killed;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A topic stays at each stage for a while, over runs and within one. */
final class SoakTest extends RollbackStory {
    /** The two masters of the destination close, those of the source, and those of the destination open for writing. */
    private static final int OF_CLOSED_FENCE = 6;

    @Test
    void theNextStageIsDueAfterTheTimeSinceTheRecordedArrival() {
        traffic = ", soak: 30m";
        views = Stage.WRITE_DESTINATION;
        ApplyReport early = apply();
        assertThat(early.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(stage("views")).isEqualTo(Stage.READ_BOTH);
        assertThat(Printed.of(early)).contains("(30 min required); the step is due at ");
        assertThat(Printed.of(look())).contains("(30 min required); the step is due at ");
        network.timing().sleep(Duration.ofMinutes(31));
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("views")).isEqualTo(Stage.WRITE_DESTINATION);
    }

    /** Each rung takes its time, although the record of the run is written at its end. */
    @Test
    void aRunThatWaitsMakesAllRungsInTime() {
        traffic = ", soak: 10m";
        Duration begin = network.timing().elapsed();
        clicks = Stage.READ_BOTH;
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        clicks = Stage.DESTINATION;
        wait = Duration.ofMinutes(45);
        ApplyReport report = apply();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
        assertThat(network.timing().elapsed().minus(begin)).isBetween(Duration.ofMinutes(20), Duration.ofMinutes(30));
    }

    @Test
    void theWayBackNeedsNoTime() {
        traffic = ", soak: 30m";
        clicks = Stage.READ_BOTH;
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.READ_BOTH);
    }

    /** The record says where the topic was before the killed run, since a time long before it went away and came back. */
    @Test
    void aTopicThatLeftAStageAndCameBackHasToStayAgain() {
        traffic = ", soak: 30m";
        orders = Stage.READ_BOTH;
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        network.timing().sleep(Duration.ofHours(1));
        orders = Stage.WRITE_DESTINATION;
        killInFence();
        orders = Stage.READ_BOTH;
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("orders")).isEqualTo(Stage.READ_BOTH);
        orders = Stage.WRITE_DESTINATION;
        ApplyReport early = apply();
        assertThat(early.outcome()).describedAs(Printed.of(early)).isEqualTo(Outcome.BLOCKED);
        assertThat(stage("orders")).isEqualTo(Stage.READ_BOTH);
    }

    private void killInFence() {
        AtomicInteger writes = new AtomicInteger();
        network.begin(call -> call.what().equals("topic") && writes.incrementAndGet() == OF_CLOSED_FENCE
                ? Optional.of(WriteFault.KILLED_AFTER)
                : Optional.empty());
        assertThatThrownBy(this::apply).isInstanceOf(Killed.class);
        network.begin(FaultPlan.NONE);
        network.timing().sleep(Duration.ofMinutes(3));
    }
}
