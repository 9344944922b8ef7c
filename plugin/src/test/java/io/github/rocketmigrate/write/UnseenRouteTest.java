package io.github.rocketmigrate.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Side;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A broker that cannot reach a name server when a topic changes reports its next change there, and not this one: producers
 * would follow the old route for good.
 */
final class UnseenRouteTest {
    private static final String REACHED = "10.0.1.11:9876";
    private static final String CUT_OFF = "10.0.1.12:9876";
    private static final TopicSettings OPEN = ClusterFixture.topic(4);
    private static final TopicSettings CLOSED = OPEN.withAccess(Access.READ);

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1))
            .cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
            .cluster(Side.DESTINATION, "5.3.2", List.of(REACHED, CUT_OFF), "new-a")
            .topic(Side.DESTINATION, "orders", OPEN);

    private WriteOutcome close(Optional<ClusterWriter> router) throws Exception {
        network.cut(network.broker(Side.DESTINATION, "new-a"), CUT_OFF);
        network.begin(FaultPlan.NONE);
        Subject subject = new Subject(
                Subject.Kind.TOPIC, "orders", Side.DESTINATION, Optional.empty(), Optional.of(new Position(1, 1, 1)));
        SortedMap<String, TopicSettings> before = new TreeMap<>(Map.of("new-a", OPEN));
        SortedMap<String, TopicSettings> after = new TreeMap<>(Map.of("new-a", CLOSED));
        ObjectUpdate<TopicSettings> update =
                new ObjectUpdate<>(Change.AlignObject.align(subject, before, after), before, after);
        ClusterWriter writer = network.writer(Side.DESTINATION);
        try (MemoryRun run = MemoryRun.begin(network, folder.resolve("journal.jsonl"))) {
            new BulkWrite<>(
                            new SettingsStore.TopicStore(
                                    writer, network.reader(Side.DESTINATION).metadata(), List.of(writer), router),
                            network.reader(Side.DESTINATION).metadata().brokers(),
                            List.of(update),
                            run.writing())
                    .run(Map.of());
        } catch (Halt unknown) {
            assertThat(unknown).hasMessageContaining("unknown");
        }
        return update.applied().outcome();
    }

    private Access shown(String nameServer) {
        return network.nameServers(Side.DESTINATION)
                .get(nameServer)
                .route("orders")
                .get("new-a")
                .access();
    }

    @Test
    void theRunSetsTheRouteWhereTheBrokerDoesNotReport() throws Exception {
        assertThat(close(Optional.of(network.writer(Side.DESTINATION)))).isEqualTo(WriteOutcome.CONFIRMED);
        assertThat(List.of(shown(REACHED), shown(CUT_OFF))).containsOnly(Access.READ);
    }

    @Test
    void nameServersThatTakeNoRoutesKeepTheOldOneAndTheResultIsUnknown() throws Exception {
        assertThat(close(Optional.empty())).isEqualTo(WriteOutcome.UNKNOWN);
        assertThat(shown(CUT_OFF)).isEqualTo(Access.READ_WRITE);
    }
}
