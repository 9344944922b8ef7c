package io.github.rocketmigrate.report;

import java.util.List;

/** A terminal that shows one page, and then another page in its place. */
public interface Screen {
    /** The columns that a line can fill now; a window may have been resized since the last page. */
    int width();

    /** Whether the window as it is now shows all these lines at once. */
    boolean fits(List<String> lines);

    /** Shows a page in place of the last. */
    void show(List<String> lines);
}
