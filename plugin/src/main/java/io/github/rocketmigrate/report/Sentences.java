package io.github.rocketmigrate.report;

/** Joins what is wrong and what to do about it. */
final class Sentences {
    private Sentences() {}

    /** A sentence without its end, for those who go on. */
    static String open(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    static String of(String what, String fix) {
        if (fix.isEmpty()) {
            return what;
        }
        return what + (what.endsWith("?") || what.endsWith(".") ? " " : ". ") + fix;
    }
}
