package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.report.StatusReport.Row;
import io.github.rocketmigrate.text.Wrapped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Shows people the board: a table for each batch, with what is left to do beside or below each line. */
public final class StatusText {
    /** Of a large batch, those that are not as they should be come first, and then some of the rest. */
    private static final int MOST_ROWS = 60;

    private static final String GAP = "  ";
    private static final String BELOW = "      ";

    private static final List<String> LEGEND = List.of(
            "Backlog: messages that are left to consume, source / destination.",
            "Clients: members of their groups that are connected there now.");

    private final Terminal terminal;

    public StatusText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    public void print(StatusReport report) {
        PlanText.title(terminal, report.plan());
        Map<String, List<Row>> rows = report.rows().stream().collect(groupingBy(Row::batch));
        boolean stages = report.plan().situation().routing().isPresent();
        Table table = new Table();
        List<Line> lines = new ArrayList<>();
        for (Batch batch : report.plan().situation().plan().batches()) {
            String name = batch.name().value();
            if (rows.containsKey(name)) {
                add(table, lines, stages, name, rows.get(name));
            }
        }
        print(table.lines(), lines);
        terminal.line("");
        LEGEND.forEach(terminal::line);
        report.endpoint().ifPresent(terminal::line);
        report.plan().warnings().forEach(terminal::warning);
        terminal.line("");
        terminal.line(terminal.strong(report.plan().summary()));
        terminal.line("Next: " + report.next());
    }

    /** What a line of the table is about. */
    private record Line(boolean isHeading, Optional<Row> row) {
        static final Line HEADING = new Line(true, Optional.empty());
        static final Line REST = new Line(false, Optional.empty());

        String missing() {
            return row.map(Row::missing).orElse("");
        }
    }

    /** What is missing stands in a last column, if all of it fits there, and else below each line. */
    private void print(List<String> texts, List<Line> lines) {
        int width = texts.stream().mapToInt(String::length).max().orElse(0);
        boolean fits = lines.stream()
                .allMatch(line -> width + GAP.length() + line.missing().length() <= Wrapped.WIDTH);
        for (int i = 0; i < texts.size(); i++) {
            Line line = lines.get(i);
            String text = texts.get(i);
            if (line.isHeading()) {
                terminal.line("");
                terminal.line(terminal.strong(text));
            } else if (line.missing().isEmpty()) {
                terminal.line(text);
            } else if (fits) {
                terminal.line(text + " ".repeat(width - text.length()) + GAP + coloured(line.missing()));
            } else {
                terminal.line(text);
                Wrapped.lines(line.missing(), Wrapped.WIDTH - BELOW.length())
                        .forEach(part -> terminal.line(BELOW + coloured(part)));
            }
        }
    }

    /** One table for all batches, so that its columns are in one place. */
    private static void add(Table table, List<Line> lines, boolean stages, String batch, List<Row> rows) {
        row(table, stages, batch, "", "WANTED", "NOW", "BACKLOG", "CLIENTS");
        lines.add(Line.HEADING);
        List<Row> shown = rows.stream()
                .sorted(Comparator.comparing(Row::kind)
                        .reversed()
                        .thenComparing(row -> row.missing().isEmpty()))
                .limit(MOST_ROWS)
                .toList();
        for (Row row : shown) {
            row(
                    table,
                    stages,
                    "  " + row.kind().word(),
                    row.name(),
                    row.wanted().orElse("–"),
                    row.now(),
                    figure(row.backlog().get(Side.SOURCE)) + " / "
                            + figure(row.backlog().get(Side.DESTINATION)),
                    row.members().get(Side.SOURCE) + " / " + row.members().get(Side.DESTINATION));
            lines.add(new Line(false, Optional.of(row)));
        }
        if (rows.size() > shown.size()) {
            row(table, stages, "  and " + (rows.size() - shown.size()) + " more", "", "", "", "", "");
            lines.add(Line.REST);
        }
    }

    private static void row(
            Table table,
            boolean stages,
            String kind,
            String name,
            String wanted,
            String now,
            String backlog,
            String clients) {
        if (stages) {
            table.row(kind, name, wanted, now, backlog, clients);
        } else {
            table.row(kind, name, now, backlog, clients);
        }
    }

    private String coloured(String missing) {
        boolean stuck = missing.contains("blocked") || missing.contains("impossible");
        return stuck ? terminal.bad(missing) : terminal.doubtful(missing);
    }

    private static String figure(OptionalLong figure) {
        return figure.isEmpty() ? "–" : String.format(Locale.ROOT, "%,d", figure.getAsLong());
    }
}
