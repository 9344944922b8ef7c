package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages in a terminal that obeys the few escape codes that a screen may use, and fails at any other. */
final class TerminalScreenTest {
    private static final int COLUMNS = 30;
    private static final int ROWS = 10;

    private TerminalSize size = new TerminalSize(COLUMNS, ROWS);
    private final Emulator emulator = new Emulator();
    private final TerminalScreen screen = new TerminalScreen(emulator::write, text -> text, () -> size);

    @Test
    void aPageTakesThePlaceOfTheLastAndNothingElse() {
        emulator.write("$ mvn migrate:status\n");
        screen.show(List.of("12:00:00", "topic a  source", "Next: wait."));
        screen.show(List.of("12:00:10", "topic a  read-both", "Next: wait."));
        assertThat(emulator.lines())
                .containsExactly("$ mvn migrate:status", "12:00:10", "topic a  read-both", "Next: wait.");
    }

    @Test
    void aShorterPageLeavesNoRestOfALongerOne() {
        screen.show(List.of("12:00:00", "a long line of the first page", "more", "end"));
        screen.show(List.of("12:00:10", "short"));
        assertThat(emulator.lines()).containsExactly("12:00:10", "short");
    }

    /** A command is not broken, so it may take two rows. */
    @Test
    void aLineOfTwoRowsIsOverwrittenWhole() {
        String command = "  mvn migrate:plan -Dmigrate.batch=low-risk";
        screen.show(List.of("12:00:00", command));
        screen.show(List.of("12:00:10", command, "\u001B[1mend\u001B[m"));
        assertThat(emulator.lines())
                .containsExactly("12:00:10", command.substring(0, COLUMNS), command.substring(COLUMNS), "end");
    }

    @Test
    void aPageThatIsTallerThanTheTerminalDoesNotPileUp() {
        for (int refresh = 0; refresh < 3; refresh++) {
            List<String> page = new ArrayList<>(List.of("refresh " + refresh));
            IntStream.range(0, 20).forEach(i -> page.add("topic " + i));
            page.add("Next: wait.");
            screen.show(page);
        }
        assertThat(emulator.scrolledAway()).isEmpty();
        assertThat(emulator.lines()).hasSize(ROWS - 1).startsWith("refresh 2").endsWith("Next: wait.");
        assertThat(String.join("", emulator.lines()).replaceAll(" +", " "))
                .contains("lines hidden: enlarge the window");
    }

    @Test
    void theCursorRestsBelowThePage() {
        screen.show(List.of("12:00:00", "end"));
        emulator.write("^C\n$ ");
        assertThat(emulator.lines()).containsExactly("12:00:00", "end", "^C", "$");
    }

    /** A program counts the rows that a narrower window gives to the lines it has written. */
    @Test
    void aWindowThatBecomesNarrowerIsOverwritten() {
        screen.show(List.of("12:00:00", "a line of more than ten"));
        size = new TerminalSize(12, ROWS);
        emulator.reflow(12);
        screen.show(List.of("12:00:10", "a line", "of more"));
        assertThat(emulator.lines()).containsExactly("12:00:10", "a line", "of more");
    }

    /** Rows of text, the cursor, and what has left the window at its top. */
    private static final class Emulator {
        private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
        private int columns = COLUMNS;
        private int row;
        private int column;
        private int top;

        void write(String text) {
            int at = 0;
            while (at < text.length()) {
                char sign = text.charAt(at);
                if (sign == '\u001B') {
                    at = obey(text, at + 2);
                } else {
                    put(sign);
                    at++;
                }
            }
        }

        private int obey(String text, int from) {
            assertThat(text.charAt(from - 1)).isEqualTo('[');
            int end = from;
            while (Character.isDigit(text.charAt(end)) || text.charAt(end) == ';') {
                end++;
            }
            switch (text.charAt(end)) {
                case 'A' -> row = Math.max(top, row - Integer.parseInt(text.substring(from, end)));
                case 'K' -> rows.get(row).setLength(Math.min(rows.get(row).length(), column));
                case 'J' -> {
                    rows.get(row).setLength(Math.min(rows.get(row).length(), column));
                    rows.subList(row + 1, rows.size()).clear();
                }
                case 'm' -> assertThat(end).isGreaterThanOrEqualTo(from);
                default -> throw new AssertionError("escape code " + text.substring(from - 1, end + 1));
            }
            return end + 1;
        }

        private void put(char sign) {
            if (sign == '\n') {
                down();
                return;
            }
            if (column == columns) {
                down();
            }
            StringBuilder line = rows.get(row);
            while (line.length() <= column) {
                line.append(' ');
            }
            line.setCharAt(column++, sign);
        }

        private void down() {
            row++;
            column = 0;
            if (row == rows.size()) {
                rows.add(new StringBuilder());
            }
            top = Math.max(top, row - ROWS + 1);
        }

        void reflow(int narrower) {
            List<String> lines = List.copyOf(lines());
            rows.clear();
            rows.add(new StringBuilder());
            columns = narrower;
            row = 0;
            column = 0;
            lines.forEach(line -> write(line + "\n"));
        }

        List<String> scrolledAway() {
            return text(0, top);
        }

        List<String> lines() {
            List<String> lines = new ArrayList<>(text(top, rows.size()));
            while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
                lines.remove(lines.size() - 1);
            }
            return lines;
        }

        private List<String> text(int from, int to) {
            return rows.subList(from, to).stream()
                    .map(line -> line.toString().stripTrailing())
                    .toList();
        }
    }
}
