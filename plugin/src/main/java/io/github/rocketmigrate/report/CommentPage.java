package io.github.rocketmigrate.report;

import io.github.rocketmigrate.text.Counts;

/** Collects lines up to the length limit of a comment, and closes every fold that it opens. */
final class CommentPage {
    /** GitHub accepts 65,536 characters. */
    private static final int MOST = 60_000;

    private final StringBuilder text = new StringBuilder();
    private final String elsewhere;
    private int left;

    CommentPage(String elsewhere) {
        this.elsewhere = MarkdownText.code(elsewhere);
    }

    void add(String line) {
        if (left > 0 || text.length() + line.length() > MOST) {
            left++;
        } else {
            text.append(line);
        }
    }

    boolean isFull() {
        return left > 0;
    }

    void skip() {
        left++;
    }

    void close(String line) {
        boolean open = text.lastIndexOf("<details>") > text.lastIndexOf("</details>");
        if (open) {
            text.append(line);
        }
    }

    /** The last lines; they fit a page that is full, because its limit is below that of comments. */
    void end(String lines) {
        if (left > 0) {
            text.append("\n\n_Shortened by " + Counts.of(left, "line") + "; see " + elsewhere + "._\n");
        }
        text.append(lines);
    }

    String text() {
        return text.toString();
    }
}
