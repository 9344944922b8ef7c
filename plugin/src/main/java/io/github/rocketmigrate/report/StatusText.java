package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DisplayWidth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Prints the board: a table of all batches, with the place of each topic and its remaining work. */
public final class StatusText {
    /** In a large batch, objects with remaining work come first, and only some of the others are shown. */
    private static final int MOST_ROWS = 60;

    /** In a narrower terminal, the wanted stage stands below the row. */
    private static final int WITH_WANTED = 100;

    private static final int NAMES = 1;
    private static final int BELOW = 6;
    private static final String GAP = "  ";
    /** The stages on the way; {@code write-both} is half of the step to the next. */
    private static final List<Stage> WAY =
            List.of(Stage.SOURCE, Stage.READ_BOTH, Stage.WRITE_DESTINATION, Stage.DESTINATION);

    private final Terminal terminal;
    private final Layout layout;
    private final boolean wide;

    public StatusText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
        this.wide = terminal.width() >= WITH_WANTED;
    }

    public void print(StatusReport report) {
        new PlanText(terminal, false, false).title(report.plan());
        Map<String, List<StatusRow>> rows =
                report.rows().stream().collect(groupingBy(row -> row.item().batch()));
        boolean hasStages = report.plan().situation().routing().isPresent();
        Table table = new Table();
        List<BoardLine> lines = new ArrayList<>(List.of(BoardLine.PLAIN));
        table.row(cells(hasStages, "", "", "", "NOW", "WANTED", "BACKLOG", "CLIENTS"));
        for (Batch batch : report.plan().situation().plan().batches()) {
            String name = batch.name().value();
            if (rows.containsKey(name)) {
                lines.add(BoardLine.heading(heading(report, batch)));
                add(table, lines, rows.get(name), report);
            }
        }
        layout.blank();
        print(table.lines(layout.width(), NAMES), lines);
        layout.blank();
        boolean hasTimes = rows.values().stream()
                .flatMap(List::stream)
                .anyMatch(row -> row.progress().since().isPresent());
        legend(hasStages, hasTimes);
        report.endpoint().ifPresent(line -> layout.text(0, line));
        report.plan().warnings().forEach(layout::warning);
        layout.blank();
        layout.text(0, terminal.strong(report.plan().summary()));
        layout.next(report.next());
    }

    private static String heading(StatusReport report, Batch batch) {
        String name = batch.name().value();
        return name
                + batch.owner().map(owner -> GAP + owner.value()).orElse("")
                + report.progress(name).map(progress -> GAP + progress).orElse("");
    }

    private void legend(boolean hasStages, boolean hasTimes) {
        if (!hasStages) {
            layout.text(
                    0,
                    "The plan has no traffic section: topics and groups are defined at the destination, and all"
                            + " traffic is at the source.");
        }
        if (hasTimes) {
            layout.text(0, "Now: the stage, and the time since a run first recorded it.");
        }
        layout.text(0, "Backlog: unread messages in the source / destination.");
        layout.text(
                0,
                "Clients: connected clients of the groups in the source / destination. A client that is connected to"
                        + " both counts in both.");
    }

    /** A line of the board: the heading of a batch, the names of columns, an object, or the number of hidden objects. */
    private record BoardLine(Optional<String> heading, Optional<StatusRow> row) {
        static final BoardLine PLAIN = new BoardLine(Optional.empty(), Optional.empty());

        static BoardLine heading(String text) {
            return new BoardLine(Optional.of(text), Optional.empty());
        }
    }

    private void print(List<String> texts, List<BoardLine> lines) {
        int width = texts.stream().mapToInt(DisplayWidth::of).max().orElse(0);
        boolean fits = lines.stream()
                .flatMap(line -> line.row().stream())
                .allMatch(row -> width + GAP.length() + DisplayWidth.of(words(row)) <= layout.width());
        int next = 0;
        for (BoardLine line : lines) {
            if (line.heading().isPresent()) {
                layout.heading(line.heading().get());
                continue;
            }
            String text = texts.get(next++);
            String words = line.row().map(this::words).orElse("");
            if (words.isEmpty()) {
                terminal.line(text);
            } else if (fits) {
                terminal.line(DisplayWidth.padded(text, width)
                        + GAP
                        + colored(line.row().get(), words));
            } else {
                terminal.line(text);
                layout.item(" ".repeat(BELOW), colored(line.row().get(), words), it -> it);
            }
        }
    }

    /** Adds the rows of a batch to the table that all batches share, so that their columns align. */
    private void add(Table table, List<BoardLine> lines, List<StatusRow> rows, StatusReport report) {
        boolean hasStages = report.plan().situation().routing().isPresent();
        Instant readAt = report.plan().situation().readAt();
        List<StatusRow> shown = rows.stream()
                .sorted(Comparator.comparing((StatusRow row) -> row.item().kind())
                        .reversed()
                        .thenComparing(row -> row.missing().isNone()))
                .limit(MOST_ROWS)
                .toList();
        for (StatusRow row : shown) {
            StatusRow.SideTraffic source = row.at(Side.SOURCE);
            StatusRow.SideTraffic destination = row.at(Side.DESTINATION);
            table.row(cells(
                    hasStages,
                    "  " + row.item().kind().word(),
                    row.name(),
                    row.progress().place().map(StatusText::place).orElse(""),
                    row.progress().now() + time(row, readAt),
                    row.progress().wanted().map(Stage::word).orElse("–"),
                    figure(source.backlog()) + " / " + figure(destination.backlog()),
                    source.members() + " / " + destination.members()));
            lines.add(new BoardLine(Optional.empty(), Optional.of(row)));
        }
        if (rows.size() > shown.size()) {
            table.row("  and " + (rows.size() - shown.size()) + " more");
            lines.add(BoardLine.PLAIN);
        }
    }

    private Object[] cells(
            boolean hasStages,
            String kind,
            String name,
            String place,
            String now,
            String wanted,
            String backlog,
            String clients) {
        List<String> cells = new ArrayList<>(List.of(kind, name));
        if (hasStages) {
            cells.add(place);
        }
        cells.add(now);
        if (hasStages && wide) {
            cells.add(wanted);
        }
        cells.add(backlog);
        cells.add(clients);
        return cells.toArray();
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

    /** One filled square for each stage that the topic has reached: {@code ■■□□} is {@code read-both}. */
    private static String place(Stage stage) {
        int reached = WAY.indexOf(stage == Stage.WRITE_BOTH ? Stage.READ_BOTH : stage) + 1;
        return "■".repeat(reached) + "□".repeat(WAY.size() - reached);
    }

    private String words(StatusRow row) {
        String wanted = wide || row.progress().hasArrived()
                ? ""
                : "wanted: " + row.progress().wanted().map(Stage::word).orElse("") + "; ";
        return row.missing().isNone() ? "" : wanted + row.missing().words();
    }

    private String colored(StatusRow row, String text) {
        return row.missing().isStuck() ? terminal.bad(text) : terminal.doubtful(text);
    }

    private static String figure(OptionalLong figure) {
        return figure.isEmpty() ? "–" : String.format(Locale.ROOT, "%,d", figure.getAsLong());
    }
}
