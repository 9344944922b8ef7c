package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Warnings;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.OneSideReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.StatusLook;
import io.github.rocketmigrate.report.StatusLook.BoardReading;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.report.ValidationReport;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs the goal {@code status}: reports the stage of every topic, its clients, and the messages that are left to
 * consume.
 */
public final class Status {
    /** The time between two refreshes of a watched board. */
    public static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final ClusterOpener opener;
    private final Timing timing;
    private final Outputs outputs;
    private final FencePolicy policy;

    /** Checks use the limits of {@code policy}, the same as in {@code apply}. */
    public Status(Accounts accounts, Timing timing, Outputs outputs, FencePolicy policy) {
        this(timing, outputs, policy, plan -> Connections.open(plan, accounts, timing));
    }

    /** Reports about clusters that are opened in another way, such as those in the memory of a test. */
    Status(Timing timing, Outputs outputs, FencePolicy policy, ClusterOpener opener) {
        this.opener = requireNonNull(opener, "opener is null");
        this.timing = requireNonNull(timing, "timing is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
        this.policy = requireNonNull(policy, "policy is null");
    }

    /** Gets the boards of a run. */
    public interface Shown {
        /** Gets the report before it is written, because writing may fail. */
        void board(StatusReport report);

        /** Gets what one cluster shows while the other cannot be read; the goal then fails. */
        void oneSide(OneSideReport report);
    }

    /**
     * Reports the topics and groups as they are now.
     *
     * @param file the plan's file as the user wrote it
     */
    public StatusReport run(String file, MigrationPlan plan, Selection selection, Shown shown) {
        Invocation invocation = new Invocation(file, selection);
        try (Connections clusters = opener.open(plan)) {
            StatusReport report;
            try {
                Survey survey = new Survey(clusters, plan, selection, policy, timing.steadyClock());
                report = report(survey, invocation, shown::board);
            } catch (Fault fault) {
                oneSide(new OneSideSurvey(clusters, plan, selection, timing.clock()), invocation)
                        .ifPresent(shown::oneSide);
                throw fault;
            }
            outputs.write(report);
            return report;
        }
    }

    private static Optional<OneSideReport> oneSide(OneSideSurvey survey, Invocation invocation) {
        return survey.found().map(found -> new OneSideReport(found.seen(), invocation, found.lease()));
    }

    /**
     * Reports again and again until the user stops it. Reads the plan again each time. A reading that fails is tried
     * again.
     *
     * @param plan the valid plan to begin with
     * @param readings read the plan's file again
     * @param shown gets every refresh
     */
    public void watch(
            Invocation invocation,
            MigrationPlan plan,
            Supplier<PlanReading> readings,
            Consumer<StatusLook> shown,
            StopSignal stopping) {
        Selection selection = invocation.selection();
        try (WatchedPlan watched = new WatchedPlan(
                plan,
                readings,
                opener,
                (clusters, current) -> new Survey(clusters, current, selection, policy, timing.steadyClock()))) {
            Optional<StatusReport> last = Optional.empty();
            while (!stopping.isRequested()) {
                StatusLook look = look(watched, invocation, last);
                shown.accept(look);
                last = look.last();
                stopping.pause(timing, BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StatusLook look(WatchedPlan watched, Invocation invocation, Optional<StatusReport> last) {
        List<Fault> faults = new ArrayList<>();
        attempt(watched::refresh, faults);
        List<StatusReport> read = new ArrayList<>();
        attempt(() -> outputs.write(report(watched.survey(), invocation, read::add)), faults);
        List<OneSideReport> oneSide = new ArrayList<>();
        if (read.isEmpty()) {
            OneSideSurvey survey = watched.oneSide(invocation.selection(), timing.clock());
            attempt(() -> oneSide(survey, invocation).ifPresent(oneSide::add), faults);
        }
        return new StatusLook(
                timing.clock().instant(),
                new BoardReading(
                        read.stream().findFirst().or(() -> last),
                        !read.isEmpty(),
                        oneSide.stream().findFirst()),
                faults,
                watched.invalid().map(reading -> new ValidationReport(invocation.file(), reading)));
    }

    private static void attempt(Runnable work, List<Fault> faults) {
        try {
            work.run();
        } catch (Fault fault) {
            faults.add(fault);
        }
    }

    private StatusReport report(Survey survey, Invocation invocation, Consumer<StatusReport> shown) {
        Survey.Planned planned = survey.planned();
        Situation situation = planned.situation();
        PlanReport plan = new PlanReport(
                invocation.with(policy.routePoll()),
                outputs.changeSetName(),
                Assessment.of(situation, planned.changes()),
                Warnings.of(situation),
                survey.lease());
        StatusReport report = new StatusReport(plan, survey.show(situation));
        shown.accept(report);
        return report;
    }
}
