package io.github.rocketmigrate.mojo;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.report.Screen;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DisplayWidth;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Overwrites its last page and nothing else: what was printed before stays in the terminal. The cursor always rests below
 * the page, so that nothing has to be restored when the goal is interrupted.
 */
final class TerminalScreen implements Screen {
    private static final String ESCAPE = "\u001B[";
    private static final String UP = "A";
    private static final String ERASE_REST_OF_LINE = ESCAPE + "K";
    private static final String ERASE_BELOW = ESCAPE + "J";

    /** The end of a page that remains visible in a low window: the counts and the next step. */
    private static final int LAST_LINES = 5;

    private final Consumer<String> output;
    private final UnaryOperator<String> spelling;
    private final Supplier<TerminalSize> size;
    private List<String> shown = List.of();

    /**
     * Shows no page yet.
     *
     * @param output gets each page as one text, so that it does not flicker
     * @param spelling replaces signs that the terminal cannot show
     * @param size the present size of the terminal
     */
    TerminalScreen(Consumer<String> output, UnaryOperator<String> spelling, Supplier<TerminalSize> size) {
        this.output = requireNonNull(output, "output is null");
        this.spelling = requireNonNull(spelling, "spelling is null");
        this.size = requireNonNull(size, "size is null");
    }

    static TerminalScreen of(MavenTerminal terminal) {
        return new TerminalScreen(
                text -> {
                    System.out.print(text);
                    System.out.flush();
                },
                terminal::spelled,
                TerminalSize::now);
    }

    @Override
    public int width() {
        return TerminalSize.limited(size.get().columns());
    }

    @Override
    public boolean fits(List<String> lines) {
        TerminalSize now = size.get();
        return rows(lines.stream().map(spelling).toList(), now) <= room(now);
    }

    @Override
    public void show(List<String> lines) {
        TerminalSize now = size.get();
        List<String> page = fitting(lines.stream().map(spelling).toList(), now);
        StringBuilder text = new StringBuilder();
        int above = rows(shown, now);
        if (above > 0) {
            // A window that became lower has scrolled the first lines away, where no cursor reaches them.
            text.append(ESCAPE).append(Math.min(above, now.rows() - 1)).append(UP);
        }
        page.forEach(line -> text.append(line).append(ERASE_REST_OF_LINE).append('\n'));
        output.accept(text.append(ERASE_BELOW).toString());
        shown = page;
    }

    /** Leaves out lines in the middle if the terminal is too low: a cursor cannot return to lines that scrolled away. */
    private static List<String> fitting(List<String> lines, TerminalSize now) {
        int room = room(now);
        if (rows(lines, now) <= room) {
            return lines;
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        List<String> page = new ArrayList<>();
        int free = room - rows(last, now) - rows(hidden(lines.size()), now);
        for (String line : lines.subList(0, lines.size() - last.size())) {
            free -= rows(line, now);
            if (free < 0) {
                break;
            }
            page.add(line);
        }
        page.add(hidden(lines.size() - page.size() - last.size()));
        page.addAll(last);
        return page;
    }

    /** The cursor rests below the page. */
    private static int room(TerminalSize now) {
        return now.rows() - 1;
    }

    private static String hidden(int lines) {
        return "… " + Counts.of(lines, "line") + " hidden: enlarge the window, or select with -Dmigrate.batch";
    }

    private static int rows(List<String> lines, TerminalSize now) {
        return lines.stream().mapToInt(line -> rows(line, now)).sum();
    }

    /** A line that is wider than the terminal takes several rows. */
    private static int rows(String line, TerminalSize now) {
        int width = DisplayWidth.ofStyled(line);
        return Math.max(1, (width + now.columns() - 1) / now.columns());
    }
}
