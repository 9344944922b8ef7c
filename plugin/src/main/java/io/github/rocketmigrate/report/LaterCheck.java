package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.plan.StepConditions;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The checks that have to pass before a later step of some topics, or before the end of the join: what they measure exists only then, so a plan cannot
 * judge them.
 *
 * @param before the later step
 * @param checks the names of the checks, in the order of reports
 * @param topics that make this step, or the brokers that leave the join
 */
record LaterCheck(Purpose before, List<String> checks, List<String> topics) {
    private static final int MOST_NAMED = 3;

    LaterCheck {
        requireNonNull(before, "before is null");
        checks = List.copyOf(checks);
        topics = List.copyOf(topics);
    }

    /** One for each later step of the changes that nothing blocks, in the order of the steps. */
    static List<LaterCheck> in(PlanReport report) {
        Set<String> ofClusters = report.ofClusters().stream()
                .map(Judgement::check)
                .map(Check::name)
                .collect(toCollection(LinkedHashSet::new));
        Map<String, Set<Purpose>> ways = Consequences.ways(report.situation(), report.unblocked());
        Map<Purpose, Set<String>> checks = new EnumMap<>(Purpose.class);
        Map<Purpose, List<String>> topics = new EnumMap<>(Purpose.class);
        for (Change change : report.unblocked()) {
            if (change instanceof Change.MoveTopic move && move.rung().purpose().isPresent()) {
                String topic = move.subject().name();
                Purpose first = move.rung().purpose().get();
                ways.get(topic).stream().filter(purpose -> purpose != first).forEach(purpose -> {
                    List<String> later = CheckRegistry.of(conditions(report, topic)).stream()
                            .filter(check -> check.before().contains(purpose)
                                    && !check.before().contains(first)
                                    && !check.isMoot(report.situation())
                                    && !ofClusters.contains(check.name()))
                            .map(Check::name)
                            .toList();
                    if (!later.isEmpty()) {
                        checks.computeIfAbsent(purpose, key -> new LinkedHashSet<>())
                                .addAll(later);
                        topics.computeIfAbsent(purpose, key -> new ArrayList<>())
                                .add(topic);
                    }
                });
            }
        }
        List<String> leaving = report.unblocked().stream()
                .filter(change -> change.leavesJoin() && report.decision(change) instanceof Decision.Later)
                .map(change -> change.subject().name())
                .toList();
        List<String> atTheEnd = CheckRegistry.of(StepConditions.NONE).stream()
                .filter(check -> check.before().contains(Purpose.LEAVE_JOIN)
                        && !check.isMoot(report.situation())
                        && !ofClusters.contains(check.name()))
                .map(Check::name)
                .toList();
        if (!leaving.isEmpty() && !atTheEnd.isEmpty()) {
            checks.put(Purpose.LEAVE_JOIN, new LinkedHashSet<>(atTheEnd));
            topics.put(Purpose.LEAVE_JOIN, leaving);
        }
        return checks.entrySet().stream()
                .map(entry -> new LaterCheck(entry.getKey(), List.copyOf(entry.getValue()), topics.get(entry.getKey())))
                .toList();
    }

    private static StepConditions conditions(PlanReport report, String topic) {
        return report.situation().scope().topics().stream()
                .filter(planned -> planned.name().equals(topic))
                .map(planned -> report.situation().plan().conditionsOf(planned.batch()))
                .findFirst()
                .orElse(StepConditions.NONE);
    }

    /** {@code queues-assigned: before write-destination opens (clicks, views)}. */
    String words() {
        return String.join(", ", checks) + ": before " + step(before) + " (" + Names.of(topics, MOST_NAMED) + ")";
    }

    /** A step of a topic in words. */
    static String step(Purpose purpose) {
        return switch (purpose) {
            case LEAVE_SOURCE -> "read-both opens";
            case OPEN_BOTH -> "write-both opens";
            case TO_DESTINATION -> "write-destination opens";
            case CLOSE_FENCE -> "the fence closes";
            case END_PAUSE -> "the pause ends";
            case OPEN_FENCE -> "the fence opens";
            case OPEN_REVERSE_FENCE -> "the reverse fence opens";
            case LEAVE_BEHIND -> "the source closes";
            case BACK -> "one step back";
            case FINISH, OPEN_SOURCE -> "the step is finished";
            case WRITE_OBJECTS -> "topics and groups are written";
            case JOIN -> "the join";
            case LEAVE_JOIN -> "the end of the join";
        };
    }
}
