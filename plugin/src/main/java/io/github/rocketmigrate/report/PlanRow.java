package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Position;
import java.util.Set;

/**
 * One object of a plan with all its changes, in one line.
 *
 * @param actions the changes that nothing blocks
 * @param what the changes in words
 * @param because why they are not made now; empty if they are
 */
record PlanRow(Mark mark, Subject subject, Set<PlanAction> actions, String what, String because) {
    PlanRow {
        requireNonNull(mark, "mark is null");
        requireNonNull(subject, "subject is null");
        actions = Set.copyOf(actions);
        requireNonNull(what, "what is null");
        requireNonNull(because, "because is null");
    }

    String name() {
        return subject.name();
    }

    String kind() {
        return subject.kind().word();
    }

    /** The line of the plan's file. */
    int line() {
        return subject.at().map(Position::line).orElse(0);
    }

    String words() {
        return because.isEmpty() ? what : what + "; " + because;
    }

    /** Why the object does not change now: what blocks it, or why it is impossible. */
    String verdict() {
        return because.isEmpty() ? what : because;
    }

    /** The most important change, as a sign that is visible without colors. */
    enum Mark {
        CREATE("+"),
        UPDATE("~"),
        REMOVE("-"),
        JOIN("~"),
        LEAVE("~"),
        MOVE(">"),
        /** Another object comes first, and nobody has to act for this one. */
        WAITING("…"),
        BLOCKED("!"),
        /** No change achieves what the plan asks for. */
        IMPOSSIBLE("!");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }

        boolean isBlocked() {
            return this == BLOCKED || this == IMPOSSIBLE;
        }
    }
}
