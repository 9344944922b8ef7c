package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.PlanMarkdown;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.PlanText;
import io.github.rocketmigrate.run.Plan;
import java.time.Clock;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Compares the migration plan with both clusters, and says what would change and what stands in the way.
 *
 * <p>It writes to no cluster. The changes are saved to {@code target/migrate/change-set.json}; {@code plan.md} there is
 * for a comment on a merge request, {@code result.json} and {@code TEST-migrate-plan.xml} are for pipelines.
 *
 * @since 0.1.0
 */
@Mojo(name = "plan", requiresProject = false, threadSafe = true)
public class PlanMojo extends AbstractMojo {
    private final SettingsDecrypter decrypter;

    @Parameter(defaultValue = "${session}", readonly = true, required = true)
    private MavenSession session;

    /**
     * The migration plan, from the project's folder or, without a POM, from the current one.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.file", defaultValue = "migration.yaml")
    private String file;

    /**
     * Only these batches, with commas between them, and the groups of others that consume their topics.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.batch")
    private String batch;

    /**
     * Only topics that fit one of these patterns, with commas between them, and the groups that consume them;
     * {@code *} stands for anything, {@code ?} for one character.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.topic")
    private String topic;

    /**
     * Patterns of topics to leave out.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.excludeTopic")
    private String excludeTopic;

    /**
     * Where to save the change set; {@code target/migrate/change-set.json} where nothing is given.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.out")
    private String out;

    /**
     * After how long every client has asked its name servers for routes again, as {@code apply} is to be told too.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.routePoll", defaultValue = "35s")
    private String routePoll;

    /**
     * For how long new messages of a FIFO topic may be withheld from its consumers, once producers have followed, as
     * {@code apply} is to be told too. Not less than {@code routePoll}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.maxFence", defaultValue = "60s")
    private String maxFence;

    /**
     * What makes the build fail: some of {@code blocked}, {@code drift} and {@code pending} with commas between them,
     * or {@code none}. What is wrong with the plan or the clusters always does.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.failOn", defaultValue = "blocked")
    private String failOn;

    /**
     * Whether to name the topics and groups of the clusters that are not in the plan.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.listUnmanaged", defaultValue = "false")
    private boolean listUnmanaged;

    /**
     * Does nothing when set.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.skip", defaultValue = "false")
    private boolean skip;

    @Inject
    public PlanMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped: migrate.skip is set.");
            return;
        }
        BuildFolder workplace = new BuildFolder(session);
        ConnectedGoal opening = new ConnectedGoal(PlanReport.GOAL, workplace, out, getLog());
        FailOn failing = opening.failing(failOn);
        Plan goal = new Plan(
                new SettingsAccounts(session.getSettings(), decrypter),
                Clock.systemUTC(),
                opening.outputs(),
                opening.checked(() -> ParameterValues.limits(routePoll, maxFence, false)));
        PlanText text = new PlanText(new MavenTerminal(getLog()), listUnmanaged);
        PlanReport report =
                opening.with(file, plan -> goal.run(file, plan, Selection.of(batch, topic, excludeTopic), text::print));
        opening.summarize(page -> PlanMarkdown.append(page, report));
        workplace.publish(report.outcome(), report.counts());
        if (failing.holds(report.outcomes())) {
            throw new MojoFailureException(report.verdict());
        }
    }
}
