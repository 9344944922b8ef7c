package io.github.rocketmigrate.report;

import java.util.List;

/** Records printed lines without colors. */
public record PlainTerminal(List<String> lines) implements Terminal {
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
}
