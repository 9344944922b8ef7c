package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;
import static io.github.rocketmigrate.model.Purpose.LEAVE_BEHIND;
import static io.github.rocketmigrate.model.Purpose.LEAVE_SOURCE;
import static io.github.rocketmigrate.model.Purpose.OPEN_BOTH;
import static io.github.rocketmigrate.model.Purpose.TO_DESTINATION;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.SwitchedClients;
import io.github.rocketmigrate.observe.SwitchedClients.OldClient;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
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
    public List<String> waiverNamesOfGroups() {
        return waiverNames();
    }

    @Override
    public String passesWhen() {
        return "with routing `join`, every client of the topic's groups reports only name servers of the destination; "
                + "with routing `client`, each group has clients in both clusters, and each client of a broadcasting group "
                + "has a peer at the destination";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(LEAVE_SOURCE, OPEN_BOTH, TO_DESTINATION, CLOSE_FENCE, LEAVE_BEHIND);
    }

    @Override
    public Findings judge(TopicStep step) {
        SortedSet<String> groups = step.groups();
        Findings findings = new Findings().of(groups);
        int clients = 0;
        SortedSet<String> alone = new TreeSet<>();
        for (String group : groups) {
            SortedSet<String> members = step.traffic().allMembers(group);
            clients += members.size();
            if (members.isEmpty()) {
                findings.unknown(
                        group,
                        "group " + group + " is offline, so its name servers are unknown",
                        "Start it, add it to ignoredGroups if nobody runs it, or waive the check.");
                continue;
            }
            SwitchedClients switched = SwitchedClients.of(step.situation().plan(), step.traffic(), group);
            if (step.situation().isJoining()) {
                nameServers(step, group, switched, findings);
            } else {
                peers(step, group, switched, findings);
                if (!switched.old().isEmpty()) {
                    alone.add(withoutPeer(step, group, switched));
                }
            }
        }
        for (Side side : Side.values()) {
            step.traffic()
                    .at(side)
                    .clients()
                    .proxied()
                    .unseen()
                    .ifPresent(why -> findings.unknown(
                            "not all clients behind the proxies of the " + side.word() + " were read: " + why));
        }
        return findings.elsePassed(passed(step, groups, clients, alone));
    }

    private static String passed(TopicStep step, SortedSet<String> groups, int clients, SortedSet<String> alone) {
        if (groups.isEmpty()) {
            return "no group consumes the topic";
        }
        String named = Names.of(groups, Counts.MOST_NAMED);
        if (step.situation().isJoining()) {
            return clients + " of " + Counts.clients(clients) + " of " + named + " "
                    + Counts.verb(clients, "uses", "use") + " the destination";
        }
        String where = named + " " + Counts.hasOrHave(groups.size())
                + (step.rung().isFor(LEAVE_SOURCE) ? " clients in both clusters" : " clients at the destination");
        return alone.isEmpty() ? where : where + "; " + String.join("; ", alone);
    }

    /** After the join, a client of the destination's name servers sees both clusters. */
    private static void nameServers(TopicStep step, String group, SwitchedClients clients, Findings findings) {
        SortedMap<String, OldClient> old = clients.old();
        int members = step.traffic().allMembers(group).size();
        if (!old.isEmpty()) {
            SortedSet<String> addresses = old.values().stream()
                    .flatMap(client -> client.nameServers().stream())
                    .collect(toCollection(TreeSet::new));
            failed(
                    findings,
                    group,
                    old.size() == members,
                    old.size() + " of " + Counts.clients(members) + " of " + group + " still "
                            + Counts.verb(old.size(), "uses ", "use ") + Names.of(addresses, Counts.MOST_NAMED) + ": "
                            + Names.of(old.keySet(), Counts.MOST_NAMED),
                    clients.fix(step.situation()));
        }
        if (!clients.unknown().isEmpty()) {
            findings.unknown(
                    group,
                    clients.unknown().size() + " of " + Counts.clients(members) + " of " + group
                            + " did not report name servers: " + reasons(clients.unknown()));
        }
    }

    private static String reasons(SortedMap<String, String> silent) {
        List<String> all = silent.entrySet().stream()
                .map(client -> client.getKey() + " (" + client.getValue() + ")")
                .toList();
        return Names.of(all, Counts.MOST_NAMED);
    }

    private static void failed(Findings findings, String group, boolean none, String what, String fix) {
        if (none) {
            // A group without any client at the destination reads nothing there: no waiver helps.
            findings.failedForGood(group, what, fix);
        } else {
            findings.failed(group, what, fix);
        }
    }

    /**
     * Without a join, the members of each cluster divide its queues among themselves. So a group may move node by node, if
     * it reads both clusters; a group whose every process needs every message moves with all of them.
     */
    private static void peers(TopicStep step, String group, SwitchedClients clients, Findings findings) {
        int here = membersAtSource(step, group);
        if (clients.switched().isEmpty()) {
            findings.failedForGood(group, withoutPeer(step, group, clients), clients.fix(step.situation()));
        } else if (!clients.old().isEmpty() && step.traffic().isBroadcasting(group)) {
            failed(
                    findings,
                    group,
                    clients.old().size() == here,
                    withoutPeer(step, group, clients),
                    clients.fix(step.situation()));
        } else if (here == 0 && step.rung().isFor(LEAVE_SOURCE)) {
            findings.failed(
                    group,
                    "no client of " + group + " reads the source, where the topic is written",
                    "Run a consumer of " + group + " at the source too, until the topic has moved.");
        }
    }

    private static int membersAtSource(TopicStep step, String group) {
        SortedSet<String> members = new TreeSet<>(
                step.traffic().at(Side.SOURCE).clients().group(group).members().keySet());
        members.addAll(step.traffic().proxied(Side.SOURCE, group).keySet());
        return members.size();
    }

    private static String withoutPeer(TopicStep step, String group, SwitchedClients clients) {
        SortedMap<String, OldClient> alone = clients.old();
        return alone.size() + " of "
                + Counts.clients(membersAtSource(step, group)) + " of " + group
                + " at the source " + Counts.hasOrHave(alone.size()) + " no peer at the destination: "
                + Names.of(alone.keySet(), Counts.MOST_NAMED);
    }
}
