package io.github.rocketmigrate.cluster;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.ServerVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cluster's metadata, built by hand: what a real one would have to be brought to, for one case of a rule. */
public final class ClusterFixture {
    private final String cluster;
    private final ServerVersion version;
    private final List<String> brokers;
    private final Map<String, Map<String, String>> settings = new HashMap<>();
    private final Map<String, SortedMap<String, TopicSettings>> topics = new HashMap<>();
    private final Map<String, SortedMap<String, GroupSettings>> groups = new HashMap<>();
    private final Map<String, String> zones = new HashMap<>();
    private final List<NameServer> nameServers = new ArrayList<>();
    private final Map<String, ServerVersion> versions = new HashMap<>();
    private final Map<String, List<Broker.Replica>> replicas = new HashMap<>();
    /** What its name servers can route, filled as topics come. */
    private final Set<String> allTopics = new HashSet<>();

    private ClusterFixture(String cluster, String version, List<String> brokers) {
        this.cluster = cluster;
        this.version = ServerVersion.of(version).orElseThrow();
        this.brokers = brokers;
    }

    public static ClusterFixture cluster(String cluster, String version, String... brokers) {
        return new ClusterFixture(cluster, version, Arrays.asList(brokers));
    }

    public static TopicSettings topic(int queues) {
        return new TopicSettings(queues, queues, Access.READ_WRITE, false, 0, new TreeMap<>());
    }

    public static GroupSettings group(ConsumeOrder order, int retries) {
        return GroupSettings.DEFAULT.with(order, retries);
    }

    /** On every broker. */
    public ClusterFixture with(String name, TopicSettings topic) {
        brokers.forEach(broker -> with(broker, name, topic));
        return this;
    }

    public ClusterFixture with(String broker, String name, TopicSettings topic) {
        topics.computeIfAbsent(broker, key -> new TreeMap<>()).put(name, topic);
        allTopics.add(name);
        return this;
    }

    /** On every broker. */
    public ClusterFixture with(String name, GroupSettings group) {
        brokers.forEach(broker -> with(broker, name, group));
        return this;
    }

    public ClusterFixture with(String broker, String name, GroupSettings group) {
        groups.computeIfAbsent(broker, key -> new TreeMap<>()).put(name, group);
        return this;
    }

    public ClusterFixture setting(String broker, String name, String value) {
        settings.computeIfAbsent(broker, key -> new HashMap<>()).put(name, value);
        return this;
    }

    public ClusterFixture version(String broker, String other) {
        versions.put(broker, ServerVersion.of(other).orElseThrow());
        return this;
    }

    /** One more name server, which knows these brokers of these clusters besides its own. */
    public ClusterFixture nameServer(String address, Metadata... joined) {
        SortedMap<String, Set<String>> clusters = new TreeMap<>();
        SortedMap<String, Map<Long, String>> addresses = new TreeMap<>();
        clusters.put(cluster, new HashSet<>(brokers));
        brokers.forEach(broker -> addresses.put(broker, Map.of(0L, address(broker))));
        for (Metadata other : joined) {
            clusters.put(other.cluster(), other.brokers().keySet());
            other.masters().forEach(broker -> addresses.put(broker.name(), Map.of(0L, broker.address())));
        }
        nameServers.add(new NameServer(address, clusters, addresses, allTopics, zones));
        return this;
    }

    /** The zone in which a broker registers with the name servers that are added from now on. */
    public ClusterFixture zone(String broker, String zone) {
        zones.put(broker, zone);
        return this;
    }

    /** A name server with which all masters of these clusters have registered. */
    public static NameServer serving(String address, Metadata... registered) {
        SortedMap<String, Set<String>> clusters = new TreeMap<>();
        SortedMap<String, Map<Long, String>> addresses = new TreeMap<>();
        Set<String> topics = new HashSet<>();
        for (Metadata one : registered) {
            clusters.put(one.cluster(), one.brokers().keySet());
            one.masters().forEach(broker -> {
                addresses.put(broker.name(), Map.of(0L, broker.address()));
                topics.addAll(broker.topics().keySet());
            });
        }
        return new NameServer(address, clusters, addresses, topics);
    }

    /** A name server that knows less. */
    public ClusterFixture nameServer(NameServer other) {
        nameServers.add(other);
        return this;
    }

    public ClusterFixture replica(String broker, Broker.Replica replica) {
        replicas.computeIfAbsent(broker, key -> new ArrayList<>()).add(replica);
        return this;
    }

    public Metadata build() {
        if (nameServers.isEmpty()) {
            nameServer(cluster + ":9876");
        }
        SortedMap<String, Broker> all = new TreeMap<>();
        for (String broker : brokers) {
            all.put(
                    broker,
                    new Broker(
                            broker,
                            address(broker),
                            versions.getOrDefault(broker, version),
                            settings.getOrDefault(broker, Map.of()),
                            topics.getOrDefault(broker, new TreeMap<>()),
                            groups.getOrDefault(broker, new TreeMap<>()),
                            replicas.getOrDefault(broker, List.of())));
        }
        return new Metadata(cluster, nameServers, all);
    }

    private String address(String broker) {
        return cluster + "." + broker + ":10911";
    }
}
