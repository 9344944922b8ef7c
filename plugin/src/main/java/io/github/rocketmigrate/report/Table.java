package io.github.rocketmigrate.report;

import io.github.rocketmigrate.text.DisplayWidth;
import io.github.rocketmigrate.text.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Aligns text in columns, each as wide as its widest cell. One column can shrink to fit the terminal. */
final class Table {
    private static final String GAP = "  ";
    private static final int NARROWEST = 12;

    private final List<List<String>> rows = new ArrayList<>();

    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(Object::toString).map(Printable::of).toList());
        return this;
    }

    /** Returns the padded rows without trailing spaces. */
    List<String> lines() {
        return lines(widths());
    }

    /** Whether the rows fit the terminal as they are. */
    boolean isWhole(int width) {
        return total(widths()) <= width;
    }

    /** Whether the rows fit the terminal if the names in one column are shortened. */
    boolean fits(int width, int names) {
        return fits(width, names, NARROWEST);
    }

    /** Whether the rows fit the terminal if the names in one column are shortened to no less than so much. */
    boolean fits(int width, int names, int least) {
        int[] widths = widths();
        return total(widths) - widths[names] + Math.min(widths[names], least) <= width;
    }

    private static int total(int[] widths) {
        return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    }

    /** Returns the padded rows; the names in one column are shortened as far as the rows are wider than the terminal. */
    List<String> lines(int width, int names) {
        int[] widths = widths();
        int excess = total(widths) - width;
        if (excess > 0) {
            widths[names] = Math.min(widths[names], Math.max(NARROWEST, widths[names] - excess));
        }
        return lines(widths);
    }

    private int[] widths() {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        rows.forEach(row -> {
            // A row of one cell is a heading, and reaches over all columns.
            for (int column = 0; row.size() > 1 && column < row.size(); column++) {
                widths[column] = Math.max(widths[column], DisplayWidth.of(row.get(column)));
            }
        });
        return widths;
    }

    private List<String> lines(int[] widths) {
        return rows.stream().map(row -> padded(row, widths)).toList();
    }

    private static String padded(List<String> row, int[] widths) {
        if (row.size() == 1) {
            return row.get(0);
        }
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String cell = DisplayWidth.shortened(row.get(column), widths[column]);
            line.append(DisplayWidth.padded(cell, widths[column])).append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
