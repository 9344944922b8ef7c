package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.text.Counts;
import java.util.List;

/** Prints what was discovered, and what the user has to decide. */
public final class DiscoveryText {
    private static final int MOST_UNDECIDED = 20;

    private final Terminal terminal;
    private final Layout layout;

    public DiscoveryText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
    }

    public void print(DiscoveryReport report) {
        layout.strong(report.cluster() + ": " + count(report, "topics", "topic") + ", "
                + count(report, "groups", "group") + " → " + report.file() + ", " + count(report, "batches", "batch"));
        layout.text(
                0,
                "Types and orders: " + report.confidences().get("certain") + " certain, "
                        + report.confidences().get("likely") + " likely, "
                        + report.confidences().get("asked") + " to decide. The evidence is in " + report.evidence()
                        + ".");
        list("Decide (TODO in the plan)", report.undecided());
        list("Correct", report.errors());
        layout.blank();
        layout.next(NextStep.after(report));
    }

    private static String count(DiscoveryReport report, String name, String noun) {
        return Counts.of(report.sizes().get(name), noun);
    }

    private void list(String heading, List<Problem> problems) {
        if (problems.isEmpty()) {
            return;
        }
        layout.heading(heading);
        problems.stream()
                .limit(MOST_UNDECIDED)
                .forEach(problem ->
                        layout.item("  ! line " + problem.at().line() + "  ", problem.what(), terminal::doubtful));
        if (problems.size() > MOST_UNDECIDED) {
            layout.text(2, "and " + (problems.size() - MOST_UNDECIDED) + " more");
        }
    }
}
