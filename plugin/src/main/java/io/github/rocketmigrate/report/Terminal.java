package io.github.rocketmigrate.report;

/** Separates reports from the console, which decides whether to use colors. */
public interface Terminal {
    /** The columns that a line can fill. */
    int width();

    void line(String text);

    /** Prints a line that needs attention. */
    void warning(String text);

    /** Prints a reason why the build fails. */
    void error(String text);

    /** Returns the text in bold. */
    String strong(String text);

    /** Returns the text in the color of success. */
    String good(String text);

    /** Returns the text in the color of an error. */
    String bad(String text);

    /** Returns the text in the color of a warning. */
    String doubtful(String text);

    /** Returns the text less bright than other text. */
    String dim(String text);
}
