package io.github.rocketmigrate.mojo;

import java.lang.reflect.InvocationTargetException;
import java.util.List;

/** Finds the width of the terminal through the console library of the running Maven, which differs between versions. */
final class TerminalWidth {
    /** Build servers show long lines; most of their pages fit this width. */
    private static final int OF_A_LOG = 120;

    private static final int NARROWEST = 60;
    /** Longer lines are hard to read. */
    private static final int WIDEST = 160;

    /** Maven 4, then Maven 3. Maven exports both to plugins. */
    private static final List<String> CONSOLES =
            List.of("org.apache.maven.jline.MessageUtils", "org.fusesource.jansi.AnsiConsole");

    private TerminalWidth() {}

    /** The columns of the terminal, or a width for logs. */
    static int columns() {
        String given = System.getenv("COLUMNS");
        if (given != null && given.matches("\\d{1,4}")) {
            return limited(Integer.parseInt(given));
        }
        return CONSOLES.stream()
                .mapToInt(TerminalWidth::ask)
                .filter(width -> width > 0)
                .map(TerminalWidth::limited)
                .findFirst()
                .orElse(OF_A_LOG);
    }

    private static int limited(int width) {
        return Math.min(WIDEST, Math.max(NARROWEST, width));
    }

    /** The width that a console reports, or 0 if this Maven does not have it or the output is not a terminal. */
    private static int ask(String console) {
        try {
            Class<?> type = Class.forName(console, true, TerminalWidth.class.getClassLoader());
            return (int) type.getMethod("getTerminalWidth").invoke(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            return unknown(e);
        }
    }

    private static int unknown(Throwable why) {
        if (why instanceof InvocationTargetException failed && failed.getCause() instanceof Error error) {
            throw error;
        }
        return 0;
    }
}
