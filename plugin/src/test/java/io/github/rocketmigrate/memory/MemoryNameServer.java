package io.github.rocketmigrate.memory;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.TopicSettings;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Knows what brokers tell it, and keeps notes. */
public final class MemoryNameServer {
    private final String address;
    private final SortedMap<String, MemoryBroker> brokers = new TreeMap<>();
    final SortedMap<String, String> notes = new TreeMap<>();
    /** By topic and broker. */
    private final SortedMap<String, SortedMap<String, RouteEntry>> routes = new TreeMap<>();

    private boolean ignoresRoutes;

    MemoryNameServer(String address) {
        this.address = address;
    }

    public Map<String, String> notes() {
        return Map.copyOf(notes);
    }

    /** Keeps notes that earlier runs have written. */
    public void remember(Map<String, String> earlier) {
        notes.putAll(earlier);
    }

    /** Loses its disk. */
    public void forget() {
        notes.clear();
    }

    /** From now on it says yes to every route and keeps the one that it has, as releases before 5.1.4 do. */
    public void ignoreRoutes() {
        ignoresRoutes = true;
    }

    boolean ignoresRoutes() {
        return ignoresRoutes;
    }

    public boolean lists(String broker) {
        return brokers.containsKey(broker);
    }

    /** Where it sends the clients of a topic, by broker. */
    public Map<String, RouteEntry> route(String topic) {
        return Map.copyOf(routes.getOrDefault(topic, new TreeMap<>()));
    }

    void register(MemoryBroker broker) {
        brokers.put(broker.name(), broker);
        broker.topics.keySet().forEach(topic -> register(broker, topic));
    }

    void register(MemoryBroker broker, String topic) {
        route(topic, broker, broker.topics.get(topic));
    }

    void route(String topic, MemoryBroker broker, TopicSettings settings) {
        routes.computeIfAbsent(topic, key -> new TreeMap<>())
                .put(broker.name(), RouteEntry.of(settings, broker.seen()));
    }

    /** Has not heard from a broker for long, or not yet. */
    public void forget(MemoryBroker broker) {
        brokers.remove(broker.name());
        routes.values().forEach(route -> route.remove(broker.name()));
        routes.values().removeIf(Map::isEmpty);
    }

    /** Removes the route of a topic on the brokers of one cluster. */
    void forget(String topic, String cluster) {
        routes.getOrDefault(topic, new TreeMap<>())
                .keySet()
                .removeIf(broker -> brokers.containsKey(broker)
                        && brokers.get(broker).cluster().equals(cluster));
        routes.values().removeIf(Map::isEmpty);
    }

    /** It as it is now, as a reading has it. */
    NameServer seen() {
        SortedMap<String, Set<String>> clusters = new TreeMap<>();
        brokers.values()
                .forEach(broker -> clusters.computeIfAbsent(broker.cluster(), key -> new HashSet<>())
                        .add(broker.name()));
        return new NameServer(
                address,
                clusters,
                new TreeMap<>(brokers.values().stream()
                        .collect(toMap(MemoryBroker::name, broker -> Map.of(0L, broker.address())))),
                routes.keySet().stream().collect(toSet()));
    }
}
