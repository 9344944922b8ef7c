package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that come to the source after a topic has left it are an alarm; those that groups had consumed are not. */
final class LateMessagesTest {
    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private MigrationPlan plan;
    private MemoryBroker source;

    /** Seven messages have come to the source, and nothing was unread when the topic left it. */
    @BeforeEach
    void leaveTheSource() {
        network.cluster(Side.SOURCE, "4.7.1", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
                .joined();
        source = network.broker(Side.SOURCE, "old-a");
        source.holds("clicks", 0, 0, 7);
        plan = MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: destination
                    topics: [{ name: clicks, type: NORMAL }]
                """);
        ApplyReport report =
                SimulatedGoals.apply(plan, writers(), network.timing(), folder, false, ApplyProgress.SILENT);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
    }

    private Map<Side, ClusterWriter> writers() {
        Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            writers.put(side, network.writer(side));
        }
        return writers;
    }

    private PlanReport look() {
        Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            readers.put(side, network.reader(side));
        }
        return SimulatedGoals.plan(plan, readers, network.timing(), folder);
    }

    /** A broker that is killed forgets the offsets of the last seconds, and nobody commits them again. */
    @Test
    void offsetsThatTheSourceHasLostAreNoAlarm() {
        source.commit("audit", "clicks", 0, 4);
        PlanReport report = look();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void onlyMessagesThatCameLateAreCounted() {
        source.commit("audit", "clicks", 0, 4);
        source.holds("clicks", 0, 0, 9);
        PlanReport report = look();
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report)).contains("the source has 2 messages of it that nobody reads there anymore");
    }

    @Test
    void whoSentLateIsNamed() {
        source.commit("audit", "clicks", 0, 7);
        assertThat(Printed.of(look())).doesNotContain("sent by");
        source.holds("clicks", 0, 0, 9);
        network.clients.sends(
                "10.1.0.7@1", "clicks", network.timing().clock().instant().minusSeconds(90));
        assertThat(Printed.of(look()))
                .contains("the source has 2 messages of it that nobody reads there anymore: unread by audit;"
                        + " sent by 10.1.0.7:4711 (1 min 30 s ago)");
    }

    /** A broker with an older copy of the queues took over, so the numbers cannot be compared. */
    @Test
    void whatCannotBeComparedIsUnread() {
        source.commit("audit", "clicks", 0, 4);
        source.holds("clicks", 0, 0, 6);
        PlanReport report = look();
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report)).contains("the source has 2 messages of it that nobody reads there anymore");
    }
}
