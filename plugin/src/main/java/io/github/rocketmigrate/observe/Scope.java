package io.github.rocketmigrate.observe;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.plan.MigrationPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The topics and groups that a run is about, in the order of the plan.
 *
 * @param partial whether it is less than the plan
 */
public record Scope(List<PlannedTopic> topics, List<PlannedGroup> groups, boolean partial) {
    public Scope {
        topics = List.copyOf(topics);
        groups = List.copyOf(groups);
    }

    /** The same with those groups of the plan that consume its topics; some keep no offsets, and are seen only at work. */
    Scope withConsumers(MigrationPlan plan, Traffic traffic) {
        if (!partial) {
            return this;
        }
        Set<String> consumers = traffic.topics().stream()
                .flatMap(topic -> traffic.groupsOf(topic).stream())
                .collect(toSet());
        groups.forEach(group -> consumers.remove(group.name()));
        List<PlannedGroup> all = new ArrayList<>(groups);
        plan.batches().stream()
                .flatMap(batch -> batch.groups().stream().map(group -> new PlannedGroup(batch, group)))
                .filter(group -> consumers.contains(group.name()))
                .forEach(all::add);
        return new Scope(topics, all, partial);
    }
}
