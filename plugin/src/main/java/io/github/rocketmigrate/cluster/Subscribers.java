package io.github.rocketmigrate.cluster;

import static java.util.Collections.emptySortedSet;

import java.util.Map;
import java.util.SortedSet;

/**
 * The groups that consume or have consumed topics, as the brokers of the topics list them.
 *
 * @param topics the groups of each topic that was read and exists, without RocketMQ's own groups
 * @param namesakes topics that a broker lists as groups of themselves though they are none, with the name of this broker
 */
public record Subscribers(Map<String, SortedSet<String>> topics, Map<String, String> namesakes) {
    public static final Subscribers NONE = new Subscribers(Map.of());

    public Subscribers {
        topics = Map.copyOf(topics);
        namesakes = Map.copyOf(namesakes);
    }

    /** The groups of topics, each of which is one. */
    public Subscribers(Map<String, SortedSet<String>> topics) {
        this(topics, Map.of());
    }

    public SortedSet<String> of(String topic) {
        return topics.getOrDefault(topic, emptySortedSet());
    }
}
