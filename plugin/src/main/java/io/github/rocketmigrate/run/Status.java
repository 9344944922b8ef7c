package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.StatusReport;
import java.time.Clock;
import java.util.function.Consumer;

/** The goal {@code status}: where every topic stands now, who uses it, and what is left to consume. */
public final class Status {
    private final Accounts accounts;
    private final Clock clock;
    private final Outputs outputs;
    private final FencePolicy limits;

    /**
     * Begins.
     *
     * @param limits by which checks judge, the same as of the runs that apply
     */
    public Status(Accounts accounts, Clock clock, Outputs outputs, FencePolicy limits) {
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
        this.limits = requireNonNull(limits, "limits is null");
    }

    /**
     * Looks.
     *
     * @param file how the user calls the plan's file
     * @param shown gets the report before it is written, which may fail
     */
    public StatusReport run(String file, MigrationPlan plan, Selection selection, Consumer<StatusReport> shown) {
        try (Connections clusters = Connections.open(plan, accounts)) {
            TrafficSurvey observation = new TrafficSurvey(clusters, limits, clock);
            Planning planning = Planning.of(clusters, observation, plan, selection, clock.instant());
            PlanReport planned = planning.report(file, selection.words(), outputs);
            StatusReport report = new StatusReport(planned, observation.show(planning.situation()));
            shown.accept(report);
            outputs.write(report);
            return report;
        }
    }
}
