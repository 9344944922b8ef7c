package io.github.rocketmigrate.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.JournalWitness;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.Halt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Groups that are to begin at the end of each queue of the destination, whatever becomes of a write. */
final class SeederTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everySeedMeetsEveryFault() throws Exception {
        return EveryWrite.of(Seeding::new);
    }

    /** Two groups consume a topic; one of them has come further in one queue, which must stay. */
    private final class Seeding implements EveryWrite.Story {
        private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
        private final MigrationPlan plan;
        private final Path journal = Files.createTempFile(folder, "journal", ".jsonl");
        /** Empty if the run was stopped. */
        private Optional<List<AppliedChange>> applied = Optional.empty();

        Seeding() throws Exception {
            network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                    .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876"), "new-a", "new-b");
            network.topic(Side.SOURCE, "clicks", ClusterFixture.topic(2));
            network.topic(
                    Side.DESTINATION,
                    "clicks",
                    ClusterFixture.topic(2).withType("NORMAL").withAccess(Access.NONE));
            network.broker(Side.DESTINATION, "new-b").holds("clicks", 1, 70, 90);
            network.writer(Side.DESTINATION)
                    .setOffset(network.broker(Side.DESTINATION, "new-b").seen(), "billing", "clicks", 0, 42);
            network.witness(new JournalWitness(journal));
            plan = MemorySituation.plan(network, """
                    traffic: { routing: client }
                    batches:
                      - name: all
                        stage: read-both
                        topics: [{ name: clicks, type: NORMAL }]
                        groups: [{ name: billing, order: CONCURRENT }, { name: mailing, order: CONCURRENT }]
                    """);
        }

        @Override
        public MemoryNetwork network() {
            return network;
        }

        @Override
        public void run() throws Exception {
            applied = Optional.empty();
            try (MemoryRun run = MemoryRun.begin(network, journal)) {
                Situation situation = situation();
                List<Change.SeedOffsets> seeds = Planner.plan(situation).changes().stream()
                        .filter(Change.SeedOffsets.class::isInstance)
                        .map(Change.SeedOffsets.class::cast)
                        .toList();
                applied = Optional.of(new Seeder(
                                Side.DESTINATION,
                                network.writer(Side.DESTINATION),
                                situation.destination(),
                                run.writing())
                        .seed(seeds));
            } catch (Halt stop) {
                assertThat(stop.stop().fix()).isNotEmpty();
            } catch (Fault lease) {
                assertThat(lease).hasMessageContaining("lease");
            }
        }

        private Situation situation() {
            TrafficFixture traffic = TrafficFixture.of("clicks")
                    .subscribes(Side.SOURCE, "billing", "clicks")
                    .subscribes(Side.SOURCE, "mailing", "clicks")
                    .queue(Side.DESTINATION, "clicks", "new-b", 1, 70, 90);
            offsets()
                    .forEach((group, topics) -> topics.forEach((topic, queues) -> queues.forEach((queue, next) ->
                            traffic.offset(Side.DESTINATION, group, topic, queue.broker(), queue.queue(), next))));
            return MemorySituation.of(network, plan).withTraffic(traffic.build());
        }

        private Map<String, Map<String, Map<QueueKey, Long>>> offsets() {
            return network.reader(Side.DESTINATION)
                    .consumerOffsets(network.reader(Side.DESTINATION).metadata())
                    .groups();
        }

        private Map<QueueKey, Long> offsets(String group) {
            return offsets().getOrDefault(group, Map.of()).getOrDefault("clicks", Map.of());
        }

        /** If the seeder reports success, the topic is opened: then no group may skip a message. */
        @Override
        public void ended(WriteFault fault, WriteCall write) {
            if (applied.isPresent()) {
                arrived();
            }
        }

        @Override
        public void arrived() {
            assertThat(applied)
                    .hasValueSatisfying(
                            all -> assertThat(all).allMatch(one -> one.outcome().isDone()));
            assertThat(offsets("mailing"))
                    .isEqualTo(Map.of(
                            new QueueKey("new-a", 0), 0L,
                            new QueueKey("new-a", 1), 0L,
                            new QueueKey("new-b", 0), 0L,
                            new QueueKey("new-b", 1), 90L));
            assertThat(offsets("billing"))
                    .containsEntry(new QueueKey("new-b", 0), 42L)
                    .hasSize(4);
        }
    }
}
