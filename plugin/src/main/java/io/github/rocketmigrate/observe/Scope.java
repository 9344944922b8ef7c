package io.github.rocketmigrate.observe;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Lists the selected topics and groups of a run, in the order of the plan.
 *
 * @param partial whether the plan has more
 */
public record Scope(List<PlannedTopic> topics, List<PlannedGroup> groups, boolean partial) {
    public Scope {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
    }

    /** Marks the topics that a run has begun to pass through a fence, and those that are on hold. */
    public Scope with(MigrationRecord recorded) {
        return withFences(recorded.fenced()).withHolds(recorded.holds());
    }

    /** Marks the topics that a run has begun to pass through a fence. */
    public Scope withFences(Collection<String> begun) {
        return begun.isEmpty() ? this : withTopics(topic -> topic.withFence(begun.contains(topic.name())));
    }

    private Scope withHolds(Map<String, Hold> holds) {
        return holds.isEmpty()
                ? this
                : withTopics(topic -> topic.withHold(Optional.ofNullable(holds.get(topic.name()))));
    }

    /** Marks the topics that this run rolls back. */
    Scope rollingBack(Map<String, Hold> holds) {
        return withTopics(topic -> holds.containsKey(topic.name()) ? topic.rolledBack(holds.get(topic.name())) : topic);
    }

    private Scope withTopics(UnaryOperator<PlannedTopic> change) {
        return new Scope(topics.stream().map(change).toList(), groups, partial);
    }

    /**
     * Adds what the traffic of its topics shows: the groups of the plan that consume them, which are known only from
     * their clients if they have no offsets, and the groups that consume in order.
     */
    Scope withTraffic(MigrationPlan plan, Traffic traffic) {
        Set<String> orderly = plan.orderlyGroupNames();
        List<PlannedTopic> observed = topics.stream()
                .map(topic -> traffic.covers(topic.name())
                        ? topic.withOrderly(traffic.groupsOf(topic.name()).stream()
                                .filter(group -> orderly.contains(group) || traffic.isOrderly(group))
                                .toList())
                        : topic)
                .toList();
        return new Scope(observed, partial ? withConsumers(plan, traffic) : groups, partial);
    }

    private List<PlannedGroup> withConsumers(MigrationPlan plan, Traffic traffic) {
        Set<String> consumers = traffic.topics().stream()
                .flatMap(topic -> traffic.groupsOf(topic).stream())
                .collect(toSet());
        groups.forEach(group -> consumers.remove(group.name()));
        List<PlannedGroup> all = new ArrayList<>(groups);
        plan.batches().stream()
                .flatMap(batch -> batch.groups().stream().map(group -> new PlannedGroup(batch, group)))
                .filter(group -> consumers.contains(group.name()))
                .forEach(all::add);
        return all;
    }
}
