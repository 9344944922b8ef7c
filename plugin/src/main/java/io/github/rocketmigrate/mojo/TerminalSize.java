package io.github.rocketmigrate.mojo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The size of the terminal. Its width is found through the console library of the running Maven, which differs between
 * versions.
 *
 * @param columns the width, not limited to what is easy to read
 * @param rows the height
 */
record TerminalSize(int columns, int rows) {
    /** The size of a terminal since there are terminals; nearly every window is larger. */
    private static final TerminalSize USUAL = new TerminalSize(80, 24);

    /** Build servers show long lines; most of their pages fit this width. */
    private static final int OF_A_LOG = 120;

    private static final int NARROWEST = 40;
    /** Longer lines are hard to read. */
    private static final int WIDEST = 160;

    /** The consoles of Maven 4 and of Maven 3, which exports its own to plugins. */
    private static final List<String> CONSOLES =
            List.of("org.apache.maven.jline.MessageUtils", "org.fusesource.jansi.AnsiConsole");

    private static final Pattern SIZE = Pattern.compile("\\d{1,4} \\d{1,4}");

    /** The size at this moment: people resize their windows while they watch. */
    static TerminalSize now() {
        return askSystem().orElse(USUAL);
    }

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
                        CONSOLES.stream().mapToInt(TerminalSize::ask),
                        IntStream.generate(() ->
                                        askSystem().map(TerminalSize::columns).orElse(0))
                                .limit(1))
                .filter(width -> width > 0)
                .map(TerminalSize::limited)
                .findFirst()
                .orElse(OF_A_LOG);
    }

    /** The width that lines may fill. */
    static int limited(int width) {
        return Math.min(WIDEST, Math.max(NARROWEST, width));
    }

    /** The width that a console reports, or 0 if this Maven does not have it or the output is not a terminal. */
    private static int ask(String console) {
        try {
            Class<?> type = Class.forName(console, true, TerminalSize.class.getClassLoader());
            return (int) type.getMethod("getTerminalSize").invoke(null);
        } catch (ReflectiveOperationException | LinkageError e) {
            // Debian's Maven has the class without the library that it calls.
            return 0;
        }
    }

    /** Asks the operating system. On Windows, and without a terminal, there is no answer. */
    private static Optional<TerminalSize> askSystem() {
        try {
            Process stty = new ProcessBuilder("sh", "-c", "stty size < /dev/tty")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (InputStream answer = stty.getInputStream()) {
                String size = new String(answer.readAllBytes(), US_ASCII).strip();
                return parsed(size);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** {@code "24 80"}: rows, then columns. A terminal that does not know its size says {@code "0 0"}. */
    static Optional<TerminalSize> parsed(String size) {
        if (!SIZE.matcher(size).matches()) {
            return Optional.empty();
        }
        int space = size.indexOf(' ');
        TerminalSize parsed = new TerminalSize(
                Integer.parseInt(size.substring(space + 1)), Integer.parseInt(size.substring(0, space)));
        return parsed.columns > 0 && parsed.rows > 0 ? Optional.of(parsed) : Optional.empty();
    }
}
