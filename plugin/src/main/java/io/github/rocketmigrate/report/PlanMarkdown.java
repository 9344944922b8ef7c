package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.plan.PlanRevision;
import io.github.rocketmigrate.record.Brakes;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.text.UtcTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a plan as a comment on a merge request: the outcome, the tasks and the changes first, then the consequences, within
 * the length limit of comments.
 */
public final class PlanMarkdown {
    public static final String NAME = "plan.md";

    private static final int MOST_OPEN = 20;
    private static final int LENGTH_OF_HASH = 12;

    private PlanMarkdown() {}

    public static void write(Path folder, PlanReport report, Provenance provenance) throws IOException {
        WholeFile.write(folder.resolve(NAME), text(report, provenance));
    }

    /** Appends the plan to a page that the CI server shows, such as GitHub's step summary. */
    public static void append(Path page, PlanReport report, Provenance provenance) throws IOException {
        StepSummary.append(page, text(report, provenance));
    }

    private static void brakes(CommentPage page, PlanReport report) {
        Brakes brakes = report.situation().brakes();
        brakes.words().forEach(line -> page.add("\n**The brake is on for " + MarkdownText.escaped(line) + "**\n"));
        if (!brakes.scopes().isEmpty()) {
            page.add("\nNo run begins a new step. When the reason is gone, release it:\n\n```sh\n"
                    + Printable.of(report.invocation().releasing(brakes)) + "\n```\n");
        }
    }

    static String text(PlanReport report, Provenance provenance) {
        CommentPage page = new CommentPage(report.changeSet());
        page.add("### Migration plan "
                + MarkdownText.code(report.situation().plan().name().value()) + ": "
                + report.outcome().word() + "\n\n");
        page.add("**" + report.summary() + "**\n\n");
        page.add(MarkdownText.escaped(report.route()) + "  \n");
        page.add(origin(report.file(), provenance) + "\n");
        if (report.changes().partial()) {
            page.add("\nOnly part of the plan: " + MarkdownText.code(report.selection()) + "\n");
        }
        report.atWork().ifPresent(run -> page.add("\n" + MarkdownText.escaped(run.words()) + "\n"));
        brakes(page, report);
        UnattendedFence.in(report)
                .ifPresent(fence -> page.add("\n**" + MarkdownText.escaped(fence.words()) + "**\n\n```sh\n"
                        + Printable.of(fence.command()) + "\n```\n"));
        toDo(page, report.toDo());
        List<PlanBatch> batches = report.batches();
        if (!batches.isEmpty()) {
            page.add("\n#### Changes\n");
        }
        batches.forEach(batch -> table(page, batch, provenance));
        list(page, Itinerary.heading(report), Itinerary.lines(report.itinerary()));
        list(page, PlanText.ESTIMATES, Estimate.lines(report.shownEstimates()));
        list(page, "Consequences", report.consequences().lines());
        Consequences onceUnblocked = Consequences.onceUnblocked(report);
        List<String> later = new ArrayList<>(onceUnblocked.lines());
        onceUnblocked.toConfirm().forEach(one -> later.add(one.sentence()));
        list(page, PlanText.ONCE_UNBLOCKED, later);
        toConfirm(page, report.consequences().toConfirm());
        beforeTheEnd(page, report);
        waived(page, report);
        undo(page, report.consequences().undo());
        passed(page, report);
        List<String> notes = new ArrayList<>(report.warnings());
        notes.addAll(report.notes());
        UnplannedLines.lines(report.changes()).forEach(line -> notes.add(line + "."));
        list(page, "Notes", notes);
        next(page, provenance.isReview() ? report.next().inReview(report.outcome()) : report.next());
        return page.text();
    }

    /** The file with its hash, the commit, the pipeline's run, the version and the time. */
    static String origin(String file, Provenance provenance) {
        List<String> parts = new ArrayList<>();
        PlanRevision revision = provenance.revision();
        String name = provenance
                .source()
                .map(url -> "[" + MarkdownText.escaped(file) + "](" + url + ")")
                .orElseGet(() -> MarkdownText.code(file));
        parts.add(name
                + revision.sha256()
                        .map(hash -> " (SHA-256 " + MarkdownText.code(brief(hash)) + ")")
                        .orElse(""));
        revision.commit()
                .ifPresent(commit -> parts.add("commit " + MarkdownText.code(brief(commit))
                        + (revision.isChanged() ? " **with uncommitted changes**" : "")));
        provenance.page().ifPresent(page -> parts.add("[run](" + page + ")"));
        parts.add("RocketMigrate " + MarkdownText.escaped(provenance.version()));
        parts.add(UtcTime.words(provenance.at()));
        return String.join(" · ", parts);
    }

    private static String brief(String hash) {
        return hash.length() <= LENGTH_OF_HASH ? hash : hash.substring(0, LENGTH_OF_HASH);
    }

    /** Lists open tasks owner by owner, with boxes that a reviewer can tick. */
    private static void toDo(CommentPage page, List<ToDo> all) {
        if (!all.isEmpty()) {
            page.add("\n#### To do\n");
        }
        for (ToDo one : all) {
            page.add("\n" + MarkdownText.escaped(one.owner()) + ":\n\n");
            for (ToDo.ToDoItem task : one.items()) {
                page.add("- [ ] " + item(task));
            }
        }
    }

    private static void undo(CommentPage page, List<Undo> all) {
        if (!all.isEmpty()) {
            page.add("\n#### To undo\n\n");
        }
        for (Undo one : all) {
            page.add("- " + MarkdownText.escaped(one.what()) + "\n"
                    + one.command()
                            .map(command -> "\n  ```sh\n  " + Printable.of(command) + "\n  ```\n")
                            .orElse(""));
        }
    }

    /** Lists what no check is sure to see, batch by batch, with boxes that its owner can tick. */
    private static void toConfirm(CommentPage page, List<ProducersToConfirm> all) {
        if (!all.isEmpty()) {
            page.add("\n#### To confirm\n");
        }
        for (ProducersToConfirm one : all) {
            page.add("\n" + MarkdownText.escaped(one.asked()) + ":\n\n");
            page.add("- [ ] **" + MarkdownText.escaped(one.allNames()) + "**: " + MarkdownText.escaped(one.toTick())
                    + "\n");
        }
    }

    private static void beforeTheEnd(CommentPage page, PlanReport report) {
        List<String> toConfirm = EndOfJoin.toConfirm(report);
        if (!toConfirm.isEmpty()) {
            page.add("\n#### " + EndOfJoin.HEADING + "\n\n" + EndOfJoin.AFTERWARDS + "\n\n"
                    + toConfirm.stream().map(line -> "- [ ] " + line + "\n").collect(joining()));
        }
    }

    /** One task, with the lines that somebody can paste into the plan. */
    static String item(ToDo.ToDoItem task) {
        String item = "**" + MarkdownText.escaped(ToDoText.heading(task)) + "**: "
                + MarkdownText.escaped(task.sentences()) + help(task) + "\n";
        List<String> lines = task.toPaste().lines();
        if (lines.isEmpty()) {
            return item;
        }
        // Without the indent, the block would end the list, and the next task would have no box.
        return item + "\n  " + MarkdownText.escaped(task.toPaste().where()) + "\n\n  ```yaml\n"
                + lines.stream().map(line -> "  " + Printable.of(line) + "\n").collect(joining()) + "  ```\n";
    }

    /** The pages of several checks have their names: readers see which link belongs to which check. */
    private static String help(ToDo.ToDoItem task) {
        boolean isOne = task.help().size() == 1;
        return task.help().stream()
                .map(page -> " [" + (isOne ? "Help" : page.substring(page.indexOf('#') + 1)) + "](" + page + ")")
                .collect(joining(" ·"));
    }

    /** Lists the waived checks, so that reviewers see them. */
    private static void waived(CommentPage page, PlanReport report) {
        list(page, "Waived", WaivedCheck.lines(report.waived()));
    }

    /** Folds the checks that passed, so that a reviewer can see that they were made. */
    private static void passed(CommentPage page, PlanReport report) {
        List<Judgement> passed = report.judgements().stream()
                .filter(judgement -> judgement.verdict() instanceof Verdict.Passed)
                .toList();
        if (passed.isEmpty() || page.isFull()) {
            return;
        }
        page.add("\n<details><summary>" + Counts.of(passed.size(), "check") + " passed</summary>\n\n");
        passed.forEach(judgement -> page.add("- " + judgement.check().name()
                + judgement
                        .topic()
                        .map(topic -> " of " + MarkdownText.code(topic))
                        .orElse("") + ": "
                + MarkdownText.escaped(judgement.verdict().what()) + "\n"));
        page.close("\n</details>\n");
    }

    private static void list(CommentPage page, String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            page.add("\n#### " + heading + "\n\n");
        }
        lines.forEach(line -> page.add("- " + MarkdownText.escaped(line) + "\n"));
    }

    /** A small table is open; a long one is folded, so that the page stays short. */
    private static void table(CommentPage page, PlanBatch batch, Provenance provenance) {
        String title = MarkdownText.escaped(batch.title(", "));
        if (batch.rows().isEmpty()) {
            page.add("\n**" + title + "**: " + batch.counts() + "\n");
            return;
        }
        boolean folded = batch.rows().size() > MOST_OPEN;
        page.add(
                folded
                        ? "\n<details><summary>" + title + ": " + batch.counts() + "</summary>\n\n"
                        : "\n**" + title + "**: " + batch.counts() + "\n\n");
        page.add("| | object | change | line |\n|---|---|---|---|\n");
        for (PlanRow row : batch.rows()) {
            if (page.isFull()) {
                page.skip();
                continue;
            }
            page.add("| " + MarkdownText.code(row.mark().sign()) + " | " + row.kind() + " "
                    + MarkdownText.code(row.name()) + " | " + MarkdownText.escaped(row.words()) + " | "
                    + line(row, provenance) + " |\n");
        }
        if (folded) {
            page.close("\n</details>\n");
        }
    }

    private static String line(PlanRow row, Provenance provenance) {
        return provenance
                .source()
                .map(url -> "[" + row.line() + "](" + url + "#L" + row.line() + ")")
                .orElseGet(() -> Integer.toString(row.line()));
    }

    /** Ends a page with the next step and its commands, however full the page is. */
    private static void next(CommentPage page, NextStep next) {
        page.end("\n" + next(next));
    }

    static String next(NextStep next) {
        String help = next.help().map(page -> " ([help](" + page + "))").orElse("");
        return "Next: " + MarkdownText.escaped(next.what()) + help
                + (next.commands().isEmpty()
                        ? ".\n"
                        : ":\n\n```sh\n"
                                + next.commands().stream().map(Printable::of).collect(joining("\n")) + "\n```\n");
    }
}
