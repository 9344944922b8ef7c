package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Position;

/**
 * One object of a plan with all its changes, in one line.
 *
 * @param what the changes in words
 * @param because why they are not made now; empty if they are
 */
record PlanRow(Mark mark, Subject subject, String what, String because) {
    PlanRow {
        requireNonNull(mark, "mark is null");
        requireNonNull(subject, "subject is null");
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

    /** The most important change, as a sign that is visible without colors. */
    enum Mark {
        CREATE("+", "to create"),
        UPDATE("~", "to update"),
        REMOVE("-", "to remove"),
        JOIN("~", "to join"),
        LEAVE("~", "to leave the join"),
        MOVE(">", "to move"),
        BLOCKED("!", "blocked"),
        /** No change achieves what the plan asks for. */
        IMPOSSIBLE("!", "impossible");

        private final String sign;
        private final String word;

        Mark(String sign, String word) {
            this.sign = sign;
            this.word = word;
        }

        String sign() {
            return sign;
        }

        String word() {
            return word;
        }
    }
}
