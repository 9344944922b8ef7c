package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.SwitchedClients;
import io.github.rocketmigrate.observe.Traffic;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * Asks members of consumer groups for reports. If the clusters are joined, members of one are members of the other: they
 * are asked through the source, and through the destination only if the source did not reach them.
 */
final class ReportSurvey {
    private final Connections clusters;

    ReportSurvey(Connections clusters) {
        this.clusters = requireNonNull(clusters, "clusters is null");
    }

    /** Asks all members, once for each of their groups. */
    ClientReports all(Situation situation, Map<Side, ClusterTraffic> bySide) {
        return ask(situation, bySide, (group, id) -> true);
    }

    /**
     * Adds the reports of clients that may have begun to switch. Each is asked once, for the first of its groups, and not
     * at all if it is in the reports already.
     */
    ClientReports andSwitching(Situation situation, Traffic traffic) {
        Map<String, String> asked = new HashMap<>();
        for (String group : switching(situation, traffic)) {
            traffic.members(group).stream()
                    .filter(id -> !traffic.reports().covers(id))
                    .forEach(id -> asked.putIfAbsent(id, group));
        }
        return asked.isEmpty()
                ? traffic.reports()
                : traffic.reports().and(ask(situation, traffic.bySide(), (group, id) -> group.equals(asked.get(id))));
    }

    /** Asks clients of the source, each once, for the first of its groups. */
    ClientReports ofSource(Situation situation, Clients clients) {
        Map<String, String> asked = new HashMap<>();
        new TreeMap<>(clients.groups())
                .forEach((group, found) -> found.members().keySet().forEach(id -> asked.putIfAbsent(id, group)));
        Map<String, Set<String>> members = members(clients, (group, id) -> group.equals(asked.get(id)));
        return clusters.one(Side.SOURCE, (side, reader) -> reader.clientReports(situation.source(), clients, members));
    }

    /** The groups of topics whose clients may have begun to switch, and, once all may have, the other groups too. */
    private static Set<String> switching(Situation situation, Traffic traffic) {
        Set<String> groups = new TreeSet<>();
        situation.scope().topics().stream()
                .map(PlannedTopic::name)
                .filter(topic -> SwitchedClients.areInQuestion(situation, topic))
                .forEach(topic -> groups.addAll(traffic.groupsOf(topic)));
        if (situation.isJoining() && situation.isAnyJoined()) {
            situation.scope().groups().stream().map(PlannedGroup::name).forEach(groups::add);
        }
        return groups;
    }

    private ClientReports ask(
            Situation situation, Map<Side, ClusterTraffic> bySide, BiPredicate<String, String> which) {
        Clients source = bySide.get(Side.SOURCE).clients();
        Clients destination = bySide.get(Side.DESTINATION).clients();
        BiPredicate<String, String> isAtSource =
                (group, id) -> source.group(group).members().containsKey(id);
        ClientReports reports = clusters
                .both((side, reader) -> {
                    Clients clients = bySide.get(side).clients();
                    boolean twice = side == Side.DESTINATION && situation.isJoining();
                    return reader.clientReports(
                            situation.at(side),
                            clients,
                            members(clients, twice ? which.and(isAtSource.negate()) : which));
                })
                .values()
                .stream()
                .reduce(ClientReports.NONE, ClientReports::and);
        Map<String, Set<String>> unreached = members(
                destination,
                which.and(isAtSource)
                        .and((group, id) -> reports.member(group, id).isEmpty()));
        return !situation.isJoining() || unreached.values().stream().allMatch(Set::isEmpty)
                ? reports
                : reports.and(clusters.one(
                        Side.DESTINATION,
                        (side, reader) -> reader.clientReports(situation.at(side), destination, unreached)));
    }

    private static Map<String, Set<String>> members(Clients clients, BiPredicate<String, String> which) {
        Map<String, Set<String>> members = new HashMap<>();
        clients.groups().forEach((name, group) -> {
            if (!Proxies.isGroup(name)) {
                Set<String> ids = new TreeSet<>(group.members().keySet());
                ids.removeIf(id -> !which.test(name, id));
                members.put(name, ids);
            }
        });
        return members;
    }
}
