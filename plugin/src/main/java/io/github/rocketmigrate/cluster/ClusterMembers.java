package io.github.rocketmigrate.cluster;

import io.github.rocketmigrate.model.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The brokers of a cluster: the brokers that its name servers list under its name, without brokers of another cluster
 * that have registered with the same name servers.
 *
 * @param brokers the addresses of each broker by id; 0 is the master
 */
public record ClusterMembers(String cluster, SortedMap<String, Map<Long, String>> brokers) {
    /** The id of a broker's master; slaves have higher ids. */
    public static final long MASTER = 0L;

    /**
     * Finds the brokers of a cluster.
     *
     * @param side the side of the cluster, as in "source", for messages
     * @param wanted the name of the cluster; needed only if the name servers list several
     * @param foreign addresses of brokers that belong to another cluster
     * @param positions for messages
     */
    public static ClusterMembers of(
            String side,
            Optional<String> wanted,
            List<NameServer> nameServers,
            Set<String> foreign,
            PlanPositions positions) {
        for (NameServer nameServer : nameServers) {
            if (nameServer.brokers().isEmpty()) {
                throw new Fault(
                                "The " + side + "'s name server " + nameServer.address() + " lists no brokers.",
                                "Check " + side
                                        + ".nameServers. If the name server has just been started, wait 30 s for the"
                                        + " brokers to register and run again.")
                        .at(positions.nameServer(nameServer.address()));
            }
        }
        SortedMap<String, SortedMap<String, Map<Long, String>>> clusters = clusters(nameServers);
        clusters.values()
                .forEach(brokers -> brokers.values()
                        .removeIf(addresses -> addresses.values().stream().anyMatch(foreign::contains)));
        clusters.values().removeIf(Map::isEmpty);
        if (clusters.isEmpty()) {
            throw new Fault(
                            "The " + side + "'s name servers list only brokers of the other cluster.",
                            "Check that source.nameServers and destination.nameServers name two clusters and are not swapped."
                                    + " If the " + side
                                    + "'s brokers have just been started, wait 30 s for them to register"
                                    + " and run again.")
                    .at(positions.nameServer(nameServers.get(0).address()));
        }
        String cluster = wanted.orElseGet(() -> only(side, clusters.keySet(), positions));
        SortedMap<String, Map<Long, String>> brokers = clusters.get(cluster);
        if (brokers == null) {
            throw new Fault(
                            "The " + side + "'s name servers list no broker of cluster '" + cluster
                                    + "' that belongs to the " + side + ".",
                            "Set " + side + ".cluster to " + oneOf(clusters.keySet()) + ".")
                    .at(positions.cluster());
        }
        brokers.forEach((broker, addresses) -> {
            if (!addresses.containsKey(MASTER)) {
                throw new Fault(
                        "The " + side + "'s name servers list no master of broker " + broker + ", only "
                                + String.join(", ", addresses.values()) + ".",
                        "Start the master, then run again: topics and groups are read from masters.");
            }
        });
        return new ClusterMembers(cluster, brokers);
    }

    private static SortedMap<String, SortedMap<String, Map<Long, String>>> clusters(List<NameServer> nameServers) {
        SortedMap<String, SortedMap<String, Map<Long, String>>> clusters = new TreeMap<>();
        for (NameServer nameServer : nameServers) {
            nameServer
                    .clusters()
                    .forEach((cluster, names) -> names.forEach(name -> {
                        Map<Long, String> addresses = nameServer.brokers().get(name);
                        if (addresses != null) {
                            clusters.computeIfAbsent(cluster, key -> new TreeMap<>())
                                    .computeIfAbsent(name, key -> new TreeMap<>())
                                    .putAll(addresses);
                        }
                    }));
        }
        return clusters;
    }

    private static String oneOf(Set<String> names) {
        return (names.size() == 1 ? "" : "one of ") + String.join(", ", names);
    }

    private static String only(String side, Set<String> clusters, PlanPositions positions) {
        if (clusters.size() > 1) {
            throw new Fault(
                            "The " + side + "'s name servers list several clusters: " + String.join(", ", clusters)
                                    + ".",
                            "Set " + side + ".cluster to one of them.")
                    .at(positions.cluster());
        }
        return clusters.iterator().next();
    }

    public String master(String broker) {
        return brokers.get(broker).get(MASTER);
    }

    /** The addresses of all masters and slaves. */
    public SortedSet<String> addresses() {
        SortedSet<String> all = new TreeSet<>();
        brokers.values().forEach(addresses -> all.addAll(addresses.values()));
        return all;
    }
}
