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
import io.github.rocketmigrate.text.DisplayWidth;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.text.Wrapped;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Prints the problems of a plan, and of the clusters that it names, each with its line of the file and a mark below the place. */
public final class ValidationText {
    private static final int MOST_SHOWN = 100;
    private static final int WIDEST_EXCERPT = 100;
    private static final int NUMBER = 6;
    /** The columns before the text of an excerpt, and those of the ellipses at its ends. */
    private static final int AROUND_EXCERPT = NUMBER + " | ".length() + 2;

    /** A narrower column would break a sentence after each word. */
    private static final int NARROWEST = 30;

    private final Terminal terminal;

    public ValidationText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    public void print(ValidationReport report) {
        problems(report);
        if (report.outcome() == Outcome.CLEAN) {
            PlanReading.Size size = report.reading().size();
            String found = report.reading().problems().isEmpty() ? "" : " (" + report.summary() + ")";
            terminal.line(Printable.of(report.name()) + ": " + terminal.good("valid") + found + "; "
                    + Counts.of(size.batches(), "batch") + ", " + Counts.of(size.topics(), "topic") + ", "
                    + Counts.of(size.groups(), "group") + ".");
        }
    }

    /**
     * Prints the problems, and nothing for a plan without problems. The help of a code is named once, and so is the line
     * of the plan to which several problems point.
     */
    public void problems(ValidationReport report) {
        List<Problem> problems = report.reading().problems();
        Set<Rule> explained = EnumSet.noneOf(Rule.class);
        int shown = Math.min(MOST_SHOWN, problems.size());
        for (int i = 0; i < shown; i++) {
            Problem problem = problems.get(i);
            boolean isLastOfPlace = i + 1 == shown || !isLike(problem, problems.get(i + 1));
            Level level = level(problem.severity());
            // A file that cannot be read has no line.
            String at = problem.rule() == Rule.UNREADABLE ? "" : ":" + problem.at();
            String place = Printable.of(report.name()) + at + "  ";
            String code = problem.rule().code();
            sentence(
                    place + styled(problem.severity()) + " " + terminal.strong(code) + "  ",
                    DisplayWidth.of(place + problem.severity().word() + " " + code + "  "),
                    problem.what(),
                    level);
            if (isLastOfPlace) {
                excerpt(report.reading().lines(), problem.at(), level);
                if (explained.add(problem.rule())) {
                    note("help", problem.rule().help(), level);
                }
            }
        }
        if (problems.size() > MOST_SHOWN) {
            terminal.error("… and " + (problems.size() - MOST_SHOWN) + " more; see " + ResultFile.NAME);
        }
    }

    private static boolean isLike(Problem one, Problem other) {
        return one.rule() == other.rule() && one.at().equals(other.at());
    }

    /**
     * Prints the problems that a cluster has with what the plan says about it, and once the page that helps with all.
     *
     * @param name the plan's file as the user named it
     * @param lines the lines of the plan
     */
    public void faults(String name, List<String> lines, Fault faults) {
        Set<String> explained = new HashSet<>();
        for (Fault fault : faults.all()) {
            Level level = level(Severity.ERROR);
            String place = Printable.of(name) + fault.at().map(at -> ":" + at).orElse("") + "  ";
            sentence(
                    place + styled(Severity.ERROR) + "  ",
                    DisplayWidth.of(place + Severity.ERROR.word() + "  "),
                    fault.getMessage(),
                    level);
            fault.at().ifPresent(at -> excerpt(lines, at, level));
            note("fix", fault.nextStep(), level);
            String help = fault.help().orElse(HelpPages.ERROR);
            if (explained.add(help)) {
                note("help", help, level);
            }
        }
    }

    /**
     * The level at which Maven prints a problem.
     *
     * @param width the columns that a line can fill: Maven begins each line with its level
     */
    private record Level(Consumer<String> out, int width) {}

    private Level level(Severity severity) {
        int width = terminal.width() + "[INFO] ".length();
        return switch (severity) {
            case ERROR -> new Level(terminal::error, width - "[ERROR] ".length());
            case WARNING -> new Level(terminal::warning, width - "[WARNING] ".length());
            case NOTE -> new Level(terminal::line, terminal.width());
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
    private void note(String kind, String text, Level level) {
        String before = " ".repeat(NUMBER) + " = " + kind + ": ";
        sentence(before, before.length(), text, level);
    }

    /** Prints a sentence; its further lines begin below its first word or, if that leaves no room, all of them below. */
    private static void sentence(String before, int columns, String foreign, Level level) {
        String text = Printable.of(foreign);
        int room = level.width() - columns;
        if (room < NARROWEST) {
            level.out().accept(before.stripTrailing());
            String indent = " ".repeat(NUMBER + " = ".length());
            Wrapped.lines(text, Math.max(NARROWEST, level.width() - indent.length()))
                    .forEach(line -> level.out().accept(indent + line));
            return;
        }
        List<String> lines = Wrapped.lines(text, room);
        level.out().accept(before + lines.get(0));
        lines.stream()
                .skip(1)
                .forEach(line -> level.out()
                        .accept(" ".repeat(Math.max(0, Math.min(columns, level.width() - DisplayWidth.of(line))))
                                + line));
    }

    private void excerpt(List<String> lines, Position at, Level level) {
        if (at.line() <= lines.size()) {
            excerpt(lines.get(at.line() - 1), at, level);
        }
    }

    /** Prints the line, shortened to the width of a screen, and a mark below the problem. */
    private void excerpt(String line, Position at, Level level) {
        int width = Math.max(NARROWEST, Math.min(WIDEST_EXCERPT, level.width() - AROUND_EXCERPT));
        int[] text = line.replace('\t', ' ').codePoints().toArray();
        int first = text.length <= width || at.column() <= width - 10 ? 0 : at.column() - width / 2;
        int last = Math.min(text.length, first + width);
        String before = printed(text, first, Math.min(at.column() - 1, last));
        String meant = printed(text, Math.min(at.column() - 1, last), Math.min(at.column() - 1 + at.length(), last));
        String after = printed(text, Math.min(at.column() - 1 + at.length(), last), last);
        String start = first > 0 ? "…" : "";
        String number = String.format("%" + NUMBER + "d", at.line());
        level.out().accept(number + " | " + start + before + meant + after + (last < text.length ? "…" : ""));
        level.out()
                .accept(" ".repeat(number.length()) + " | " + " ".repeat(start.length() + before.length())
                        + terminal.bad("^".repeat(Math.max(1, meant.length()))));
    }

    private static String printed(int[] text, int from, int to) {
        return from >= to ? "" : Printable.of(new String(text, from, to - from));
    }
}
