package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.record.Brakes;
import io.github.rocketmigrate.record.Brakes.PulledBrake;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.text.UtcTime;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The message of a build that fails because of a plan: the outcome, the objects or the cause, and where to read on. A mail or
 * a chat shows nothing else.
 */
final class PlanVerdict {
    private static final int MOST_NAMED = 3;

    private PlanVerdict() {}

    static String of(PlanReport report) {
        return switch (report.outcome()) {
            case BLOCKED -> {
                String cause = cause(report);
                yield "Blocked: " + cause + (cause.endsWith("?") ? " See" : "; see") + " 'To do' above.";
            }
            case DRIFT -> {
                SortedSet<String> names = new TreeSet<>();
                report.drifted().forEach(subject -> names.add(subject.name()));
                yield "Drift: " + named(names) + " " + Counts.verb(names.size(), "was", "were")
                        + " changed without the plan, marked (drift) above.";
            }
            case CLEAN -> report.summary();
            default -> {
                SortedSet<String> names = new TreeSet<>();
                report.changes()
                        .changes()
                        .forEach(change -> names.add(change.subject().name()));
                report.changes()
                        .impossible()
                        .forEach(one -> names.add(one.subject().name()));
                yield "Pending: " + named(names) + " " + Counts.verb(names.size(), "differs", "differ")
                        + " from the plan, listed above.";
            }
        };
    }

    /** What blocks the plan: the brake, its only task, or the number of tasks and the objects that they are for. */
    static String cause(PlanReport report) {
        Brakes brakes = report.situation().brakes();
        Instant now = report.situation().readAt();
        if (!brakes.scopes().isEmpty()) {
            String first = brakes.scopes().first();
            PulledBrake brake = brakes.all().get(first);
            return "the brake is on" + (first.equals(Brakes.WHOLE_PLAN) ? "" : " for batch " + first) + " since "
                    + UtcTime.words(brake.since(), now) + " (" + brake.reason() + ")";
        }
        List<ToDo.ToDoItem> items =
                report.toDo().stream().flatMap(one -> one.items().stream()).toList();
        return items.size() == 1 ? onlyTask(items.get(0), report) : tasks(report) + " for " + objects(items);
    }

    /** {@code both clusters, orders and 2 more}. */
    private static String objects(Collection<ToDo.ToDoItem> items) {
        Set<String> names = new LinkedHashSet<>();
        items.forEach(item -> names.addAll(item.objects().isEmpty() ? Set.of("both clusters") : item.objects()));
        return named(names);
    }

    /**
     * {@code consumers-switched blocks views: 1 of 2 clients is old}, {@code the source has no topic 'view'; did you mean
     * views?}, or {@code views is on hold at read-both (root: Drill)}.
     */
    private static String onlyTask(ToDo.ToDoItem only, PlanReport report) {
        String named = objects(List.of(only));
        if (!only.checks().isEmpty()) {
            return String.join(", ", only.checks()) + " "
                    + Counts.verb(only.checks().size(), "blocks ", "block ") + named + ": "
                    + Sentences.firstOpen(only.what());
        }
        String why = report.situation().scope().topics().stream()
                .filter(topic -> only.objects().contains(topic.name()))
                .flatMap(topic -> topic.stoppedBy().stream())
                .map(PlanVerdict::words)
                .distinct()
                .collect(joining("; "));
        if (!why.isEmpty()) {
            return named + " " + Counts.isOrAre(only.objects().size()) + " " + only.state() + why;
        }
        boolean namesAll = only.objects().stream().allMatch(only.what()::contains);
        return (namesAll ? "" : named + ": ") + Sentences.firstOpen(only.what());
    }

    private static String words(Hold hold) {
        return " at " + hold.stage().word() + " (" + hold.by() + ": " + hold.reason() + ")";
    }

    static String named(Collection<String> names) {
        return Names.of(names, MOST_NAMED);
    }

    /** The number of items that {@link PlanReport#toDo} lists. */
    static String tasks(PlanReport report) {
        return Counts.of(
                report.toDo().stream().mapToLong(one -> one.items().size()).sum(), "task");
    }
}
