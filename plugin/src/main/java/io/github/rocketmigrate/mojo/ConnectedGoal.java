package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.report.ValidationReport;
import io.github.rocketmigrate.report.ValidationText;
import io.github.rocketmigrate.run.Outputs;
import io.github.rocketmigrate.run.PlanReaders;
import io.github.rocketmigrate.wire.Preparation;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/** What every goal that connects does around its work: reads the plan, and leaves a result however it ends. */
final class ConnectedGoal {
    private static final String STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

    private final String goal;
    private final BuildFolder workplace;
    private final Log log;
    private final Outputs outputs;

    ConnectedGoal(String goal, BuildFolder workplace, String out, Log log) {
        this.goal = goal;
        this.workplace = workplace;
        this.log = log;
        Path changeSet =
                out == null || out.isBlank() ? workplace.folder().resolve(Outputs.CHANGE_SET) : workplace.resolve(out);
        this.outputs = new Outputs(
                workplace.folder(), changeSet, workplace.named(changeSet).toString());
    }

    Outputs outputs() {
        return outputs;
    }

    /** What makes the build fail, as the user gave it. */
    FailOn failing(String list) throws MojoExecutionException {
        return checked(() -> FailOn.of(list == null ? "" : list));
    }

    /** Something that the user gave, understood; what is not ends the build. */
    <T> T checked(Supplier<T> value) throws MojoExecutionException {
        try {
            return value.get();
        } catch (Fault fault) {
            throw Told.of(fault, log);
        }
    }

    /** Reads the plan and does {@code work} with it; what cannot be worked with ends the build. */
    <T> T with(String file, Function<MigrationPlan, T> work) throws MojoExecutionException, MojoFailureException {
        try {
            outputs.clear(goal);
            Preparation.begin();
            PlanReading reading = PlanReaders.connecting(workplace::property, LocalDate.now(ZoneOffset.UTC))
                    .read(workplace.resolve(file));
            ValidationReport report = new ValidationReport(file, reading);
            new ValidationText(new MavenTerminal(log)).problems(report);
            if (reading.plan().isEmpty()) {
                workplace.publish(report.outcome(), report.counts());
                outputs.write(goal, report);
            }
            return work.apply(reading.plan()
                    .orElseThrow(() -> new Invalid(report.name() + " is not valid: " + report.summary()
                            + ". Each is told above with its line; nothing was sent to any cluster.")));
        } catch (Invalid invalid) {
            throw new MojoFailureException(invalid.getMessage());
        } catch (Fault fault) {
            workplace.publish(Outcome.ERROR, Map.of());
            leave(file, fault);
            throw Told.of(fault, log);
        }
    }

    /** Leaves the fault as the result; where that cannot be written either, the fault itself is what matters. */
    private void leave(String file, Fault fault) {
        try {
            outputs.write(goal, file, fault);
        } catch (Fault unwritable) {
            log.debug(unwritable);
        }
    }

    /** Something that is added to a page. */
    interface Addition {
        void to(Path page) throws IOException;
    }

    /** Adds to the page of the CI server, where there is one. */
    void summarize(Addition addition) {
        String page = System.getenv(STEP_SUMMARY);
        if (page == null || page.isBlank()) {
            return;
        }
        try {
            addition.to(Path.of(page));
        } catch (IOException | InvalidPathException e) {
            log.warn("Nothing can be added to " + STEP_SUMMARY + "=" + page + ": " + e.getMessage());
        }
    }

    /** That the plan cannot be used. */
    private static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Invalid(String message) {
            super(message);
        }
    }
}
