package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.PlanMarkdown;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.PlanText;
import io.github.rocketmigrate.run.Outputs;
import io.github.rocketmigrate.run.Plan;
import io.github.rocketmigrate.write.SystemTiming;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Compares the migration plan with both clusters and shows the changes and the failing checks.
 *
 * <p>Writes to no cluster. Saves the changes to {@code target/migrate/change-set.json}. Beside it, writes
 * {@code plan.md} for a comment on a merge request, and {@code result.json} and {@code TEST-migrate-plan.xml} for
 * pipelines. Needs the same {@code routePoll} and {@code maxFence} as {@code apply}.
 *
 * @since 0.1.0
 */
@Mojo(name = "plan", requiresProject = false, threadSafe = true)
public class PlanMojo extends ChangesMojo {
    /**
     * File to save the change set to. Default: {@code target/migrate/change-set.json}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.out")
    private String out;

    /**
     * Lists the unplanned topics and groups of both clusters: those that are not in the plan.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.listUnplanned", defaultValue = "false")
    private boolean listUnplanned;

    /**
     * Metadata files that stand for the source, separated by commas: of {@code mqadmin exportMetadata}, of
     * {@code migrate:export}, or of a broker's store, or the folders that have them. Default: the source is read.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.from")
    private String from;

    /**
     * The number of masters whose queues the files add up, if they are of {@code mqadmin exportMetadata -c}. Default: as
     * the files say.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.fromMasters")
    private Integer fromMasters;

    @Override
    String goal() {
        return PlanReport.GOAL;
    }

    @Override
    Outputs outputs() {
        return build().outputs(file, ParameterValues.given(out));
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        FailOn failOn = failOn(Outcome.BLOCKED);
        FencePolicy policy = fencePolicy(false);
        Plan live = new Plan(accounts(), new SystemTiming(), connected.outputs(), policy, mayRemove());
        FromParameter files = new FromParameter(from, fromMasters);
        Plan goal = live;
        if (files.isGiven()) {
            connected.readsNoSource();
            goal = live.comparing(files.read(build()), accounts(), files.parameters());
        }
        MigrationPlan plan = plan(connected, policy);
        connected.reading(files.isGiven() ? "the destination" : "both clusters");
        PlanText text = new PlanText(terminal(), details(), listUnplanned);
        PlanReport report = goal.run(file, plan, selection(), text::print);
        connected.addToStepSummary(
                page -> PlanMarkdown.append(page, report, connected.outputs().provenance()));
        build().publish(report.outcome(), report.counts());
        failOn.check(
                report.outcomes(),
                report.verdict(),
                getLog(),
                errors -> new PlanText(errors, details(), false).reasons(report));
    }
}
