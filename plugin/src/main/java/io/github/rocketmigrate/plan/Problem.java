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
 * @param object the element of the plan in few words, such as "topic orders type"; empty if the text has no tree
 */
public record Problem(Rule rule, Severity severity, Position at, String what, String object) {
    private static final int LONGEST = 500;

    public static final Comparator<Problem> BY_POSITION =
            comparing(Problem::at).thenComparing(Problem::rule).thenComparing(Problem::what);

    public Problem {
        requireNonNull(rule, "rule is null");
        requireNonNull(severity, "severity is null");
        requireNonNull(at, "at is null");
        object = Printable.of(requireNonNull(object, "object is null"));
        what = Printable.of(what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what);
    }

    Problem(Rule rule, Position at, String what) {
        this(rule, rule.severity(), at, what);
    }

    Problem(Rule rule, Severity severity, Position at, String what) {
        this(rule, severity, at, what, "");
    }

    /** Returns the problem as an error, for a goal that cannot continue despite it. */
    Problem asError() {
        return new Problem(rule, Severity.ERROR, at, what, object);
    }

    /** Returns the problem as one of this element. */
    Problem of(String element) {
        return new Problem(rule, severity, at, what, element);
    }
}
