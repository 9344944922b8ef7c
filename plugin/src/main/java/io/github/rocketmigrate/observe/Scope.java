package io.github.rocketmigrate.observe;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.plan.MigrationPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

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

    /**
     * Adds the groups of the plan that consume its topics. Groups without offsets are known only from their clients.
     */
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
