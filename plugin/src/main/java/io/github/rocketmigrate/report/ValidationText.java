package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Printable;
import java.util.List;
import java.util.function.Consumer;

/** Prints the problems of a plan, each with its line of the file and a mark below the place. */
public final class ValidationText {
    private static final int MOST_SHOWN = 100;
    private static final int WIDTH = 100;

    private final Terminal terminal;

    public ValidationText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    public void print(ValidationReport report) {
        problems(report);
        if (report.outcome() == Outcome.CLEAN) {
            PlanReading.Size size = report.reading().size();
            String found = report.reading().problems().isEmpty() ? "" : " (" + report.summary() + ")";
            terminal.line(report.name() + ": " + terminal.good("valid") + found + "; "
                    + Counts.of(size.batches(), "batch") + ", " + Counts.of(size.topics(), "topic") + ", "
                    + Counts.of(size.groups(), "group") + ".");
        }
    }

    /** Prints the problems, and nothing for a plan without problems. */
    public void problems(ValidationReport report) {
        List<Problem> problems = report.reading().problems();
        problems.stream().limit(MOST_SHOWN).forEach(problem -> print(report, problem));
        if (problems.size() > MOST_SHOWN) {
            terminal.error("… and " + (problems.size() - MOST_SHOWN) + " more; see " + ResultFile.NAME);
        }
    }

    private void print(ValidationReport report, Problem problem) {
        Consumer<String> out = switch (problem.severity()) {
            case ERROR -> terminal::error;
            case WARNING -> terminal::warning;
            case NOTE -> terminal::line;
        };
        String severity = switch (problem.severity()) {
            case ERROR -> terminal.bad(problem.severity().word());
            case WARNING -> terminal.doubtful(problem.severity().word());
            case NOTE -> terminal.strong(problem.severity().word());
        };
        Position at = problem.at();
        out.accept(report.name() + ":" + at + "  " + severity + " "
                + terminal.strong(problem.rule().code()) + "  " + problem.what());
        List<String> lines = report.reading().lines();
        if (at.line() <= lines.size()) {
            excerpt(lines.get(at.line() - 1), at, out);
        }
    }

    /** Prints the line, shortened to the width of a screen, and a mark below the problem. */
    private void excerpt(String line, Position at, Consumer<String> out) {
        int[] text = line.replace('\t', ' ').codePoints().toArray();
        int first = at.column() <= WIDTH - 10 ? 0 : at.column() - WIDTH / 2;
        int last = Math.min(text.length, first + WIDTH);
        String before = printed(text, first, Math.min(at.column() - 1, last));
        String meant = printed(text, Math.min(at.column() - 1, last), Math.min(at.column() - 1 + at.length(), last));
        String after = printed(text, Math.min(at.column() - 1 + at.length(), last), last);
        String start = first > 0 ? "…" : "";
        String number = String.format("%6d", at.line());
        out.accept(number + " | " + start + before + meant + after + (last < text.length ? "…" : ""));
        out.accept(" ".repeat(number.length()) + " | " + " ".repeat(start.length() + before.length())
                + terminal.bad("^".repeat(Math.max(1, meant.length()))));
    }

    private static String printed(int[] text, int from, int to) {
        return from >= to ? "" : Printable.of(new String(text, from, to - from));
    }
}
