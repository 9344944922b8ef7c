package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Position;
import java.util.List;

/**
 * One line of a plan, ready to be printed.
 *
 * @param reasons for a blocked object the causes and fixes, for any other its side effects
 */
record PlanEntry(Mark mark, PlanAction action, Subject subject, String detail, List<String> reasons) {
    PlanEntry {
        requireNonNull(mark, "mark is null");
        requireNonNull(action, "action is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(detail, "detail is null");
        reasons = List.copyOf(reasons);
    }

    /** For example {@code create topic}. */
    String what() {
        return action.word() + " " + subject.kind().word();
    }

    String name() {
        return subject.name();
    }

    /** The line of the plan's file. */
    int line() {
        return subject.at().map(Position::line).orElse(0);
    }

    boolean isBlocked() {
        return mark == Mark.BLOCKED;
    }

    boolean isImpossible() {
        return action == PlanAction.IMPOSSIBLE;
    }

    /** The effect on the object, as a sign that is visible without colors. */
    enum Mark {
        CREATE("+"),
        UPDATE("~"),
        BLOCKED("!");

        private final String sign;

        Mark(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }
}
