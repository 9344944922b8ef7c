package io.github.rocketmigrate.report;

/** Where lines for people go; whoever implements it knows whether colours are wanted. */
public interface Terminal {
    /** Prints a line. */
    void line(String text);

    /** Prints a line that somebody should look at. */
    void warning(String text);

    /** Prints a line that says why the build fails. */
    void error(String text);

    /** {@code text} made to stand out. */
    String strong(String text);

    /** {@code text} coloured as good news. */
    String good(String text);

    /** {@code text} coloured as bad news. */
    String bad(String text);

    /** {@code text} coloured as a warning. */
    String doubtful(String text);
}
