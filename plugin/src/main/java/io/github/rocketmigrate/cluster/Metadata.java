package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.ServerVersion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The brokers of one cluster with their topics, groups and settings, and what its name servers list.
 *
 * @param brokers the masters by name
 */
public record Metadata(String cluster, List<NameServer> nameServers, SortedMap<String, Broker> brokers) {
    /** The suffix of the topic for replies to request messages. */
    private static final String REPLIES = "_REPLY_TOPIC";

    /** Stands for a cluster that cannot be read. */
    public static final Metadata UNREAD = new Metadata("unread", List.of(), new TreeMap<>());

    public Metadata {
        requireNonNull(cluster, "cluster is null");
        nameServers = List.copyOf(nameServers);
        brokers = unmodifiableSortedMap(brokers);
    }

    /** Whether nothing of the cluster could be read. */
    public boolean isUnread() {
        return equals(UNREAD);
    }

    /** The same cluster without some topics and groups. */
    public Metadata without(Set<String> topics, Set<String> groups) {
        SortedMap<String, Broker> fewer = new TreeMap<>();
        brokers.forEach((name, broker) -> {
            Map<String, TopicSettings> otherTopics = new HashMap<>(broker.topics());
            otherTopics.keySet().removeAll(topics);
            Map<String, GroupSettings> otherGroups = new HashMap<>(broker.groups());
            otherGroups.keySet().removeAll(groups);
            fewer.put(name, broker.with(otherTopics, otherGroups));
        });
        return new Metadata(cluster, nameServers, fewer);
    }

    /** Whether some name server has a route for a topic. */
    public boolean isRouted(String topic) {
        return nameServers.stream().anyMatch(nameServer -> nameServer.topics().contains(topic));
    }

    public Stream<Broker> masters() {
        return brokers.values().stream();
    }

    /** The masters and their slaves. */
    public Stream<Server> servers() {
        return masters().flatMap(Broker::servers);
    }

    /** The versions of masters and slaves, each once, the oldest first. */
    public SortedSet<ServerVersion> versions() {
        return masters().flatMap(Metadata::versions).collect(toCollection(TreeSet::new));
    }

    private static Stream<ServerVersion> versions(Broker broker) {
        return Stream.concat(
                Stream.of(broker.version()), broker.replicas().stream().map(Broker.Replica::version));
    }

    /** The settings of a topic at each master that has it. */
    public SortedMap<String, TopicSettings> topic(String name) {
        SortedMap<String, TopicSettings> found = new TreeMap<>();
        for (Broker broker : brokers.values()) {
            TopicSettings topic = broker.topics().get(name);
            if (topic != null) {
                found.put(broker.name(), topic);
            }
        }
        return found;
    }

    /** The settings of a group at each master that has it. */
    public SortedMap<String, GroupSettings> group(String name) {
        SortedMap<String, GroupSettings> found = new TreeMap<>();
        for (Broker broker : brokers.values()) {
            GroupSettings group = broker.groups().get(name);
            if (group != null) {
                found.put(broker.name(), group);
            }
        }
        return found;
    }

    /** The topics of users, without RocketMQ's own. */
    public SortedSet<String> topics() {
        return topicsBesides(Set.of());
    }

    /** The topics of users that are not in {@code known}. */
    public SortedSet<String> topicsBesides(Set<String> known) {
        return masters()
                .flatMap(broker -> broker.topics().keySet().stream())
                .filter(topic -> !known.contains(topic)
                        && !SystemNames.isTopic(topic)
                        && !topic.equals(cluster + REPLIES)
                        && !topic.equals(cluster)
                        && !brokers.containsKey(topic))
                .collect(toCollection(TreeSet::new));
    }

    /** The consumer groups of users, without RocketMQ's own. */
    public SortedSet<String> groups() {
        return groupsBesides(Set.of());
    }

    /** The consumer groups of users that are not in {@code known}. */
    public SortedSet<String> groupsBesides(Set<String> known) {
        return masters()
                .flatMap(broker -> broker.groups().keySet().stream())
                .filter(group -> !known.contains(group) && !SystemNames.isGroup(group))
                .collect(toCollection(TreeSet::new));
    }
}
