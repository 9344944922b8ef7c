package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DisplayWidth;
import io.github.rocketmigrate.text.Printable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The table of a board. All batches share it, so that their columns align.
 *
 * <p>Longer than 300 lines: each column can also stand below its row.
 */
final class BoardTable {
    /** A large batch shows the objects with remaining work, and only some of the others. */
    private static final int MOST_ROWS = 60;

    private static final int NAMES = 1;
    /** Columns move below the row rather than that the names of most topics are cut, which nobody can search. */
    private static final int LEAST_NAME = 20;

    private static final String LONG_DESTINATION = "destination";
    private static final String SHORT_DESTINATION = "dest.";
    private static final int BELOW = 6;
    private static final String INDENT = "  ";
    private static final String GAP = "  ";
    private static final String MORE = "more ";
    /** The whole words would take the room of names. */
    private static final String DEFINED = "defined";

    /** What a row shows beside its name. In a narrower terminal, columns move below the row, the last one first. */
    private enum Column {
        NOW,
        PLACE,
        BACKLOG,
        CLIENTS
    }

    private final StatusReport report;
    private final BoardStyle style;
    private final boolean hasStages;
    private final Set<Column> columns;
    private final boolean isShort;
    private final Instant readAt;
    private final Table table = new Table();
    private final List<Line> lines = new ArrayList<>(List.of(Line.PLAIN));
    private boolean isCut;

    /** The heading of a batch, the names of columns, a row with its object, or the number of hidden rows. */
    private record Line(Optional<Batch> heading, Optional<StatusRow> row, Optional<String> text) {
        static final Line PLAIN = new Line(Optional.empty(), Optional.empty(), Optional.empty());

        static Line heading(Batch batch) {
            return new Line(Optional.of(batch), Optional.empty(), Optional.empty());
        }

        static Line text(String words) {
            return new Line(Optional.empty(), Optional.empty(), Optional.of(words));
        }
    }

    /**
     * Builds the rows.
     *
     * @param columns what has a column; the rest stands below its row
     * @param isShort whether stages are in short words beside their squares
     */
    private BoardTable(StatusReport report, BoardStyle style, Set<Column> columns, boolean isShort) {
        this.isShort = isShort;
        this.report = report;
        this.style = style;
        this.columns = columns;
        this.hasStages = report.plan().situation().routing().isPresent();
        this.readAt = report.plan().situation().readAt();
        table.row(cells("", "", "", "NOW", "WANTED", "BACKLOG", "CLIENTS"));
        if (style.extent().isFolded()) {
            addFolded();
        } else {
            addWhole();
        }
    }

    /** Puts the batches of the plan below each other, with as many columns as the width has room for. */
    static BoardTable of(StatusReport report, int width, BoardStyle style) {
        Set<Column> columns = EnumSet.allOf(Column.class);
        BoardTable table = new BoardTable(report, style, columns, false);
        if (table.table.isWhole(width)) {
            return table;
        }
        table = new BoardTable(report, style, columns, true);
        for (int last = Column.values().length - 1; last >= 0 && !table.table.fits(width, NAMES, LEAST_NAME); last--) {
            columns = EnumSet.copyOf(columns);
            columns.remove(Column.values()[last]);
            table = new BoardTable(report, style, columns, true);
        }
        return table;
    }

    /** Whether rows are missing because their batch is large. */
    boolean isCut() {
        return isCut;
    }

    private void addWhole() {
        Map<String, List<StatusRow>> rows = byBatch(report.rows());
        for (Batch batch : batches(rows)) {
            List<StatusRow> all = rows.get(batch.name().value());
            // In the order of the plan, so that a row is where it was at the last look.
            Set<StatusRow> shown = first(
                    all.stream()
                            .sorted(Comparator.comparing(row -> row.missing().isNone())),
                    style.details() ? all.size() : MOST_ROWS);
            lines.add(Line.heading(batch));
            topicsFirst(all).filter(shown::contains).forEach(this::add);
            hidden(all, shown);
            isCut |= shown.size() < all.size();
        }
    }

    private void addFolded() {
        List<StatusRow> all = report.rows();
        Map<String, List<StatusRow>> rows = byBatch(all);
        Set<StatusRow> shown = first(
                all.stream().sorted(FoldedRows.PROBLEMS_FIRST), style.extent().mostRows());
        List<Batch> ordered = batches(rows).stream()
                .sorted(Comparator.comparing(
                        batch -> Collections.min(rows.get(batch.name().value()), FoldedRows.PROBLEMS_FIRST),
                        FoldedRows.PROBLEMS_FIRST))
                .toList();
        List<StatusRow> merged = new ArrayList<>();
        int batches = 0;
        for (Batch batch : ordered) {
            List<StatusRow> ofBatch = rows.get(batch.name().value());
            if (style.extent().mergesBatches() && ofBatch.stream().noneMatch(shown::contains)) {
                merged.addAll(ofBatch);
                batches++;
                continue;
            }
            lines.add(Line.heading(batch));
            topicsFirst(ofBatch)
                    .filter(shown::contains)
                    .sorted(FoldedRows.PROBLEMS_FIRST)
                    .forEach(this::add);
            hidden(ofBatch, shown);
        }
        if (!style.extent().shows(BoardExtent.Part.STATES)) {
            count(all, shown);
        } else if (batches > 0) {
            String more = batches == ordered.size() ? "" : MORE;
            lines.add(Line.text(
                    batches + " " + more + Counts.noun(batches, "batch") + ": " + FoldedRows.words(merged, "")));
        }
    }

    private static Map<String, List<StatusRow>> byBatch(List<StatusRow> rows) {
        return rows.stream().collect(groupingBy(row -> row.item().batch()));
    }

    private List<Batch> batches(Map<String, List<StatusRow>> rows) {
        return report.plan().situation().plan().batches().stream()
                .filter(batch -> rows.containsKey(batch.name().value()))
                .toList();
    }

    private static Stream<StatusRow> topicsFirst(List<StatusRow> rows) {
        return rows.stream()
                .sorted(Comparator.comparing((StatusRow row) -> row.item().kind())
                        .reversed());
    }

    private static Set<StatusRow> first(Stream<StatusRow> ordered, int most) {
        return ordered.limit(most).collect(toCollection(() -> Collections.newSetFromMap(new IdentityHashMap<>())));
    }

    private void hidden(List<StatusRow> all, Set<StatusRow> shown) {
        List<StatusRow> hidden =
                topicsFirst(all).filter(row -> !shown.contains(row)).toList();
        if (!hidden.isEmpty() && style.extent().shows(BoardExtent.Part.STATES)) {
            lines.add(Line.text(INDENT + FoldedRows.words(hidden, MORE)));
        }
    }

    /** One line for all batches. */
    private void count(List<StatusRow> all, Set<StatusRow> shown) {
        List<StatusRow> hidden =
                all.stream().filter(row -> !shown.contains(row)).toList();
        if (!hidden.isEmpty() && style.extent().shows(BoardExtent.Part.HIDDEN_ROWS)) {
            lines.add(Line.text(FoldedRows.count(hidden, shown.isEmpty() ? "" : MORE)));
        }
    }

    private void add(StatusRow row) {
        table.row(cells(
                INDENT + row.item().kind().word(),
                row.name(),
                StageSquares.of(row.progress()),
                now(row) + time(row),
                row.progress().wanted().map(Stage::word).orElse("–"),
                backlog(row),
                row.clientWords()));
        lines.add(new Line(Optional.empty(), Optional.of(row), Optional.empty()));
    }

    private Object[] cells(
            String kind, String name, String place, String now, String wanted, String backlog, String clients) {
        List<String> cells = new ArrayList<>(List.of(kind, name));
        if (hasStages && columns.contains(Column.PLACE)) {
            cells.add(place);
        }
        if (columns.contains(Column.NOW)) {
            cells.add(now);
        }
        if (hasStages && style.wide()) {
            cells.add(wanted);
        }
        if (columns.contains(Column.BACKLOG)) {
            cells.add(backlog);
        }
        if (columns.contains(Column.CLIENTS)) {
            cells.add(clients);
        }
        return cells.toArray();
    }

    private String now(StatusRow row) {
        if (row.isOnlyDefined()) {
            return DEFINED;
        }
        boolean hasSquares =
                row.progress().place().isPresent() && columns.containsAll(EnumSet.of(Column.NOW, Column.PLACE));
        return isShort && hasSquares
                ? row.progress().now().replace(LONG_DESTINATION, SHORT_DESTINATION)
                : row.progress().now();
    }

    /** How long a topic has been at its stage: {@code " for 3 d 4 h"}, or {@code " 3 d"} in a narrower terminal. */
    private String time(StatusRow row) {
        return row.progress()
                .since()
                .map(since -> Duration.between(since, readAt))
                .filter(time -> !time.isNegative())
                .map(time -> style.wide() ? " for " + Counts.span(time) : " " + Counts.shortSpan(time))
                .orElse("");
    }

    private static String backlog(StatusRow row) {
        return row.at(Side.SOURCE).backlogWords() + " / "
                + row.at(Side.DESTINATION).backlogWords();
    }

    /** What stands beside or below a row: what has no column, and the remaining work. */
    private Below below(StatusRow row) {
        List<String> parts = new ArrayList<>();
        if (!columns.contains(Column.NOW)) {
            parts.add(now(row) + time(row));
        }
        if (!columns.contains(Column.BACKLOG)) {
            parts.add("unread: " + backlog(row));
        }
        if (!columns.contains(Column.CLIENTS) && (row.clients().connected() > 0 || row.isOffline())) {
            parts.add("clients: " + row.clientWords());
        }
        row.traffic()
                .forEach((side, traffic) ->
                        traffic.delayedWords(side, report.traffic().readAt()).ifPresent(parts::add));
        if (!row.missing().isNone()) {
            if (!style.wide() && !row.progress().hasArrived()) {
                parts.add("wanted: " + row.progress().wanted().map(Stage::word).orElse(""));
            }
        }
        String unread = row.unreadByOldClients().map(words -> "; " + words).orElse("");
        return new Below(
                Printable.of(String.join("; ", parts)),
                row.missing().isNone() ? "" : Printable.of(row.missing().words(style.mostReasons()) + unread));
    }

    /**
     * The text of a row.
     *
     * @param facts that nobody has to act on
     * @param verdict the remaining work and what blocks it, in a color
     */
    private record Below(String facts, String verdict) {
        String words() {
            return facts + (facts.isEmpty() || verdict.isEmpty() ? "" : "; ") + verdict;
        }
    }

    void print(Layout layout, Terminal terminal) {
        List<String> texts = table.lines(layout.width(), NAMES);
        int width = texts.stream().mapToInt(DisplayWidth::of).max().orElse(0);
        boolean fits = lines.stream()
                .flatMap(line -> line.row().stream())
                .allMatch(
                        row -> width + GAP.length() + DisplayWidth.of(below(row).words()) <= layout.width());
        int next = 0;
        boolean hasRows = lines.stream().anyMatch(line -> line.row().isPresent());
        for (Line line : lines) {
            if (!hasRows && line.equals(Line.PLAIN)) {
                // The names of columns explain nothing.
                continue;
            }
            if (line.heading().isPresent()) {
                heading(line.heading().get(), layout);
                continue;
            }
            if (line.text().isPresent()) {
                String words = line.text().get();
                int indent = words.length() - words.stripLeading().length();
                layout.text(indent, words.stripLeading());
                continue;
            }
            String text = texts.get(next++);
            Optional<Below> below =
                    line.row().map(this::below).filter(it -> !it.words().isEmpty());
            if (below.isEmpty()) {
                terminal.line(marked(terminal, line, text));
                continue;
            }
            StatusRow row = line.row().orElseThrow();
            StyledEnd end = new StyledEnd(below.get().verdict(), it -> colored(terminal, row, it));
            if (fits) {
                terminal.line(marked(terminal, line, DisplayWidth.padded(text, width))
                        + GAP
                        + end.in(below.get().words()));
            } else {
                terminal.line(marked(terminal, line, text));
                layout.text(BELOW, below.get().words(), end::in);
            }
        }
    }

    /** A folded board has no room for blank lines. */
    private void heading(Batch batch, Layout layout) {
        if (!style.extent().isFolded()) {
            layout.blank();
        }
        String name = batch.name().value()
                + batch.owner().map(owner -> GAP + owner.value()).orElse("");
        String progress =
                report.progress(batch.name().value()).map(words -> GAP + words).orElse("");
        if (DisplayWidth.of(Printable.of(name + progress)) <= layout.width()) {
            layout.strong(name + progress);
        } else {
            layout.strong(name);
            layout.text(INDENT.length(), progress.strip());
        }
    }

    /**
     * Consumers of a topic in a fence get no new messages, which must not look like any other row. The name of a blocked
     * object has the color that it has in a plan.
     */
    private static String marked(Terminal terminal, Line line, String text) {
        if (line.row().flatMap(row -> row.progress().fence()).isPresent()) {
            return terminal.doubtful(text);
        }
        return line.row()
                .filter(row -> row.missing().isStuck())
                .map(row -> Printable.of(row.name()))
                .filter(text::contains)
                .map(name -> text.replaceFirst(
                        Pattern.quote(name),
                        Matcher.quoteReplacement(colored(terminal, line.row().get(), name))))
                .orElse(text);
    }

    private static String colored(Terminal terminal, StatusRow row, String text) {
        if (row.missing().isNone()) {
            return text;
        }
        return row.missing().isStuck() ? terminal.bad(text) : terminal.doubtful(text);
    }
}
