package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * The clusters, brokers and topics that one name server lists.
 *
 * @param clusters the names of the brokers of each cluster
 * @param brokers the addresses of each broker by id; 0 is the master
 * @param topics the topics for which it has a route
 * @param zones the zones of brokers that are in one
 */
public record NameServer(
        String address,
        SortedMap<String, Set<String>> clusters,
        SortedMap<String, Map<Long, String>> brokers,
        Set<String> topics,
        Map<String, String> zones) {
    public NameServer {
        requireNonNull(address, "address is null");
        zones = Map.copyOf(zones);
    }

    /** A name server none of whose brokers is in a zone. */
    public NameServer(
            String address,
            SortedMap<String, Set<String>> clusters,
            SortedMap<String, Map<Long, String>> brokers,
            Set<String> topics) {
        this(address, clusters, brokers, topics, Map.of());
    }

    /** The zone of a broker; empty if it is in none. */
    public Optional<String> zone(String broker) {
        return Optional.ofNullable(zones.get(broker));
    }

    /** Whether it lists a server, so that clients connect to it. */
    public boolean lists(Server server) {
        return brokers.getOrDefault(server.broker(), Map.of()).containsValue(server.address());
    }
}
