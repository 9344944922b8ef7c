package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.ProxiedClients.ProxiedClient;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.text.Counts;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Separates the clients of a consumer group that see the destination from those that see only the source. After the
 * join, name servers make the difference. With routing {@code client}, a client of the source needs a peer at the
 * destination.
 *
 * @param old the clients that still use the source's way in, by id
 * @param switched the ids of the clients that have changed over
 * @param unknown why it is not known of other clients, by id
 */
public record SwitchedClients(
        SortedMap<String, OldClient> old, SortedSet<String> switched, SortedMap<String, String> unknown) {
    /** Distinguishes a proxy from a name server. */
    private static final String PROXY = "the proxy ";

    public static final SwitchedClients NONE = new SwitchedClients(new TreeMap<>(), new TreeSet<>(), new TreeMap<>());

    public SwitchedClients {
        old = unmodifiableSortedMap(old);
        switched = unmodifiableSortedSet(switched);
        unknown = unmodifiableSortedMap(unknown);
    }

    /**
     * A client that has not switched.
     *
     * @param client with the address at which brokers see it
     * @param nameServers those of its name servers that are not the destination's, or the source's proxy that it uses; empty
     *     with routing {@code client}
     */
    public record OldClient(Client client, SortedSet<String> nameServers) {
        public OldClient {
            requireNonNull(client, "client is null");
            nameServers = unmodifiableSortedSet(nameServers);
        }
    }

    /** The clients of a group, from what was read of them. */
    public static SwitchedClients of(MigrationPlan plan, Traffic traffic, String group) {
        return plan.traffic()
                        .filter(it -> it.routing().value() == Routing.CLIENT)
                        .isPresent()
                ? byPeers(traffic, group)
                : byNameServers(plan, traffic, group);
    }

    /** Whether the clients of a topic may have begun to switch, so that they are worth a request each. */
    public static boolean areInQuestion(Situation situation, String topic) {
        return situation.isJoining() && (situation.isAnyJoined() || situation.isBetweenEnds(topic));
    }

    private static SwitchedClients byNameServers(MigrationPlan plan, Traffic traffic, String group) {
        Set<String> allowed = Stream.concat(
                        plan.destination().nameServers().stream(), plan.traits().clientAddresses().stream())
                .map(Located::value)
                .collect(toSet());
        SortedMap<String, OldClient> old = new TreeMap<>();
        SortedSet<String> switched = new TreeSet<>();
        SortedMap<String, String> unknown = new TreeMap<>();
        traffic.clients(group).forEach((id, client) -> {
            Optional<SortedSet<String>> used = traffic.reports().nameServers(group, id);
            if (used.isEmpty()) {
                unknown.put(id, traffic.reports().whySilent(group, id));
                return;
            }
            SortedSet<String> others = used.get().stream()
                    .filter(address -> !traffic.addresses().isAmong(address, allowed))
                    .collect(toCollection(TreeSet::new));
            if (others.isEmpty()) {
                switched.add(id);
            } else {
                old.put(id, new OldClient(client, others));
            }
        });
        // A proxy uses the name servers of its cluster, and so do all clients behind it.
        switched.addAll(traffic.proxied(Side.DESTINATION, group).keySet());
        traffic.proxied(Side.SOURCE, group)
                .forEach((id, one) ->
                        old.put(id, new OldClient(one.client(), new TreeSet<>(Set.of(PROXY + one.proxy())))));
        switched.removeAll(old.keySet());
        return new SwitchedClients(old, switched, unknown);
    }

    /** Each process of an application has a client in both clusters. */
    private static SwitchedClients byPeers(Traffic traffic, String group) {
        Collection<Client> there = clients(traffic, Side.DESTINATION, group);
        Set<String> hosts =
                there.stream().flatMap(client -> hosts(client).stream()).collect(toSet());
        SortedMap<String, OldClient> alone = new TreeMap<>();
        clients(traffic, Side.SOURCE, group).stream()
                .filter(client -> hosts(client).stream().noneMatch(hosts::contains))
                .forEach(client -> alone.put(client.id(), new OldClient(client, new TreeSet<>())));
        return new SwitchedClients(
                alone, there.stream().map(Client::id).collect(toCollection(TreeSet::new)), new TreeMap<>());
    }

    private static Collection<Client> clients(Traffic traffic, Side side, String group) {
        return Stream.concat(
                        traffic.at(side).clients().group(group).members().values().stream()
                                .map(GroupMember::client),
                        traffic.proxied(side, group).values().stream().map(ProxiedClient::client))
                .toList();
    }

    /** The host in the client's id, and the host that brokers see: behind a NAT they differ. */
    static List<String> hosts(Client client) {
        String id = client.id();
        int at = id.indexOf('@');
        return List.of(at < 0 ? id : id.substring(0, at), host(client.address()));
    }

    /** The host of an address with a port. */
    static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    /** How the old clients switch. Before the join, they must not: they would not see their topics. */
    public String fix(Situation situation) {
        if (old.values().stream().allMatch(client -> client.nameServers().isEmpty())) {
            return "Run a consumer of these applications at the destination too.";
        }
        String them = Counts.itOrThem(old.size());
        String wanted = situation.plan().destination().nameServers().stream()
                .map(Located::value)
                .distinct()
                .sorted()
                .collect(joining(";"));
        boolean isProxied = old.values().stream()
                .flatMap(client -> client.nameServers().stream())
                .anyMatch(way -> way.startsWith(PROXY));
        return (situation.isJoined() ? "Configure " : "Apply the join first. Then configure ") + them
                + " to use only the destination's name servers (" + wanted + ")"
                + (isProxied ? " or proxies" : "") + ", and restart " + them + ".";
    }

    /** The clients of both, for a topic with several groups. A client in several groups counts once. */
    public SwitchedClients and(SwitchedClients other) {
        SortedMap<String, OldClient> bothOld = new TreeMap<>(old);
        bothOld.putAll(other.old);
        SortedSet<String> bothSwitched = new TreeSet<>(switched);
        bothSwitched.addAll(other.switched);
        bothSwitched.removeAll(bothOld.keySet());
        SortedMap<String, String> bothUnknown = new TreeMap<>(unknown);
        bothUnknown.putAll(other.unknown);
        bothUnknown.keySet().removeAll(bothOld.keySet());
        bothUnknown.keySet().removeAll(bothSwitched);
        return new SwitchedClients(bothOld, bothSwitched, bothUnknown);
    }
}
