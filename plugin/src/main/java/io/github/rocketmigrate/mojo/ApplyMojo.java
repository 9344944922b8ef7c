package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyMarkdown;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.ApplyText;
import io.github.rocketmigrate.report.PlanText;
import io.github.rocketmigrate.run.Apply;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.Timeouts;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Makes the topics and consumer groups at the destination what the migration plan says, as far as nothing stands in the
 * way, and reads back what it has written. Where the plan has stages, it joins both clusters and moves topics from stage
 * to stage while their producers and consumers work on.
 *
 * <p>It can be run any number of times: what is there already is left alone, and what a run that was stopped has left
 * half done is gone on with. It deletes nothing.
 *
 * @since 0.1.0
 */
@Mojo(name = "apply", requiresProject = false, threadSafe = true)
public class ApplyMojo extends AbstractMojo {
    private static final Set<Outcome> ALWAYS_FAIL = EnumSet.of(Outcome.STALE, Outcome.INCOMPLETE);

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
     * A change set that {@code migrate:plan} has saved: exactly that is applied, or, if it does not fit any more,
     * nothing. Without it, all that is to be done now.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.changeSet")
    private String changeSet;

    /**
     * Looks at both clusters and tells what would be done, and does nothing.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.dryRun", defaultValue = "false")
    private boolean dryRun;

    /**
     * How long to wait for what others must do, such as another run that is changing the same cluster, or consumers that
     * have to change their endpoint: {@code 90s}, {@code 15m}, {@code 2h}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.wait", defaultValue = "0s")
    private String wait;

    /**
     * Masters that took part in an earlier run and have been taken out of their cluster for good, with commas between
     * them.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.forgetBrokers")
    private String forgetBrokers;

    /**
     * After how long every client has asked its name servers for routes again: {@code 35s} where clients ask every 30 s,
     * as they do unless they are told otherwise; longer behind proxies. A topic counts as quiet when nothing has come to
     * it for so long.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.routePoll", defaultValue = "35s")
    private String routePoll;

    /**
     * For how long new messages of a FIFO topic may be withheld from its consumers while the old ones are consumed, once
     * producers have followed. Not less than {@code routePoll}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.maxFence", defaultValue = "60s")
    private String maxFence;

    /**
     * Opens the fences of FIFO topics at once that are closed when the run begins, whatever is left in front of them:
     * consumers may get messages out of order.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.allowReordering", defaultValue = "false")
    private boolean allowReordering;

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
     * What makes the build fail: some of {@code blocked}, {@code drift} and {@code pending} with commas between them,
     * or {@code none}. What could not be finished, and a change set that does not fit, always do.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.failOn", defaultValue = "blocked")
    private String failOn;

    /**
     * Does nothing when set.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.skip", defaultValue = "false")
    private boolean skip;

    @Inject
    public ApplyMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped: migrate.skip is set.");
            return;
        }
        BuildFolder workplace = new BuildFolder(session);
        ConnectedGoal opening = new ConnectedGoal(ApplyReport.GOAL, workplace, null, getLog());
        FailOn failing = opening.failing(failOn);
        Duration patience = opening.checked(() -> ParameterValues.length("migrate.wait", wait));
        Selection selection =
                opening.checked(() -> ParameterValues.alone(changeSet, Selection.of(batch, topic, excludeTopic)));
        FencePolicy limits = opening.checked(() -> ParameterValues.limits(routePoll, maxFence, allowReordering));
        Apply goal = new Apply(
                new SettingsAccounts(session.getSettings(), decrypter),
                Clock.systemUTC(),
                opening.outputs(),
                Origin.ofThisMachine(),
                new Apply.Settings(
                        dryRun,
                        patience,
                        ParameterValues.names(forgetBrokers),
                        Lease.Terms.USUAL,
                        Timeouts.USUAL,
                        limits));
        MavenTerminal terminal = new MavenTerminal(getLog());
        Optional<Apply.ChangeSetSource> saved = Optional.ofNullable(changeSet)
                .filter(it -> !it.isBlank())
                .map(it -> new Apply.ChangeSetSource(workplace.resolve(it), it));
        try (Interruption interruption = new Interruption(terminal);
                LiveProgress progress = LiveProgress.of(session, getLog(), terminal)) {
            ApplyReport report = opening.with(
                    file,
                    plan -> goal.run(
                            new Apply.ApplyRequest(file, plan, selection, saved),
                            new PlanText(terminal, false)::work,
                            interruption.stopping(),
                            progress));
            progress.end();
            new ApplyText(terminal).print(report);
            opening.summarize(page -> ApplyMarkdown.append(page, report));
            workplace.publish(report.outcome(), report.counts());
            if (ALWAYS_FAIL.contains(report.outcome()) || failing.holds(report.outcomes())) {
                throw new MojoFailureException(report.verdict());
            }
        }
    }
}
