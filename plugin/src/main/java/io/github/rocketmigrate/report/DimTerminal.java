package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

/** Prints whole lines dimmed and without other colors, for figures that may be outdated. */
record DimTerminal(Terminal terminal) implements Terminal {
    DimTerminal {
        requireNonNull(terminal, "terminal is null");
    }

    @Override
    public int width() {
        return terminal.width();
    }

    @Override
    public void line(String text) {
        terminal.line(terminal.dim(text));
    }

    @Override
    public void warning(String text) {
        terminal.warning(terminal.dim(text));
    }

    @Override
    public void error(String text) {
        terminal.error(terminal.dim(text));
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
