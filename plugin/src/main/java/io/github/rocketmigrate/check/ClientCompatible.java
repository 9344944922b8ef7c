package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Tls;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** After the join, one client talks to the brokers of both clusters, with one TLS setting and one access key. */
final class ClientCompatible implements ClusterCheck {
    @Override
    public String name() {
        return "client-compatible";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "the plan has TLS on for both clusters or for none; at most one cluster requires accounts (if both "
                + "do, it is unknown whether the same accounts exist); and no name server of the destination has a "
                + "loopback address, which brokers on other machines cannot reach";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(Purpose.JOIN);
    }

    @Override
    public Findings judge(Situation situation) {
        Findings findings = new Findings();
        encryption(situation, findings);
        accounts(situation, findings);
        addresses(situation, findings);
        return findings.elsePassed(passed(situation));
    }

    /** Servers can accept both, but then the plan can connect to both clusters in the same way. */
    private static void encryption(Situation situation, Findings findings) {
        Tls source = situation.plan().source().tls();
        Tls destination = situation.plan().destination().tls();
        if (source.isOn() != destination.isOn()) {
            findings.failed(
                    "the plan connects to the source with tls: " + source.word() + " and to the destination with tls: "
                            + destination.word() + ", and a client has one TLS setting for all brokers",
                    "Let the servers of one cluster accept both (tls.server.mode=permissive), then set the same tls for"
                            + " both clusters in the plan.");
        }
    }

    private static void accounts(Situation situation, Findings findings) {
        if (hasAcl(situation, Side.SOURCE) && hasAcl(situation, Side.DESTINATION)) {
            findings.unknownWithFix(
                    "both clusters require accounts, and a client has one access key for the brokers of both: it is not"
                            + " known whether the destination has the accounts of the source",
                    "Compare the accounts of the applications: the access keys and secrets of the source have to exist at"
                            + " the destination, with the rights on the same topics and groups. Then waive the check.");
        }
    }

    private static boolean hasAcl(Situation situation, Side side) {
        return situation.at(side).masters().anyMatch(Broker::requiresAccounts);
    }

    /** A broker that joins asks the address from its own machine. */
    private static void addresses(Situation situation, Findings findings) {
        List<String> local = situation.plan().destination().nameServers().stream()
                .map(Located::value)
                .filter(ClientCompatible::isLoopback)
                .distinct()
                .sorted()
                .toList();
        SortedSet<String> elsewhere = situation
                .source()
                .masters()
                .filter(broker -> !isLoopback(broker.address()))
                .map(Broker::name)
                .collect(toCollection(TreeSet::new));
        if (!local.isEmpty() && !elsewhere.isEmpty()) {
            findings.failed(
                    "the source's " + Counts.noun(elsewhere.size(), "broker") + " "
                            + Names.of(elsewhere, Counts.MOST_NAMED) + " cannot reach the loopback "
                            + Counts.noun(local.size(), "address") + " " + Names.of(local, Counts.MOST_NAMED),
                    "List the destination's name servers with addresses that the source's brokers reach.");
        }
    }

    private static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.startsWith("localhost:") || address.startsWith("[::1]:");
    }

    private static String passed(Situation situation) {
        String encrypted =
                situation.plan().source().tls().isOn() ? "TLS is on for both clusters" : "TLS is off for both clusters";
        String accounts = hasAcl(situation, Side.DESTINATION)
                ? "only the destination requires accounts, which clients need before they switch"
                : hasAcl(situation, Side.SOURCE) ? "only the source requires accounts" : "neither requires accounts";
        return encrypted + "; " + accounts + "; the first broker that joins shows whether it reaches the name servers";
    }
}
