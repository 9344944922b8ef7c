package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.Clients.Client;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The consumers behind the proxies of a cluster, as the proxies tell each other: no broker lists them.
 *
 * @param all one for each client, group and proxy
 * @param unseen why some were not read; empty if all were
 */
public record ProxiedClients(List<ProxiedClient> all, Optional<String> unseen) {
    public static final ProxiedClients NONE = new ProxiedClients(List.of(), Optional.empty());

    public ProxiedClients {
        all = List.copyOf(all);
        requireNonNull(unseen, "unseen is null");
    }

    /**
     * A member of a consumer group that is connected to a proxy.
     *
     * @param topics to which it subscribes
     * @param proxy the address of its proxy
     */
    public record ProxiedClient(Client client, String group, SortedSet<String> topics, boolean isGrpc, String proxy) {
        public ProxiedClient {
            requireNonNull(client, "client is null");
            requireNonNull(group, "group is null");
            topics = unmodifiableSortedSet(topics);
            requireNonNull(proxy, "proxy is null");
        }
    }

    /** The members of a group, by client id. */
    public SortedMap<String, ProxiedClient> of(String group) {
        if (all.isEmpty()) {
            return Collections.emptySortedMap();
        }
        SortedMap<String, ProxiedClient> members = new TreeMap<>();
        all.stream()
                .filter(one -> one.group().equals(group))
                .forEach(one -> members.put(one.client().id(), one));
        return members;
    }

    /** The groups of which a member subscribes to a topic. */
    public Set<String> groupsOf(String topic) {
        if (all.isEmpty()) {
            return Set.of();
        }
        return all.stream()
                .filter(one -> one.topics().contains(topic))
                .map(ProxiedClient::group)
                .collect(toSet());
    }

    ProxiedClients and(ProxiedClients other) {
        List<ProxiedClient> both = new ArrayList<>(all);
        both.addAll(other.all);
        return new ProxiedClients(both, unseen.or(other::unseen));
    }
}
