package io.github.rocketmigrate.record;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Tells the source of one migration from that of another. Names alone do not: DefaultCluster and broker-a are everybody's
 * defaults.
 *
 * @param cluster its name
 * @param addresses of its name servers and masters
 */
public record RecordedSource(String cluster, SortedSet<String> addresses) {
    public RecordedSource {
        requireNonNull(cluster, "cluster is null");
        addresses = unmodifiableSortedSet(addresses);
    }

    /** A source as it is now. */
    public static RecordedSource of(Metadata source) {
        SortedSet<String> addresses = Stream.concat(
                        source.nameServers().stream().map(NameServer::address),
                        source.masters().map(Broker::address))
                .collect(toCollection(TreeSet::new));
        return new RecordedSource(source.cluster(), addresses);
    }

    /** Whether it is the same cluster, of which some servers may have moved. */
    public boolean isSameAs(RecordedSource other) {
        return cluster.equals(other.cluster) && !Collections.disjoint(addresses, other.addresses);
    }
}
