package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Rule;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.text.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of {@code validate}.
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

    /** Why the file cannot be read at all; empty if it was read. */
    public Optional<String> unreadable() {
        return reading.problems().stream()
                .filter(problem -> problem.rule() == Rule.UNREADABLE)
                .map(Problem::what)
                .findFirst();
    }

    /** The counts by their public names. */
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

    /** The result for pipelines. */
    public Result result(String goal) {
        return new Result(goal, outcome(), name, counts(), Result.Details.of(reading.problems()));
    }

    /** One failed case for each error, or one passed case if there is none; and one skipped case for each warning. */
    public List<JUnitFile.Case> tests() {
        List<JUnitFile.Case> cases = new ArrayList<>();
        for (Problem problem : reading.problems()) {
            if (problem.severity() == Severity.ERROR) {
                cases.add(failed(problem));
            } else if (problem.severity() == Severity.WARNING) {
                cases.add(JUnitFile.Case.skipped(testName(problem), problem.what())
                        .at(name, Optional.of(problem.at())));
            }
        }
        if (outcome() == Outcome.CLEAN) {
            cases.add(0, JUnitFile.Case.passed(name + " is valid"));
        }
        return JUnitFile.numbered(cases);
    }

    private JUnitFile.Case failed(Problem error) {
        return JUnitFile.Case.failed(
                        testName(error),
                        error.rule().code(),
                        error.what(),
                        new FailureText(error.what())
                                .at(name, Optional.of(error.at()))
                                .help(error.rule().help()))
                .at(name, Optional.of(error.at()));
    }

    /** CI servers compare tests by their names, so a name has the rule and the object, and no line. */
    private static String testName(Problem problem) {
        return (problem.rule().code() + " " + problem.object()).strip();
    }

    /** Why the file is not valid: a mail or a chat shows nothing else, so it names the only error. */
    public String verdict() {
        Optional<String> unreadable = unreadable();
        if (unreadable.isPresent()) {
            return Sentences.closed(name + ": " + unreadable.get());
        }
        List<Problem> errors = reading.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        return name + " is not valid: "
                + (errors.size() == 1
                        ? "line " + errors.get(0).at().line() + ": "
                                + Sentences.closed(errors.get(0).what())
                        : summary() + ". Fix the lines listed above.");
    }

    /** {@code 2 errors, 1 warning}, or {@code no problems}. */
    public String summary() {
        StringBuilder summary = new StringBuilder();
        for (Severity severity : Severity.values()) {
            long count = reading.count(severity);
            if (count > 0) {
                summary.append(summary.isEmpty() ? "" : ", ").append(Counts.of(count, severity.word()));
            }
        }
        return summary.isEmpty() ? "no problems" : summary.toString();
    }
}
