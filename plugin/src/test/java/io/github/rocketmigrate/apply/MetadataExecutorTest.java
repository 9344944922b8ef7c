package io.github.rocketmigrate.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.JournalWitness;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Creates and aligns topics and groups while any answer may be lost. */
final class MetadataExecutorTest {
    private static final String PLAN = """
            batches:
              - name: all
                topics: [{ name: orders, type: NORMAL, queues: 8 }, { name: clicks, type: NORMAL }, { name: mails, type: NORMAL }]
                groups: [{ name: billing, order: CONCURRENT }, { name: mailing, order: CONCURRENT }]
            """;

    @TempDir
    private Path folder;

    /** Masters accept lists since 5.3. */
    @TestFactory
    Stream<DynamicTest> listsMeetEveryFault() throws Exception {
        return EveryWrite.of(() -> new Creation("5.3.2"));
    }

    @TestFactory
    Stream<DynamicTest> singleObjectsMeetEveryFault() throws Exception {
        return EveryWrite.of(() -> new Creation("5.1.4"));
    }

    /** One topic has fewer queues than planned; the other topics and the groups are absent. */
    private final class Creation implements EveryWrite.Story {
        private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
        private final MigrationPlan plan;
        private final Path journal = Files.createTempFile(folder, "journal", ".jsonl");
        private AppliedChanges applied = AppliedChanges.NONE;

        Creation(String version) throws Exception {
            network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                    .cluster(Side.DESTINATION, version, List.of("10.0.1.11:9876", "10.0.1.12:9876"), "new-a", "new-b");
            for (String topic : List.of("orders", "clicks", "mails")) {
                network.topic(Side.SOURCE, topic, ClusterFixture.topic(4));
            }
            network.topic(Side.DESTINATION, "orders", ClusterFixture.topic(4).withType("NORMAL"));
            network.witness(new JournalWitness(journal));
            plan = MemorySituation.plan(network, PLAN);
        }

        @Override
        public MemoryNetwork network() {
            return network;
        }

        @Override
        public void run() throws Exception {
            applied = AppliedChanges.NONE;
            try (MemoryRun run = MemoryRun.begin(network, journal)) {
                applied = new MetadataExecutor(network.writer(Side.DESTINATION), run.guard(), run.control())
                        .apply(
                                MemorySituation.of(network, plan).destination(),
                                MemorySituation.changes(network, plan, Change.AlignObject.class));
            } catch (Fault lease) {
                assertThat(lease).hasMessageContaining("lease");
            }
        }

        @Override
        public void ended(WriteFault fault, WriteCall write) {
            for (AppliedChange one : applied.changes()) {
                assertThat(isWanted(one.change()))
                        .describedAs("%s: %s", one.change(), one.why())
                        .satisfies(wanted -> {
                            if (one.outcome() == WriteOutcome.CONFIRMED || one.outcome() == WriteOutcome.UNCHANGED) {
                                assertThat(wanted).isTrue();
                            } else if (one.outcome() == WriteOutcome.FAILED) {
                                assertThat(wanted).isFalse();
                            }
                        });
                assertThat(one.why().isEmpty()).isEqualTo(one.outcome().isDone());
            }
            boolean allDone =
                    applied.changes().stream().allMatch(one -> one.outcome().isDone());
            boolean someFailed = applied.count(WriteOutcome.FAILED) > 0;
            assertThat(allDone || someFailed || applied.stopped().isPresent()).isTrue();
        }

        private boolean isWanted(Change change) {
            return network.brokers(Side.DESTINATION).stream().allMatch(broker -> {
                String name = change.subject().name();
                Map<String, TopicSettings> topics = broker.seen().topics();
                Map<String, GroupSettings> groups = broker.seen().groups();
                if (change instanceof Change.AlignObject object) {
                    return object.after()
                            .get(broker.name())
                            .equals(object.isOfTopic() ? topics.get(name) : groups.get(name));
                }
                throw new IllegalStateException(change.toString());
            });
        }

        @Override
        public void arrived() {
            assertThat(applied.stopped()).isEmpty();
            assertThat(applied.changes()).allMatch(one -> one.outcome().isDone());
            assertThat(MemorySituation.changes(network, plan)).isEmpty();
            network.nameServers(Side.DESTINATION).values().forEach(nameServer -> {
                assertThat(nameServer.route("orders").keySet()).containsExactlyInAnyOrder("new-a", "new-b");
                assertThat(nameServer.notes())
                        .describedAs("the lease is released")
                        .isEmpty();
            });
        }
    }
}
