package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.run.Apply;
import io.github.rocketmigrate.run.RollbackOrder;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.SystemTiming;
import io.github.rocketmigrate.write.Timeouts;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Moves topics back towards the source now, each from its present stage, without a change of the plan. Opens the source
 * first, which works without the destination. Puts the topics on hold: no later {@code apply} moves them forward until
 * {@code migrate:resume}, or until the plan asks for no more than the stage of the hold.
 *
 * <p>Changes nothing else: no settings, no other topics, not the join.
 *
 * @since 0.1.0
 */
@Mojo(name = "rollback", requiresProject = false, threadSafe = true)
public class RollbackMojo extends ClusterMojo {
    /**
     * How far topics move back: {@code previous}, one stage from the present one; or the stage {@code source},
     * {@code read-both} or {@code write-destination}. No topic moves forward.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.to", defaultValue = "previous")
    private String to;

    /**
     * Reason, in a few words. Required. Later runs print it for the topics that are on hold.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.reason")
    private String reason;

    /**
     * Check that does not block this run, such as nothing-stranded. The result of the run has its name and
     * {@code reason}. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.waive")
    private String waive;

    /**
     * Shows the steps back and their consequences, and writes to no cluster.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * Longest time to wait for others, such as another run that changes the same cluster: {@code 90s}, {@code 15m}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.wait", defaultValue = "0s")
    private String wait;

    /**
     * Opens at once every fence of a FIFO topic that is closed when the run begins, even if older messages are unread.
     * Consumers may get messages out of order.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.allowReordering", defaultValue = "false")
    private boolean allowReordering;

    @Override
    String goal() {
        return ApplyReport.ROLLBACK;
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        FailOn failOn = failOn(Outcome.BLOCKED).and(Outcome.INCOMPLETE);
        Apply.Settings settings = settings();
        MigrationPlan plan = plan(connected, settings.policy());
        RollbackOrder order = RollbackOrder.of(
                to,
                ParameterValues.given(reason),
                ParameterValues.given(waive),
                new Invocation(file, selection()),
                dryRun);
        Apply goal = new Apply(accounts(), new SystemTiming(), connected.outputs(), Origin.ofThisMachine(), settings)
                .rollingBack(order);
        connected.reading("both clusters");
        new WritingRun(session(), getLog(), build(), details(), dryRun)
                .carryOut(connected, goal, new Apply.ApplyRequest(file, plan, selection(), Optional.empty()), failOn);
    }

    private Apply.Settings settings() {
        return new Apply.Settings(
                dryRun,
                ParameterValues.duration("migrate.wait", wait),
                Set.of(),
                Lease.Terms.USUAL,
                Timeouts.USUAL,
                fencePolicy(allowReordering));
    }
}
