package io.github.rocketmigrate.report;

/** Where lines for people go; whoever implements it knows whether colours are wanted. */
public interface Terminal {
    /** Prints a line. */
    void line(String text);

    /** {@code text} made to stand out. */
    String strong(String text);

    /** {@code text} coloured as good news. */
    String good(String text);
}
