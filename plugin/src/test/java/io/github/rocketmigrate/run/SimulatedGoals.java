package io.github.rocketmigrate.run;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.Timing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs goals as their mojos do, over clusters and with time that the caller gives. */
public final class SimulatedGoals {
    private static final String FILE = "migration.yaml";

    private SimulatedGoals() {}

    /** Runs {@code apply} with the times of usual clients. */
    public static ApplyReport apply(
            MigrationPlan plan,
            Map<Side, ClusterWriter> writers,
            Timing timing,
            Path folder,
            boolean mayRemove,
            ApplyProgress progress) {
        return apply(plan, writers, timing, folder, FencePolicy.USUAL, mayRemove, progress);
    }

    /** Runs {@code apply}; with {@code mayRemove}, the user allows to remove empty objects of the plan before the join. */
    public static ApplyReport apply(
            MigrationPlan plan,
            Map<Side, ClusterWriter> writers,
            Timing timing,
            Path folder,
            FencePolicy policy,
            boolean mayRemove,
            ApplyProgress progress) {
        return goal(writers, timing, folder, policy, mayRemove)
                .run(request(plan), planned -> {}, new StopSignal(), progress);
    }

    /** Runs {@code rollback} to a stage. */
    public static ApplyReport rollback(
            MigrationPlan plan,
            Map<Side, ClusterWriter> writers,
            Timing timing,
            Path folder,
            FencePolicy policy,
            Stage to,
            ApplyProgress progress) {
        return goal(writers, timing, folder, policy, false)
                .rollingBack(new RollbackOrder(Optional.of(to), "errors at night", Optional.empty()))
                .run(request(plan), planned -> {}, new StopSignal(), progress);
    }

    /** Runs {@code resume} for all topics. */
    public static ApplyReport resume(
            MigrationPlan plan,
            Map<Side, ClusterWriter> writers,
            Timing timing,
            Path folder,
            FencePolicy policy,
            ApplyProgress progress) {
        return goal(writers, timing, folder, policy, false)
                .resuming(new Resume())
                .run(request(plan), planned -> {}, new StopSignal(), progress);
    }

    /** Runs {@code brake}. */
    public static void brake(MigrationPlan plan, Map<Side, ClusterWriter> writers, Timing timing) {
        Brake.BrakeReport unused = braking(writers, timing).pull(plan, List.of(), Optional.of("errors at night"));
    }

    /** Runs {@code resume}, as far as it releases brakes. */
    public static void release(MigrationPlan plan, Map<Side, ClusterWriter> writers, Timing timing) {
        Brake.BrakeReport report = braking(writers, timing).release(plan, List.of());
        if (!report.missing().isEmpty()) {
            throw new Fault(String.join("; ", report.missing()), "Run again.");
        }
    }

    private static Brake braking(Map<Side, ClusterWriter> writers, Timing timing) {
        return new Brake(timing, Goals.ORIGIN, opened -> Connections.of(opened, writers, timing));
    }

    private static Apply goal(
            Map<Side, ClusterWriter> writers, Timing timing, Path folder, FencePolicy policy, boolean mayRemove) {
        return new Apply(
                timing,
                Goals.outputs(folder),
                Goals.ORIGIN,
                new Apply.Settings(
                        false,
                        Duration.ZERO,
                        Set.of(),
                        Set.of(),
                        Lease.Terms.USUAL,
                        Timeouts.USUAL,
                        policy,
                        mayRemove,
                        Optional.empty()),
                opened -> Connections.of(opened, writers, timing));
    }

    private static Apply.ApplyRequest request(MigrationPlan plan) {
        return new Apply.ApplyRequest(FILE, plan, Selection.ALL, Optional.empty());
    }

    /** Runs {@code plan}. */
    public static PlanReport plan(MigrationPlan plan, Map<Side, ClusterReader> readers, Timing timing, Path folder) {
        return new Plan(
                        timing,
                        Goals.outputs(folder),
                        FencePolicy.USUAL,
                        false,
                        opened -> Connections.ofReaders(opened, readers, timing))
                .run(FILE, plan, Selection.ALL, planned -> {});
    }

    /** Runs {@code status}. */
    public static StatusReport status(
            MigrationPlan plan, Map<Side, ClusterReader> readers, Timing timing, Path folder) {
        return new Status(
                        timing,
                        Goals.outputs(folder),
                        FencePolicy.USUAL,
                        opened -> Connections.ofReaders(opened, readers, timing))
                .run(FILE, plan, Selection.ALL, new PrintedBoards());
    }
}
