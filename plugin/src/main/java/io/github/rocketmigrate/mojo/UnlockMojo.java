package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.report.Result;
import io.github.rocketmigrate.run.Unlock;
import java.util.Optional;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/**
 * Releases the lease of a run that was killed, so that the next one need not wait until it has expired; without a lease
 * id, tells who holds one.
 *
 * @since 0.1.0
 */
@Mojo(name = "unlock", requiresProject = false, threadSafe = true)
public class UnlockMojo extends AbstractMojo {
    private static final String GOAL = "unlock";

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
     * Which lease to release; whoever is kept waiting by it tells.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.leaseId")
    private String leaseId;

    /**
     * Does nothing when set.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.skip", defaultValue = "false")
    private boolean skip;

    @Inject
    public UnlockMojo(SettingsDecrypter decrypter) {
        this.decrypter = decrypter;
    }

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped: migrate.skip is set.");
            return;
        }
        ConnectedGoal opening = new ConnectedGoal(GOAL, new BuildFolder(session), null, getLog());
        Unlock goal = new Unlock(new SettingsAccounts(session.getSettings(), decrypter));
        Optional<String> id = Optional.ofNullable(leaseId).filter(it -> !it.isBlank());
        Outcome outcome = id.isPresent() ? Outcome.APPLIED : Outcome.CLEAN;
        new MavenTerminal(getLog()).line(opening.with(file, plan -> {
            String said = goal.run(plan, id);
            opening.outputs().write(Result.of(GOAL, file, outcome));
            return said;
        }));
    }
}
