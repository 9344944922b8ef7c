package io.github.rocketmigrate.memory;

import io.github.rocketmigrate.cluster.AclTable;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterMembers;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.TimedTraffic;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.cluster.TrafficQuestion;
import io.github.rocketmigrate.model.Side;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads one of the clusters in memory. Nothing is kept back. */
public final class MemoryReader implements ClusterReader {
    private final MemoryNetwork network;
    private final Side side;

    MemoryReader(MemoryNetwork network, Side side) {
        this.network = network;
        this.side = side;
    }

    @Override
    public List<NameServer> nameServers() {
        return reached().values().stream().map(MemoryNameServer::seen).toList();
    }

    private SortedMap<String, MemoryNameServer> reached() {
        network.nameServers(side).keySet().forEach(network::reach);
        return network.nameServers(side);
    }

    @Override
    public Metadata metadata(List<NameServer> nameServers, Set<String> foreign) {
        ClusterMembers members =
                ClusterMembers.of(side.word(), Optional.empty(), nameServers, foreign, PlanPositions.NONE);
        SortedMap<String, Broker> brokers = new TreeMap<>();
        members.brokers()
                .keySet()
                .forEach(name -> brokers.put(name, reached(name).seen()));
        return new Metadata(members.cluster(), nameServers, brokers);
    }

    /** The cluster as it is now. */
    public Metadata metadata() {
        return metadata(nameServers(), Set.of());
    }

    private MemoryBroker reached(String name) {
        MemoryBroker broker = network.broker(side, name);
        network.reach(broker.address());
        return broker;
    }

    private List<MemoryBroker> reached(Metadata of) {
        return of.brokers().keySet().stream().map(this::reached).toList();
    }

    @Override
    public ConsumerOffsets consumerOffsets(Metadata of) {
        Map<String, Map<String, Map<QueueKey, Long>>> all = new HashMap<>();
        for (MemoryBroker broker : reached(of)) {
            broker.offsets.forEach((group, topics) -> topics.forEach((topic, queues) ->
                    queues.forEach((queue, next) -> all.computeIfAbsent(group, key -> new HashMap<>())
                            .computeIfAbsent(topic, key -> new HashMap<>())
                            .put(new QueueKey(broker.name(), queue), next))));
        }
        return new ConsumerOffsets(all);
    }

    @Override
    public QueueOffsets queueOffsets(Metadata of, Collection<String> topics) {
        Map<String, Map<QueueKey, QueueRange>> ranges = new HashMap<>();
        for (MemoryBroker broker : reached(of)) {
            topics.stream()
                    .filter(topic -> broker.topics.containsKey(topic))
                    .forEach(topic -> ranges.computeIfAbsent(topic, key -> new HashMap<>())
                            .putAll(broker.ranges(topic)));
        }
        return new QueueOffsets(ranges);
    }

    @Override
    public Map<String, LastConsumed> lastConsumed(Metadata of, ConsumerOffsets offsets, Collection<String> groups) {
        reached(of);
        return network.clients.lastConsumed(groups);
    }

    @Override
    public Clients clients(Metadata of, Collection<String> groups) {
        Map<String, Clients.ConsumerGroup> online = new HashMap<>();
        for (MemoryBroker broker : reached(of)) {
            groups.stream()
                    .filter(broker.clients::containsKey)
                    .forEach(group -> online.merge(group, broker.clients.get(group), Clients.ConsumerGroup::and));
        }
        return new Clients(
                online, Optional.of(network.clients.producers(of.brokers().keySet())));
    }

    @Override
    public Map<String, TopicSenders> senders(Metadata of, QueueOffsets queues, Map<String, Long> newest) {
        reached(of);
        return network.clients.senders(newest.keySet());
    }

    @Override
    public Map<String, MessageSample> samples(Metadata of, QueueOffsets queues, Collection<String> topics) {
        reached(of);
        return topics.stream().collect(Collectors.toMap(topic -> topic, network.clients::sample));
    }

    @Override
    public ClientReports clientReports(
            Metadata of, Clients clients, Map<String, ? extends Collection<String>> members) {
        reached(of);
        return network.clients.reports(members);
    }

    @Override
    public Subscribers subscribers(Metadata of, Collection<String> topics) {
        Map<String, SortedSet<String>> found = new HashMap<>();
        for (MemoryBroker broker : reached(of)) {
            for (String topic : topics) {
                if (broker.topics.containsKey(topic)) {
                    SortedSet<String> groups = found.computeIfAbsent(topic, key -> new TreeSet<>());
                    broker.offsets.forEach((group, consumed) -> {
                        if (consumed.containsKey(topic)) {
                            groups.add(group);
                        }
                    });
                    broker.clients.forEach((group, online) -> {
                        if (online.topics().contains(topic)) {
                            groups.add(group);
                        }
                    });
                }
            }
        }
        return new Subscribers(found);
    }

    @Override
    public Map<String, Map<String, Map<String, RouteEntry>>> routes(Collection<String> topics) {
        Map<String, Map<String, Map<String, RouteEntry>>> routes = new LinkedHashMap<>();
        reached().forEach((address, nameServer) -> routes.put(address, routes(nameServer, topics)));
        return routes;
    }

    @Override
    public Map<String, Map<String, RouteEntry>> routes(String nameServer, Collection<String> topics) {
        network.reach(nameServer);
        return routes(network.nameServers(side).get(nameServer), topics);
    }

    private static Map<String, Map<String, RouteEntry>> routes(MemoryNameServer nameServer, Collection<String> topics) {
        return topics.stream().distinct().collect(Collectors.toMap(topic -> topic, nameServer::route));
    }

    @Override
    public TimedTraffic traffic(Metadata of, TrafficQuestion question, InstantSource clock) {
        Instant asked = clock.instant();
        QueueOffsets queues = queueOffsets(of, question.topics()).and(queueOffsets(of, question.retryTopics()));
        ClusterTraffic traffic = new ClusterTraffic(
                question.consumers().offsets(),
                queues,
                clients(of, question.allGroups())
                        .and(clients(of, Proxies.groups(of)))
                        .and(new Clients(Map.of(), Optional.empty(), network.clients.senders(question.sent()))),
                question.consumers().subscribers(),
                new HeldMessages(Map.of(HeldKind.DELAYED, Amount.NOTHING), Map.of()));
        return new TimedTraffic(traffic, asked, clock.instant());
    }

    /** No name server publishes an order. */
    @Override
    public Map<String, SortedSet<String>> orderedTopics() {
        return new LinkedHashMap<>();
    }

    @Override
    public Map<String, Map<String, String>> notes() {
        Map<String, Map<String, String>> notes = new LinkedHashMap<>();
        reached().forEach((address, nameServer) -> notes.put(address, nameServer.notes()));
        return notes;
    }

    @Override
    public Map<String, String> note(String key) {
        Map<String, String> found = new LinkedHashMap<>();
        notes().forEach((address, notes) ->
                Optional.ofNullable(notes.get(key)).ifPresent(value -> found.put(address, value)));
        return found;
    }

    @Override
    public ProxiedClients proxied(Metadata of, InstantSource clock) {
        return ProxiedClients.NONE;
    }

    @Override
    public Map<String, AclTable> acls(Metadata of) {
        return Map.of();
    }

    @Override
    public Map<String, Map<String, String>> runtime(Metadata of) {
        Map<String, Map<String, String>> states = new HashMap<>();
        of.brokers().keySet().forEach(name -> states.put(name, reached(name).state()));
        return states;
    }

    @Override
    public Map<String, Long> requests() {
        return Map.of();
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
