package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.report.OneSideReport.Row;
import io.github.rocketmigrate.report.StatusRow.SideTraffic;
import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints the board of one cluster while the other cannot be read; the columns of the other say so in each row. */
public final class OneSideText {
    private static final int NAMES = 1;
    private static final int BELOW = 6;
    private static final int MOST_ROWS = 60;
    private static final int MOST_CLOSED = 3;
    private static final String UNREAD = "not read";
    private static final String NONE = "–";

    private final Terminal terminal;
    private final Layout layout;
    private final boolean details;
    private final BoardExtent extent;

    /**
     * Prints to a terminal.
     *
     * @param details whether to name everything, however long the board becomes
     */
    public OneSideText(Terminal terminal, boolean details) {
        this(terminal, details, BoardExtent.WHOLE);
    }

    /** Prints a board that may leave out what has no room. */
    OneSideText(Terminal terminal, boolean details, BoardExtent extent) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
        this.details = details;
        this.extent = requireNonNull(extent, "extent is null");
    }

    public void print(OneSideReport report) {
        print(report, report.next());
    }

    /** Prints a board that ends with another next step than its own. */
    void print(OneSideReport report, NextStep next) {
        layout.blank();
        ClusterRoute.of(report.seen()).print(layout, report.seen().plan().name().value(), terminal::strong);
        report.atWork().ifPresent(run -> run.print(layout, report.invocation()));
        layout.blank();
        Board board = new Board(report, true);
        print(board.table.fits(layout.width(), NAMES) ? board : new Board(report, false));
        layout.blank();
        report.closed(details ? Integer.MAX_VALUE : MOST_CLOSED)
                .ifPresent(line -> layout.text(0, line, terminal::doubtful));
        if (extent.hasLegend()) {
            legend(report);
        }
        layout.blank();
        layout.next(next);
    }

    private void legend(OneSideReport report) {
        String unread = report.seen().unread().word();
        layout.text(
                0,
                "The " + unread + " was not read, so stages, checks and changes are unknown. Permissions, unread"
                        + " messages and clients are those of the "
                        + report.seen().side().word() + ".");
        layout.text(0, "Recorded: the stage at which the last run left the topic, and its age.");
    }

    private void print(Board board) {
        List<String> texts = board.table.lines(layout.width(), NAMES);
        int next = 0;
        for (Line line : board.lines) {
            if (!line.heading().isEmpty()) {
                if (extent.isFolded()) {
                    layout.strong(line.heading());
                } else {
                    layout.heading(line.heading());
                }
                continue;
            }
            layout.line(0, texts.get(next++));
            if (!line.below().isEmpty()) {
                layout.text(BELOW, line.below());
            }
        }
    }

    /** A line of the board: the heading of a batch, or a row of the table with what stands below it. */
    private record Line(String heading, String below) {
        static final Line PLAIN = new Line("", "");
    }

    /** The table that all batches share, so that their columns align. */
    private final class Board {
        private final Table table = new Table();
        private final List<Line> lines = new ArrayList<>(List.of(Line.PLAIN));
        private final Instant readAt;
        private final boolean hasRecorded;
        private int room;

        /** @param hasRecorded whether the recorded stages have a column; otherwise they stand below their row */
        Board(OneSideReport report, boolean hasRecorded) {
            this.readAt = report.seen().readAt();
            this.room = extent.mostRows();
            this.hasRecorded = hasRecorded;
            table.row(cells(
                    "",
                    "",
                    column(report.seen().side().word()),
                    "UNREAD",
                    "CLIENTS",
                    column(report.seen().unread().word()),
                    "RECORDED"));
            for (Batch batch : report.seen().plan().batches()) {
                List<Row> rows = report.rows(batch);
                if (!rows.isEmpty()) {
                    lines.add(new Line(batch.name().value(), ""));
                    add(rows);
                }
            }
        }

        private void add(List<Row> rows) {
            int most = Math.min(room, details ? rows.size() : MOST_ROWS);
            room -= Math.min(most, rows.size());
            rows.stream().limit(most).forEach(row -> {
                table.row(cells(
                        "  " + row.kind().word(),
                        row.name(),
                        row.place(),
                        figure(row),
                        String.valueOf(row.members()),
                        UNREAD,
                        recorded(row)));
                lines.add(
                        hasRecorded || row.recorded().isEmpty()
                                ? Line.PLAIN
                                : new Line("", "recorded: " + recorded(row)));
            });
            if (rows.size() > most) {
                table.row("  " + (rows.size() - most) + " more"
                        + (extent.isFolded() ? "" : "; -Dmigrate.details=true names everything"));
                lines.add(Line.PLAIN);
            }
        }

        private Object[] cells(String... cells) {
            return hasRecorded
                    ? cells
                    : List.of(cells).subList(0, cells.length - 1).toArray();
        }

        private String recorded(Row row) {
            return row.recorded().map(Stage::word).orElse(NONE)
                    + row.since()
                            .map(since -> Duration.between(since, readAt))
                            .filter(age -> !age.isNegative())
                            .map(age -> " for " + Counts.span(age))
                            .orElse("");
        }
    }

    private static String column(String side) {
        return side.toUpperCase(Locale.ROOT);
    }

    private static String figure(Row row) {
        return new SideTraffic(!row.place().equals(NONE), row.backlog(), row.members()).backlogWords();
    }
}
