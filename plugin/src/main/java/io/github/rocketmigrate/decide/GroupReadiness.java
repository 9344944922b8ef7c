package io.github.rocketmigrate.decide;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Lists what has to be at the destination before a topic of joined clusters appears there. A master that knows only
 * some members of a group would assign its queues to these, and messages would be consumed twice.
 *
 * @param withoutRetries the groups without a retry topic on some master of the destination
 * @param waitsFor what is missing, in words; empty if nothing is
 */
public record GroupReadiness(SortedSet<String> withoutRetries, Optional<String> waitsFor) {
    private static final int MOST_NAMED = 3;

    public GroupReadiness {
        withoutRetries = unmodifiableSortedSet(withoutRetries);
        requireNonNull(waitsFor, "waitsFor is null");
    }

    public static GroupReadiness of(Situation situation, String topic) {
        Traffic traffic = situation.traffic().orElseThrow();
        if (!situation.isJoining()) {
            return new GroupReadiness(new TreeSet<>(), Optional.empty());
        }
        SortedSet<String> withoutRetries = new TreeSet<>();
        List<String> missing = new ArrayList<>();
        for (String group : situation.plannedGroupsOf(topic)) {
            boolean broadcasting = traffic.isBroadcasting(group);
            if (!isEverywhere(situation, situation.destination().group(group))) {
                missing.add("group " + group + " to be at the destination");
            } else if (!broadcasting
                    && !isEverywhere(situation, situation.destination().topic(Traffic.retries(group)))) {
                withoutRetries.add(group);
                missing.add("the retry topic of group " + group + " to be at the destination");
            } else if (!broadcasting) {
                unknown(situation, traffic, group).ifPresent(missing::add);
            }
        }
        return new GroupReadiness(
                withoutRetries, missing.isEmpty() ? Optional.empty() : Optional.of(Names.of(missing, MOST_NAMED)));
    }

    private static boolean isEverywhere(Situation situation, Map<String, ?> brokers) {
        return brokers.keySet().containsAll(situation.destination().brokers().keySet());
    }

    /** The members that some master of the destination does not know yet. */
    private static Optional<String> unknown(Situation situation, Traffic traffic, String group) {
        Set<String> masters = situation.destination().brokers().keySet();
        SortedMap<String, GroupMember> there =
                traffic.at(Side.DESTINATION).clients().group(group).members();
        SortedSet<String> members = traffic.members(group);
        SortedSet<String> late = new TreeSet<>(members);
        late.removeIf(id -> there.containsKey(id) && there.get(id).masters().containsAll(masters));
        return late.isEmpty()
                ? Optional.empty()
                : Optional.of(late.size() + " of " + Counts.clients(members.size()) + " of " + group
                        + " to register with every master of the destination: " + Names.of(late, MOST_NAMED));
    }
}
