package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.report.DiscoveryReport.Merged;
import io.github.rocketmigrate.text.Counts;
import java.util.List;
import java.util.stream.Stream;

/** Prints what was discovered and what a merge has added, and what the user has to decide. */
public final class DiscoveryText {
    private static final int MOST_LINES = 20;

    private final Terminal terminal;
    private final Layout layout;

    public DiscoveryText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
    }

    public void print(DiscoveryReport report) {
        report.merged().ifPresentOrElse(merged -> printMerged(report, merged), () -> printNew(report));
        list("Decide (TODO in the plan)", located(report.undecided()), "!");
        list("Correct", located(report.errors()), "!");
        layout.blank();
        layout.next(NextStep.after(report));
    }

    private void printNew(DiscoveryReport report) {
        layout.strong(report.cluster() + ": " + count(report, "topics", "topic") + ", "
                + count(report, "groups", "group") + " → " + report.file() + ", " + count(report, "batches", "batch"));
        printConfidences(report);
    }

    private void printMerged(DiscoveryReport report, Merged merged) {
        if (report.isUnchanged()) {
            layout.strong(report.file() + " has all topics and groups of " + report.cluster()
                    + " that were looked for. It was not changed.");
        } else {
            layout.strong(report.cluster() + ": " + Counts.of(merged.topics().size(), "new topic") + ", "
                    + Counts.of(merged.groups().size(), "new group") + " → " + report.file());
            printConfidences(report);
        }
        list("Added", both(merged.topics(), merged.groups()), "+");
        list(
                "No longer at the source (the plan keeps it)",
                both(merged.vanishedTopics(), merged.vanishedGroups()),
                "?");
    }

    private void printConfidences(DiscoveryReport report) {
        layout.text(
                0,
                "Types and orders: " + report.confidences().get("certain") + " certain, "
                        + report.confidences().get("likely") + " likely, "
                        + report.confidences().get("asked") + " to decide. The evidence is in " + report.evidence()
                        + ".");
    }

    private static String count(DiscoveryReport report, String name, String noun) {
        return Counts.of(report.sizes().get(name), noun);
    }

    private static List<Located<String>> both(List<Located<String>> topics, List<Located<String>> groups) {
        return Stream.concat(topics.stream(), groups.stream()).toList();
    }

    private static List<Located<String>> located(List<Problem> problems) {
        return problems.stream()
                .map(problem -> new Located<>(problem.what(), problem.at()))
                .toList();
    }

    private void list(String heading, List<Located<String>> lines, String sign) {
        if (lines.isEmpty()) {
            return;
        }
        layout.heading(heading);
        lines.stream()
                .limit(MOST_LINES)
                .forEach(line -> layout.item(
                        "  " + sign + " line " + line.at().line() + "  ", line.value(), terminal::doubtful));
        if (lines.size() > MOST_LINES) {
            layout.text(2, "and " + (lines.size() - MOST_LINES) + " more");
        }
    }
}
