package io.github.rocketmigrate.report;

import java.util.List;

/** Records printed lines without colors. */
public record PlainTerminal(int width, List<String> lines) implements Terminal {
    /** The columns that Maven's level leaves in a terminal of 80 columns. */
    public static final int NARROW = 73;

    public PlainTerminal(List<String> lines) {
        this(NARROW, lines);
    }

    @Override
    public void line(String text) {
        lines.add(text);
    }

    @Override
    public void warning(String text) {
        lines.add(text);
    }

    @Override
    public void error(String text) {
        lines.add(text);
    }

    @Override
    public String strong(String text) {
        return text;
    }

    @Override
    public String good(String text) {
        return text;
    }

    @Override
    public String bad(String text) {
        return text;
    }

    @Override
    public String doubtful(String text) {
        return text;
    }

    @Override
    public String dim(String text) {
        return text;
    }
}
