package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import java.util.SortedSet;
import java.util.TreeSet;

/** The groups that consume topics of one cluster: groups that subscribe to them, and groups that have offsets of them. */
public record Consumers(Subscribers subscribers, ConsumerOffsets offsets) {
    public Consumers {
        requireNonNull(subscribers, "subscribers is null");
        requireNonNull(offsets, "offsets is null");
    }

    public SortedSet<String> of(String topic) {
        SortedSet<String> groups = new TreeSet<>(subscribers.of(topic));
        groups.addAll(offsets.groupsOf(topic));
        return groups;
    }
}
