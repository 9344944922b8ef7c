package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Rule;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Printable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Prints the problems of a plan, and of the clusters that it names, each with its line of the file and a mark below the place. */
public final class ValidationText {
    private static final int MOST_SHOWN = 100;
    private static final int WIDTH = 100;
    private static final int NUMBER = 6;

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

    /** Prints the problems, and nothing for a plan without problems. The help of a code is named once. */
    public void problems(ValidationReport report) {
        List<Problem> problems = report.reading().problems();
        Set<Rule> explained = EnumSet.noneOf(Rule.class);
        problems.stream().limit(MOST_SHOWN).forEach(problem -> {
            Consumer<String> out = out(problem.severity());
            out.accept(report.name() + ":" + problem.at() + "  " + styled(problem.severity()) + " "
                    + terminal.strong(problem.rule().code()) + "  " + problem.what());
            excerpt(report.reading().lines(), problem.at(), out);
            if (explained.add(problem.rule())) {
                note("help", problem.rule().help(), out);
            }
        });
        if (problems.size() > MOST_SHOWN) {
            terminal.error("… and " + (problems.size() - MOST_SHOWN) + " more; see " + ResultFile.NAME);
        }
    }

    /**
     * Prints the problems that a cluster has with what the plan says about it.
     *
     * @param name the plan's file as the user named it
     * @param lines the lines of the plan
     */
    public void faults(String name, List<String> lines, Fault faults) {
        for (Fault fault : faults.all()) {
            String place = fault.at().map(at -> ":" + at).orElse("");
            terminal.error(name + place + "  " + styled(Severity.ERROR) + "  " + fault.getMessage());
            fault.at().ifPresent(at -> excerpt(lines, at, terminal::error));
            note("fix", fault.nextStep(), terminal::error);
        }
    }

    private Consumer<String> out(Severity severity) {
        return switch (severity) {
            case ERROR -> terminal::error;
            case WARNING -> terminal::warning;
            case NOTE -> terminal::line;
        };
    }

    private String styled(Severity severity) {
        return switch (severity) {
            case ERROR -> terminal.bad(severity.word());
            case WARNING -> terminal.doubtful(severity.word());
            case NOTE -> terminal.strong(severity.word());
        };
    }

    /** Prints a remark below an excerpt, as {@code = help: …}. */
    private static void note(String kind, String text, Consumer<String> out) {
        out.accept(" ".repeat(NUMBER) + " = " + kind + ": " + text);
    }

    private void excerpt(List<String> lines, Position at, Consumer<String> out) {
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
        String number = String.format("%" + NUMBER + "d", at.line());
        out.accept(number + " | " + start + before + meant + after + (last < text.length ? "…" : ""));
        out.accept(" ".repeat(number.length()) + " | " + " ".repeat(start.length() + before.length())
                + terminal.bad("^".repeat(Math.max(1, meant.length()))));
    }

    private static String printed(int[] text, int from, int to) {
        return from >= to ? "" : Printable.of(new String(text, from, to - from));
    }
}
