package io.github.rocketmigrate.cluster;

import static java.util.Collections.emptySortedSet;

import java.util.Map;
import java.util.SortedSet;

/**
 * The groups that consume or have consumed topics, as the brokers of the topics list them.
 *
 * @param topics the groups of each topic that was read and exists, without RocketMQ's own groups
 */
public record Subscribers(Map<String, SortedSet<String>> topics) {
    public static final Subscribers NONE = new Subscribers(Map.of());

    public Subscribers {
        topics = Map.copyOf(topics);
    }

    public SortedSet<String> of(String topic) {
        return topics.getOrDefault(topic, emptySortedSet());
    }
}
