package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * The clusters, brokers and topics that one name server lists.
 *
 * @param clusters the names of the brokers of each cluster
 * @param brokers the addresses of each broker by id; 0 is the master
 * @param topics the topics for which it has a route
 */
public record NameServer(
        String address,
        SortedMap<String, Set<String>> clusters,
        SortedMap<String, Map<Long, String>> brokers,
        Set<String> topics) {
    public NameServer {
        requireNonNull(address, "address is null");
    }

    /** Whether it lists a server, so that clients connect to it. */
    public boolean lists(Server server) {
        return brokers.getOrDefault(server.broker(), Map.of()).containsValue(server.address());
    }
}
