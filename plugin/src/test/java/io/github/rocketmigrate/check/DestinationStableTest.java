package io.github.rocketmigrate.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Updates, closed brokers and maintenance windows of the destination. */
final class DestinationStableTest extends ClusterStory {
    DestinationStableTest() {
        super(new DestinationStable());
    }

    @Test
    void everyReasonIsNamed() {
        destination.version("new-b", "5.3.3").setting("new-a", "brokerPermission", "4");
        assertThat(judge().what()).contains("different versions").contains("not open for reading and writing: new-a");
    }

    @Test
    void aDestinationOfOneVersionIsStable() {
        assertThat(judge()).isEqualTo(new Passed("all brokers run 5.5.0"));
        destination.version("new-b", "5.3.3");
        assertThat(judge().what()).isEqualTo("the destination's brokers run different versions: 5.3.3, 5.5.0");
    }

    @Test
    void aClosedBrokerIsNamed() {
        destination.setting("new-b", "brokerPermission", "4");
        assertThat(judge().what()).isEqualTo("1 broker of the destination is not open for reading and writing: new-b");
    }

    /** 12:00 UTC is 20:00 in Shanghai. */
    @ParameterizedTest
    @CsvSource({
        "02:00-06:00, passed",
        "19:00-21:00, failed",
        "20:00-21:00, failed",
        "19:00-20:00, passed",
        "19:00-02:00, failed",
        "21:00-19:00, passed",
        "00:00-00:00, failed",
        "08:00-08:00, failed"
    })
    void insideItsMaintenanceWindowADestinationIsNotStable(String window, String expected) {
        Verdict verdict = judge(Situations.of(
                Plans.whole("""
                                version: 1
                                name: windows
                                source: { nameServers: ["10.0.0.11:9876"] }
                                destination:
                                  nameServers: ["10.0.1.11:9876"]
                                  maintenance: { window: "%s", zone: Asia/Shanghai }
                                %s""".formatted(window, ONE)),
                Selection.ALL,
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE));
        assertThat(verdict.word()).isEqualTo(expected);
        if (verdict instanceof Failed failed) {
            assertThat(failed.what())
                    .isEqualTo("it is 20:00, inside the destination's maintenance window " + window + " Asia/Shanghai");
            assertThat(failed.fix()).isEqualTo("Run again after " + window.substring(6) + ".");
        } else {
            assertThat(verdict.what())
                    .isEqualTo("all brokers run 5.5.0; the time is outside the window " + window + " Asia/Shanghai");
        }
    }
}
