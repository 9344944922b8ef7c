package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.LEAVE_SOURCE;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A client that does not see the destination misses the messages that are written there. */
final class ConsumersSwitched implements TrafficCheck {
    @Override
    public String name() {
        return "consumers-switched";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "every client of the topic's groups reports only name servers of the destination "
                + "(`join`), or has a peer at the destination (`client`); offline groups and clients that "
                + "do not answer within 5 s are unknown, and a group of which no client has switched cannot "
                + "be waived";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(LEAVE_SOURCE);
    }

    @Override
    public Findings judge(TopicStep step) {
        SortedSet<String> groups = step.groups();
        Findings findings = new Findings().of(groups);
        int clients = 0;
        for (String group : groups) {
            SortedSet<String> members = step.traffic().members(group);
            clients += members.size();
            if (members.isEmpty()) {
                findings.unknown(
                        group,
                        "group " + group + " is offline, so its name servers are unknown",
                        "Start it, add it to ignoredGroups if nobody runs it, or waive the check.");
            } else if (step.situation().routing().equals(Optional.of(Routing.CLIENT))) {
                peers(step.traffic(), group, findings);
            } else {
                nameServers(step, group, members, findings);
            }
        }
        return findings.elsePassed(
                groups.isEmpty()
                        ? "no group consumes the topic"
                        : clients + " of " + Counts.clients(clients) + " of "
                                + Names.of(groups, Counts.MOST_NAMED) + " " + Counts.verb(clients, "uses", "use")
                                + " the destination");
    }

    /** After the join, a client of the destination's name servers sees both clusters. */
    private static void nameServers(TopicStep step, String group, SortedSet<String> members, Findings findings) {
        Traffic traffic = step.traffic();
        Set<String> allowed = new HashSet<>(
                TopicStep.names(step.situation().plan().destination().nameServers()));
        allowed.addAll(TopicStep.names(step.situation().plan().traits().clientAddresses()));
        SortedMap<String, SortedSet<String>> others = new TreeMap<>();
        SortedMap<String, String> silent = new TreeMap<>();
        SortedSet<String> addresses = new TreeSet<>();
        for (String id : members) {
            Optional<ClientReports.ClientReport> member = traffic.reports().member(group, id);
            if (member.isEmpty()) {
                silent.put(id, traffic.reports().whySilent(group, id));
                continue;
            }
            SortedSet<String> strange = member.get().nameServers().stream()
                    .filter(address -> !traffic.addresses().isAmong(address, allowed))
                    .collect(toCollection(TreeSet::new));
            if (!strange.isEmpty()) {
                others.put(id, strange);
                addresses.addAll(strange);
            }
        }
        if (!others.isEmpty()) {
            failed(
                    findings,
                    group,
                    others.size() == members.size(),
                    others.size() + " of " + Counts.clients(members.size()) + " of " + group + " still "
                            + Counts.verb(others.size(), "uses ", "use ") + Names.of(addresses, Counts.MOST_NAMED)
                            + ": "
                            + Names.of(others.keySet(), Counts.MOST_NAMED),
                    "Configure " + Counts.itOrThem(others.size())
                            + " to use only the destination's name servers ("
                            + String.join(
                                    ";",
                                    sorted(TopicStep.names(step.situation()
                                            .plan()
                                            .destination()
                                            .nameServers())))
                            + "), and restart " + Counts.itOrThem(others.size()) + ".");
        }
        if (!silent.isEmpty()) {
            findings.unknown(
                    group,
                    silent.size() + " of " + Counts.clients(members.size()) + " of " + group
                            + " did not report name servers: " + reasons(silent));
        }
    }

    private static String reasons(SortedMap<String, String> silent) {
        List<String> all = silent.entrySet().stream()
                .map(client -> client.getKey() + " (" + client.getValue() + ")")
                .toList();
        return Names.of(all, Counts.MOST_NAMED);
    }

    private static SortedSet<String> sorted(Set<String> names) {
        return new TreeSet<>(names);
    }

    private static void failed(Findings findings, String group, boolean none, String what, String fix) {
        if (none) {
            // A group without any client at the destination reads nothing there: no waiver helps.
            findings.failedForGood(group, what, fix);
        } else {
            findings.failed(group, what, fix);
        }
    }

    /** With routing {@code client}, each process of an application has a client in both clusters. */
    private static void peers(Traffic traffic, String group, Findings findings) {
        Collection<GroupMember> here =
                traffic.at(Side.SOURCE).clients().group(group).members().values();
        Set<String> hosts = new HashSet<>();
        traffic.at(Side.DESTINATION)
                .clients()
                .group(group)
                .members()
                .values()
                .forEach(member -> hosts.addAll(hosts(member.client())));
        SortedSet<String> alone = here.stream()
                .map(GroupMember::client)
                .filter(client -> hosts(client).stream().noneMatch(hosts::contains))
                .map(Client::id)
                .collect(toCollection(TreeSet::new));
        if (!alone.isEmpty()) {
            failed(
                    findings,
                    group,
                    alone.size() == here.size(),
                    alone.size() + " of " + Counts.clients(here.size()) + " of " + group
                            + " at the source " + Counts.hasOrHave(alone.size())
                            + " no peer at the destination: "
                            + Names.of(alone, Counts.MOST_NAMED),
                    "Run a consumer of these applications at the destination too.");
        }
    }

    /** The host in the client's id, and the host that brokers see: behind a NAT they differ. */
    private static List<String> hosts(Client client) {
        String id = client.id();
        String address = client.address();
        int at = id.indexOf('@');
        int colon = address.lastIndexOf(':');
        return List.of(
                at < 0 ? id : id.substring(0, at),
                (colon < 0 ? address : address.substring(0, colon)).replaceFirst("^/", ""));
    }
}
