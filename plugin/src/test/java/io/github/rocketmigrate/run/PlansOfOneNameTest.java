package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.record.RecordedSource;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.RecordKeeper;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run neither overwrites nor deletes what another plan has recorded, until the user says that it may go. */
final class PlansOfOneNameTest {
    private static final Apply.Settings USUAL =
            new Apply.Settings(false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL);

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private MigrationPlan plan;

    @BeforeEach
    void clusters() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4));
        plan = MemorySituation.plan(network, """
                batches:
                  - name: all
                    topics: [{ name: clicks, type: NORMAL }]
                """);
    }

    /** Another migration, whose broker has joined. */
    private void record(String name) throws InterruptedException {
        new RecordKeeper(network.writer(Side.DESTINATION), name, true)
                .keep(new MigrationRecord(
                        new TreeMap<>(),
                        Map.of(Side.SOURCE, new TreeSet<>(List.of("broker-a"))),
                        new TreeSet<>(List.of("broker-a")),
                        false,
                        new TreeSet<>(),
                        7,
                        new TreeMap<>(),
                        Optional.of(new RecordedSource("DefaultCluster", new TreeSet<>(List.of("10.0.9.1:9876"))))));
    }

    private MigrationRecord recorded(String name) {
        return RecordFormat.read(name, network.reader(Side.DESTINATION).notes());
    }

    private ApplyReport apply(Apply.Settings settings) {
        return new Apply(
                        network.timing(),
                        Goals.outputs(folder),
                        MemoryRun.ORIGIN,
                        settings,
                        opened -> Connections.of(
                                opened,
                                Map.of(
                                        Side.SOURCE, network.writer(Side.SOURCE),
                                        Side.DESTINATION, network.writer(Side.DESTINATION)),
                                network.timing()))
                .run(
                        new Apply.ApplyRequest("migration.yaml", plan, Selection.ALL, Optional.empty()),
                        planned -> {},
                        new StopSignal(),
                        ApplyProgress.SILENT);
    }

    private boolean isCreated() {
        return network.broker(Side.DESTINATION, "new-a").seen().topics().containsKey("clicks");
    }

    @Test
    void aRunBlocksAndLeavesTheRecordOfAnotherSourceAlone() throws Exception {
        String name = plan.name().value();
        record(name);
        MigrationRecord before = recorded(name);
        ApplyReport report = apply(USUAL);
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report)).contains("of another source", "-Dmigrate.forgetPlan=" + name);
        assertThat(isCreated()).isFalse();
        assertThat(recorded(name)).isEqualTo(before);
    }

    @Test
    void theUserMayForgetTheOtherPlanOfThisName() throws Exception {
        String name = plan.name().value();
        record(name);
        ApplyReport report = apply(USUAL.forgettingPlan(name));
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(report.warnings())
                .contains("This run removes from the record of plan '" + name
                        + "' of source cluster DefaultCluster (10.0.9.1:9876): its masters.");
        assertThat(isCreated()).isTrue();
        assertThat(recorded(name).joined()).isEmpty();
        assertThat(recorded(name).mastersOf(Side.SOURCE)).containsExactly("old-a");
        assertThat(apply(USUAL).outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void aDryRunOnlySaysWhatItWouldRemove() throws Exception {
        String name = plan.name().value();
        record(name);
        MigrationRecord before = recorded(name);
        ApplyReport report = apply(new Apply.Settings(
                true,
                Duration.ZERO,
                Set.of(),
                Set.of(),
                Lease.Terms.USUAL,
                Timeouts.USUAL,
                FencePolicy.USUAL,
                false,
                Optional.of(name)));
        assertThat(report.warnings()).anyMatch(it -> it.startsWith("This run removes from the record of plan"));
        assertThat(recorded(name)).isEqualTo(before);
    }

    /** A plan that was renamed never leaves the join under its earlier name. */
    @Test
    void theUserMayForgetAPlanOfAnotherName() throws Exception {
        record("given-up");
        assertThat(recorded(plan.name().value()).others()).containsExactly("given-up");
        ApplyReport report = apply(USUAL.forgettingPlan("given-up"));
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(recorded("given-up")).isEqualTo(MigrationRecord.NOTHING);
        assertThat(recorded(plan.name().value()).others()).isEmpty();
    }

    @Test
    void nothingOfThePlanItselfIsForgotten() {
        assertThat(apply(USUAL).outcome()).isEqualTo(Outcome.APPLIED);
        MigrationRecord before = recorded(plan.name().value());
        ApplyReport report = apply(USUAL.forgettingPlan(plan.name().value()));
        assertThat(report.warnings())
                .containsExactly("forgetPlan names '" + plan.name().value()
                        + "', of which nothing is recorded that is not of this plan.");
        assertThat(recorded(plan.name().value())).isEqualTo(before);
    }
}
