package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Position;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The positions in the plan of what is needed to connect to a cluster, for messages about servers.
 *
 * @param nameServers by address
 * @param cluster the name of the cluster, or the name servers if the plan does not name the cluster
 * @param credentials the account, or the name servers if the plan has no account
 * @param others the name servers of the other cluster
 */
public record PlanPositions(
        Map<String, Position> nameServers,
        Optional<Position> cluster,
        Optional<Position> credentials,
        Set<String> others) {
    /** The positions of a cluster that is in no plan. */
    public static final PlanPositions NONE = new PlanPositions(Map.of(), Optional.empty(), Optional.empty(), Set.of());

    public PlanPositions {
        nameServers = Map.copyOf(nameServers);
        requireNonNull(cluster, "cluster is null");
        requireNonNull(credentials, "credentials is null");
        others = Set.copyOf(others);
    }

    /** The position of a name server. Brokers are in no plan. */
    public Optional<Position> nameServer(String address) {
        return Optional.ofNullable(nameServers.get(address));
    }
}
