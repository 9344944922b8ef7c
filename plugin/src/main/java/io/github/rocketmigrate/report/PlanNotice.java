package io.github.rocketmigrate.report;

import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.text.GoalCommand;
import java.util.ArrayList;
import java.util.List;

/** Says above a watched board, in a few lines, that the plan's file is invalid now. */
final class PlanNotice {
    private static final int MOST_PROBLEMS = 3;

    private PlanNotice() {}

    /** The line that names the file, then one for each of the first errors, with its place. */
    static List<String> lines(ValidationReport report) {
        PlanReading reading = report.reading();
        List<Problem> errors = reading.problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(report.name() + " is not valid (" + report.summary()
                + "); the board shows the last valid plan. Fix the file.");
        errors.stream()
                .limit(MOST_PROBLEMS)
                .forEach(error -> lines.add(
                        report.name() + ":" + error.at() + "  " + error.rule().code() + "  " + error.what()));
        if (errors.size() > MOST_PROBLEMS) {
            lines.add("and " + (errors.size() - MOST_PROBLEMS) + " more; all of them: "
                    + GoalCommand.of(report.name(), ValidationReport.GOAL, List.of()));
        }
        return lines;
    }
}
