package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code validate} found.
 *
 * @param name the plan's file as the user named it
 */
public record ValidationReport(String name, PlanReading reading) {
    public static final String GOAL = "validate";

    public ValidationReport {
        name = Printable.of(name);
        requireNonNull(reading, "reading is null");
    }

    public Outcome outcome() {
        return reading.count(Severity.ERROR) == 0 ? Outcome.CLEAN : Outcome.INVALID;
    }

    /** The figures by their public names. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        counts.put("errors", reading.count(Severity.ERROR));
        counts.put("warnings", reading.count(Severity.WARNING));
        counts.put("notes", reading.count(Severity.NOTE));
        counts.put("batches", (long) reading.size().batches());
        counts.put("topics", (long) reading.size().topics());
        counts.put("groups", (long) reading.size().groups());
        return counts;
    }

    /** The same for pipelines. */
    public Result result(String goal) {
        return new Result(goal, outcome(), name, counts(), reading.problems(), List.of(), List.of(), Optional.empty());
    }

    /** The errors as failed tests, or one test that passed. */
    public List<JUnitFile.Case> tests() {
        List<JUnitFile.Case> failed = reading.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(error -> JUnitFile.Case.failed(
                        error.rule().code() + " " + name + ":" + error.at(),
                        error.rule().code(),
                        error.what()))
                .toList();
        return failed.isEmpty() ? List.of(JUnitFile.Case.passed(name + " is valid")) : failed;
    }

    /** "2 errors and 1 warning", or "no problems". */
    public String summary() {
        StringBuilder summary = new StringBuilder();
        for (Severity severity : Severity.values()) {
            long count = reading.count(severity);
            if (count > 0) {
                summary.append(summary.isEmpty() ? "" : ", ").append(amount(count, severity.word()));
            }
        }
        return summary.isEmpty() ? "no problems" : summary.toString();
    }

    static String amount(long count, String what) {
        String plural = what.endsWith("ch") ? what + "es" : what + "s";
        return count + " " + (count == 1 ? what : plural);
    }
}
