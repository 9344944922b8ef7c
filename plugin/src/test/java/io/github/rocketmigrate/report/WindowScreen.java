package io.github.rocketmigrate.report;

import java.util.ArrayList;
import java.util.List;

/** Records the last page that a window of a test shows. */
public final class WindowScreen implements Screen {
    private final int width;
    private final int height;
    private List<String> page = List.of();

    public WindowScreen(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** A window of 80 columns behind Maven's level, in which every page fits. */
    public static WindowScreen high() {
        return new WindowScreen(PlainTerminal.NARROW, Integer.MAX_VALUE);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public boolean fits(List<String> lines) {
        return lines.size() < height;
    }

    @Override
    public void show(List<String> lines) {
        page = new ArrayList<>(lines);
    }

    public List<String> page() {
        return page;
    }
}
