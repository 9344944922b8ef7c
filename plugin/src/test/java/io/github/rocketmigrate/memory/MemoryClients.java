package io.github.rocketmigrate.memory;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Side;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The consumers of a {@link MemoryNetwork}, which report their name servers, and each question to them. */
public final class MemoryClients {
    private final MemoryNetwork network;
    private final Map<String, SortedSet<String>> nameServers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, Set<Client>> producers = new HashMap<>();
    private final Map<String, TopicSenders> senders = new HashMap<>();
    private final Map<String, LastConsumed> lastConsumed = new HashMap<>();
    private final Map<String, MessageSample> samples = new HashMap<>();

    MemoryClients(MemoryNetwork network) {
        this.network = network;
    }

    /** A client consumes a topic in a group, and is connected to all masters of a side. */
    public MemoryClients consumes(Side side, String id, String group, String topic) {
        for (MemoryBroker broker : network.brokers(side)) {
            SortedMap<String, GroupMember> one = new TreeMap<>(Map.of(
                    id,
                    new GroupMember(
                            new Client(id, address(id), "JAVA", "5.3.2"), new TreeSet<>(List.of(broker.name())))));
            broker.clients.merge(
                    group,
                    new ConsumerGroup(false, Optional.of(ConsumeMode.PUSH), new TreeSet<>(List.of(topic)), one),
                    ConsumerGroup::and);
        }
        return this;
    }

    /** A client is connected to all masters of a side as a producer. */
    public MemoryClients produces(Side side, String id) {
        network.brokers(side)
                .forEach(broker -> producers
                        .computeIfAbsent(broker.name(), key -> new HashSet<>())
                        .add(new Client(id, address(id), "JAVA", "5.3.2")));
        return this;
    }

    /** A client has sent a message to a topic of the source. */
    public MemoryClients sends(String id, String topic, Instant at) {
        senders.merge(
                topic, new TopicSenders(new TreeMap<>(Map.of(address(id), at)), Optional.empty()), TopicSenders::and);
        return this;
    }

    /** The newest messages of a topic of the source look so; without this, it has none. */
    public MemoryClients samples(String topic, MessageSample sample) {
        samples.put(topic, sample);
        return this;
    }

    MessageSample sample(String topic) {
        return samples.getOrDefault(topic, MessageSample.NONE);
    }

    private static String address(String id) {
        return id.replaceFirst("@.*", "") + ":4711";
    }

    Map<String, Set<Client>> producers(Collection<String> brokers) {
        Set<Client> connected = new HashSet<>();
        brokers.forEach(broker -> connected.addAll(producers.getOrDefault(broker, Set.of())));
        return Map.of("senders", connected);
    }

    /** Nobody has sent to topics of which nothing else is known. */
    Map<String, TopicSenders> senders(Collection<String> topics) {
        Map<String, TopicSenders> found = new HashMap<>();
        topics.forEach(topic -> found.put(topic, senders.getOrDefault(topic, TopicSenders.NONE)));
        return found;
    }

    /** A client has these name servers; without this, it does not answer. */
    public MemoryClients uses(String id, String... addresses) {
        nameServers.put(id, new TreeSet<>(List.of(addresses)));
        return this;
    }

    /** The ids of the clients that were asked since the last call, in order. */
    public List<String> asked() {
        List<String> ids = asked.stream().sorted().toList();
        asked.clear();
        return ids;
    }

    /** The newest message that a group has consumed came at this time. */
    public MemoryClients consumedUpTo(String group, Instant stored) {
        lastConsumed.put(group, LastConsumed.of(stored));
        return this;
    }

    Map<String, LastConsumed> lastConsumed(Collection<String> groups) {
        Map<String, LastConsumed> found = new HashMap<>(lastConsumed);
        found.keySet().retainAll(groups);
        return found;
    }

    synchronized ClientReports reports(Map<String, ? extends Collection<String>> members) {
        Map<String, Map<String, ClientReport>> reports = new HashMap<>();
        Map<String, Map<String, String>> silent = new HashMap<>();
        members.forEach((group, ids) -> ids.forEach(id -> {
            asked.add(id);
            if (nameServers.containsKey(id)) {
                reports.computeIfAbsent(group, key -> new HashMap<>())
                        .put(id, new ClientReport(nameServers.get(id), Optional.of(ConsumeOrder.CONCURRENT), Map.of()));
            } else {
                silent.computeIfAbsent(group, key -> new HashMap<>()).put(id, "it did not answer within 5 s");
            }
        }));
        return new ClientReports(reports, silent);
    }
}
