package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.groupingBy;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.report.StatusReport.Row;
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
            "Clients: connected members of the groups that consume, source / destination.");

    private final Terminal terminal;

    public StatusText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    public void print(StatusReport report) {
        terminal.line(terminal.strong(report.plan().situation().plan().name().value()) + ": "
                + report.plan().route());
        Map<String, List<Row>> rows = report.rows().stream().collect(groupingBy(Row::batch));
        for (Batch batch : report.plan().situation().plan().batches()) {
            String name = batch.name().value();
            if (rows.containsKey(name)) {
                print(name, rows.get(name));
            }
        }
        terminal.line("");
        LEGEND.forEach(terminal::line);
        report.plan().warnings().forEach(terminal::warning);
        terminal.line("");
        terminal.line(terminal.strong(report.plan().summary()));
        terminal.line("Next: " + (report.outcome() == Outcome.CLEAN ? "nothing is to be done." : "mvn migrate:plan"));
    }

    private void print(String batch, List<Row> rows) {
        terminal.line("");
        List<Row> shown = rows.stream()
                .sorted(Comparator.comparing(Row::kind)
                        .reversed()
                        .thenComparing(row -> row.missing().isEmpty()))
                .limit(MOST_ROWS)
                .toList();
        boolean stages = rows.stream().anyMatch(row -> row.wanted().isPresent());
        Table table = new Table();
        if (stages) {
            table.row(batch, "", "WANTED", "NOW", "BACKLOG", "CLIENTS", "");
        } else {
            table.row(batch, "", "NOW", "BACKLOG", "CLIENTS", "");
        }
        for (Row row : shown) {
            String backlog = figure(row.backlog().get(Side.SOURCE)) + " / "
                    + figure(row.backlog().get(Side.DESTINATION));
            String members =
                    row.members().get(Side.SOURCE) + " / " + row.members().get(Side.DESTINATION);
            String kind = "  " + row.kind().word();
            if (stages) {
                table.row(kind, row.name(), row.wanted().orElse("–"), row.now(), backlog, members, row.missing());
            } else {
                table.row(kind, row.name(), row.now(), backlog, members, row.missing());
            }
        }
        List<String> lines = table.lines();
        terminal.line(terminal.strong(lines.get(0)));
        for (int i = 0; i < shown.size(); i++) {
            terminal.line(coloured(shown.get(i), lines.get(i + 1)));
        }
        if (rows.size() > shown.size()) {
            terminal.line("  and " + (rows.size() - shown.size()) + " more");
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
