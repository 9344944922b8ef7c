package io.github.rocketmigrate.text;

/** Joins a problem and its fix with the right punctuation, whichever way the problem ends. */
public final class Sentences {
    private Sentences() {}

    /** Removes the full stop and the capital letter, for a sentence that continues another one. */
    public static String open(String sentence) {
        String open = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        boolean word = open.length() > 1 && Character.isLowerCase(open.charAt(1));
        return word ? Character.toLowerCase(open.charAt(0)) + open.substring(1) : open;
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
