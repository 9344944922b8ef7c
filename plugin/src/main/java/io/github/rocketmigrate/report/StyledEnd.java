package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;

/** Styles the end of a sentence, such as what blocks an object, on whichever lines it is printed. */
final class StyledEnd {
    private final UnaryOperator<String> style;
    private final String end;
    private int next;

    StyledEnd(String end, UnaryOperator<String> style) {
        this.end = requireNonNull(end, "end is null");
        this.style = requireNonNull(style, "style is null");
    }

    /** One line of the sentence, the lines in their order; a sentence breaks at spaces only. */
    String in(String line) {
        if (end.isEmpty()) {
            return line;
        }
        String left = end.substring(next).stripLeading();
        int begin = next > 0 ? 0 : beginOf(left, line);
        if (begin < 0) {
            return line;
        }
        next += end.substring(next).length() - left.length() + line.length() - begin;
        next = Math.min(next, end.length());
        return line.substring(0, begin) + (begin == line.length() ? "" : style.apply(line.substring(begin)));
    }

    /** Where the end begins in a line: it is either whole there, or the line ends in it. */
    private static int beginOf(String end, String line) {
        if (line.endsWith(end)) {
            return line.length() - end.length();
        }
        for (int at = 0; at < line.length(); at++) {
            boolean isWord = at == 0 || line.charAt(at - 1) == ' ';
            String rest = line.substring(at);
            if (isWord && end.startsWith(rest + " ")) {
                return at;
            }
        }
        return -1;
    }
}
