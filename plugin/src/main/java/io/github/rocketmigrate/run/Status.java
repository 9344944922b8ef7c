package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Warnings;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Runs the goal {@code status}: reports the stage of every topic, its clients, and the messages that are left to
 * consume.
 */
public final class Status {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

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

    /**
     * Reports the topics and groups as they are now.
     *
     * @param file the plan's file as the user wrote it
     * @param shown gets the report before it is written, because writing may fail
     */
    public StatusReport run(String file, MigrationPlan plan, Selection selection, Consumer<StatusReport> shown) {
        try (Connections clusters = opener.open(plan)) {
            return report(new Survey(clusters, plan, selection, policy, timing.clock()), file, selection, shown);
        }
    }

    /**
     * Reports again and again until the user stops it. A reading that fails is tried again.
     *
     * @param failed gets each new reason why nothing could be read
     */
    public void watch(
            String file,
            MigrationPlan plan,
            Selection selection,
            Consumer<StatusReport> shown,
            Consumer<Fault> failed,
            StopSignal stopping) {
        try (Connections clusters = opener.open(plan)) {
            Survey survey = new Survey(clusters, plan, selection, policy, timing.clock());
            String lastFault = "";
            while (!stopping.isRequested()) {
                try {
                    StatusReport unused = report(survey, file, selection, shown);
                    lastFault = "";
                } catch (Fault fault) {
                    if (!fault.getMessage().equals(lastFault)) {
                        failed.accept(fault);
                    }
                    lastFault = fault.getMessage();
                }
                stopping.pause(timing, BETWEEN_LOOKS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private StatusReport report(Survey survey, String file, Selection selection, Consumer<StatusReport> shown) {
        Situation situation = survey.situation();
        PlanReport planned = new PlanReport(
                new Invocation(file, selection),
                outputs.changeSetName(),
                Assessment.of(situation),
                Warnings.of(situation));
        StatusReport report = new StatusReport(planned, survey.show(situation));
        shown.accept(report);
        outputs.write(report);
        return report;
    }
}
