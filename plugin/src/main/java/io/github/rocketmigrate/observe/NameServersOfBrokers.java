package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.NameServerLookup;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Compares the name servers with which brokers register with those of the plan.
 *
 * <p>One name server may have several addresses, behind a NAT or by another name. A name server of the plan that lists a
 * broker is one of those with which the broker registers: each explains one address of the broker that the plan does not
 * have, and no more than one.
 *
 * @param reporting the number of servers that report name servers
 * @param silent the servers that report none: they ask an address server
 * @param byDns the servers that report a name with any number of name servers behind it
 */
public record NameServersOfBrokers(List<Unplanned> unplanned, int reporting, List<Server> silent, List<Server> byDns) {
    public NameServersOfBrokers {
        unplanned = List.copyOf(unplanned);
        silent = List.copyOf(silent);
        byDns = List.copyOf(byDns);
    }

    /**
     * Addresses that servers report and that the plan does not have.
     *
     * @param others addresses of the plan that may belong to the same name servers
     * @param servers that report these addresses
     */
    public record Unplanned(Side side, SortedSet<String> addresses, SortedSet<String> others, List<Server> servers) {
        public Unplanned {
            requireNonNull(side, "side is null");
            addresses = unmodifiableSortedSet(addresses);
            others = unmodifiableSortedSet(others);
            servers = List.copyOf(servers);
        }

        /** Whether some of the addresses certainly belong to a name server that is not read. */
        public boolean isMissing() {
            return addresses.size() > others.size();
        }
    }

    /** What the brokers of both clusters report. */
    public static NameServersOfBrokers in(Situation situation) {
        return new Comparison(situation).result();
    }

    private record Key(Side side, SortedSet<String> addresses, SortedSet<String> others) {}

    private static final class Comparison {
        private final Situation situation;
        private final Set<String> ofDestination;
        private final Set<String> planned;

        Comparison(Situation situation) {
            this.situation = situation;
            this.planned = keys(Stream.of(
                            addresses(Side.SOURCE),
                            addresses(Side.DESTINATION),
                            situation.plan().traits().clientAddresses().stream().map(Located::value))
                    .flatMap(it -> it));
            this.ofDestination = keys(Stream.of(
                            addresses(Side.DESTINATION),
                            situation.plan().traits().clientAddresses().stream().map(Located::value),
                            situation.destination().servers().flatMap(server -> server.nameServers().stream()))
                    .flatMap(it -> it));
        }

        NameServersOfBrokers result() {
            Map<Key, List<Server>> groups = new LinkedHashMap<>();
            List<Server> silent = new ArrayList<>();
            List<Server> byDns = new ArrayList<>();
            List<Server> reporting = new ArrayList<>();
            for (Side side : Side.values()) {
                situation.at(side).servers().forEach(server -> {
                    boolean isListing = NameServerLookup.of(server) instanceof NameServerLookup.Listed;
                    (isListing ? reporting : server.nameServers().isEmpty() ? silent : byDns).add(server);
                    if (isListing && !unplanned(side, server).isEmpty()) {
                        groups.computeIfAbsent(
                                        new Key(side, unplanned(side, server), others(side, server)),
                                        key -> new ArrayList<>())
                                .add(server);
                    }
                });
            }
            return new NameServersOfBrokers(
                    groups.entrySet().stream()
                            .map(group -> new Unplanned(
                                    group.getKey().side(),
                                    group.getKey().addresses(),
                                    group.getKey().others(),
                                    group.getValue()))
                            .toList(),
                    reporting.size(),
                    silent,
                    byDns);
        }

        /** A broker of the source that has joined reports the destination's name servers too, as its brokers do. */
        private SortedSet<String> unplanned(Side side, Server server) {
            return server.nameServers().stream()
                    .filter(address -> !planned.contains(Addresses.key(address)))
                    .filter(address -> side == Side.DESTINATION || !ofDestination.contains(Addresses.key(address)))
                    .collect(toCollection(TreeSet::new));
        }

        /** The addresses of name servers that list a server and that the server does not report. */
        private SortedSet<String> others(Side side, Server server) {
            Set<String> reported = keys(server.nameServers().stream());
            Stream<NameServer> own = situation.at(side).nameServers().stream();
            Stream<NameServer> joined = side == Side.SOURCE && reported.stream().noneMatch(ofDestination::contains)
                    ? situation.destination().nameServers().stream()
                    : Stream.empty();
            return Stream.concat(own, joined)
                    .filter(nameServer -> nameServer.lists(server))
                    .map(NameServer::address)
                    .filter(address -> !reported.contains(Addresses.key(address)))
                    .collect(toCollection(TreeSet::new));
        }

        private Stream<String> addresses(Side side) {
            return situation.at(side).nameServers().stream().map(NameServer::address);
        }

        private static Set<String> keys(Stream<String> addresses) {
            return addresses.map(Addresses::key).collect(toCollection(TreeSet::new));
        }
    }
}
