package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import io.github.rocketmigrate.observe.PassedFence;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a fence withholds messages: what the plan says before, and what the run says after. */
final class FenceTimeTest {
    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));

    private void begin(String destination) {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, destination, List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "orders", ClusterFixture.topic(4))
                .group(Side.SOURCE, "billing", GroupSettings.DEFAULT)
                .joined();
        network.clients
                .consumes(Side.SOURCE, "10.1.0.8@1", "billing", "orders")
                .consumes(Side.DESTINATION, "10.1.0.8@1", "billing", "orders")
                .uses("10.1.0.8@1", "10.0.1.11:9876");
        read(Side.SOURCE, "old-a", 10);
    }

    /** The group has read everything that the broker holds. */
    private void read(Side side, String broker, int messages) {
        MemoryBroker at = network.broker(side, broker);
        at.holds("orders", 0, 0, messages);
        at.commit("billing", "orders", 0, messages);
    }

    private MigrationPlan plan(String stage) {
        return MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: orders, type: FIFO }]
                    groups: [{ name: billing, order: CONCURRENT }]
                    waivers:
                      - { check: queues-assigned, reason: Clients in memory say none, owner: team-a, expires: 2027-01-31 }
                      - { check: order-matches, reason: No order is needed, owner: team-a, expires: 2027-01-31 }
                """.formatted(stage));
    }

    private ApplyReport apply(String stage) {
        Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            writers.put(side, network.writer(side));
        }
        ApplyReport report =
                SimulatedGoals.apply(plan(stage), writers, network.timing(), folder, false, ApplyProgress.SILENT);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        return report;
    }

    private String look(String stage) {
        Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            readers.put(side, network.reader(side));
        }
        return Printed.of(SimulatedGoals.plan(plan(stage), readers, network.timing(), folder))
                .replaceAll("\\s+", " ");
    }

    @Test
    void aRunSaysHowLongItsFenceWasClosedAndWhatWasExpected() throws IOException {
        begin("5.5.0");
        apply("read-both");
        assertThat(look("write-destination"))
                .contains(
                        "orders in the fence: consumers receive nothing new for 35 s to 1 min 10 s, until the old messages at the"
                                + " source are consumed; then new messages are delivered in order. If that takes longer than"
                                + " 1 min 35 s, the topic stays in the fence");
        ApplyReport report = apply("write-destination");
        PassedFence fence = report.run().fences().get(0);
        assertThat(fence.took())
                .isBetween(fence.expected().closed(), fence.expected().longest());
        assertThat(Printed.of(report).replaceAll("\\s+", " "))
                .contains("The fence of orders was closed for " + fence.took().toSeconds()
                        + " s (expected 35 s to 1 min 10 s).");
        JsonNode json = new ObjectMapper()
                .readTree(folder.resolve("result.json").toFile())
                .path("fences")
                .get(0);
        assertThat(json.path("topic").asText()).isEqualTo("orders");
        assertThat(json.path("closed").asText()).isEqualTo("source");
        assertThat(json.path("seconds").asLong()).isEqualTo(fence.took().toSeconds());
        assertThat(json.path("expected").path("leastSeconds").asLong()).isEqualTo(35);
        assertThat(json.path("expected").path("mostSeconds").asLong()).isEqualTo(70);
        assertThat(json.path("expected").path("complete").asBoolean()).isTrue();
    }

    /** Before, the plan said the limit of a fence, however far behind the groups were. */
    @Test
    void aPlanEstimatesTheWayBackFromTheSpeedOfTheGroups() {
        begin("5.5.0");
        apply("write-destination");
        MemoryBroker destination = network.broker(Side.DESTINATION, "new-a");
        destination.holds("orders", 0, 0, 1_000);
        destination.commit("billing", "orders", 0, 0);
        assertThat(look("read-both"))
                .describedAs("nobody knows when a group that stands is done")
                .contains("consumers receive nothing new for at least 35 s to 1 min 10 s, until the old messages at the"
                        + " destination are consumed");
        network.timing().after(Duration.ofSeconds(5), () -> destination.commit("billing", "orders", 0, 200));
        assertThat(look("read-both"))
                .contains("orders in the reverse fence: consumers receive nothing new for 40 s to"
                        + " 1 min 15 s, until the old messages at the destination are consumed");
        read(Side.DESTINATION, "new-a", 1_000);
        PassedFence back = apply("read-both").run().fences().get(0);
        assertThat(back.closed()).isEqualTo(Side.DESTINATION);
        assertThat(back.took()).isBetween(Duration.ofSeconds(35), Duration.ofSeconds(70));
    }

    @Test
    void consumersNoticeAFenceWhoseNameServersTakeNoRoutes() {
        begin("5.1.3");
        apply("read-both");
        assertThat(look("write-destination"))
                .contains("then new messages are delivered in order, to each consumer within 35 s more, after it has"
                        + " polled its routes");
    }
}
