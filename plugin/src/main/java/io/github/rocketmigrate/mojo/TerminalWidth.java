package io.github.rocketmigrate.mojo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Finds the width of the terminal through the console library of the running Maven, which differs between versions. */
final class TerminalWidth {
    /** Build servers show long lines; most of their pages fit this width. */
    private static final int OF_A_LOG = 120;

    private static final int NARROWEST = 60;
    /** Longer lines are hard to read. */
    private static final int WIDEST = 160;

    /** The consoles of Maven 4 and of Maven 3, which exports its own to plugins. */
    private static final List<String> CONSOLES =
            List.of("org.apache.maven.jline.MessageUtils", "org.fusesource.jansi.AnsiConsole");

    private static final Pattern SIZE = Pattern.compile("\\d{1,4} \\d{1,4}");

    private TerminalWidth() {}

    /**
     * The columns of the terminal, or a width for logs.
     *
     * @param given the value of {@code COLUMNS}, or null
     * @param isTerminal whether Maven sees a terminal
     */
    static int columns(String given, boolean isTerminal) {
        if (given != null && given.matches("\\d{1,4}")) {
            return limited(Integer.parseInt(given));
        }
        if (!isTerminal) {
            return OF_A_LOG;
        }
        return IntStream.concat(
                        CONSOLES.stream().mapToInt(TerminalWidth::ask),
                        IntStream.generate(TerminalWidth::askSystem).limit(1))
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
            // Debian's Maven has the class without the library that it calls.
            return 0;
        }
    }

    /** Asks the operating system. On Windows, and without a terminal, there is no answer. */
    private static int askSystem() {
        try {
            Process stty = new ProcessBuilder("sh", "-c", "stty size < /dev/tty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream answer = stty.getInputStream()) {
                String size = new String(answer.readAllBytes(), US_ASCII).strip();
                return SIZE.matcher(size).matches() ? Integer.parseInt(size.substring(size.indexOf(' ') + 1)) : 0;
            }
        } catch (IOException e) {
            return 0;
        }
    }
}
