package io.github.rocketmigrate.text;

import java.util.ArrayList;
import java.util.List;

/** Breaks long messages at spaces, because a terminal would break them within words. */
public final class Wrapped {
    /** The columns that Maven's prefix, such as {@code [INFO]}, leaves in a terminal of 80 columns. */
    public static final int WIDTH = 73;

    private Wrapped() {}

    /** Returns lines of at most {@code width} characters; a longer word gets a line of its own. */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
