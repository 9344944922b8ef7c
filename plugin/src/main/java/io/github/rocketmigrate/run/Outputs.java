package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.report.JUnitFile;
import io.github.rocketmigrate.report.PlanMarkdown;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Result;
import io.github.rocketmigrate.report.ResultFile;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.report.ValidationReport;
import io.github.rocketmigrate.report.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a goal leaves what pipelines take.
 *
 * @param folder for reports
 * @param changeSet for the change set
 * @param changeSetName how the user would call that file
 * @param page of the CI server to which the plan is added, as GitHub's step summary; nothing elsewhere
 */
public record Outputs(Path folder, Path changeSet, String changeSetName, Optional<Path> page) {
    public Outputs {
        requireNonNull(folder, "folder is null");
        requireNonNull(changeSet, "changeSet is null");
        requireNonNull(changeSetName, "changeSetName is null");
        requireNonNull(page, "page is null");
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** Writes that a plan's file cannot be used. */
    public void write(String goal, ValidationReport report) {
        attempt(() -> {
            new ResultFile().write(folder, report.result(goal));
            new JUnitFile().write(folder, goal, report.tests());
        });
    }

    /** Writes that a goal could not work. */
    public void write(String goal, String file, Fault fault) {
        attempt(() -> new ResultFile().write(folder, Result.of(goal, file, fault)));
    }

    void write(PlanReport report, String changes) {
        attempt(() -> {
            WholeFile.write(changeSet, changes);
            PlanMarkdown.write(folder, report);
            new ResultFile().write(folder, report.result());
            new JUnitFile().write(folder, PlanReport.GOAL, report.tests());
            if (page.isPresent()) {
                PlanMarkdown.append(page.get(), report);
            }
        });
    }

    void write(StatusReport report) {
        attempt(() -> new ResultFile().write(folder, report.result(), report.rows()));
    }

    private void attempt(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new Fault("The result cannot be written: " + e, "Check " + folder + " and " + changeSet + ".", e);
        }
    }
}
