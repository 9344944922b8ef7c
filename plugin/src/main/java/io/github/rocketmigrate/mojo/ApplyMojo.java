package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.run.Apply;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.SystemTiming;
import io.github.rocketmigrate.write.Timeouts;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Creates and updates the topics and consumer groups of the migration plan at the destination, as far as the checks
 * allow, and reads back every write. If the plan has stages, joins both clusters and moves topics from stage to stage
 * while their producers and consumers keep working.
 *
 * <p>Deletes nothing, unless {@code removeEmpty} allows it. You can run it any number of times: it does not repeat
 * finished changes, and continues those that an earlier run has begun. The build always fails on unfinished changes,
 * and on a change set that no longer fits.
 *
 * @since 0.1.0
 */
@Mojo(name = "apply", requiresProject = false, threadSafe = true)
public class ApplyMojo extends ChangesMojo {
    /**
     * Change set to apply, as saved by {@code migrate:plan}. If it no longer fits the clusters, nothing is applied.
     * Cannot be combined with {@code batch}, {@code topic} or {@code excludeTopic}. Default: all changes of the plan
     * that are due now.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.changeSet")
    private String changeSet;

    /**
     * Shows the changes and writes to no cluster.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * Longest time to wait for others, such as another run that changes the same cluster, or people who change the
     * endpoint of consumers: {@code 90s}, {@code 15m}, {@code 2h}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.wait", defaultValue = "0s")
    private String wait;

    /**
     * Masters of an earlier run that you have removed from their cluster for good, separated by commas. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.forgetBrokers")
    private String forgetBrokers;

    /**
     * Removes the record of the plan with this name from the name servers. The name of another plan removes its whole
     * record. This plan's own name removes only the entries of another plan. The run prints the entries; with
     * {@code dryRun}, it does not remove them. Default: none.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.forgetPlan")
    private String forgetPlan;

    /**
     * All masters of both clusters, separated by commas, also those that are down. Needed once if all name servers have
     * lost the record of earlier runs. Default: the masters of the record.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.masters")
    private String masters;

    /**
     * Opens at once every fence of a FIFO topic that is closed when the run begins, even if older messages are unread.
     * Consumers may get messages out of order.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.allowReordering", defaultValue = "false")
    private boolean allowReordering;

    /**
     * Closes FIFO topics in both clusters for one {@code routePoll} before producers may write to the next cluster. In
     * this time, producers find no queue and their sends fail. In return, messages of one key from several producers
     * keep their order.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.pause", defaultValue = "false")
    private boolean pause;

    @Override
    String goal() {
        return ApplyReport.GOAL;
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        FailOn failOn = failOn(Outcome.BLOCKED).and(Outcome.STALE, Outcome.INCOMPLETE);
        Apply.Settings settings = settings();
        Apply goal = new Apply(accounts(), new SystemTiming(), connected.outputs(), Origin.ofThisMachine(), settings);
        Selection selection = ParameterValues.notWithChangeSet(selection(), changeSet);
        MigrationPlan plan = plan(connected, settings.policy());
        connected.reading("both clusters");
        new WritingRun(session(), getLog(), build(), details(), dryRun)
                .carryOut(connected, goal, new Apply.ApplyRequest(file, plan, selection, savedChangeSet()), failOn);
    }

    private Apply.Settings settings() {
        return new Apply.Settings(
                dryRun,
                ParameterValues.duration("migrate.wait", wait),
                ParameterValues.names(forgetBrokers),
                ParameterValues.names(masters),
                Lease.Terms.USUAL,
                Timeouts.USUAL,
                pause ? fencePolicy(allowReordering).withPause() : fencePolicy(allowReordering),
                mayRemove(),
                ParameterValues.given(forgetPlan));
    }

    private Optional<Apply.ChangeSetSource> savedChangeSet() {
        return ParameterValues.given(changeSet).map(name -> new Apply.ChangeSetSource(build().resolve(name), name));
    }
}
