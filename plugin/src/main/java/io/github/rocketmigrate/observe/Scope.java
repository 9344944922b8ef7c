package io.github.rocketmigrate.observe;

import java.util.List;

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
}
