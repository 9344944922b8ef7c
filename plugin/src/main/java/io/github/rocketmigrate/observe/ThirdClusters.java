package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.Server;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds what the destination's name servers list of clusters that are neither the source nor the destination. After the
 * join, name servers merge brokers of one name and topics of one name, whichever cluster they are of.
 */
public final class ThirdClusters {
    private final Situation situation;

    public ThirdClusters(Situation situation) {
        this.situation = requireNonNull(situation, "situation is null");
    }

    /**
     * Another broker with the name of a broker of the source, or the same one under an address that the source does not
     * list.
     *
     * @param broker of the source
     * @param cluster to which the name server counts it
     * @param addresses under which the name server lists it
     */
    public record Namesake(Broker broker, String nameServer, String cluster, Collection<String> addresses) {
        public Namesake {
            addresses = List.copyOf(addresses);
        }
    }

    /** The names of brokers of the source that a name server lists for another broker than the source's. */
    public List<Namesake> namesakes() {
        List<Namesake> found = new ArrayList<>();
        for (NameServer nameServer : situation.destination().nameServers()) {
            nameServer.brokers().forEach((name, addresses) -> {
                Broker own = situation.source().brokers().get(name);
                if (own != null && !isOfDestination(name) && !addressesOf(own).containsAll(addresses.values())) {
                    found.add(new Namesake(
                            own, nameServer.address(), cluster(nameServer, name), new TreeMap<>(addresses).values()));
                }
            });
        }
        return found;
    }

    /**
     * The topics that name servers list and no broker of the destination has, retry topics among them, with the name
     * servers. Once a broker of the source has joined, they are the source's own, too.
     */
    public SortedMap<String, SortedSet<String>> topics() {
        Set<String> known = new HashSet<>(situation.toRemove().topics().keySet());
        situation
                .destination()
                .masters()
                .forEach(broker -> known.addAll(broker.topics().keySet()));
        situation.toRemove().groups().keySet().forEach(group -> known.add(Traffic.retries(group)));
        SortedMap<String, SortedSet<String>> found = new TreeMap<>();
        for (NameServer nameServer : situation.destination().nameServers()) {
            nameServer.topics().stream()
                    .filter(topic -> !known.contains(topic))
                    .forEach(topic ->
                            found.computeIfAbsent(topic, key -> new TreeSet<>()).add(nameServer.address()));
        }
        return found;
    }

    /** The other clusters, each with its brokers: {@code "billing (billing-a at 10.0.2.3:10911)"}. */
    public SortedSet<String> clusters() {
        SortedMap<String, SortedSet<String>> brokers = new TreeMap<>();
        for (NameServer nameServer : situation.destination().nameServers()) {
            nameServer.brokers().forEach((name, addresses) -> {
                if (!isOfDestination(name) && !isOfSource(name, addresses)) {
                    brokers.computeIfAbsent(cluster(nameServer, name), key -> new TreeSet<>())
                            .add(name + " at " + String.join(", ", new TreeMap<>(addresses).values()));
                }
            });
        }
        return brokers.entrySet().stream()
                .map(cluster -> cluster.getKey() + " (" + String.join("; ", cluster.getValue()) + ")")
                .collect(toCollection(TreeSet::new));
    }

    private boolean isOfDestination(String broker) {
        return situation.destination().brokers().containsKey(broker);
    }

    private boolean isOfSource(String broker, Map<Long, String> addresses) {
        Broker own = situation.source().brokers().get(broker);
        return own != null && addressesOf(own).containsAll(addresses.values());
    }

    private static Set<String> addressesOf(Broker broker) {
        return broker.servers().map(Server::address).collect(toCollection(TreeSet::new));
    }

    private static String cluster(NameServer nameServer, String broker) {
        return nameServer.clusters().entrySet().stream()
                .filter(cluster -> cluster.getValue().contains(broker))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("without a name");
    }
}
