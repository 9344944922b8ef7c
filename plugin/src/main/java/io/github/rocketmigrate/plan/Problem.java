package io.github.rocketmigrate.plan;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Printable;
import java.util.Comparator;

/**
 * Something in the plan that breaks a rule.
 *
 * @param what is wrong, naming the object, and what to write instead
 */
public record Problem(Rule rule, Severity severity, Position at, String what) {
    private static final int LONGEST = 500;

    /** In the order of the text. */
    public static final Comparator<Problem> BY_POSITION =
            comparing(Problem::at).thenComparing(Problem::rule).thenComparing(Problem::what);

    public Problem {
        requireNonNull(rule, "rule is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(at, "at is null");
        what = Printable.of(what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what);
    }

    Problem(Rule rule, Position at, String what) {
        this(rule, rule.severity(), at, what);
    }

    /** The same for a goal that cannot go on with it. */
    Problem asError() {
        return new Problem(rule, Severity.ERROR, at, what);
    }
}
