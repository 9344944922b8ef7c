package io.github.rocketmigrate.report;

import io.github.rocketmigrate.text.Counts;

/** The message of a build that fails because of a plan: the outcome, the count, and where to read on. */
final class PlanVerdict {
    private PlanVerdict() {}

    static String of(PlanReport report) {
        return switch (report.outcome()) {
            case BLOCKED -> "Blocked: " + tasks(report) + " to do first, listed above under 'To do'.";
            case DRIFT ->
                "Drift: " + Counts.of(report.drifted().size(), "object was", "objects were")
                        + " changed without the plan, marked (drift) above.";
            default ->
                "Pending: " + Counts.of(report.figures().pending(), "object differs", "objects differ")
                        + " from the plan, listed above.";
        };
    }

    /** The number of items that {@link PlanReport#toDo} lists. */
    static String tasks(PlanReport report) {
        return Counts.of(
                report.toDo().stream().mapToLong(one -> one.items().size()).sum(), "task");
    }
}
