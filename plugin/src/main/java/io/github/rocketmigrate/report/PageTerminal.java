package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Collects the lines of a page, with the colors of another terminal. A warning has a mark, as a log has its level.
 *
 * @param colors whose colors the lines have
 */
record PageTerminal(int width, Terminal colors, List<String> lines) implements Terminal {
    private static final String MARK = "! ";

    PageTerminal {
        requireNonNull(colors, "colors is null");
        requireNonNull(lines, "lines is null");
    }

    /** What has been left out leaves no second blank line. */
    @Override
    public void line(String text) {
        if (!text.isEmpty() || lines.isEmpty() || !lines.get(lines.size() - 1).isEmpty()) {
            lines.add(text);
        }
    }

    @Override
    public void warning(String text) {
        lines.add(doubtful(MARK) + text);
    }

    @Override
    public void error(String text) {
        lines.add(bad(MARK) + text);
    }

    @Override
    public String strong(String text) {
        return colors.strong(text);
    }

    @Override
    public String good(String text) {
        return colors.good(text);
    }

    @Override
    public String bad(String text) {
        return colors.bad(text);
    }

    @Override
    public String doubtful(String text) {
        return colors.doubtful(text);
    }

    @Override
    public String dim(String text) {
        return colors.dim(text);
    }
}
