package io.github.rocketmigrate.plan;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.text.Printable;
import java.util.Comparator;

/**
 * A violation of a rule at a position in the plan.
 *
 * @param what names the object, its problem and the correction
 */
public record Problem(Rule rule, Severity severity, Position at, String what) {
    private static final int LONGEST = 500;

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

    /** Returns the problem as an error, for a goal that cannot continue despite it. */
    Problem asError() {
        return new Problem(rule, Severity.ERROR, at, what);
    }
}
