package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.model.Side;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What goes on in both clusters.
 *
 * @param readAt when it was read
 * @param topics that were read with all that checks need
 * @param reports what members of their groups say of themselves, in whichever cluster they are
 * @param addresses which of the addresses of name servers are the same
 * @param earlier an earlier reading of the same run, some seconds older where there is one
 */
public record Traffic(
        Instant readAt,
        SortedSet<String> topics,
        Map<Side, ClusterTraffic> bySide,
        ClientReports reports,
        Addresses addresses,
        Stillness stillness,
        Optional<Earlier> earlier,
        FencePolicy policy) {
    /** The group in which the proxies of a cluster tell each other of their clients, which brokers do not see. */
    public static final String PROXIES = Clients.PROXIES;

    public Traffic {
        requireNonNull(readAt, "readAt is null");
        topics = unmodifiableSortedSet(topics);
        bySide = Map.copyOf(bySide);
        requireNonNull(reports, "reports is null");
        requireNonNull(addresses, "addresses is null");
        requireNonNull(stillness, "stillness is null");
        requireNonNull(earlier, "earlier is null");
        requireNonNull(policy, "policy is null");
    }

    /** What was read earlier, to see how fast things change. */
    public record Earlier(Instant readAt, Map<Side, ClusterTraffic> bySide) {
        public Earlier {
            requireNonNull(readAt, "readAt is null");
            bySide = Map.copyOf(bySide);
        }
    }

    /** A look at clusters that is enough to show, and not to judge. */
    public static Traffic shown(Instant readAt, Map<Side, ClusterTraffic> bySide) {
        return new Traffic(
                readAt,
                new TreeSet<>(),
                bySide,
                ClientReports.NONE,
                Addresses.AS_WRITTEN,
                Stillness.UNKNOWN,
                Optional.empty(),
                FencePolicy.USUAL);
    }

    /** The same with what was read of other topics and groups. */
    public Traffic with(Map<Side, ClusterTraffic> others) {
        return new Traffic(readAt, topics, others, reports, addresses, stillness, earlier, policy);
    }

    public ClusterTraffic at(Side side) {
        return bySide.get(side);
    }

    /** Whether all was read that checks need to know of a topic. */
    public boolean covers(String topic) {
        return topics.contains(topic);
    }

    /**
     * How many messages of a topic its groups have not consumed, all groups together; empty where not known, which it is
     * of a topic that no group has ever confirmed anything of: those of broadcasting groups keep that to themselves.
     */
    public OptionalLong backlogOf(Side side, String topic) {
        ClusterTraffic cluster = at(side);
        if (!cluster.queues().covers(topic) || cluster.offsets().groupsOf(topic).isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(cluster.offsets().groupsOf(topic).stream()
                .mapToLong(group -> cluster.offsets()
                        .backlog(group, topic, cluster.queues())
                        .orElse(0))
                .sum());
    }

    /** The topic in which a group's messages wait for another try. */
    public static String retries(String group) {
        return SystemNames.retryTopic(group);
    }

    /** The topics in which a group's messages of one topic wait for another try, with POP in either of its ways too. */
    public static List<String> retries(String group, String topic) {
        return SystemNames.retryTopics(group, topic);
    }

    /**
     * How many messages a group has not consumed, all its topics and its retries together; empty where one of the topics
     * is not known.
     */
    public OptionalLong backlogOfGroup(Side side, String group) {
        ClusterTraffic cluster = at(side);
        long sum = 0;
        Set<String> consumed = cluster.offsets().topicsOf(group);
        if (consumed.isEmpty()) {
            return OptionalLong.empty();
        }
        for (String topic : consumed) {
            OptionalLong backlog = cluster.offsets().backlog(group, topic, cluster.queues());
            if (backlog.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += backlog.getAsLong();
        }
        String retries = retries(group);
        return OptionalLong.of(sum
                + cluster.offsets().backlog(group, retries, cluster.queues()).orElse(0));
    }

    /** The groups that have consumed a topic, or subscribe to it now, in either cluster. */
    public SortedSet<String> groupsOf(String topic) {
        SortedSet<String> groups = new TreeSet<>();
        for (ClusterTraffic cluster : bySide.values()) {
            groups.addAll(cluster.offsets().groupsOf(topic));
            groups.addAll(cluster.subscribers().of(topic));
            cluster.clients().groups().forEach((name, group) -> {
                if (group.topics().contains(topic)) {
                    groups.add(name);
                }
            });
        }
        return groups;
    }

    /** Whether each member of a group reads every message, in whichever cluster the group is seen. */
    public boolean isBroadcasting(String group) {
        return bySide.values().stream()
                .anyMatch(cluster -> cluster.clients().group(group).broadcasting());
    }

    /** The members that these groups have in a cluster now. */
    public int members(Side side, Collection<String> groups) {
        return groups.stream()
                .flatMap(group -> at(side).clients().group(group).members().keySet().stream())
                .collect(toSet())
                .size();
    }

    /** The client ids of a group's members, in whichever cluster they are. */
    public SortedSet<String> members(String group) {
        SortedSet<String> members = new TreeSet<>();
        bySide.values()
                .forEach(cluster ->
                        members.addAll(cluster.clients().group(group).members().keySet()));
        return members;
    }
}
