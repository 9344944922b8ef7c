package io.github.rocketmigrate.text;

import java.util.regex.Pattern;

/** Prevents text from files, brokers and clients from controlling the terminal or the build server that prints it. */
public final class Printable {
    // GitHub executes lines that begin with "::", the others execute "##vso[…]", "##teamcity[…]" and "##[…]" anywhere.
    private static final Pattern COMMAND = Pattern.compile("^ *+:(?=:)|#(?=#\\w*+\\[)");

    private Printable() {}

    /** Replaces every control, format and unassigned character, and every space but the ordinary one, with its code: {@code <U+001B>}. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSafe(c)) {
                printable.appendCodePoint(c);
            } else {
                printable.append(code(c));
            }
        });
        return printable.toString();
    }

    /** Like {@link #of}, and disarms commands to the build server as well, for foreign text that may begin a line of the log. */
    public static String line(String text) {
        return COMMAND.matcher(of(text))
                .replaceAll(command -> command.group().replace(":", code(':')).replace("#", code('#')));
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

    private static String code(int codePoint) {
        return String.format("<U+%04X>", codePoint);
    }
}
