package io.github.rocketmigrate.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Breaks long messages at spaces, because a terminal would break them within words. */
public final class Wrapped {
    /**
     * A space, but neither the one between a number and its unit, nor the one before an arrow, which shows at the end of a
     * line that more follows, nor one within a command, which can be pasted.
     */
    private static final Pattern BREAKS =
            Pattern.compile("(?<!\\bmvn) (?!-D)(?!→ )(?!(?<=\\d )(?:ms|s|min|h|d|KiB|MiB)(?![\\w-]))");

    private static final String PARAMETER = "-Dmigrate.";

    private Wrapped() {}

    /** The parts that stay together: a parameter of a command may have spaces between its quotes. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        boolean isQuoted = false;
        for (String word : BREAKS.split(text, -1)) {
            if (isQuoted) {
                words.set(words.size() - 1, words.get(words.size() - 1) + " " + word);
            } else {
                words.add(word);
            }
            isQuoted = isOpen(words.get(words.size() - 1));
        }
        // Without its end, the quote is none, and the text breaks as any other.
        return isQuoted ? List.of(BREAKS.split(text, -1)) : words;
    }

    private static boolean isOpen(String word) {
        int begin = word.indexOf("='");
        return word.contains(PARAMETER)
                && begin >= 0
                && word.substring(begin)
                                        .replace("\\'", "")
                                        .chars()
                                        .filter(c -> c == '\'')
                                        .count()
                                % 2
                        == 1;
    }

    /** Returns lines of at most {@code width} columns; a longer word gets a line of its own. */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        int used = 0;
        for (String word : words(text)) {
            int columns = DisplayWidth.of(word);
            if (used > 0 && used + 1 + columns > width) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
            used += columns + (used == 0 ? 0 : 1);
        }
        lines.add(line.toString());
        return lines;
    }
}
