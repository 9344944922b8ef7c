package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.ServerVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A name server. It merges what brokers of any cluster register, replaces the routes of a broker only when the data
 * version of its registration has changed, and forgets a broker two minutes after its last registration.
 */
final class SimNameServer {
    private static final long EXPIRY = 120_000_000L;

    private final String address;
    private final ServerVersion version;
    /** By topic and broker. */
    private final SortedMap<String, SortedMap<String, RouteEntry>> routes = new TreeMap<>();

    private final SortedMap<String, Registered> brokers = new TreeMap<>();
    private final SortedMap<String, Live> live = new TreeMap<>();
    private final SortedMap<String, String> notes = new TreeMap<>();

    private record Registered(String cluster, SortedMap<Long, String> addresses) {}

    private record Live(String broker, long seen, long dataVersion) {}

    SimNameServer(String address, ServerVersion version) {
        this.address = address;
        this.version = version;
    }

    String address() {
        return address;
    }

    /** Name servers before 5.0 do not know the request that sets a route. */
    boolean setsRoutes() {
        return !version.isFour();
    }

    SortedMap<String, String> notes() {
        return notes;
    }

    /** A restart loses everything but the notes, which are in a file. */
    void restart() {
        routes.clear();
        brokers.clear();
        live.clear();
    }

    /** A master or slave registers; only masters bring topics. */
    void register(SimBroker broker, long id, String from, long now) {
        register(broker, id, from, now, new TreeMap<>(broker.topics()), broker.dataVersion());
    }

    /**
     * A broker registers topics that have changed. Name servers from 5.0 on ignore a single one if they do not know the
     * broker. Those of 4.x take the data version with it, and ignore the other topics until one of them changes.
     */
    void registerTopics(
            SimBroker broker, String from, long now, SortedMap<String, TopicSettings> changed, long dataVersion) {
        if (version.isFour() || changed.size() > 1 || live.containsKey(from)) {
            register(broker, 0, from, now, changed, dataVersion);
        }
    }

    private void register(
            SimBroker broker,
            long id,
            String from,
            long now,
            SortedMap<String, TopicSettings> topics,
            long dataVersion) {
        expire(now);
        Registered registered =
                brokers.computeIfAbsent(broker.name(), name -> new Registered(broker.cluster(), new TreeMap<>()));
        registered.addresses().put(id, from);
        Live before = live.put(from, new Live(broker.name(), now, dataVersion));
        if (id == 0) {
            boolean hasChanged = before == null || before.dataVersion() != dataVersion;
            topics.forEach((topic, settings) -> {
                if (hasChanged || (!version.isFour() && !isRouted(topic, broker.name()))) {
                    put(topic, broker.name(), broker.route(settings));
                }
            });
        }
    }

    /** Whether the master has nothing new to register. */
    boolean knows(SimBroker broker) {
        Live entry = live.get(broker.master().address());
        return entry != null && entry.dataVersion() == broker.dataVersion();
    }

    private boolean isRouted(String topic, String broker) {
        return routes.getOrDefault(topic, new TreeMap<>()).containsKey(broker);
    }

    private void put(String topic, String broker, RouteEntry entry) {
        routes.computeIfAbsent(topic, name -> new TreeMap<>()).put(broker, entry);
    }

    /** The connection to a server has broken. */
    void lose(String server) {
        Live gone = live.remove(server);
        if (gone != null) {
            Registered registered = brokers.get(gone.broker());
            registered.addresses().values().remove(server);
            if (registered.addresses().isEmpty()) {
                brokers.remove(gone.broker());
                routes.values().forEach(ofTopic -> ofTopic.remove(gone.broker()));
                routes.values().removeIf(Map::isEmpty);
            }
        }
    }

    void expire(long now) {
        Set<String> gone = new TreeSet<>();
        live.forEach((server, entry) -> {
            if (now - entry.seen() > EXPIRY) {
                gone.add(server);
            }
        });
        gone.forEach(this::lose);
    }

    /** Sets a route, until the brokers register with another data version. */
    void setRoute(String topic, Map<String, TopicSettings> wanted) {
        wanted.forEach((broker, settings) ->
                put(topic, broker, new RouteEntry(settings.readQueues(), settings.writeQueues(), settings.access())));
    }

    /** Removes the route of a topic at the brokers of one cluster. */
    void removeRoute(String topic, String cluster) {
        Map<String, RouteEntry> ofTopic = routes.getOrDefault(topic, new TreeMap<>());
        ofTopic.keySet()
                .removeIf(broker -> brokers.containsKey(broker)
                        && brokers.get(broker).cluster().equals(cluster));
        if (ofTopic.isEmpty()) {
            routes.remove(topic);
        }
    }

    /** The route that a client gets; empty if the topic is unknown. */
    Optional<SimRoute> route(String topic, long now) {
        expire(now);
        SortedMap<String, RouteEntry> queues = routes.getOrDefault(topic, new TreeMap<>());
        SortedMap<String, SortedMap<Long, String>> addresses = new TreeMap<>();
        brokers.forEach((broker, registered) -> {
            if (queues.containsKey(broker)) {
                addresses.put(broker, new TreeMap<>(registered.addresses()));
            }
        });
        return addresses.isEmpty() ? Optional.empty() : Optional.of(new SimRoute(new TreeMap<>(queues), addresses));
    }

    /** The route as the migration reads it. */
    Map<String, RouteEntry> entries(String topic, long now) {
        expire(now);
        return new TreeMap<>(routes.getOrDefault(topic, new TreeMap<>()));
    }

    NameServer seen(long now) {
        expire(now);
        SortedMap<String, Set<String>> clusters = new TreeMap<>();
        SortedMap<String, Map<Long, String>> known = new TreeMap<>();
        brokers.forEach((name, registered) -> {
            clusters.computeIfAbsent(registered.cluster(), key -> new TreeSet<>())
                    .add(name);
            known.put(name, new HashMap<>(registered.addresses()));
        });
        return new NameServer(address, clusters, known, new TreeSet<>(routes.keySet()));
    }
}
