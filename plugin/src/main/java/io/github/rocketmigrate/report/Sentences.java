package io.github.rocketmigrate.report;

/** Joins what is wrong and what to do about it. */
final class Sentences {
    private Sentences() {}

    static String of(String what, String fix) {
        return what + (what.endsWith("?") || what.endsWith(".") ? " " : ". ") + fix;
    }
}
