package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.plan.PlaceholderValues;
import io.github.rocketmigrate.plan.PlanReader;
import io.github.rocketmigrate.report.JUnitFile;
import io.github.rocketmigrate.report.ResultFile;
import io.github.rocketmigrate.report.ValidationReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;

/** Runs the goal {@code validate}: reads the plan and writes the problems for pipelines. */
public final class Validate {
    private final PlanReader reader;
    private final Path output;

    /** Results go to the folder {@code output}. */
    public Validate(PlaceholderValues values, LocalDate today, Path output) {
        this.reader = PlanReaders.offline(values, today);
        this.output = requireNonNull(output, "output is null");
    }

    /** Reads {@code file}, which results call {@code name} as the user wrote it, and writes its problems. */
    public ValidationReport run(String name, Path file) {
        ValidationReport report = new ValidationReport(name, reader.read(file));
        try {
            new ResultFile().write(output, report.result(ValidationReport.GOAL));
            new JUnitFile().write(output, ValidationReport.GOAL, report.tests());
        } catch (IOException e) {
            throw new Fault(
                    "The result could not be written: " + e, "Check that " + output + " is a writable folder.", e);
        }
        return report;
    }
}
