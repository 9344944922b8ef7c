package io.github.rocketmigrate.plan;

import java.util.Map;
import java.util.TreeMap;

/** A text with insertions, all of which are placed by indexes into the original text. */
final class EditedText {
    private final String text;
    private final String lineBreak;
    /** What is inserted, by the index of the character before which it stands. */
    private final TreeMap<Integer, String> insertions = new TreeMap<>();

    EditedText(String original) {
        this.text = original;
        this.lineBreak = firstBreak(original);
    }

    String original() {
        return text;
    }

    /** How lines of this text end. */
    String lineBreak() {
        return lineBreak;
    }

    /** Inserts behind what has been inserted at the same place. */
    void insert(int at, String inserted) {
        insertions.merge(at, inserted, String::concat);
    }

    /** Whether this is the end of a last line that has no line break. */
    boolean isBehindLastLine(int at) {
        return at == text.length() && at > 0 && !isBreak(text.charAt(at - 1));
    }

    String edited() {
        StringBuilder edited = new StringBuilder(text.length());
        int from = 0;
        for (Map.Entry<Integer, String> insertion : insertions.entrySet()) {
            edited.append(text, from, insertion.getKey()).append(insertion.getValue());
            from = insertion.getKey();
        }
        return edited.append(text, from, text.length()).toString();
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r';
    }

    private static String firstBreak(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isBreak(text.charAt(i))) {
                return text.startsWith("\r\n", i) ? "\r\n" : text.substring(i, i + 1);
            }
        }
        return "\n";
    }

    int startOfLine(int at) {
        int start = at;
        while (start > 0 && !isBreak(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** The index behind the line break. */
    int endOfLine(int at) {
        int end = at;
        while (end < text.length() && !isBreak(text.charAt(end))) {
            end++;
        }
        return end == text.length() ? end : end + (text.startsWith("\r\n", end) ? 2 : 1);
    }

    int column(int at) {
        return at - startOfLine(at);
    }

    /** The number of spaces and tabs with which a line begins. */
    int indentation(int at) {
        int start = startOfLine(at);
        int first = start;
        while (first < text.length() && (text.charAt(first) == ' ' || text.charAt(first) == '\t')) {
            first++;
        }
        return first - start;
    }

    /** Whether nothing but spaces stands before it in its line. */
    boolean isFirst(int at) {
        return column(at) == indentation(at);
    }

    int line(int at) {
        return (int) text.substring(0, at).lines().count() + (at == startOfLine(at) ? 1 : 0);
    }

    /**
     * The beginning of the line behind an element and behind the comments that belong to it.
     *
     * @param column comments that begin there or further right belong to it
     */
    int behind(int end, int column) {
        int behind = endOfLine(end);
        int at = behind;
        while (at < text.length()) {
            int next = endOfLine(at);
            String line = text.substring(at, next).strip();
            if (line.startsWith("#") ? indentation(at) < column : !line.isEmpty()) {
                break;
            }
            at = next;
            behind = line.isEmpty() ? behind : next;
        }
        return behind;
    }
}
