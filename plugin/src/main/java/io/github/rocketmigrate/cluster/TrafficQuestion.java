package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The topics whose traffic is to be read from one cluster.
 *
 * @param groups the groups of each topic, including groups that consume it in the other cluster only
 * @param consumers the groups of this cluster, with the consumer offsets that were read before
 * @param producers whether producers are read too
 * @param sent the topics whose last messages are read, to learn who sent them
 */
public record TrafficQuestion(
        SortedMap<String, SortedSet<String>> groups, Consumers consumers, boolean producers, SortedSet<String> sent) {
    public TrafficQuestion {
        sent = unmodifiableSortedSet(sent);
        groups = unmodifiableSortedMap(groups);
        requireNonNull(consumers, "consumers is null");
    }

    /** A question about topics and groups alone. */
    public TrafficQuestion(SortedMap<String, SortedSet<String>> groups, Consumers consumers) {
        this(groups, consumers, false, new TreeSet<>());
    }

    public SortedSet<String> topics() {
        return new TreeSet<>(groups.keySet());
    }

    /** The groups of all topics. */
    public SortedSet<String> allGroups() {
        return groups.values().stream().flatMap(Collection::stream).collect(toCollection(TreeSet::new));
    }

    /** The topics in which messages of these topics wait for a retry. */
    public SortedSet<String> retryTopics() {
        SortedSet<String> retries = new TreeSet<>();
        groups.forEach(
                (topic, ofTopic) -> ofTopic.forEach(group -> retries.addAll(SystemNames.retryTopics(group, topic))));
        return retries;
    }
}
