package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DisplayWidth;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Prints the board: a table of all batches, with the place of each topic and its remaining work. */
public final class StatusText {
    /** A large batch shows the objects with remaining work, and only some of the others. */
    private static final int MOST_ROWS = 60;

    /** In a narrower terminal, the wanted stage stands below the row. */
    private static final int WITH_WANTED = 100;

    private static final int NAMES = 1;
    private static final int BELOW = 6;
    private static final int MOST_CLIENTS = 3;
    private static final int MOST_IN_FENCE = 3;
    private static final String GAP = "  ";
    /** The whole words would take the room of names. */
    private static final String DEFINED = "defined";

    private final Terminal terminal;
    private final Layout layout;
    private final boolean details;
    private final boolean wide;

    /**
     * Prints to a terminal.
     *
     * @param details whether to name everything, however long the board becomes
     */
    public StatusText(Terminal terminal, boolean details) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
        this.details = details;
        this.wide = terminal.width() >= WITH_WANTED;
    }

    public void print(StatusReport report) {
        print(report, report.next());
    }

    /** Prints a board that ends with another next step than its own. */
    void print(StatusReport report, NextStep next) {
        new PlanText(terminal, false, false).title(report.plan());
        Optional<UnattendedFence> unattended = UnattendedFence.in(report.plan());
        unattended.ifPresent(fence -> fence.print(layout, terminal));
        Map<String, List<StatusRow>> rows =
                report.rows().stream().collect(groupingBy(row -> row.item().batch()));
        Board board = new Board(report, rows, true);
        if (!board.table.fits(layout.width(), NAMES)) {
            board = new Board(report, rows, false);
        }
        layout.blank();
        print(board);
        layout.blank();
        if (unattended.isEmpty()) {
            fences(report.rows());
        }
        StatusLegend.of(report).forEach(line -> layout.text(0, line));
        report.endpoint().ifPresent(line -> layout.text(0, line));
        report.tooEarly().ifPresent(line -> layout.text(0, line));
        report.leftBehind().forEach(clients -> layout.warning(clients.message(most(MOST_CLIENTS))));
        if (isShortened(report, board)) {
            layout.text(0, "This board is shortened; -Dmigrate.details=true names everything.");
        }
        report.plan().warnings().forEach(layout::warning);
        layout.blank();
        layout.text(0, report.plan().summary(), terminal::strong);
        report.oldClients().ifPresent(line -> layout.text(0, line, terminal::strong));
        layout.next(next);
    }

    private static String now(StatusRow row) {
        return row.isOnlyDefined() ? DEFINED : row.progress().now();
    }

    private int most(int named) {
        return details ? Integer.MAX_VALUE : named;
    }

    private int mostReasons() {
        return details ? RemainingWork.ALL_REASONS : RemainingWork.FIRST_REASON;
    }

    private boolean isShortened(StatusReport report, Board board) {
        return board.isCut
                || report.rows().stream().anyMatch(row -> row.missing().hasMoreReasons(mostReasons()))
                || TopicsInFence.on(report.rows()).stream()
                        .anyMatch(fence -> fence.topics().size() > most(MOST_IN_FENCE))
                || report.leftBehind().stream()
                        .anyMatch(clients -> clients.clients().old().size() > most(MOST_CLIENTS));
    }

    private static String heading(StatusReport report, Batch batch) {
        String name = batch.name().value();
        return name
                + batch.owner().map(owner -> GAP + owner.value()).orElse("")
                + report.progress(name).map(progress -> GAP + progress).orElse("");
    }

    /** The rest of the board is no news compared with consumers that get nothing. */
    private void fences(List<StatusRow> rows) {
        List<TopicsInFence> fences = TopicsInFence.on(rows);
        fences.forEach(fence -> layout.text(0, fence.message(most(MOST_IN_FENCE)), terminal::doubtful));
        if (!fences.isEmpty()) {
            layout.address(2, "= help:", HelpPages.IN_THE_FENCE);
        }
    }

    /** A line of the board: the heading of a batch, the names of columns, an object, or the number of hidden objects. */
    private record BoardLine(Optional<String> heading, Optional<StatusRow> row) {
        static final BoardLine PLAIN = new BoardLine(Optional.empty(), Optional.empty());

        static BoardLine heading(String text) {
            return new BoardLine(Optional.of(text), Optional.empty());
        }
    }

    private void print(Board board) {
        List<String> texts = board.table.lines(layout.width(), NAMES);
        int width = texts.stream().mapToInt(DisplayWidth::of).max().orElse(0);
        boolean fits = board.lines.stream()
                .flatMap(line -> line.row().stream())
                .allMatch(row ->
                        width + GAP.length() + DisplayWidth.of(Printable.of(board.below(row))) <= layout.width());
        int next = 0;
        for (BoardLine line : board.lines) {
            if (line.heading().isPresent()) {
                layout.heading(line.heading().get());
                continue;
            }
            String text = texts.get(next++);
            String words = line.row().map(board::below).map(Printable::of).orElse("");
            if (words.isEmpty()) {
                terminal.line(marked(line, text));
            } else if (fits) {
                terminal.line(marked(line, DisplayWidth.padded(text, width))
                        + GAP
                        + colored(line.row().get(), words));
            } else {
                terminal.line(marked(line, text));
                layout.text(BELOW, words, it -> colored(line.row().get(), it));
            }
        }
    }

    /** The table that all batches share, so that their columns align. */
    private final class Board {
        private final boolean hasStages;
        private final boolean hasClients;
        private final Instant readAt;
        private final Table table = new Table();
        private final List<BoardLine> lines = new ArrayList<>(List.of(BoardLine.PLAIN));
        private boolean isCut;

        /**
         * Puts the batches of the plan below each other.
         *
         * @param hasClients whether the clients have a column; otherwise they stand below their row
         */
        Board(StatusReport report, Map<String, List<StatusRow>> rows, boolean hasClients) {
            this.hasStages = report.plan().situation().routing().isPresent();
            this.hasClients = hasClients;
            this.readAt = report.plan().situation().readAt();
            table.row(cells("", "", "", "NOW", "WANTED", "BACKLOG", "CLIENTS"));
            for (Batch batch : report.plan().situation().plan().batches()) {
                String name = batch.name().value();
                if (rows.containsKey(name)) {
                    lines.add(BoardLine.heading(heading(report, batch)));
                    add(rows.get(name));
                }
            }
        }

        private void add(List<StatusRow> rows) {
            // In the order of the plan, so that a row is where it was at the last look.
            Set<StatusRow> shown = rows.stream()
                    .sorted(Comparator.comparing(row -> row.missing().isNone()))
                    .limit(details ? rows.size() : MOST_ROWS)
                    .collect(toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
            List<StatusRow> ordered = rows.stream()
                    .filter(shown::contains)
                    .sorted(Comparator.comparing((StatusRow row) -> row.item().kind())
                            .reversed())
                    .toList();
            for (StatusRow row : ordered) {
                table.row(cells(
                        "  " + row.item().kind().word(),
                        row.name(),
                        StageSquares.of(row.progress()),
                        now(row) + time(row, readAt),
                        row.progress().wanted().map(Stage::word).orElse("–"),
                        figure(row.at(Side.SOURCE).backlog()) + " / "
                                + figure(row.at(Side.DESTINATION).backlog()),
                        row.clients().words()));
                lines.add(new BoardLine(Optional.empty(), Optional.of(row)));
            }
            if (rows.size() > shown.size()) {
                table.row("  and " + (rows.size() - shown.size()) + " more");
                lines.add(BoardLine.PLAIN);
                isCut = true;
            }
        }

        private Object[] cells(
                String kind, String name, String place, String now, String wanted, String backlog, String clients) {
            List<String> cells = new ArrayList<>(List.of(kind, name));
            if (hasStages) {
                cells.add(place);
            }
            cells.add(now);
            if (hasStages && wide) {
                cells.add(wanted);
            }
            cells.add(backlog);
            if (hasClients) {
                cells.add(clients);
            }
            return cells.toArray();
        }

        /** What stands beside or below a row: what has no column, and the remaining work. */
        String below(StatusRow row) {
            List<String> parts = new ArrayList<>();
            if (!hasClients && row.clients().connected() > 0) {
                parts.add("clients: " + row.clients().words());
            }
            row.traffic()
                    .forEach((side, traffic) ->
                            traffic.delayedWords(side, readAt).ifPresent(parts::add));
            if (!row.missing().isNone()) {
                if (!wide && !row.progress().hasArrived()) {
                    parts.add("wanted: "
                            + row.progress().wanted().map(Stage::word).orElse(""));
                }
                parts.add(row.missing().words(mostReasons()));
            }
            row.unreadByOldClients().ifPresent(parts::add);
            return String.join("; ", parts);
        }
    }

    /** How long a topic has been at its stage: {@code " for 3 d 4 h"}, or {@code " 3 d"} in a narrower terminal. */
    private String time(StatusRow row, Instant now) {
        return row.progress()
                .since()
                .map(since -> Duration.between(since, now))
                .filter(time -> !time.isNegative())
                .map(time -> wide ? " for " + Counts.span(time) : " " + Counts.shortSpan(time))
                .orElse("");
    }

    /** Consumers of a topic in a fence get no new messages, which must not look like any other row. */
    private String marked(BoardLine line, String text) {
        return line.row().flatMap(row -> row.progress().fence()).isPresent() ? terminal.doubtful(text) : text;
    }

    private String colored(StatusRow row, String text) {
        if (row.missing().isNone()) {
            return text;
        }
        return row.missing().isStuck() ? terminal.bad(text) : terminal.doubtful(text);
    }

    private static String figure(OptionalLong figure) {
        return figure.isEmpty() ? "–" : String.format(Locale.ROOT, "%,d", figure.getAsLong());
    }
}
