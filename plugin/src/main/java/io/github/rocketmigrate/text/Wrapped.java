package io.github.rocketmigrate.text;

import java.util.ArrayList;
import java.util.List;

/** Text broken into lines at its spaces. */
public final class Wrapped {
    /** What fits beside the name of Maven's level in a terminal of 80 columns. */
    public static final int WIDTH = 73;

    private Wrapped() {}

    /** Lines of at most {@code width} characters, but for words that are longer. */
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
