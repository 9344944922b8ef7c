package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.PlaceholderValues;
import io.github.rocketmigrate.plan.PlanReader;
import io.github.rocketmigrate.report.ValidationReport;
import java.nio.file.Path;
import java.time.LocalDate;

/** Runs the goal {@code validate}: reads the plan and writes the problems for pipelines. */
public final class Validate {
    private final PlanReader reader;
    private final Outputs outputs;

    public Validate(PlaceholderValues values, LocalDate today, Outputs outputs) {
        this.reader = PlanReaders.offline(values, today);
        this.outputs = requireNonNull(outputs, "outputs is null");
    }

    /** Reads {@code file}, which results call {@code name} as the user wrote it, and writes its problems. */
    public ValidationReport run(String name, Path file) {
        ValidationReport report = new ValidationReport(name, reader.read(file));
        outputs.write(ValidationReport.GOAL, report);
        return report;
    }
}
