package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.DisplayWidth;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.text.Wrapped;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Fits text into the width of a terminal: breaks sentences at spaces, and keeps commands and addresses whole on their own
 * lines, further left if they need the room. Foreign text is cleaned here, before it is measured and gets colors.
 */
public final class Layout {
    /** A narrower column would break a sentence after each word; in a narrow terminal, half of its width has to do. */
    private static final int NARROWEST = 30;

    private static final int LONGER_LEVEL = "[WARNING] ".length() - "[INFO] ".length();
    private static final String GAP = "  ";
    /** The indentation of a sentence that has no room beside what it belongs to. */
    private static final int BELOW = 6;

    private final Terminal terminal;

    public Layout(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
    }

    int width() {
        return terminal.width();
    }

    void blank() {
        terminal.line("");
    }

    void heading(String text) {
        blank();
        strong(text);
    }

    /** Bold text; of a name that is too long for a line, the middle is left out. */
    void strong(String text) {
        boolean fits = wrapped(text, width()).stream().allMatch(line -> DisplayWidth.of(line) <= width());
        text(0, fits ? text : DisplayWidth.shortened(Printable.of(text), width()), terminal::strong);
    }

    /** A line that is not broken, however long it is, such as lines to paste. */
    void line(int indent, String text) {
        terminal.line(" ".repeat(indent) + Printable.of(text));
    }

    /** A sentence that may take several lines. */
    public void text(int indent, String text) {
        wrapped(text, width() - indent).forEach(line -> terminal.line(indented(indent, line)));
    }

    /** A sentence in a color or in bold; each of its lines is styled, and the style takes no room. */
    void text(int indent, String text, UnaryOperator<String> style) {
        wrapped(text, width() - indent)
                .forEach(line -> terminal.line(indented(indent, line).replace(line, style.apply(line))));
    }

    private List<String> wrapped(String text, int room) {
        return Wrapped.lines(Printable.of(text), Math.max(narrowest(), room));
    }

    private int narrowest() {
        return Math.min(NARROWEST, width() / 2);
    }

    /** A command or an address is not broken; what would be too wide begins further left. */
    private String indented(int indent, String line) {
        return " ".repeat(Math.max(0, Math.min(indent, width() - DisplayWidth.of(line)))) + line;
    }

    /** A remark that ends with an address: {@code = help: https://…}; an address without room has its own line. */
    void address(int indent, String before, String address) {
        if (indent + DisplayWidth.of(before + address) + 1 <= width()) {
            terminal.line(" ".repeat(indent) + before + " " + address);
        } else {
            terminal.line(" ".repeat(indent) + before);
            terminal.line(indented(indent + GAP.length(), address));
        }
    }

    /** A warning that may take several lines; their level is longer than that of other lines. */
    public void warning(String text) {
        wrapped(text, width() - LONGER_LEVEL).forEach(terminal::warning);
    }

    /** A sentence after a sign, whose further lines begin below its first word. */
    void item(String before, String text, UnaryOperator<String> style) {
        String start = Printable.of(before);
        int indent = DisplayWidth.of(start);
        List<String> lines = wrapped(text, width() - indent);
        if (indent + DisplayWidth.of(lines.get(0)) > width()) {
            terminal.line(style.apply(start.stripTrailing()));
            text(BELOW, text);
            return;
        }
        terminal.line(style.apply(start) + lines.get(0));
        lines.stream().skip(1).forEach(line -> terminal.line(indented(indent, line)));
    }

    /**
     * A row whose last cell is a sentence. The sentence wraps in its column or, if that is too narrow, below the row.
     *
     * @param cells the aligned cells
     * @param end stands at the right edge of the first line
     * @param ofText the style of each line of the sentence
     */
    void row(String cells, String text, String end, UnaryOperator<String> style, UnaryOperator<String> ofText) {
        String before = Printable.of(cells);
        int left = DisplayWidth.of(before) + GAP.length();
        int room = width() - left - (end.isEmpty() ? 0 : GAP.length() + end.length());
        if (room < narrowest()) {
            String start = style.apply(before.stripTrailing());
            int used = DisplayWidth.of(before.stripTrailing());
            terminal.line(end.isEmpty() ? start : start + " ".repeat(Math.max(2, width() - used - end.length())) + end);
            text(BELOW, text, ofText);
            return;
        }
        List<String> lines = wrapped(text, room);
        String padding = " ".repeat(Math.max(0, room - DisplayWidth.of(lines.get(0))));
        String first = ofText.apply(lines.get(0)) + padding;
        terminal.line((style.apply(before) + GAP + first + (end.isEmpty() ? "" : GAP + end)).stripTrailing());
        lines.stream()
                .skip(1)
                .forEach(line -> terminal.line(indented(left, line).replace(line, ofText.apply(line))));
    }

    /** What to do next, with commands that can be pasted, and the page that explains it. */
    void next(NextStep next) {
        text(0, "Next: " + next.what() + (next.commands().isEmpty() ? "." : ":"));
        next.commands().forEach(command -> command(GAP.length(), command));
        next.help().ifPresent(page -> address(GAP.length(), "= help:", page));
    }

    /** A command on a line of its own, so that it can be pasted. */
    public void command(int indent, String command) {
        String clean = Printable.of(command);
        terminal.line(indented(indent, clean).replace(clean, terminal.strong(clean)));
    }
}
