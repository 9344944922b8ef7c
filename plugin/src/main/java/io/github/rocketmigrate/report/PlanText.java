package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.DisplayWidth;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Prints a plan: its changes batch by batch, what blocks them and for whom, what they bring about, and the next step. */
public final class PlanText {
    private static final int WIDEST_NAME = 32;

    private static final int NARROWEST_NAME = 12;
    /** The sign, the kind and the line, which stand beside a name at least. */
    private static final int BESIDE_NAME = 21;
    /** In a plan with more rows, each batch is one line. */
    private static final int MOST_ROWS = 60;

    private static final int MOST_NAMES = 200;

    private static final int COMMAND = 4;

    /** The heading of when something will be over. */
    static final String ESTIMATES = "Estimates";

    /** The heading of what waivers pass over. */
    static final String WAIVED = "Waived";

    /** The heading of what follows of blocked changes. */
    static final String ONCE_UNBLOCKED = "Consequences, once nothing is blocked";

    private final Terminal terminal;
    private final Layout layout;
    private final boolean details;
    private final boolean listing;

    /**
     * Prints to a terminal.
     *
     * @param details whether to print every row of a long plan, and the findings of checks that pass
     * @param listing whether to list the topics and groups that are not in the plan
     */
    public PlanText(Terminal terminal, boolean details, boolean listing) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
        this.details = details;
        this.listing = listing;
    }

    public void print(PlanReport report) {
        title(report);
        BrakeText.first(report, layout, terminal);
        UnattendedFence.in(report).ifPresent(fence -> fence.print(layout, terminal));
        body(report);
        layout.blank();
        layout.text(0, report.summary(), terminal::strong);
        layout.next(report.next());
    }

    /** Prints why the outcome is none that the user accepts: what is to be done or, if nothing is, what differs. */
    public void reasons(PlanReport report) {
        title(report);
        if (report.toDo().isEmpty()) {
            report.batches().forEach(this::print);
        } else {
            new ToDoText(terminal).print(report);
        }
        layout.blank();
        layout.text(0, report.summary(), terminal::strong);
        layout.next(report.next());
    }

    /** Prints everything but the summary and the next step. */
    void work(PlanReport report) {
        title(report);
        body(report);
    }

    private void body(PlanReport report) {
        List<PlanBatch> batches = report.batches();
        int rows = batches.stream().mapToInt(batch -> batch.rows().size()).sum();
        if (rows > MOST_ROWS && !details) {
            summarize(batches, report);
        } else {
            batches.forEach(this::print);
        }
        checks(report.ofClusters());
        waived(report);
        items(Itinerary.heading(report), Itinerary.lines(report.itinerary()));
        items(ESTIMATES, Estimate.lines(report.shownEstimates()));
        checksLater(report);
        new ToDoText(terminal).print(report);
        consequences("Consequences", report.consequences());
        consequences(ONCE_UNBLOCKED, Consequences.onceUnblocked(report));
        items(EndOfJoin.HEADING, EndOfJoin.toConfirm(report));
        undo(report.consequences().undo());
        notes(report);
    }

    /** Prints the plan's name, both clusters, and the run that is at work. */
    void title(PlanReport report) {
        title(report, true);
    }

    /** The same where a run at work may have no room. */
    void title(PlanReport report, boolean hasRoomForRun) {
        ClusterRoute.of(report.situation())
                .print(layout, report.situation().plan().name().value(), terminal::strong);
        if (report.changes().partial()) {
            layout.text(0, "Only part of the plan: " + report.selection());
        }
        report.atWork().filter(run -> hasRoomForRun).ifPresent(run -> run.print(layout, report.invocation()));
    }

    private void summarize(List<PlanBatch> batches, PlanReport report) {
        Table table = new Table();
        batches.forEach(batch -> table.row(batch.title("  "), batch.counts()));
        layout.blank();
        if (table.fits(layout.width(), 0)) {
            table.lines(layout.width(), 0).forEach(line -> layout.line(0, line));
        } else {
            batches.forEach(batch -> {
                layout.strong(batch.title("  "));
                layout.text(2, batch.counts());
            });
        }
        layout.blank();
        layout.text(0, "Show every change:");
        layout.command(2, report.invocation().command(PlanReport.GOAL, "-Dmigrate.details=true"));
    }

    private void print(PlanBatch batch) {
        layout.heading(batch.title("  "));
        int kind =
                batch.rows().stream().mapToInt(row -> row.kind().length()).max().orElse(0);
        int name = Math.min(
                Math.min(WIDEST_NAME, Math.max(NARROWEST_NAME, layout.width() - BESIDE_NAME)),
                batch.rows().stream()
                        .mapToInt(row -> DisplayWidth.of(row.name()))
                        .max()
                        .orElse(0));
        for (PlanRow row : batch.rows()) {
            String before = "  " + row.mark().sign() + " " + DisplayWidth.padded(row.kind(), kind) + "  "
                    + DisplayWidth.padded(DisplayWidth.shortened(row.name(), name), name);
            StyledEnd verdict =
                    new StyledEnd(row.mark().isBlocked() ? row.verdict() : "", text -> styled(row.mark(), text));
            layout.row(before, row.words(), "line " + row.line(), text -> styled(row.mark(), text), verdict::in);
        }
        if (batch.unchanged() > 0) {
            layout.line(2, "= " + batch.unchanged() + " unchanged");
        }
    }

    /** The failed and unknown checks are in the list of things to do. */
    private void checks(List<Judgement> checks) {
        List<Judgement> passed = checks.stream()
                .filter(judgement -> judgement.verdict().letsPass())
                .toList();
        if (passed.isEmpty()) {
            return;
        }
        layout.heading("Checks of both clusters");
        List<Judgement> brief = details
                ? List.of()
                : passed.stream()
                        .filter(judgement -> judgement.verdict() instanceof Verdict.Passed)
                        .toList();
        if (!brief.isEmpty()) {
            String names =
                    brief.stream().map(judgement -> judgement.check().name()).collect(joining(", "));
            layout.item("  = passed  ", names, terminal::good);
        }
        for (Judgement judgement : passed) {
            if (!brief.contains(judgement)) {
                layout.item(
                        "  = " + judgement.verdict().word() + "  ",
                        judgement.check().name() + ": " + judgement.verdict().what(),
                        judgement.verdict() instanceof Verdict.Passed ? terminal::good : terminal::doubtful);
            }
        }
    }

    /** What waivers pass over for topics; those of both clusters stand above. */
    private void waived(PlanReport report) {
        items(
                WAIVED,
                WaivedCheck.lines(report.waived().stream()
                        .filter(one -> one.topic().isPresent())
                        .toList()));
    }

    /** Without these lines, a plan without failed checks looks as if nothing could stop its later steps. */
    private void checksLater(PlanReport report) {
        List<LaterCheck> checks = LaterCheck.in(report);
        if (!checks.isEmpty()) {
            layout.heading("Checks that " + (report.invocation().isRollback() ? "rollback" : "apply")
                    + " measures at a later step");
            checks.forEach(check -> layout.item("  - ", check.words(), text -> text));
        }
    }

    private void consequences(String heading, Consequences consequences) {
        items(
                heading,
                Stream.concat(
                                consequences.lines().stream(),
                                consequences.toConfirm().stream().map(ProducersToConfirm::sentence))
                        .toList());
    }

    private void undo(List<Undo> all) {
        if (!all.isEmpty()) {
            layout.heading("To undo");
            all.forEach(this::undo);
        }
    }

    private void undo(Undo undo) {
        layout.item("  - ", undo.what(), text -> text);
        undo.command().ifPresent(command -> layout.command(COMMAND, command));
    }

    private void items(String heading, List<String> lines) {
        if (!lines.isEmpty()) {
            layout.heading(heading);
            lines.forEach(line -> layout.item("  - ", line, text -> text));
        }
    }

    private void notes(PlanReport report) {
        if (!report.warnings().isEmpty()) {
            layout.blank();
        }
        report.warnings().forEach(layout::warning);
        if (!report.notes().isEmpty()) {
            layout.blank();
        }
        report.notes().forEach(note -> layout.text(0, note));
        List<String> lines = UnplannedLines.lines(report.changes());
        if (lines.isEmpty()) {
            return;
        }
        layout.blank();
        lines.forEach(line -> layout.text(0, line + "."));
        if (listing) {
            for (Side side : UnplannedLines.ORDER) {
                names(side.word() + " topic", report.changes().unplanned(side).topics());
                names(side.word() + " group", report.changes().unplanned(side).groups());
            }
        } else {
            layout.text(0, "List them with -Dmigrate.listUnplanned=true.");
        }
    }

    private void names(String kind, Collection<String> names) {
        names.stream().limit(MOST_NAMES).forEach(name -> layout.line(4, kind + "  " + name));
        if (names.size() > MOST_NAMES) {
            layout.line(4, "and " + (names.size() - MOST_NAMES) + " more");
        }
    }

    private String styled(PlanRow.Mark mark, String text) {
        return switch (mark) {
            case CREATE -> terminal.good(text);
            case UPDATE, JOIN, LEAVE, MOVE, WAITING -> terminal.doubtful(text);
            case REMOVE, BLOCKED, IMPOSSIBLE -> terminal.bad(text);
        };
    }
}
