package io.github.rocketmigrate.cluster.file;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.MetadataReader;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.model.Fault;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a cluster from the metadata files of its brokers or of its owners, without a connection to it. */
public final class MetadataFiles implements MetadataReader {
    private final String names;
    private final String cluster;
    private final List<String> addresses;
    private final SortedMap<String, Broker> brokers;

    /**
     * Stands for a cluster.
     *
     * @param names of the files as the user named them
     * @param cluster its name
     * @param addresses of its name servers, as a plan has them
     */
    private MetadataFiles(String names, String cluster, List<String> addresses, SortedMap<String, Broker> brokers) {
        this.names = requireNonNull(names, "names is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.addresses = List.copyOf(addresses);
        this.brokers = brokers;
    }

    /** Stands for the cluster whose files were read, under its name and the addresses of its name servers in a plan. */
    public static MetadataFiles of(StoredCluster stored, Optional<String> cluster, List<String> addresses) {
        String name = cluster.or(stored::cluster).orElse(StoredCluster.UNNAMED);
        return new MetadataFiles(
                stored.names(), name, addresses.isEmpty() ? List.of(stored.names()) : addresses, stored.brokers());
    }

    /** The files as the user named them. */
    public String names() {
        return names;
    }

    @Override
    public List<NameServer> nameServers() {
        SortedMap<String, Set<String>> clusters = new TreeMap<>(Map.of(cluster, brokers.keySet()));
        SortedMap<String, Map<Long, String>> masters = new TreeMap<>();
        Set<String> topics = new HashSet<>();
        brokers.forEach((name, broker) -> {
            masters.put(name, Map.of(0L, broker.address()));
            topics.addAll(broker.topics().keySet());
        });
        return addresses.stream()
                .map(address -> new NameServer(address, clusters, masters, topics))
                .toList();
    }

    @Override
    public Metadata metadata(List<NameServer> nameServers, Set<String> foreign) {
        return new Metadata(cluster, nameServers, brokers);
    }

    /** Files of topics and groups do not say who consumes what. */
    @Override
    public ConsumerOffsets consumerOffsets(Metadata metadata) {
        throw new Fault(
                names + " does not show which groups consume which topics.",
                "Remove migrate.batch, migrate.topic and migrate.excludeTopic, or read the running source.");
    }

    @Override
    public void close() {
        // The files were read when they were opened.
    }

    @Override
    public String toString() {
        return names + brokers.keySet().stream().collect(joining(", ", " (", ")"));
    }
}
