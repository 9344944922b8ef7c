package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.report.ValidationReport;
import io.github.rocketmigrate.report.ValidationText;
import io.github.rocketmigrate.run.Validate;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Checks the migration plan without connecting to a cluster: its schema, its rules and the limits of the destination's
 * profile.
 *
 * <p>Reports all problems at once, each with file, line, column and a fix. Writes them to
 * {@code target/migrate/result.json} and {@code target/migrate/TEST-migrate-validate.xml}, too.
 *
 * @since 0.1.0
 */
@Mojo(name = "validate", defaultPhase = LifecyclePhase.VALIDATE, requiresProject = false, threadSafe = true)
public class ValidateMojo extends PlanFileMojo {
    @Override
    String goal() {
        return ValidationReport.GOAL;
    }

    @Override
    void run(ConnectedGoal goal) throws MojoFailureException {
        BuildFolder build = build();
        Validate validate = new Validate(build.placeholders(), LocalDate.now(ZoneOffset.UTC), goal.outputs());
        ValidationReport report = validate.run(file, build.resolve(file));
        new ValidationText(terminal()).print(report);
        build.publish(report.outcome(), report.counts());
        if (report.outcome() == Outcome.INVALID) {
            throw ConnectedGoal.invalid(report, "");
        }
    }
}
