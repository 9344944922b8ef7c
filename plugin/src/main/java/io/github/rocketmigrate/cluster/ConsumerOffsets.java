package io.github.rocketmigrate.cluster;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** How far groups have come: for each group and topic, the offset of its next message in each queue. */
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

    /** The topics that a group has consumed, retries aside. */
    public SortedSet<String> topicsOf(String group) {
        return groups.getOrDefault(group, Map.of()).keySet().stream()
                .filter(topic -> !SystemNames.isTopic(topic))
                .collect(toCollection(TreeSet::new));
    }

    /** The groups that have consumed a topic, RocketMQ's own aside. */
    public SortedSet<String> groupsOf(String topic) {
        return Collections.unmodifiableSortedSet(byTopic.getOrDefault(topic, new TreeSet<>()));
    }

    /**
     * How many messages of a topic a group has not consumed; empty where that is not known.
     *
     * <p>A queue that the group has never confirmed anything of counts whole.
     */
    public OptionalLong backlog(String group, String topic, QueueOffsets queues) {
        if (!queues.covers(topic)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(unread(group, topic, queues).values().stream()
                .mapToLong(QueueRange::held)
                .sum());
    }

    /** The messages of a topic that a group has not consumed, for each queue that has any; likewise. */
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
