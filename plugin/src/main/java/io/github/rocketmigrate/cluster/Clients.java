package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The clients that are connected to a cluster, and the connections that sent the last messages of topics.
 *
 * @param groups the consumer groups that were read
 * @param producers the members of all producer groups; empty if they were not read
 * @param senders of the topics whose last messages were read
 * @param proxied the consumers behind proxies, which are in no group of {@code groups}
 */
public record Clients(
        Map<String, ConsumerGroup> groups,
        Optional<Map<String, Set<Client>>> producers,
        Map<String, TopicSenders> senders,
        ProxiedClients proxied) {
    public static final Clients NONE = new Clients(Map.of(), Optional.empty());

    /**
     * The producer group that every Java client has, also one that only consumes. Brokers that cannot list their producers
     * list its members.
     */
    public static final String ALL_JAVA_CLIENTS = "CLIENT_INNER_PRODUCER";

    public Clients {
        groups = Map.copyOf(groups);
        requireNonNull(producers, "producers is null");
        senders = Map.copyOf(senders);
        requireNonNull(proxied, "proxied is null");
    }

    /** Clients of which none is behind a proxy. */
    public Clients(
            Map<String, ConsumerGroup> groups,
            Optional<Map<String, Set<Client>>> producers,
            Map<String, TopicSenders> senders) {
        this(groups, producers, senders, ProxiedClients.NONE);
    }

    /** Clients of which no messages were read. */
    public Clients(Map<String, ConsumerGroup> groups, Optional<Map<String, Set<Client>>> producers) {
        this(groups, producers, Map.of());
    }

    /** How the members of a group receive messages. */
    public enum ConsumeMode {
        PUSH,
        PULL,
        POP
    }

    /**
     * A consumer group as brokers know it.
     *
     * @param beginsAtFirst whether a member begins at the first message of a queue for which it has no offset
     * @param mode empty if the group is offline
     * @param topics the topics to which its members subscribe, including its retry topic
     * @param filtered the topics whose messages its members select with an expression of SQL92
     * @param members by client id; none if the group is offline
     */
    public record ConsumerGroup(
            boolean broadcasting,
            boolean beginsAtFirst,
            Optional<ConsumeMode> mode,
            SortedSet<String> topics,
            SortedSet<String> filtered,
            SortedMap<String, GroupMember> members) {
        public static final ConsumerGroup OFFLINE =
                new ConsumerGroup(false, Optional.empty(), new TreeSet<>(), new TreeMap<>());

        public ConsumerGroup {
            requireNonNull(mode, "mode is null");
            topics = unmodifiableSortedSet(topics);
            filtered = unmodifiableSortedSet(filtered);
            members = unmodifiableSortedMap(members);
        }

        /** A group that begins at the end of new queues, as by default, and selects no messages, or by their tags. */
        public ConsumerGroup(
                boolean broadcasting,
                Optional<ConsumeMode> mode,
                SortedSet<String> topics,
                SortedMap<String, GroupMember> members) {
            this(broadcasting, false, mode, topics, new TreeSet<>(), members);
        }

        /** The members and topics of both, as reported by different masters. */
        public ConsumerGroup and(ConsumerGroup other) {
            SortedSet<String> allTopics = new TreeSet<>(topics);
            allTopics.addAll(other.topics);
            SortedSet<String> allFiltered = new TreeSet<>(filtered);
            allFiltered.addAll(other.filtered);
            SortedMap<String, GroupMember> all = new TreeMap<>(members);
            other.members.forEach((id, member) -> all.merge(id, member, GroupMember::and));
            return new ConsumerGroup(
                    broadcasting || other.broadcasting,
                    beginsAtFirst || other.beginsAtFirst,
                    mode.or(() -> other.mode),
                    allTopics,
                    allFiltered,
                    all);
        }
    }

    /**
     * A member of a consumer group.
     *
     * @param masters the names of the masters that list it
     */
    public record GroupMember(Client client, SortedSet<String> masters) {
        public GroupMember {
            requireNonNull(client, "client is null");
            masters = unmodifiableSortedSet(masters);
        }

        GroupMember and(GroupMember other) {
            SortedSet<String> all = new TreeSet<>(masters);
            all.addAll(other.masters);
            return new GroupMember(client, all);
        }
    }

    /**
     * A client as brokers know it.
     *
     * @param id the client id, the same at every broker
     * @param address the address of its connection; the port differs from broker to broker
     */
    public record Client(String id, String address, String language, String version) {}

    /** A group; offline if it was not read. */
    public ConsumerGroup group(String name) {
        return groups.getOrDefault(name, ConsumerGroup.OFFLINE);
    }

    /** The same with consumers behind proxies. */
    public Clients behindProxies(ProxiedClients consumers) {
        return new Clients(groups, producers, senders, consumers);
    }

    /** The clients of both. */
    public Clients and(Clients other) {
        Map<String, ConsumerGroup> all = new HashMap<>(groups);
        other.groups.forEach((name, group) -> all.merge(name, group, ConsumerGroup::and));
        Map<String, TopicSenders> allSenders = new HashMap<>(senders);
        allSenders.putAll(other.senders);
        return new Clients(all, producers.or(other::producers), allSenders, proxied.and(other.proxied));
    }
}
