package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.assess.RowState;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Sentences;
import java.util.function.UnaryOperator;

/** Prints the rows of an examination group by group: what has fired, what nobody could measure, and how many are fine. */
public final class AssessmentText {
    private static final int INDENT = 6;
    private static final int MOST_COMMANDS = 4;

    private final Terminal terminal;
    private final Layout layout;
    private final boolean details;

    /**
     * Prints to a terminal.
     *
     * @param details whether to print the rows that are fine, too
     */
    public AssessmentText(Terminal terminal, boolean details) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
        this.details = details;
    }

    public void print(AssessmentReport report) {
        report.route().print(layout, report.plan(), terminal::strong);
        report.byGroup().forEach((group, rows) -> {
            layout.heading(group.title());
            rows.forEach(this::row);
            long fine = rows.stream().filter(row -> row.state().isFine()).count();
            if (fine > 0 && !details) {
                layout.text(2, "= " + Counts.of(fine, "row is", "rows are") + " fine", terminal::dim);
            }
        });
        report.comparison().ifPresent(this::changes);
        layout.blank();
        layout.text(0, report.summary(), terminal::strong);
        layout.next(NextStep.after(report));
    }

    private void changes(AssessmentComparison comparison) {
        layout.heading("Since " + comparison.file());
        if (comparison.isEmpty()) {
            layout.text(2, "nothing has changed");
        }
        comparison.appeared().forEach(row -> layout.item("  + new  ", row.words(), terminal::bad));
        comparison.gone().forEach(row -> layout.item("  - gone  ", row.words(), terminal::good));
        comparison.changed().forEach(row -> layout.item("  ~ changed  ", row.words(), terminal::doubtful));
    }

    private void row(AssessedRow row) {
        if (row.state().isFine() && !details) {
            return;
        }
        String severity =
                row.state().severity().map(level -> " " + level.word()).orElse("");
        layout.item(
                "  " + sign(row) + " " + row.id() + severity + "  ",
                row.title() + ": " + AssessmentReport.found(row),
                style(row));
        row.effort().ifPresent(effort -> layout.text(INDENT, "Work: " + effort.words() + "."));
        row.next().map(Sentences::closed).ifPresent(next -> layout.text(INDENT, next));
        row.commands().stream().limit(MOST_COMMANDS).forEach(command -> layout.command(INDENT, command));
        int left = row.commands().size() - MOST_COMMANDS;
        if (left > 0) {
            layout.text(INDENT, "… and " + Counts.of(left, "command") + " more in " + AssessmentMarkdown.NAME);
        }
    }

    /** A measurement answers it, and no person. */
    private static boolean isUnobserved(AssessedRow row) {
        return row.state() instanceof RowState.NotMeasurable open && open.isUnobserved();
    }

    private static String sign(AssessedRow row) {
        return row.state()
                .severity()
                .map(severity -> severity == RowSeverity.NOTE ? "-" : "!")
                .orElse(row.state().isFine() ? "=" : isUnobserved(row) ? "…" : "?");
    }

    private UnaryOperator<String> style(AssessedRow row) {
        return row.state()
                .severity()
                .map(this::style)
                .orElse(row.state().isFine() ? terminal::dim : terminal::doubtful);
    }

    private UnaryOperator<String> style(RowSeverity severity) {
        return switch (severity) {
            case BLOCKER -> terminal::bad;
            case RISK -> terminal::doubtful;
            case NOTE -> text -> text;
        };
    }
}
