package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.report.StatusReport.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Shows people the board: a table for each batch, with what is left to do at the end of each line. */
public final class StatusText {
    /** Of a large batch, those that are not as they should be come first, and then some of the rest. */
    private static final int MOST_ROWS = 60;

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
        List<String> texts = table.lines();
        for (int i = 0; i < texts.size(); i++) {
            lines.get(i).print(texts.get(i));
        }
        terminal.line("");
        LEGEND.forEach(terminal::line);
        report.endpoint().ifPresent(terminal::line);
        report.plan().warnings().forEach(terminal::warning);
        terminal.line("");
        terminal.line(terminal.strong(report.plan().summary()));
        terminal.line("Next: " + report.next());
    }

    /** How a line of the table is printed. */
    private interface Line {
        void print(String text);
    }

    /** One table for all batches, so that its columns are in one place. */
    private void add(Table table, List<Line> lines, boolean stages, String batch, List<Row> rows) {
        row(table, stages, batch, "", "WANTED", "NOW", "BACKLOG", "CLIENTS", "");
        lines.add(text -> {
            terminal.line("");
            terminal.line(terminal.strong(text));
        });
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
                    row.members().get(Side.SOURCE) + " / " + row.members().get(Side.DESTINATION),
                    row.missing());
            lines.add(text -> terminal.line(coloured(row, text)));
        }
        if (rows.size() > shown.size()) {
            row(table, stages, "  and " + (rows.size() - shown.size()) + " more", "", "", "", "", "", "");
            lines.add(terminal::line);
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
            String clients,
            String missing) {
        if (stages) {
            table.row(kind, name, wanted, now, backlog, clients, missing);
        } else {
            table.row(kind, name, now, backlog, clients, missing);
        }
    }

    private String coloured(Row row, String line) {
        if (row.missing().isEmpty()) {
            return line;
        }
        String start = line.substring(0, line.length() - row.missing().length());
        boolean stuck = row.missing().contains("blocked") || row.missing().contains("impossible");
        return start + (stuck ? terminal.bad(row.missing()) : terminal.doubtful(row.missing()));
    }

    private static String figure(OptionalLong figure) {
        return figure.isEmpty() ? "–" : String.format(Locale.ROOT, "%,d", figure.getAsLong());
    }
}
