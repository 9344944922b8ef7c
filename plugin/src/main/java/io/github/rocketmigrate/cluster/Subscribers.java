package io.github.rocketmigrate.cluster;

import static java.util.Collections.emptySortedSet;

import java.util.Map;
import java.util.SortedSet;

/**
 * Which groups consume a topic or have done so, as the brokers that have it say.
 *
 * @param topics that were asked for and are there, each with its groups, RocketMQ's own aside
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
