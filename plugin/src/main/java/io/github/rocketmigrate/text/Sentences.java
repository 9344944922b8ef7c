package io.github.rocketmigrate.text;

import java.util.regex.Pattern;

/** Joins a problem and its fix with the right punctuation, whichever way the problem ends. */
public final class Sentences {
    /** Names of servers and versions have full stops inside, and small letters after them. */
    private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[.?]) (?=\\p{Lu})");

    private Sentences() {}

    /** Removes the full stop and the capital letter, for a sentence that continues another one. */
    public static String open(String sentence) {
        String open = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        boolean word = open.length() > 1 && Character.isLowerCase(open.charAt(1));
        return word ? Character.toLowerCase(open.charAt(0)) + open.substring(1) : open;
    }

    /** The first of several sentences, as it continues another one; a question keeps its mark. */
    public static String firstOpen(String sentences) {
        return open(END_OF_SENTENCE.split(sentences, 2)[0]);
    }

    public static String of(String what, String fix) {
        if (fix.isEmpty()) {
            return what;
        }
        return closed(what) + " " + fix;
    }

    /** Adds the full stop, unless the sentence ends with one or with a question. */
    public static String closed(String sentence) {
        return sentence.endsWith("?") || sentence.endsWith(".") ? sentence : sentence + ".";
    }
}
