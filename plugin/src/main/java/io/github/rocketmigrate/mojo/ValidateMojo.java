package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.report.ValidationReport;
import io.github.rocketmigrate.report.ValidationText;
import io.github.rocketmigrate.run.Validate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Checks the migration plan without a cluster: schema, rules and the limits of the destination's profile.
 *
 * <p>All problems are told at once, each with file, line and column and what to write instead. They also stand in
 * {@code target/migrate/result.json} and {@code target/migrate/TEST-migrate-validate.xml}.
 *
 * @since 0.1.0
 */
@Mojo(name = "validate", defaultPhase = LifecyclePhase.VALIDATE, requiresProject = false, threadSafe = true)
public class ValidateMojo extends AbstractMojo {
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
     * Does nothing when set.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.skip", defaultValue = "false")
    private boolean skip;

    @Override
    public void execute() throws MojoExecutionException, MojoFailureException {
        if (skip) {
            getLog().info("Skipped: migrate.skip is set.");
            return;
        }
        BuildFolder workplace = new BuildFolder(session);
        ValidationReport report;
        try {
            Validate validate = new Validate(workplace::property, LocalDate.now(ZoneOffset.UTC), workplace.folder());
            report = validate.run(file, workplace.resolve(file));
        } catch (Fault fault) {
            throw Told.of(fault, getLog());
        }
        new ValidationText(new MavenTerminal(getLog())).print(report);
        workplace.publish(report.outcome(), report.counts());
        if (report.outcome() == Outcome.INVALID) {
            throw new MojoFailureException(report.name() + " is not valid: " + report.summary()
                    + ". Each is told above with its line; nothing was sent to any cluster.");
        }
    }
}
