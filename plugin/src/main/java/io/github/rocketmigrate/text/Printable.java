package io.github.rocketmigrate.text;

/** Text from a file, made safe for a terminal. */
public final class Printable {
    private Printable() {}

    /** {@code text} with every control, format and unassigned character, and every strange space, shown as its code, as in {@code <U+001B>}. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isSafe(c)) {
                printable.appendCodePoint(c);
            } else {
                printable.append(String.format("<U+%04X>", c));
            }
        });
        return printable.toString();
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
            // All but one look like a space and are none for YAML.
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }
}
