package io.github.rocketmigrate.report;

import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.List;
import java.util.Optional;

/** The message of a build that fails because of a plan: the outcome, the count, and where to read on. */
final class PlanVerdict {
    private static final int MOST_NAMED = 3;

    private PlanVerdict() {}

    static String of(PlanReport report) {
        return switch (report.outcome()) {
            case BLOCKED ->
                "Blocked: "
                        + onlyTask(report)
                                .map(words -> words + "; see 'To do' above.")
                                .orElseGet(() -> tasks(report) + " to do first, listed above under 'To do'.");
            case DRIFT ->
                "Drift: " + Counts.of(report.drifted().size(), "object was", "objects were")
                        + " changed without the plan, marked (drift) above.";
            case CLEAN -> report.summary();
            default ->
                "Pending: " + Counts.of(report.figures().pending(), "object differs", "objects differ")
                        + " from the plan, listed above.";
        };
    }

    /** {@code search-index waits for consumers-switched} or {@code search-index is on hold}, if this is the only task. */
    private static Optional<String> onlyTask(PlanReport report) {
        List<ToDo.ToDoItem> items =
                report.toDo().stream().flatMap(one -> one.items().stream()).toList();
        if (items.size() != 1 || items.get(0).objects().isEmpty()) {
            return Optional.empty();
        }
        ToDo.ToDoItem only = items.get(0);
        int objects = only.objects().size();
        String named = Names.of(only.objects(), MOST_NAMED) + " ";
        if (only.checks().isEmpty()) {
            return Optional.of(named + Counts.isOrAre(objects) + " " + only.state());
        }
        return Optional.of(named + Counts.verb(objects, "waits", "wait") + " for " + String.join(", ", only.checks()));
    }

    /** The number of items that {@link PlanReport#toDo} lists. */
    static String tasks(PlanReport report) {
        return Counts.of(
                report.toDo().stream().mapToLong(one -> one.items().size()).sum(), "task");
    }
}
