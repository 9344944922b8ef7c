package io.github.rocketmigrate.cluster;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The offsets of consumer groups: for each group and topic, the offset of the next message in each queue. */
public final class ConsumerOffsets {
    public static final ConsumerOffsets NONE = new ConsumerOffsets(Map.of());

    private final Map<String, Map<String, Map<QueueKey, Long>>> groups;
    private final Map<String, SortedSet<String>> byTopic = new HashMap<>();

    public ConsumerOffsets(Map<String, Map<String, Map<QueueKey, Long>>> groups) {
        this.groups = Map.copyOf(groups);
        groups.forEach((group, topics) -> {
            if (!SystemNames.isGroup(group)) {
                topics.keySet()
                        .forEach(topic -> byTopic.computeIfAbsent(topic, key -> new TreeSet<>())
                                .add(group));
            }
        });
    }

    public Map<String, Map<String, Map<QueueKey, Long>>> groups() {
        return groups;
    }

    /** The topics that a group has consumed, without its retry topics. */
    public SortedSet<String> topicsOf(String group) {
        return groups.getOrDefault(group, Map.of()).keySet().stream()
                .filter(topic -> !SystemNames.isTopic(topic))
                .collect(toCollection(TreeSet::new));
    }

    /** The groups that have consumed a topic, without RocketMQ's own. */
    public SortedSet<String> groupsOf(String topic) {
        return Collections.unmodifiableSortedSet(byTopic.getOrDefault(topic, new TreeSet<>()));
    }

    /**
     * The offsets of a group that are after the end of their queue. They are of earlier messages, which are gone, so nobody
     * knows what the group will read.
     */
    public SortedMap<QueueKey, Long> beyondEnd(String group, String topic, QueueOffsets queues) {
        SortedMap<QueueKey, Long> beyond = new TreeMap<>();
        Map<QueueKey, QueueRange> ranges = queues.topics().getOrDefault(topic, Map.of());
        groups.getOrDefault(group, Map.of()).getOrDefault(topic, Map.of()).forEach((queue, offset) -> {
            if (ranges.containsKey(queue) && offset > ranges.get(queue).next()) {
                beyond.put(queue, offset);
            }
        });
        return beyond;
    }

    /**
     * The number of unread messages of a topic; empty if the topic's queues were not read, or if offsets are not of them.
     *
     * <p>All messages of a queue are unread if the group has committed no offset of it.
     */
    public OptionalLong backlog(String group, String topic, QueueOffsets queues) {
        if (!queues.covers(topic) || !beyondEnd(group, topic, queues).isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(unread(group, topic, queues).values().stream()
                .mapToLong(QueueRange::held)
                .sum());
    }

    /** The unread messages of a topic, for each queue that has any. */
    public Map<QueueKey, QueueRange> unread(String group, String topic, QueueOffsets queues) {
        Map<QueueKey, Long> offsets = groups.getOrDefault(group, Map.of()).getOrDefault(topic, Map.of());
        Map<QueueKey, QueueRange> left = new HashMap<>();
        queues.topics().getOrDefault(topic, Map.of()).forEach((queue, range) -> {
            long first = Math.max(range.first(), offsets.getOrDefault(queue, range.first()));
            if (range.next() > first) {
                left.put(queue, new QueueRange(first, range.next()));
            }
        });
        return left;
    }
}
