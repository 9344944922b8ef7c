package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.JournalWitness;
import io.github.rocketmigrate.memory.Killed;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A plan that has created its objects gets {@code traffic}: removals, join and moves, over clusters in memory. */
final class MetadataFirstTest {
    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> removalsJoinAndMovesMeetEveryFault() throws Exception {
        return EveryWrite.of(() -> {
            Story story = new Story();
            story.apply(story.metadata, false);
            return story;
        });
    }

    /** However the run ended that created the objects, the next runs know that they are this plan's. */
    @TestFactory
    Stream<DynamicTest> creationsMeetEveryFault() throws Exception {
        return faultsOfCreations((write, fault) -> {
            Story story = interrupted(write, fault);
            story.apply(story.metadata, false);
            story.run();
            story.arrived();
        });
    }

    /** The plan gets its traffic before anybody runs it again, so an object may be on some masters only. */
    @TestFactory
    Stream<DynamicTest> trafficMayFollowCreationsThatMetAFault() throws Exception {
        return faultsOfCreations((write, fault) -> {
            Story story = interrupted(write, fault);
            story.run();
            story.arrived();
        });
    }

    private interface Ending {
        void of(WriteCall write, WriteFault fault) throws Exception;
    }

    private Stream<DynamicTest> faultsOfCreations(Ending ending) throws Exception {
        Story plain = new Story();
        plain.network.begin(FaultPlan.NONE);
        plain.apply(plain.metadata, false);
        return plain.network.writes().stream()
                .flatMap(write -> Stream.of(WriteFault.values())
                        .map(fault -> DynamicTest.dynamicTest(fault + " at " + write, () -> ending.of(write, fault))));
    }

    private Story interrupted(WriteCall write, WriteFault fault) throws Exception {
        Story story = new Story();
        story.network.begin(FaultPlan.at(write.number(), fault));
        try {
            story.apply(story.metadata, false);
        } catch (Killed end) {
            assertThat(fault.isKill()).isTrue();
        }
        story.network.timing().sleep(Duration.ofMinutes(1));
        story.network.begin(FaultPlan.NONE);
        return story;
    }

    @Test
    void withoutPermissionNoBrokerIsWritten() throws Exception {
        Story story = new Story();
        story.apply(story.metadata, false);
        story.network.begin(FaultPlan.NONE);
        story.apply(story.traffic, false);
        assertThat(story.report).hasValueSatisfying(it -> {
            assertThat(it.outcome()).isEqualTo(Outcome.BLOCKED);
            assertThat(it.result().details().held().values())
                    .hasSize(2)
                    .allSatisfy(reason -> assertThat(reason.fix()).contains("-Dmigrate.removeEmpty=true"));
        });
        assertThat(story.network.writes()).allMatch(write -> write.what().equals("note"));
    }

    /** Objects that were there before the first run of the plan are never removed. */
    @Test
    void whatThePlanFoundStays() throws Exception {
        Story story = new Story();
        story.network.topic(Side.DESTINATION, "orders", ClusterFixture.topic(4).withType("NORMAL"));
        story.apply(story.metadata, false);
        story.apply(story.traffic, true);
        assertThat(story.report).hasValueSatisfying(it -> {
            assertThat(it.outcome()).isEqualTo(Outcome.BLOCKED);
            assertThat(it.left().judgements())
                    .filteredOn(judgement -> judgement.check().name().equals("destination-clean"))
                    .singleElement()
                    .satisfies(
                            judgement -> assertThat(judgement.verdict().fix()).startsWith("Delete or rename it"));
            assertThat(it.counts()).containsEntry("removed", 0L);
        });
    }

    /** One topic and one group, which the destination does not have. */
    private final class Story implements EveryWrite.Story {
        private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
        private final Path output = Files.createTempDirectory(folder, "output");
        private final MigrationPlan metadata;
        private final MigrationPlan traffic;
        private Optional<ApplyReport> report = Optional.empty();

        Story() throws Exception {
            network.cluster(Side.SOURCE, "5.1.4", List.of("10.0.0.11:9876"), "old-a")
                    .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876"), "new-a", "new-b")
                    .topic(Side.SOURCE, "orders", ClusterFixture.topic(4).withType("NORMAL"))
                    .group(Side.SOURCE, "billing", GroupSettings.DEFAULT);
            network.witness(new JournalWitness(output.resolve(Journal.NAME)));
            String objects = "topics: [{ name: orders, type: NORMAL }], groups: [{ name: billing, order: CONCURRENT }]";
            metadata = MemorySituation.plan(network, "batches: [{ name: all, " + objects + " }]\n");
            traffic = MemorySituation.plan(
                    network,
                    "traffic: { routing: join }\nbatches: [{ name: all, stage: read-both, " + objects + " }]\n");
        }

        @Override
        public MemoryNetwork network() {
            return network;
        }

        @Override
        public void run() throws Exception {
            apply(traffic, true);
        }

        private void apply(MigrationPlan plan, boolean mayRemove) {
            report = Optional.empty();
            Apply apply = new Apply(
                    network.timing(),
                    Goals.outputs(output),
                    MemoryRun.ORIGIN,
                    new Apply.Settings(
                            false,
                            Duration.ZERO,
                            Set.of(),
                            Set.of(),
                            Lease.Terms.USUAL,
                            Timeouts.USUAL,
                            FencePolicy.USUAL,
                            mayRemove,
                            Optional.empty()),
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

        private Standing standing() {
            return MemorySituation.of(network, traffic).standing("orders");
        }

        @Override
        public void ended(WriteFault fault, WriteCall write) {
            boolean arrived = standing().equals(Standing.of(Pair.of(Stage.READ_BOTH)));
            report.ifPresent(it -> assertThat(it.outcome())
                    .describedAs(it.verdict())
                    .isIn(
                            arrived
                                    ? Set.of(Outcome.APPLIED, Outcome.CLEAN, Outcome.INCOMPLETE)
                                    : Set.of(Outcome.INCOMPLETE, Outcome.BLOCKED, Outcome.PENDING)));
            assertThat(network.broker(Side.SOURCE, "old-a").seen().topics()).containsKey("orders");
        }

        @Override
        public void arrived() {
            assertThat(report)
                    .hasValueSatisfying(it ->
                            assertThat(it.outcome()).describedAs(it.verdict()).isIn(Outcome.APPLIED, Outcome.CLEAN));
            assertThat(standing()).isEqualTo(Standing.of(Pair.of(Stage.READ_BOTH)));
            assertThat(MemorySituation.changes(network, traffic, Change.Remove.class))
                    .isEmpty();
        }
    }
}
