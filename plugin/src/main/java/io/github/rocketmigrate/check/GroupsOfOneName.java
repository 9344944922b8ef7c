package io.github.rocketmigrate.check;

import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.observe.SharedGroups;
import io.github.rocketmigrate.observe.SharedGroups.GroupUse;
import io.github.rocketmigrate.observe.SharedGroups.RecentStart;
import io.github.rocketmigrate.observe.SharedGroups.SharedGroup;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Finds groups whose name two applications use, one in each cluster. */
final class GroupsOfOneName {
    private static final String RENAME = "Rename the group of one of the two applications. ";
    private static final String DELETE =
            "At the destination, also delete the old name with its offsets: mqadmin deleteSubGroup -r true.";

    private final SharedGroups groups;

    GroupsOfOneName(SharedGroups groups) {
        this.groups = groups;
    }

    /** Planned groups come to the destination after the join, so whatever uses them there now is somebody else. */
    void failBeforeJoin(Set<String> planned, Findings findings) {
        groups.groups().forEach((name, group) -> {
            if (Proxies.isGroup(name)) {
                failIfBothHaveProxies(name, group, findings);
            } else if (group.isUsedInBoth()) {
                findings.failed(
                        name,
                        "group '" + name + "' is in use in both clusters: the source has " + words(group.source())
                                + ", the destination has " + words(group.destination()),
                        RENAME + DELETE);
            } else if (planned.contains(name) && group.destination().isInUse()) {
                findings.failed(
                        name,
                        "group '" + name + "' of the plan is in use at the destination, which has "
                                + words(group.destination()),
                        RENAME + DELETE);
            }
        });
        groups.hidden().forEach((name, start) -> unknown(name, start, findings));
    }

    private static void unknown(String group, RecentStart start, Findings findings) {
        findings.unknown(
                group,
                "group '" + group + "' has no members at the " + start.side().word() + ", but broker " + start.master()
                        + " there started " + Counts.span(start.ago())
                        + " ago, and its clients may not have registered again",
                "Run again when the broker has run for " + Counts.span(start.complete()) + ".");
    }

    /** After the join, members of both clusters meet, and only those that one of the clusters lists alone give them away. */
    void failWhileJoined(Findings findings) {
        groups.groups().forEach((name, group) -> {
            if (Proxies.isGroup(name)) {
                failIfStrangersAreProxies(name, group, findings);
            } else if (group.hasStrangers()) {
                findings.failed(
                        name,
                        "group '" + name + "' outside the plan is used by two applications: the destination lists "
                                + members(group.destination().members()) + ", and only the source lists "
                                + members(group.onlyAtSource()),
                        RENAME + "Until then, each of them gets messages of the other.");
            }
        });
    }

    /** Proxies of the destination would take clients of the source for members, which never read what is given to them. */
    private static void failIfBothHaveProxies(String name, SharedGroup group, Findings findings) {
        if (group.isUsedInBoth()) {
            failOfProxies(name, group.source().members(), group.destination().members(), findings);
        }
    }

    private static void failIfStrangersAreProxies(String name, SharedGroup group, Findings findings) {
        if (group.hasStrangers()) {
            failOfProxies(name, group.onlyAtSource(), group.destination().members(), findings);
        }
    }

    private static void failOfProxies(
            String name, SortedMap<String, String> source, SortedMap<String, String> destination, Findings findings) {
        findings.failed(
                name,
                "both clusters have proxies that share their clients in the group '" + name + "': the source has "
                        + members(source) + ", the destination has " + members(destination),
                "In rmq-proxy.json of the source's proxies, set heartbeatSyncerTopicName to \"" + Proxies.TOPIC
                        + "-source\", and restart them. Otherwise queues are given to clients of the other cluster,"
                        + " which do not read them.");
    }

    private static String words(GroupUse use) {
        Stream<String> members = use.members().isEmpty() ? Stream.empty() : Stream.of(members(use.members()));
        Stream<String> offsets = use.hasOffsets() ? Stream.of("committed offsets") : Stream.empty();
        return String.join(" and ", Stream.concat(members, offsets).toList());
    }

    private static String members(SortedMap<String, String> addresses) {
        List<String> named = addresses.entrySet().stream()
                .map(member -> member.getKey() + " at " + member.getValue())
                .toList();
        return Counts.of(named.size(), "member") + " (" + Names.of(named, Counts.MOST_NAMED) + ")";
    }
}
