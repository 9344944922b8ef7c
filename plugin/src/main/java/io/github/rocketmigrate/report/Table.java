package io.github.rocketmigrate.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Aligns text in columns, each as wide as its widest cell. */
final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(Object::toString).toList());
        return this;
    }

    /** Returns a copy that lacks a column. */
    Table without(int column) {
        Table copy = new Table();
        for (List<String> row : rows) {
            List<String> cells = new ArrayList<>(row);
            if (column < cells.size()) {
                cells.remove(column);
            }
            copy.rows.add(cells);
        }
        return copy;
    }

    /** Returns the padded rows without trailing spaces. */
    List<String> lines() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        });
        return rows.stream().map(row -> padded(row, widths)).toList();
    }

    private static String padded(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
