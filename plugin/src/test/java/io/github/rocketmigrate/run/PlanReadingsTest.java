package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan reads the clusters once, and a second time only to see how fast groups consume. */
final class PlanReadingsTest {
    private static final Duration ONE_READING = Duration.ZERO;

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));

    /** The topic is at read-both, and its group is three messages behind. */
    private void reachReadBoth(String type) {
        network.cluster(Side.SOURCE, "4.7.1", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
                .group(Side.SOURCE, "audit", GroupSettings.DEFAULT)
                .joined();
        network.clients
                .consumes(Side.SOURCE, "10.1.0.8@1", "audit", "clicks")
                .consumes(Side.DESTINATION, "10.1.0.8@1", "audit", "clicks")
                .uses("10.1.0.8@1", "10.0.1.11:9876");
        MemoryBroker source = network.broker(Side.SOURCE, "old-a");
        source.holds("clicks", 0, 0, 7);
        source.commit("audit", "clicks", 0, 4);
        Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            writers.put(side, network.writer(side));
        }
        ApplyReport report = SimulatedGoals.apply(
                plan(type, "read-both"), writers, network.timing(), folder, false, ApplyProgress.SILENT);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
    }

    private MigrationPlan plan(String type, String stage) {
        return MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: clicks, type: %s }]
                    groups: [{ name: audit, order: CONCURRENT }]
                    waivers:
                      - { check: order-matches, reason: No order is needed, owner: team-a, expires: 2027-01-31 }
                """.formatted(stage, type));
    }

    /** What a plan for the destination prints. */
    private String look(String type) {
        Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            readers.put(side, network.reader(side));
        }
        return Printed.of(SimulatedGoals.plan(plan(type, "destination"), readers, network.timing(), folder));
    }

    private Duration since(Duration begin) {
        return network.timing().elapsed().minus(begin);
    }

    @Test
    void twoReadingsShowHowFastAGroupConsumesBeforeAFence() {
        reachReadBoth("FIFO");
        Duration begin = network.timing().elapsed();
        assertThat(look("FIFO")).contains("audit is 3 messages behind and consumed none in 10 s");
        assertThat(since(begin)).isEqualTo(Duration.ofSeconds(10));
    }

    /** Nothing tells when the owner of a host starts a producer there, so the plan does not wait for it. */
    @Test
    void aHostWithoutProducerIsReadOnce() {
        reachReadBoth("NORMAL");
        network.clients.sends(
                "10.1.0.7@1", "clicks", network.timing().clock().instant().minusSeconds(90));
        Duration begin = network.timing().elapsed();
        assertThat(look("NORMAL")).contains("1 host sent to the topic and has no producer at a broker now");
        assertThat(since(begin)).isEqualTo(ONE_READING);
    }
}
