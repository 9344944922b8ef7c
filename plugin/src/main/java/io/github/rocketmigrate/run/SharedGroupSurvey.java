package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.BrokerUptime;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.SharedGroups;
import io.github.rocketmigrate.observe.SharedGroups.GroupUse;
import io.github.rocketmigrate.observe.SharedGroups.RecentStart;
import io.github.rocketmigrate.observe.SharedGroups.SharedGroup;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.SettingsHash;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what uses the groups of one name in both clusters: before the join all of them, and while the clusters are joined
 * those that no run of this plan has brought to the destination.
 *
 * <p>Before the join this takes one request for each master of the destination. Only for groups that both clusters have,
 * it takes one for each group and master, and one for each master of a cluster that does not seem to use such a group.
 */
final class SharedGroupSurvey {
    /** Brokers register again within 10 s after their start, and clients send heartbeats every 30 s. */
    private static final Duration AFTER_POLL = Duration.ofSeconds(40);

    private final Connections clusters;
    private final FencePolicy policy;
    private final RareReading<SortedSet<String>, SharedGroups> whileJoined = new RareReading<>();

    SharedGroupSurvey(Connections clusters, FencePolicy policy) {
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.policy = requireNonNull(policy, "policy is null");
    }

    SharedGroups of(Situation situation) {
        if (!situation.isJoining() || situation.recorded().complete()) {
            return SharedGroups.NONE;
        }
        if (situation.isBeforeFirstJoin()) {
            return beforeJoin(situation);
        }
        return whileJoined.of(
                foreign(situation), situation.readAt(), false, names -> used(situation, names, ConsumerOffsets.NONE));
    }

    private SharedGroups beforeJoin(Situation situation) {
        ConsumerOffsets offsets =
                clusters.one(Side.DESTINATION, (side, reader) -> reader.consumerOffsets(situation.destination()));
        SortedSet<String> ofSource = situation.source().groups();
        ofSource.addAll(situation.offsets().groups().keySet());
        ofSource.addAll(situation.plan().plannedGroupNames());
        SortedSet<String> both = situation.destination().groups();
        both.addAll(offsets.groups().keySet());
        both.retainAll(ofSource);
        both.addAll(proxies(situation));
        // Their removal has its own conditions.
        both.removeAll(situation.toRemove().groups().keySet());
        SharedGroups used = used(situation, both, offsets);
        return new SharedGroups(used.groups(), hidden(situation, withoutSystem(both), used.groups()));
    }

    /** A master that starts lists no members until they have registered again; it keeps the offsets of groups. */
    private SortedMap<String, RecentStart> hidden(
            Situation situation, Set<String> both, SortedMap<String, SharedGroup> used) {
        SortedSet<String> atDestination = new TreeSet<>(both);
        atDestination.removeAll(used.keySet());
        SortedSet<String> atSource = new TreeSet<>(used.keySet());
        atSource.removeIf(group -> used.get(group).source().isInUse());
        // They are in the way at the destination, whatever uses them at the source.
        atSource.removeAll(situation.plan().plannedGroupNames());
        SortedMap<String, RecentStart> hidden = new TreeMap<>();
        hide(atDestination, situation, Side.DESTINATION, hidden);
        hide(atSource, situation, Side.SOURCE, hidden);
        return hidden;
    }

    /** Asks after the members were read, so that no master can have started in between. */
    private void hide(Set<String> groups, Situation situation, Side side, SortedMap<String, RecentStart> hidden) {
        if (!groups.isEmpty()) {
            Duration complete = policy.routePoll().plus(AFTER_POLL);
            Map<String, Map<String, String>> states =
                    clusters.one(side, (one, reader) -> reader.runtime(situation.at(one)));
            situation
                    .at(side)
                    .brokers()
                    .keySet()
                    .forEach(master -> BrokerUptime.underOneDay(states.getOrDefault(master, Map.of()))
                            .filter(uptime -> uptime.compareTo(complete) < 0)
                            .map(uptime -> new RecentStart(side, master, uptime, complete))
                            .ifPresent(start -> groups.forEach(group -> hidden.put(group, start))));
        }
    }

    /** Planned groups come to the destination with their topics, and so do their members. */
    private static SortedSet<String> foreign(Situation situation) {
        SortedSet<String> both = situation.destination().groups();
        both.retainAll(situation.source().groups());
        both.removeAll(situation.plan().plannedGroupNames());
        both.removeIf(
                group -> situation.recorded().of(SettingsHash.groupKey(group)).isPresent());
        both.addAll(proxies(situation));
        return both;
    }

    /** The groups of proxies that both clusters may have: after the join, they take clients of both for members. */
    private static SortedSet<String> proxies(Situation situation) {
        SortedSet<String> both = Proxies.groups(situation.destination());
        both.retainAll(Proxies.groups(situation.source()));
        return both;
    }

    private SharedGroups used(Situation situation, SortedSet<String> names, ConsumerOffsets ofDestination) {
        SortedMap<String, GroupUse> atDestination =
                uses(situation, Side.DESTINATION, withoutSystem(names), ofDestination);
        atDestination.values().removeIf(use -> !use.isInUse());
        SortedMap<String, GroupUse> atSource =
                uses(situation, Side.SOURCE, atDestination.keySet(), situation.offsets());
        SortedMap<String, SharedGroup> groups = new TreeMap<>();
        atDestination.forEach((group, use) -> groups.put(group, new SharedGroup(atSource.get(group), use)));
        return new SharedGroups(groups);
    }

    private static Set<String> withoutSystem(SortedSet<String> names) {
        Set<String> users = new TreeSet<>(names);
        users.removeIf(group -> SystemNames.isGroup(group) && !Proxies.isGroup(group));
        return users;
    }

    private SortedMap<String, GroupUse> uses(
            Situation situation, Side side, Set<String> groups, ConsumerOffsets offsets) {
        SortedMap<String, GroupUse> uses = new TreeMap<>();
        if (groups.isEmpty()) {
            return uses;
        }
        Clients clients = clusters.one(side, (one, reader) -> reader.clients(situation.at(one), groups));
        for (String group : groups) {
            uses.put(group, GroupUse.of(offsets.groups().containsKey(group), clients.group(group)));
        }
        return uses;
    }
}
