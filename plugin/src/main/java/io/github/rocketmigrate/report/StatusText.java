package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.text.Wrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Prints the board: a table for each batch, with the remaining work beside or below each line. */
public final class StatusText {
    /** In a large batch, objects with remaining work come first, and only some of the others are shown. */
    private static final int MOST_ROWS = 60;

    private static final int WANTED_COLUMN = 2;
    private static final String GAP = "  ";
    private static final String BELOW = "      ";

    private static final List<String> LEGEND = List.of(
            "Backlog: unread messages in the source / destination.",
            "Clients: connected clients of the groups in the source / destination.");

    private final Terminal terminal;

    public StatusText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    public void print(StatusReport report) {
        PlanText.title(terminal, report.plan());
        Map<String, List<StatusRow>> rows =
                report.rows().stream().collect(groupingBy(row -> row.item().batch()));
        Table table = new Table();
        List<Line> lines = new ArrayList<>();
        for (Batch batch : report.plan().situation().plan().batches()) {
            String name = batch.name().value();
            if (rows.containsKey(name)) {
                add(table, lines, name, rows.get(name));
            }
        }
        boolean hasStages = report.plan().situation().routing().isPresent();
        print((hasStages ? table : table.without(WANTED_COLUMN)).lines(), lines);
        terminal.line("");
        LEGEND.forEach(terminal::line);
        report.endpoint().ifPresent(terminal::line);
        report.plan().warnings().forEach(terminal::warning);
        terminal.line("");
        terminal.line(terminal.strong(report.plan().summary()));
        terminal.line("Next: " + report.next());
    }

    /** The content of a line of the table: a heading, an object, or the number of hidden objects. */
    private record Line(boolean isHeading, Optional<StatusRow> row) {
        static final Line HEADING = new Line(true, Optional.empty());
        static final Line REST = new Line(false, Optional.empty());

        RemainingWork missing() {
            return row.map(StatusRow::missing).orElse(RemainingWork.NONE);
        }
    }

    /** The remaining work becomes the last column if it fits there for all rows, or else goes below each row. */
    private void print(List<String> texts, List<Line> lines) {
        int width = texts.stream().mapToInt(String::length).max().orElse(0);
        boolean fits = lines.stream()
                .allMatch(line -> width + GAP.length() + line.missing().words().length() <= Wrapped.WIDTH);
        for (int i = 0; i < texts.size(); i++) {
            Line line = lines.get(i);
            String text = texts.get(i);
            if (line.isHeading()) {
                terminal.line("");
                terminal.line(terminal.strong(text));
            } else if (line.missing().isNone()) {
                terminal.line(text);
            } else if (fits) {
                terminal.line(text
                        + " ".repeat(width - text.length())
                        + GAP
                        + colored(line.missing(), line.missing().words()));
            } else {
                terminal.line(text);
                Wrapped.lines(line.missing().words(), Wrapped.WIDTH - BELOW.length())
                        .forEach(part -> terminal.line(BELOW + colored(line.missing(), part)));
            }
        }
    }

    /** Adds a batch to the table that all batches share, so that their columns align. */
    private static void add(Table table, List<Line> lines, String batch, List<StatusRow> rows) {
        table.row(batch, "", "WANTED", "NOW", "BACKLOG", "CLIENTS");
        lines.add(Line.HEADING);
        List<StatusRow> shown = rows.stream()
                .sorted(Comparator.comparing((StatusRow row) -> row.item().kind())
                        .reversed()
                        .thenComparing(row -> row.missing().isNone()))
                .limit(MOST_ROWS)
                .toList();
        for (StatusRow row : shown) {
            StatusRow.SideTraffic source = row.at(Side.SOURCE);
            StatusRow.SideTraffic destination = row.at(Side.DESTINATION);
            table.row(
                    "  " + row.item().kind().word(),
                    row.name(),
                    row.progress().wanted().orElse("–"),
                    row.progress().now(),
                    figure(source.backlog()) + " / " + figure(destination.backlog()),
                    source.members() + " / " + destination.members());
            lines.add(new Line(false, Optional.of(row)));
        }
        if (rows.size() > shown.size()) {
            table.row("  and " + (rows.size() - shown.size()) + " more");
            lines.add(Line.REST);
        }
    }

    private String colored(RemainingWork missing, String text) {
        return missing.isStuck() ? terminal.bad(text) : terminal.doubtful(text);
    }

    private static String figure(OptionalLong figure) {
        return figure.isEmpty() ? "–" : String.format(Locale.ROOT, "%,d", figure.getAsLong());
    }
}
