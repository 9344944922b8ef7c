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

/** The goal {@code validate}: reads the plan, and leaves what it found for pipelines. */
public final class Validate {
    private final PlanReader reader;
    private final Path output;

    /**
     * Prepares.
     *
     * @param output the folder for the result's files
     */
    public Validate(PlaceholderValues values, LocalDate today, Path output) {
        this.reader = PlanReaders.offline(values, today);
        this.output = requireNonNull(output, "output is null");
    }

    /**
     * Validates.
     *
     * @param name how the user calls the file
     */
    public ValidationReport run(String name, Path file) {
        ValidationReport report = new ValidationReport(name, reader.read(file));
        try {
            new ResultFile().write(output, report.result(ValidationReport.GOAL));
            new JUnitFile().write(output, ValidationReport.GOAL, report.tests());
        } catch (IOException e) {
            throw new Fault("The result cannot be written: " + e, "Check " + output + ".", e);
        }
        return report;
    }
}
