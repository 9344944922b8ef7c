package io.github.rocketmigrate.text;

import java.util.regex.Pattern;

/** Protects one word of a command from the shell where it has spaces or patterns. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

    private ShellWord() {}

    public static String of(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
