package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.report.MarkdownText.code;
import static io.github.rocketmigrate.report.MarkdownText.escaped;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.assess.RowState.NotMeasurable;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.text.Sentences;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Writes an examination as a page for people: what has fired first, then the open questions, then all rows. */
public final class AssessmentMarkdown {
    public static final String NAME = "assessment.md";

    private static final int MOST_OBJECTS = 20;

    private AssessmentMarkdown() {}

    public static void write(Path folder, AssessmentReport report, Provenance provenance) throws IOException {
        WholeFile.write(folder.resolve(NAME), text(report, provenance));
    }

    static String text(AssessmentReport report, Provenance provenance) {
        CommentPage page = new CommentPage(report.folderFile());
        page.add("### Assessment of " + code(report.plan()) + ": "
                + report.outcome().word() + "\n\n");
        page.add("**" + escaped(report.summary()) + "**\n\n");
        page.add(escaped(report.route().words()) + "  \n");
        page.add(PlanMarkdown.origin(report.invocation().file(), provenance) + "\n");
        for (RowSeverity severity : RowSeverity.values()) {
            section(page, heading(severity), report.fired(severity));
        }
        report.comparison().ifPresent(comparison -> changes(page, comparison));
        List<AssessedRow> open = report.open();
        questions(page, open);
        answers(page, open);
        report.byGroup().forEach((group, rows) -> table(page, group.title(), rows));
        page.end("\n" + PlanMarkdown.next(NextStep.after(report)));
        return page.text();
    }

    private static String heading(RowSeverity severity) {
        return switch (severity) {
            case BLOCKER -> "Blockers";
            case RISK -> "Risks";
            case NOTE -> "Notes";
        };
    }

    private static void section(CommentPage page, String heading, List<AssessedRow> rows) {
        if (!rows.isEmpty()) {
            page.add("\n#### " + heading + "\n\n");
        }
        for (AssessedRow row : rows) {
            page.add("- [ ] **" + link(row) + " " + escaped(row.title()) + "**: "
                    + escaped(Sentences.closed(AssessmentReport.found(row)))
                    + row.next()
                            .map(next -> " " + escaped(Sentences.closed(next)))
                            .orElse("")
                    + row.effort()
                            .map(effort -> " Work: " + escaped(effort.words()) + ".")
                            .orElse("")
                    + (row.objects().isEmpty()
                            ? ""
                            : " Objects: " + escaped(Names.of(row.objects(), MOST_OBJECTS)) + ".")
                    + "\n");
            commands(page, row);
        }
    }

    /** Indented, so that the block belongs to the item. */
    private static void commands(CommentPage page, AssessedRow row) {
        if (!row.commands().isEmpty()) {
            page.add("\n  ```sh\n"
                    + row.commands().stream()
                            .map(command -> "  " + Printable.of(command) + "\n")
                            .collect(joining())
                    + "  ```\n\n");
        }
    }

    private static void questions(CommentPage page, List<AssessedRow> rows) {
        if (!rows.isEmpty()) {
            page.add("\n#### To answer\n\n");
        }
        for (AssessedRow row : rows) {
            if (row.state() instanceof NotMeasurable open) {
                page.add("- [ ] **" + link(row) + " " + escaped(row.title()) + "**: " + escaped(open.question())
                        + (open.isUnobserved() ? " Not observed: " : " Not measurable: ")
                        + escaped(Sentences.closed(open.why())) + "\n");
            }
        }
    }

    private static void changes(CommentPage page, AssessmentComparison comparison) {
        page.add("\n#### Since " + code(comparison.file()) + "\n\n");
        if (comparison.isEmpty()) {
            page.add("Nothing has changed.\n");
        }
        comparison.appeared().forEach(row -> page.add("- new: " + escaped(row.words()) + "\n"));
        comparison.gone().forEach(row -> page.add("- gone: " + escaped(row.words()) + "\n"));
        comparison.changed().forEach(row -> page.add("- changed: " + escaped(row.words()) + "\n"));
    }

    /** The lines to paste into the plan. */
    private static void answers(CommentPage page, List<AssessedRow> rows) {
        if (!rows.isEmpty()) {
            page.add(
                    "\nAnswers in the plan, for questions that you cannot make measurable:\n\n```yaml\nassess:\n  answers:\n"
                            + rows.stream()
                                    .map(row -> "    - { id: " + row.id() + ", answer: , owner: , date: }\n")
                                    .collect(joining())
                            + "```\n");
        }
    }

    private static void table(CommentPage page, String title, List<AssessedRow> rows) {
        List<AssessedRow> fine =
                rows.stream().filter(row -> row.state().isFine()).toList();
        if (fine.isEmpty() || page.isFull()) {
            return;
        }
        page.add("\n<details><summary>" + title + ": " + fine.size() + " of " + rows.size()
                + " rows are fine</summary>\n\n| row | found | source |\n|---|---|---|\n");
        fine.forEach(row -> page.add("| " + link(row) + " " + escaped(row.title()) + " | "
                + escaped(AssessmentReport.found(row)) + " | " + escaped(row.source()) + ", verified " + row.verified()
                + " |\n"));
        page.close("\n</details>\n");
    }

    private static String link(AssessedRow row) {
        return "[" + row.id() + "](" + HelpPages.row(row.id()) + ")";
    }
}
