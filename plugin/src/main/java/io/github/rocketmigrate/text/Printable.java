package io.github.rocketmigrate.text;

import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prevents text from files, brokers and clients from controlling the terminal or the build server that prints it. Every
 * text passes this filter on its way out: a client chooses its own id, and a server the words of its errors.
 */
public final class Printable {
    /**
     * GitHub executes lines that begin with "::error" and the like, and a line may be wrapped before any word; the others
     * execute "##vso[…]", "##teamcity[…]" and "##[…]" anywhere.
     */
    private static final Pattern COMMAND = Pattern.compile("(?<![^ ]):(?=:\\p{Alpha})|#(?=#\\w*+\\[)");

    private static final Pattern STYLE = Pattern.compile("\u001B\\[[0-9;]*m");

    private static final Pattern LINE_BREAK = Pattern.compile("\r?\n");

    private static final int REPLACEMENT = 0xFFFD;

    private Printable() {}

    /**
     * Replaces with its code, such as {@code <U+001B>}, every control, format and unassigned character, every space but the
     * ordinary one, and the first character of a command to a build server. Text that has been cleaned does not change.
     */
    public static String of(String text) {
        return replaced(text, Printable::code);
    }

    /** Cleans each line of a page whose line breaks are the writer's own. */
    public static String lines(String page) {
        return isPlain(page) ? page : between(LINE_BREAK, page, Printable::of);
    }

    /** Cleans a line whose colors are the writer's own; the words in it have been cleaned before they got their colors. */
    public static String styled(String line) {
        return between(STYLE, line, Printable::of);
    }

    /** Escapes the same characters in JSON text, in JSON's own way, so that a program reads the text as it was. */
    public static String json(String json) {
        return isPlain(json) ? json : between(LINE_BREAK, json, line -> replaced(line, Printable::escape));
    }

    public static boolean isSafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Only U+0020 is a space to YAML; the others merely look like one.
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }

    /**
     * Whether nothing in a text needs a second look: it is ASCII without control characters, apart from line feeds, and
     * without the beginning of a command. Almost all texts are so, and reports are long.
     */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isVisible = c >= ' ' && c <= '~';
            boolean mayBeginCommand = (c == ':' || c == '#') && i + 1 < text.length() && text.charAt(i + 1) == c;
            if ((!isVisible && c != '\n') || mayBeginCommand) {
                return false;
            }
        }
        return true;
    }

    /** Keeps what the writer has put between the pieces of a text, and cleans the pieces. */
    private static String between(Pattern kept, String text, UnaryOperator<String> cleaning) {
        StringBuilder printable = new StringBuilder(text.length());
        Matcher matcher = kept.matcher(text);
        int from = 0;
        while (matcher.find()) {
            printable.append(cleaning.apply(text.substring(from, matcher.start())));
            printable.append(matcher.group());
            from = matcher.end();
        }
        return printable.append(cleaning.apply(text.substring(from))).toString();
    }

    private static String replaced(String text, IntFunction<String> replacement) {
        if (isPlain(text) && text.indexOf('\n') < 0) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSafe(c)) {
                printable.appendCodePoint(c);
            } else {
                printable.append(replacement.apply(c));
            }
        });
        return COMMAND.matcher(printable)
                .replaceAll(command -> Matcher.quoteReplacement(
                        replacement.apply(command.group().charAt(0))));
    }

    private static String code(int codePoint) {
        return String.format("<U+%04X>", codePoint);
    }

    private static String escape(int codePoint) {
        // Half of a surrogate pair is no text, and makes parsers fail.
        int whole = Character.getType(codePoint) == Character.SURROGATE ? REPLACEMENT : codePoint;
        StringBuilder escape = new StringBuilder();
        for (char unit : Character.toChars(whole)) {
            escape.append(String.format("\\u%04x", (int) unit));
        }
        return escape.toString();
    }
}
