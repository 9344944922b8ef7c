package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.NameServerLookup;
import io.github.rocketmigrate.cluster.NameServerLookup.ByDns;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.observe.Addresses;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.Located;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the name servers that a server of the source keeps when it leaves the join.
 *
 * <p>A broker without a name server of its own cluster disappears from that cluster, and a 4.x broker without any does not
 * start again.
 */
final class KeptNameServers {
    private final Situation situation;
    /** The name servers of the destination that were read. */
    private final Set<String> read;
    /** These and the other addresses that clients use for them. */
    private final Set<String> ofDestination;

    KeptNameServers(Situation situation) {
        this.situation = situation;
        this.read = keys(situation.destination().nameServers().stream().map(NameServer::address));
        this.ofDestination = Stream.concat(
                        read.stream(),
                        keys(situation.plan().traits().clientAddresses().stream()
                                        .map(Located::value))
                                .stream())
                .collect(toSet());
    }

    /** Why a server cannot leave, and what to do about it. */
    record Obstacle(String what, String fix) {}

    /** What is left of a list of name servers without those of the destination. */
    Set<String> of(Set<String> before) {
        return before.stream()
                .filter(address -> !ofDestination.contains(Addresses.key(address)))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Whether a server would lose its own cluster if it left.
     *
     * @param before its name servers while it is joined
     */
    Optional<Obstacle> obstacle(Server server, Set<String> before) {
        Set<String> after = of(before);
        if (!after.isEmpty() && isOneOfSource(server, before, after)) {
            return Optional.empty();
        }
        String broker = "the source's broker " + server.name() + " (" + server.address() + ")";
        return Optional.of(new Obstacle(
                after.isEmpty()
                        ? broker + " would have no name server after it has left the join: by the plan, its "
                                + Server.NAME_SERVERS + " lists addresses of the destination only ("
                                + String.join(", ", before) + ")"
                        : broker + " would keep only " + String.join(", ", after)
                                + " after it has left the join, which is not known as a name server of the source",
                fix(server, before)));
    }

    /**
     * Whether some address that is left leads to the source. The plan may use another one: then the source's name server
     * lists the broker, so its address is among those of the broker, and it is not one of the destination's if only these
     * are removed.
     */
    private boolean isOneOfSource(Server server, Set<String> before, Set<String> after) {
        Set<String> own = keys(own().map(NameServer::address));
        if (keys(after.stream()).stream().anyMatch(own::contains)) {
            return true;
        }
        Set<String> removed = keys(before.stream());
        removed.removeAll(keys(after.stream()));
        return read.containsAll(removed)
                && own().anyMatch(nameServer -> nameServer.brokers().containsKey(server.broker()));
    }

    private String fix(Server server, Set<String> before) {
        if (own().findAny().isEmpty()) {
            return "Set source.nameServers to the source's own name servers: "
                    + addresses(situation.source().nameServers()) + " lists brokers of the destination.";
        }
        Set<String> right = new LinkedHashSet<>(own().map(NameServer::address).toList());
        before.stream().filter(address -> read.contains(Addresses.key(address))).forEach(right::add);
        Set<String> doubtful = new LinkedHashSet<>(before);
        doubtful.removeAll(of(before));
        doubtful.removeIf(address -> read.contains(Addresses.key(address)));
        String give = " the broker the source's name servers first"
                + (NameServerLookup.of(server) instanceof ByDns
                        ? ". " + JoinByOwners.withoutDns(server, right)
                        : ": mqadmin updateBrokerConfig -b " + server.address() + " -k " + Server.NAME_SERVERS + " -v '"
                                + Server.list(right) + "'.");
        return doubtful.isEmpty()
                ? "Give" + give
                : "If " + String.join(", ", doubtful)
                        + " belongs to the source, remove it from destination.clientAddresses. Otherwise give" + give;
    }

    /** The name servers of the source. One that lists a broker of the destination has become a name server of that. */
    private Stream<NameServer> own() {
        return situation.source().nameServers().stream()
                .filter(nameServer -> situation.destination().servers().noneMatch(nameServer::lists));
    }

    private static String addresses(List<NameServer> nameServers) {
        return nameServers.stream().map(NameServer::address).collect(Collectors.joining(", "));
    }

    private static Set<String> keys(Stream<String> addresses) {
        return addresses.map(Addresses::key).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
