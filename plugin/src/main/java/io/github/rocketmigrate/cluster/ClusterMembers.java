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
 * Which brokers belong to a cluster: those that its name servers list under its name, other clusters' brokers that
 * have joined it left aside.
 *
 * @param brokers the addresses of each broker by id; 0 is the master
 */
public record ClusterMembers(String cluster, SortedMap<String, Map<Long, String>> brokers) {
    /** The id of a broker's master; slaves have higher ids. */
    public static final long MASTER = 0L;

    /**
     * Finds out.
     *
     * @param who whose it is, as in "source", for messages
     * @param wanted its name; may be left out where there is one cluster only
     */
    public static ClusterMembers of(
            String who, Optional<String> wanted, List<NameServer> nameServers, Set<String> foreign) {
        for (NameServer nameServer : nameServers) {
            if (nameServer.brokers().isEmpty()) {
                throw new Fault(
                        "The " + who + "'s name server " + nameServer.address() + " knows no broker.",
                        "It was just started, or it is not the " + who + "'s: brokers register within 30 s. Check "
                                + who + ".nameServers.");
            }
        }
        SortedMap<String, SortedMap<String, Map<Long, String>>> clusters = clusters(nameServers);
        clusters.values()
                .forEach(brokers -> brokers.values()
                        .removeIf(addresses -> addresses.values().stream().anyMatch(foreign::contains)));
        clusters.values().removeIf(Map::isEmpty);
        if (clusters.isEmpty()) {
            throw new Fault(
                    "The " + who + "'s name servers list no brokers but those of the other cluster.",
                    "Are its own running? They register within 30 s. If they are, check source.nameServers and"
                            + " destination.nameServers: are they one cluster's, or swapped?");
        }
        String cluster = wanted.orElseGet(() -> only(who, clusters.keySet()));
        SortedMap<String, Map<Long, String>> brokers = clusters.get(cluster);
        if (brokers == null) {
            throw new Fault(
                    "The " + who + "'s name servers list no broker of cluster '" + cluster + "' that is the " + who
                            + "'s own.",
                    "They know " + String.join(", ", clusters.keySet()) + ". Check " + who + ".cluster.");
        }
        brokers.forEach((broker, addresses) -> {
            if (!addresses.containsKey(MASTER)) {
                throw new Fault(
                        "The " + who + "'s broker " + broker + " has no master at its name servers, only "
                                + addresses.values() + ".",
                        "Start the master, then run again: what it holds is not known otherwise.");
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

    private static String only(String who, Set<String> clusters) {
        if (clusters.size() > 1) {
            throw new Fault(
                    "The " + who + "'s name servers know several clusters: " + String.join(", ", clusters) + ".",
                    "Name one of them as " + who + ".cluster.");
        }
        return clusters.iterator().next();
    }

    public String master(String broker) {
        return brokers.get(broker).get(MASTER);
    }

    /** The addresses of its brokers, masters and slaves. */
    public SortedSet<String> addresses() {
        SortedSet<String> all = new TreeSet<>();
        brokers.values().forEach(addresses -> all.addAll(addresses.values()));
        return all;
    }
}
