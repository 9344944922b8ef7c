package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.report.BoardExtent.Part;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.HelpPages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints the board: a table of all batches, with the place of each topic and its remaining work. */
public final class StatusText {
    private static final int MOST_CLIENTS = 3;
    private static final int MOST_IN_FENCE = 3;
    private static final int MOST_LINES = 5;
    private static final int MOST_FIXES = 3;

    private final Terminal terminal;
    private final Layout layout;
    private final boolean details;
    private final BoardExtent extent;

    /**
     * Prints to a terminal.
     *
     * @param details whether to name everything, however long the board becomes
     */
    public StatusText(Terminal terminal, boolean details) {
        this(terminal, details, BoardExtent.WHOLE);
    }

    /** Prints a board that may leave out what has no room. */
    StatusText(Terminal terminal, boolean details, BoardExtent extent) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
        this.details = details;
        this.extent = requireNonNull(extent, "extent is null");
    }

    public void print(StatusReport report) {
        print(report, report.next());
    }

    /** Prints a board that ends with another next step than its own. */
    void print(StatusReport report, NextStep next) {
        new PlanText(terminal, false, false).title(report.plan(), extent.shows(Part.LEASE));
        BrakeText.first(report.plan(), layout, terminal);
        Optional<UnattendedFence> unattended = UnattendedFence.in(report.plan());
        unattended.ifPresent(fence -> fence.print(layout, terminal));
        BoardStyle style = BoardStyle.of(layout.width(), details, extent);
        BoardTable table = BoardTable.of(report, layout.width(), style);
        layout.blank();
        table.print(layout, terminal);
        layout.blank();
        if (unattended.isEmpty()) {
            fences(report.rows());
        }
        if (extent.hasLegend()) {
            StatusLegend.of(report).forEach(line -> layout.text(0, line));
        }
        if (extent.hasNotes()) {
            notes(report, isShortened(report, table, style));
        } else {
            nameNotes(report);
        }
        layout.blank();
        layout.text(0, report.summary(), terminal::strong);
        report.oldClients()
                .filter(line -> extent.shows(Part.OLD_CLIENTS))
                .ifPresent(line -> layout.text(0, line, terminal::strong));
        layout.next(next);
    }

    private int most(int named) {
        return details ? Integer.MAX_VALUE : named;
    }

    private void notes(StatusReport report, boolean isShortened) {
        report.endpoint().ifPresent(line -> layout.text(0, line));
        report.tooEarly().ifPresent(line -> layout.text(0, line));
        report.leftBehind().forEach(clients -> layout.warning(clients.message(most(MOST_CLIENTS))));
        if (isShortened && extent.hasLegend()) {
            layout.text(0, "This board is shortened; -Dmigrate.details=true names everything.");
        }
        report.plan().warnings().forEach(layout::warning);
        list(PlanText.ESTIMATES, Estimate.lines(report.shownEstimates()));
        shortened("Producers to switch", report.oldProducers(), MOST_LINES);
        shortened(PlanText.WAIVED, WaivedCheck.lines(report.plan().waived()), MOST_LINES);
        if (extent.hasLegend()) {
            // In a low window, rows come first.
            shortened("To do", report.fixes(), extent.shows(Part.ALL_FIXES) ? Integer.MAX_VALUE : MOST_FIXES);
        }
    }

    private void list(String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            layout.heading(heading);
            lines.forEach(line -> layout.item("  - ", line, text -> text));
        }
    }

    /**
     * What waivers pass over, and producers: without these lines, a board whose topics move looks as if all checks had passed,
     * and one without old consumers as if nobody had to switch.
     */
    private void shortened(String heading, List<String> all, int most) {
        list(heading, all.stream().limit(most(most)).toList());
        if (all.size() > most(most)) {
            layout.line(2, "and " + (all.size() - most) + " more");
        }
    }

    /** What the notes are about; they have no room. */
    private void nameNotes(StatusReport report) {
        List<String> notes = new ArrayList<>();
        report.endpoint().ifPresent(line -> notes.add("the new name servers of applications"));
        report.tooEarly().ifPresent(line -> notes.add("a warning to applications"));
        if (!report.leftBehind().isEmpty()) {
            notes.add("clients left behind");
        }
        int warnings = report.plan().warnings().size();
        if (warnings > 0) {
            notes.add(Counts.of(warnings, "warning"));
        }
        if (!report.shownEstimates().isEmpty()) {
            notes.add("estimates");
        }
        if (!report.oldProducers().isEmpty()) {
            notes.add("producers to switch");
        }
        int waived = report.plan().waived().size();
        if (waived > 0) {
            notes.add(Counts.of(waived, "waived check"));
        }
        if (!notes.isEmpty() && extent.shows(Part.OLD_CLIENTS)) {
            layout.text(
                    0,
                    "Not shown: " + String.join(", ", notes) + "; see "
                            + report.plan().invocation().command(StatusReport.GOAL));
        }
    }

    private boolean isShortened(StatusReport report, BoardTable table, BoardStyle style) {
        return table.isCut()
                || Math.max(report.plan().waived().size(), report.oldProducers().size()) > most(MOST_LINES)
                || report.rows().stream().anyMatch(row -> row.missing().hasMoreReasons(style.mostReasons()))
                || TopicsInFence.on(report.rows()).stream()
                        .anyMatch(fence -> fence.topics().size() > most(MOST_IN_FENCE))
                || report.leftBehind().stream()
                        .anyMatch(clients -> clients.clients().old().size() > most(MOST_CLIENTS));
    }

    /** The rest of the board is no news compared with consumers that get nothing. */
    private void fences(List<StatusRow> rows) {
        List<TopicsInFence> fences = TopicsInFence.on(rows);
        fences.forEach(fence -> layout.text(0, fence.message(most(MOST_IN_FENCE)), terminal::doubtful));
        if (!fences.isEmpty() && extent.shows(Part.HELP)) {
            layout.address(2, "= help:", HelpPages.IN_THE_FENCE);
        }
    }
}
