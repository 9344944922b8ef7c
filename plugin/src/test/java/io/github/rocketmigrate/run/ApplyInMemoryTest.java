package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.JournalWitness;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.ProducersView;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code apply} from its first look to its record, over clusters of which any answer may fail to come. */
final class ApplyInMemoryTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> aNormalTopicMoves() throws Exception {
        return EveryWrite.of(() -> new Migration(MessageType.NORMAL, "client", Stage.WRITE_DESTINATION));
    }

    @TestFactory
    Stream<DynamicTest> aFifoTopicMoves() throws Exception {
        return EveryWrite.of(() -> new Migration(MessageType.FIFO, "client", Stage.WRITE_DESTINATION));
    }

    @TestFactory
    Stream<DynamicTest> clustersJoinAndAFifoTopicMoves() throws Exception {
        return EveryWrite.of(() -> new Migration(MessageType.FIFO, "join", Stage.WRITE_DESTINATION));
    }

    /** A topic of one source master that the destination does not have yet; nobody uses it. */
    private final class Migration implements EveryWrite.Story {
        private static final String TOPIC = "orders";

        private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
        private final Path output = Files.createTempDirectory(folder, "output");
        private final MessageType type;
        private final Stage to;
        private final MigrationPlan plan;
        private final ProducersView view;
        private Optional<ApplyReport> report = Optional.empty();

        Migration(MessageType type, String routing, Stage to) throws Exception {
            this.type = type;
            this.to = to;
            network.cluster(Side.SOURCE, "5.1.4", List.of("10.0.0.11:9876"), "old-a")
                    .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876"), "new-a")
                    .topic(Side.SOURCE, TOPIC, ClusterFixture.topic(4).withType(type.name()));
            // Where clusters join, clients know the destination's name servers only.
            view = network.watch(TOPIC, routing.equals("join") ? Set.of(Side.DESTINATION) : Set.of(Side.values()));
            network.witness(new JournalWitness(output.resolve(Journal.NAME)));
            plan = MemorySituation.plan(network, """
                    traffic: { routing: %s }
                    batches: [{ name: all, stage: %s, topics: [{ name: orders, type: %s }] }]
                    """.formatted(routing, to.word(), type));
        }

        @Override
        public MemoryNetwork network() {
            return network;
        }

        @Override
        public void run() throws Exception {
            report = Optional.empty();
            Apply apply = new Apply(
                    network.timing(),
                    Goals.outputs(output),
                    MemoryRun.ORIGIN,
                    new Apply.Settings(
                            false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL),
                    opened -> Connections.of(
                            opened,
                            Map.of(
                                    Side.SOURCE, network.writer(Side.SOURCE),
                                    Side.DESTINATION, network.writer(Side.DESTINATION)),
                            network.timing()));
            try {
                report = Optional.of(apply.run(
                        new Apply.ApplyRequest("migration.yaml", plan, Selection.ALL, Optional.empty()),
                        planned -> {},
                        new StopSignal(),
                        ApplyProgress.SILENT));
            } catch (Fault lease) {
                assertThat(lease).hasMessageContaining("lease");
            }
        }

        @Override
        public void ended(WriteFault fault, WriteCall write) {
            boolean arrived = standing().equals(Standing.of(Pair.of(to)));
            report.ifPresent(it -> assertThat(it.outcome())
                    .describedAs(Printed.of(it))
                    .isIn(
                            arrived
                                    ? Set.of(Outcome.APPLIED, Outcome.CLEAN, Outcome.INCOMPLETE)
                                    : Set.of(Outcome.INCOMPLETE, Outcome.BLOCKED, Outcome.PENDING)));
            assertNeverAnOutage();
        }

        private Standing standing() {
            return MemorySituation.of(network, plan).standing(TOPIC);
        }

        private void assertNeverAnOutage() {
            if (type == MessageType.NORMAL) {
                assertThat(view.wasAlwaysWritable()).isTrue();
            } else if (!isFenceInDoubt()) {
                assertThat(view.wasEverWritableOnBothSides()).isFalse();
            }
        }

        /**
         * Two cases in which both sides are open for a moment: a kill while name servers send producers over, and an
         * opening that was made and not answered, after which the fence goes back.
         */
        private boolean isFenceInDoubt() {
            return network.killedAt()
                            .filter(write -> write.what().equals("route"))
                            .isPresent()
                    || network.unanswered().stream()
                            .anyMatch(write -> write.what().equals("topic")
                                    && write.address().startsWith(Side.DESTINATION.word()));
        }

        @Override
        public void arrived() {
            assertThat(report)
                    .hasValueSatisfying(it ->
                            assertThat(it.outcome()).describedAs(Printed.of(it)).isIn(Outcome.APPLIED, Outcome.CLEAN));
            assertThat(standing()).isEqualTo(Standing.of(Pair.of(to)));
            assertThat(MemorySituation.changes(network, plan)).isEmpty();
            assertThat(RecordFormat.read(
                                    plan.name().value(),
                                    network.reader(Side.DESTINATION).notes())
                            .batches()
                            .get("all")
                            .objects()
                            .values())
                    .singleElement()
                    .satisfies(recorded -> assertThat(recorded.stage()).hasValue(to));
            assertNeverAnOutage();
        }
    }
}
