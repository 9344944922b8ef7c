package io.github.rocketmigrate.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change.Remove;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.JournalWitness;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.RecordKeeper;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Removes the topics and groups that a plan created before it had traffic, in virtual time. */
final class RemoverTest {
    private static final String BATCH = """
            batches:
              - name: all
                topics: [{ name: orders, type: NORMAL }, { name: clicks, type: NORMAL }]
                groups: [{ name: billing, order: CONCURRENT }]
            """;

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> removalsMeetEveryFault() throws Exception {
        return EveryWrite.of(Removals::new);
    }

    @Test
    void leavesATopicThatGetsAMessageAfterItWasPlanned() throws Exception {
        AppliedChanges applied = runAfter(broker -> broker.holds("orders", 1, 0, 1));
        assertThat(outcomes(applied)).containsExactly("billing confirmed", "clicks confirmed", "orders failed");
        assertThat(applied.changes().get(2).why()).isEqualTo("it is in use at the destination: it holds 1 message");
    }

    /** Nobody can read what has expired. */
    @Test
    void removesATopicWhoseMessagesHaveExpired() throws Exception {
        assertThat(outcomes(runAfter(broker -> broker.holds("orders", 1, 7, 7))))
                .containsExactly("billing confirmed", "clicks confirmed", "orders confirmed");
    }

    @Test
    void leavesObjectsOfAClientThatConnectsAfterTheyWerePlanned() throws Exception {
        AppliedChanges applied = runAfter(broker -> broker.connects("billing", "orders", "10.0.9.1@1"));
        assertThat(outcomes(applied)).containsExactly("billing failed", "clicks confirmed", "orders failed");
        assertThat(applied.changes().get(0).why())
                .isEqualTo("it is in use at the destination: it has 1 client (10.0.9.1@1)");
        assertThat(applied.changes().get(2).why())
                .isEqualTo("it is in use at the destination: it is consumed by 1 client (10.0.9.1@1)");
    }

    private static List<String> outcomes(AppliedChanges applied) {
        return applied.changes().stream()
                .map(one -> one.change().subject().name() + " " + one.outcome().word())
                .toList();
    }

    private AppliedChanges runAfter(Consumer<MemoryBroker> happening) throws Exception {
        Removals story = new Removals();
        story.network().begin(FaultPlan.NONE);
        List<Remove> planned = story.planned();
        happening.accept(story.network().broker(Side.DESTINATION, "new-b"));
        story.remove(planned);
        return story.applied;
    }

    /** Two topics and a group with its retry topic, on two masters; the record shows that this plan created them. */
    private final class Removals implements EveryWrite.Story {
        private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
        private final MigrationPlan plan;
        private final Path journal = Files.createTempFile(folder, "journal", ".jsonl");
        private AppliedChanges applied = AppliedChanges.NONE;

        Removals() throws Exception {
            network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                    .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876", "10.0.1.12:9876"), "new-a", "new-b");
            for (Side side : Side.values()) {
                for (String topic : List.of("orders", "clicks")) {
                    network.topic(side, topic, ClusterFixture.topic(4).withType("NORMAL"));
                }
                network.group(side, "billing", GroupSettings.DEFAULT);
            }
            network.topic(Side.DESTINATION, "%RETRY%billing", ClusterFixture.topic(1));
            plan = MemorySituation.plan(network, "traffic: { routing: join }\n" + BATCH);
            recordCreations();
            network.witness(new JournalWitness(journal));
        }

        /** A run without traffic was killed after it had created everything. */
        private void recordCreations() throws Exception {
            MemoryNetwork empty = new MemoryNetwork(network.timing());
            empty.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                    .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876", "10.0.1.12:9876"), "new-a", "new-b");
            for (String topic : List.of("orders", "clicks")) {
                empty.topic(Side.SOURCE, topic, ClusterFixture.topic(4).withType("NORMAL"));
            }
            empty.group(Side.SOURCE, "billing", GroupSettings.DEFAULT);
            MigrationPlan metadata = MemorySituation.plan(network, BATCH);
            Situation before = MemorySituation.of(empty, metadata);
            keep(RecordUpdate.before(before, MemorySituation.changes(empty, metadata), Set.of()));
        }

        private void keep(MigrationRecord recorded) throws Exception {
            new RecordKeeper(network.writer(Side.DESTINATION), plan.name().value(), false).keep(recorded);
        }

        @Override
        public MemoryNetwork network() {
            return network;
        }

        List<Remove> planned() {
            return MemorySituation.changes(network, plan, Remove.class);
        }

        @Override
        public void run() throws Exception {
            remove(planned());
        }

        void remove(List<Remove> removals) throws Exception {
            applied = AppliedChanges.NONE;
            try (MemoryRun run = MemoryRun.begin(network, journal)) {
                Situation situation = MemorySituation.of(network, plan);
                keep(RecordUpdate.before(situation, List.copyOf(removals), Set.of()));
                applied = new Remover(
                                network.writer(Side.DESTINATION), situation.destination(), run.guard(), run.control())
                        .remove(removals);
            } catch (Fault lease) {
                assertThat(lease).hasMessageContaining("lease");
            }
        }

        private boolean isGone(String name) {
            return network.brokers(Side.DESTINATION).stream()
                            .noneMatch(broker -> broker.seen().topics().containsKey(name)
                                    || broker.seen().groups().containsKey(name))
                    && network.nameServers(Side.DESTINATION).values().stream()
                            .allMatch(nameServer -> nameServer.route(name).isEmpty());
        }

        @Override
        public void ended(WriteFault fault, WriteCall write) {
            for (AppliedChange one : applied.changes()) {
                String name = one.change().subject().name();
                boolean gone = isGone(name) && (!name.equals("billing") || isGone("%RETRY%billing"));
                switch (one.outcome()) {
                    case CONFIRMED, UNCHANGED ->
                        assertThat(gone).describedAs("%s", one).isTrue();
                    case FAILED, NOT_ATTEMPTED ->
                        assertThat(gone).describedAs("%s", one).isFalse();
                    case UNKNOWN -> assertThat(applied.stopped()).isPresent();
                }
                assertThat(one.why().isEmpty()).isEqualTo(one.outcome().isDone());
            }
            boolean allDone =
                    applied.changes().stream().allMatch(one -> one.outcome().isDone());
            assertThat(allDone || applied.stopped().isPresent()).isTrue();
        }

        @Override
        public void arrived() {
            assertThat(applied.stopped()).isEmpty();
            assertThat(applied.changes())
                    .allMatch(one -> one.outcome().isDone() && one.outcome() != WriteOutcome.UNKNOWN);
            assertThat(List.of("orders", "clicks", "billing", "%RETRY%billing")).allMatch(this::isGone);
            assertThat(planned()).isEmpty();
            assertThat(network.broker(Side.SOURCE, "old-a").seen().topics()).containsKeys("orders", "clicks");
        }
    }
}
