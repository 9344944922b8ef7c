package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.WriteOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Adds the result of {@code apply} to the page of a CI server: the summary, and each change that was not made. */
public final class ApplyMarkdown {
    private static final int MOST_SHOWN = 50;
    private static final int MOST_NAMED = 5;

    private ApplyMarkdown() {}

    public static void append(Path page, ApplyReport report) throws IOException {
        StepSummary.append(page, text(report));
    }

    static String text(ApplyReport report) {
        List<String> lines = new ArrayList<>();
        lines.add("### " + (report.goal().equals(ApplyReport.ROLLBACK) ? "Rollback of " : "Apply of ")
                + MarkdownText.code(report.plan().situation().plan().name().value()) + ": "
                + report.outcome().word());
        lines.add("");
        lines.add("**" + MarkdownText.escaped(report.summary()) + "**");
        lines.add("");
        report.plan()
                .invocation()
                .changeSet()
                .filter(file -> !report.stale().isEmpty())
                .ifPresent(file ->
                        lines.addAll(List.of("The change set " + MarkdownText.code(file) + " no longer fits:", "")));
        for (Stale one :
                report.stale().subList(0, Math.min(MOST_SHOWN, report.stale().size()))) {
            lines.add("- stale " + one.kind() + " " + MarkdownText.code(one.name()) + ": "
                    + MarkdownText.escaped(one.what()));
        }
        if (!report.isDryRun()) {
            if (!report.paused().isEmpty()) {
                lines.add("- **paused**: " + MarkdownText.escaped(Names.of(report.paused(), MOST_NAMED))
                        + ": producers find no queue until a run ends the pause. Continue at once.");
            }
            SortedSet<String> closed = new TreeSet<>(report.withheld());
            closed.removeAll(report.paused());
            if (!closed.isEmpty()) {
                lines.add("- **in the fence**: " + MarkdownText.escaped(Names.of(closed, MOST_NAMED))
                        + ": consumers get no new messages until a run opens the fence. Continue at once.");
            }
            List<AppliedChange> unfinished = report.unfinished();
            for (AppliedChange one : unfinished.subList(0, Math.min(MOST_SHOWN, unfinished.size()))) {
                lines.add("- " + ApplyText.words(one.outcome()) + ": "
                        + one.change().subject().kind().word() + " "
                        + MarkdownText.code(one.change().subject().name()) + ": "
                        + MarkdownText.escaped(Sentences.of(one.why(), one.fix())));
            }
            more(lines, unfinished.size());
            report.stopped()
                    .ifPresent(stop ->
                            lines.add("- **stopped**: " + MarkdownText.escaped(Sentences.of(stop.what(), stop.fix()))));
            done(lines, report);
            report.moved().entrySet().stream()
                    .limit(MOST_SHOWN)
                    .forEach(one -> lines.add("- " + one.getValue().end().done() + ": topic "
                            + MarkdownText.code(one.getKey()) + ": "
                            + one.getValue().from() + " → " + one.getValue().to()));
            more(lines, report.moved().size());
            PassedFences.lines(report.run().fences()).forEach(line -> lines.add("- " + MarkdownText.escaped(line)));
            report.late().entrySet().stream()
                    .limit(MOST_SHOWN)
                    .forEach(one -> lines.add("- overdue: topic " + MarkdownText.code(one.getKey()) + ": "
                            + MarkdownText.escaped(one.getValue())));
            report.awaited()
                    .forEach((reason, topics) -> lines.add("- continues with the next run: "
                            + MarkdownText.escaped(Names.of(topics, MOST_NAMED) + " waits for " + reason)));
            for (ToDo one : report.left().toDo()) {
                one.items()
                        .forEach(task -> lines.add("- [ ] " + MarkdownText.escaped(one.owner()) + ": "
                                + PlanMarkdown.item(task).stripTrailing()));
            }
        }
        more(lines, report.stale().size());
        if (!lines.get(lines.size() - 1).isEmpty()) {
            lines.add("");
        }
        lines.add(PlanMarkdown.next(report.next()));
        return String.join("\n", lines) + "\n\n";
    }

    /** The objects that were created, changed or removed; topics that moved have a line each. */
    private static void done(List<String> lines, ApplyReport report) {
        record Done(String verb, String kind) {}

        Map<Done, List<String>> names = new LinkedHashMap<>();
        for (AppliedChange one : report.application().changes()) {
            if (one.outcome() == WriteOutcome.CONFIRMED
                    && !(one.change() instanceof Change.MoveTopic || one.change() instanceof Change.SeedOffsets)) {
                Done done = new Done(
                        PlanAction.of(one.change()).done(),
                        one.change().subject().kind().word());
                names.computeIfAbsent(done, key -> new ArrayList<>())
                        .add(MarkdownText.code(one.change().subject().name()));
            }
        }
        names.forEach((done, of) -> lines.add(
                "- " + done.verb() + " " + Counts.of(of.size(), done.kind()) + ": " + Names.of(of, MOST_SHOWN)));
    }

    private static void more(List<String> lines, int all) {
        if (all > MOST_SHOWN) {
            lines.add("- and " + (all - MOST_SHOWN) + " more; see `" + ResultFile.NAME + "`");
        }
    }
}
