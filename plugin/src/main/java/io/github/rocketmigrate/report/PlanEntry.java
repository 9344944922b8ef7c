package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One line of a plan, in words.
 *
 * @param what is to happen to it: "create topic"
 * @param line of the plan's file
 * @param reasons why it is held back, and what to do about it
 */
record PlanEntry(Mark mark, String what, String name, String detail, int line, List<String> reasons) {
    /** How {@link #what} begins where nothing can be done. */
    static final String IMPOSSIBLE = "impossible";

    PlanEntry {
        requireNonNull(mark, "mark is null");
        requireNonNull(what, "what is null");
        requireNonNull(name, "name is null");
        requireNonNull(detail, "detail is null");
        reasons = List.copyOf(reasons);
    }

    boolean isImpossible() {
        return what.startsWith(IMPOSSIBLE);
    }

    /** What is going to happen, as a sign that can be seen without colours. */
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
