package io.github.rocketmigrate.discover;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How a plan names a cluster.
 *
 * @param nameServers addresses, or the placeholder of a property that has them
 * @param comment where the addresses come from
 * @param credentials the id of a server in {@code settings.xml}
 */
public record ClusterAddress(
        List<String> nameServers,
        String comment,
        Optional<String> cluster,
        Optional<String> credentials,
        Optional<String> tls) {
    public ClusterAddress {
        nameServers = List.copyOf(nameServers);
        requireNonNull(comment, "comment is null");
        requireNonNull(cluster, "cluster is null");
        requireNonNull(credentials, "credentials is null");
        requireNonNull(tls, "tls is null");
    }

    /** The same cluster with its name. */
    public ClusterAddress named(String name) {
        return new ClusterAddress(nameServers, comment, Optional.of(name), credentials, tls);
    }
}
