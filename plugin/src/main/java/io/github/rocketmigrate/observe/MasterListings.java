package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterMembers;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.model.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The address of a master at each name server of its cluster.
 *
 * @param addresses by name server; empty where it does not list the master
 */
public record MasterListings(Side side, String broker, SortedMap<String, Optional<String>> addresses) {
    public MasterListings {
        requireNonNull(side, "side is null");
        requireNonNull(broker, "broker is null");
        addresses = unmodifiableSortedMap(addresses);
    }

    /** The masters about which name servers of their cluster disagree, besides those that are {@link Situation#absent}. */
    public static List<MasterListings> differing(Situation situation) {
        List<MasterListings> differing = new ArrayList<>();
        for (Side side : Side.values()) {
            Metadata cluster = situation.at(side);
            List<String> brokers = cluster.brokers().keySet().stream()
                    .filter(broker -> isDiffering(cluster, broker))
                    .toList();
            if (!brokers.isEmpty()) {
                SortedSet<String> absent = situation.absent(side);
                brokers.stream()
                        .filter(broker -> !absent.contains(broker))
                        .map(broker -> of(side, cluster, broker))
                        .forEach(differing::add);
            }
        }
        return differing;
    }

    private static boolean isDiffering(Metadata cluster, String broker) {
        return cluster.nameServers().stream()
                        .map(nameServer -> address(nameServer, broker))
                        .distinct()
                        .count()
                > 1;
    }

    private static MasterListings of(Side side, Metadata cluster, String broker) {
        SortedMap<String, Optional<String>> addresses = new TreeMap<>();
        cluster.nameServers().forEach(nameServer -> addresses.put(nameServer.address(), address(nameServer, broker)));
        return new MasterListings(side, broker, addresses);
    }

    private static Optional<String> address(NameServer nameServer, String broker) {
        return Optional.ofNullable(
                nameServer.brokers().getOrDefault(broker, Map.of()).get(ClusterMembers.MASTER));
    }
}
