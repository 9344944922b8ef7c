package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What one name server knows.
 *
 * @param clusters the names of the brokers of each cluster
 * @param brokers the addresses of each broker by id; 0 is the master
 * @param topics that it can route
 */
public record NameServer(
        String address,
        SortedMap<String, Set<String>> clusters,
        SortedMap<String, Map<Long, String>> brokers,
        Set<String> topics) {
    public NameServer {
        requireNonNull(address, "address is null");
    }

    /** Whether it sends clients to a server. */
    public boolean lists(Server server) {
        return brokers.getOrDefault(server.broker(), Map.of()).containsValue(server.address());
    }
}
