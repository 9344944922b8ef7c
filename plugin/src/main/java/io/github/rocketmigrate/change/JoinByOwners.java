package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.NameServerLookup;
import io.github.rocketmigrate.cluster.NameServerLookup.ByAddressServer;
import io.github.rocketmigrate.cluster.NameServerLookup.ByDns;
import io.github.rocketmigrate.cluster.NameServerLookup.Unreported;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says what the owners of a broker do so that it joins or leaves, where a write of its setting would have no effect, or
 * would do harm: a broker that asks DNS takes a list of addresses for one name, and then finds no name server at all.
 */
final class JoinByOwners {
    private static final String AFTER_CHECKS = "Once the checks of the join pass, ";
    private static final String WAITS = " A run with -Dmigrate.wait=15m waits until ";

    private final Situation situation;
    private final Draft draft;
    private final Position at;

    JoinByOwners(Situation situation, Draft draft, Position at) {
        this.situation = situation;
        this.draft = draft;
        this.at = at;
    }

    /** What it is, and what to do about it. */
    private record Lever(Cause cause, String what, String fix) {}

    /**
     * Whether a server follows its setting at run time. If not, its owners have to act.
     *
     * @param after the name servers that it is to have
     * @param purpose whether it joins or leaves
     */
    boolean canBeSet(Server server, Set<String> after, Purpose purpose) {
        Optional<Lever> lever = lever(server, after, purpose);
        lever.ifPresent(it -> draft.impossible(new Impossible(
                subject(server, at),
                it.cause(),
                it.what(),
                it.fix() + verified(server, purpose),
                Optional.of(purpose))));
        return lever.isEmpty();
    }

    /** Whether a server reads its setting again at run time. */
    static boolean readsSettingAgain(Server server) {
        return server.version().isAtLeast(4, 9, 4);
    }

    static Subject subject(Server server, Position at) {
        return new Subject(Subject.Kind.BROKER, server.name(), Side.SOURCE, Optional.empty(), Optional.of(at));
    }

    private Optional<Lever> lever(Server server, Set<String> after, Purpose purpose) {
        String broker = "the source's broker " + server.name();
        NameServerLookup lookup = NameServerLookup.of(server);
        if (lookup instanceof ByAddressServer addressServer) {
            return Optional.of(new Lever(
                    Cause.JOIN_BY_ADDRESS_SERVER,
                    broker + " asks the address server " + addressServer.url() + " for its name servers",
                    joins(purpose)
                            ? AFTER_CHECKS + "add " + list(theirs()) + " to its answer."
                            : "Remove " + list(theirs()) + " from its answer, and keep " + list(own()) + "."));
        }
        if (lookup instanceof ByDns dns) {
            return Optional.of(new Lever(
                    Cause.JOIN_BY_DNS,
                    broker + " asks DNS for its name servers, all addresses of " + dns.host(),
                    dnsFix(server, dns, purpose)));
        }
        if (lookup instanceof Unreported) {
            return Optional.of(new Lever(
                    Cause.JOIN_NEEDS_RESTART,
                    broker + " reports neither name servers nor an address server in its settings",
                    restartFix(joins(purpose) ? union(own(), theirs()) : own(), purpose)));
        }
        return !readsSettingAgain(server) && !after.equals(server.nameServers())
                ? Optional.of(new Lever(
                        Cause.JOIN_NEEDS_RESTART,
                        broker + " runs " + server.version() + ", which reads its name servers only at startup",
                        restartFix(after, purpose)))
                : Optional.empty();
    }

    private static String restartFix(Set<String> after, Purpose purpose) {
        return (joins(purpose) ? AFTER_CHECKS + "set " : "Set ") + Server.NAME_SERVERS + "=" + Server.list(after)
                + " in its configuration and restart it.";
    }

    /** A name has addresses without ports, so name servers at another port cannot be added to it. */
    private String dnsFix(Server server, ByDns dns, Purpose purpose) {
        String hosts = theirs().stream().map(JoinByOwners::host).collect(joining(", "));
        if (!joins(purpose)) {
            return "Remove " + hosts + " from the addresses of " + dns.host() + ".";
        }
        boolean isSamePort = theirs().stream().allMatch(address -> address.endsWith(":" + dns.port()));
        return isSamePort
                ? AFTER_CHECKS + "add " + hosts + " to the addresses of " + dns.host() + "."
                : "DNS cannot name " + list(theirs()) + ", because the port of " + dns.host() + " is " + dns.port()
                        + ". " + withoutDns(server, own()) + " Then plan again.";
    }

    /** How a broker gets a list of name servers in place of a name that it asks DNS for. */
    static String withoutDns(Server server, Set<String> nameServers) {
        return "Turn DNS off, and set the list at once: " + command(server, NameServerLookup.BY_DNS, "false") + " and "
                + command(server, Server.NAME_SERVERS, "'" + Server.list(nameServers) + "'") + ".";
    }

    private static String command(Server server, String key, String value) {
        return "mqadmin updateBrokerConfig -b " + server.address() + " -k " + key + " -v " + value;
    }

    private String verified(Server server, Purpose purpose) {
        return WAITS
                + (joins(purpose)
                        ? "every name server of the destination lists " + server.name() + "."
                        : "no name server of the destination lists " + server.name() + " anymore.");
    }

    private static boolean joins(Purpose purpose) {
        return purpose == Purpose.JOIN;
    }

    private Set<String> theirs() {
        return addresses(situation.destination().nameServers());
    }

    private Set<String> own() {
        return addresses(situation.source().nameServers());
    }

    private static Set<String> addresses(List<NameServer> nameServers) {
        return nameServers.stream().map(NameServer::address).collect(toCollection(LinkedHashSet::new));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new LinkedHashSet<>(one);
        union.addAll(other);
        return union;
    }

    private static String list(Set<String> addresses) {
        return String.join(", ", addresses);
    }

    private static String host(String address) {
        return address.substring(0, Math.max(0, address.lastIndexOf(':')));
    }
}
