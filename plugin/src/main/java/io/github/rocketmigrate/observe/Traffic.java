package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Progress;
import io.github.rocketmigrate.cluster.Ranges;
import io.github.rocketmigrate.model.Side;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What goes on in both clusters: how far groups have come, what topics hold, who is connected. */
public record Traffic(Map<Side, Progress> progress, Map<Side, Ranges> ranges, Map<Side, Clients> clients) {
    public Traffic {
        progress = Map.copyOf(progress);
        ranges = Map.copyOf(ranges);
        clients = Map.copyOf(clients);
    }

    /**
     * How many messages of a topic its groups have not consumed, all groups together; empty where not known, which it is
     * of a topic that no group has ever confirmed anything of: those of broadcasting groups keep that to themselves.
     */
    public OptionalLong backlogOf(Side side, String topic) {
        if (!ranges.get(side).covers(topic)
                || progress.get(side).groupsOf(topic).isEmpty()) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(progress.get(side).groupsOf(topic).stream()
                .mapToLong(group -> progress.get(side)
                        .backlog(group, topic, ranges.get(side))
                        .orElse(0))
                .sum());
    }

    /** The topic in which a group's messages wait for another try. */
    public static String retries(String group) {
        return "%RETRY%" + group;
    }

    /**
     * How many messages a group has not consumed, all its topics and its retries together; empty where one of the topics
     * is not known.
     */
    public OptionalLong backlogOfGroup(Side side, String group) {
        long sum = 0;
        Set<String> topics = progress.get(side).topicsOf(group);
        if (topics.isEmpty()) {
            return OptionalLong.empty();
        }
        for (String topic : topics) {
            OptionalLong backlog = progress.get(side).backlog(group, topic, ranges.get(side));
            if (backlog.isEmpty()) {
                return OptionalLong.empty();
            }
            sum += backlog.getAsLong();
        }
        String retries = retries(group);
        return OptionalLong.of(sum
                + progress.get(side).backlog(group, retries, ranges.get(side)).orElse(0));
    }

    /** The groups that have consumed a topic, or subscribe to it now, in either cluster. */
    public SortedSet<String> groupsOf(String topic) {
        SortedSet<String> groups = new TreeSet<>();
        progress.values().forEach(side -> groups.addAll(side.groupsOf(topic)));
        clients.values()
                .forEach(side -> side.subscriptions().forEach((group, topics) -> {
                    if (topics.contains(topic)) {
                        groups.add(group);
                    }
                }));
        return groups;
    }

    /** The members that these groups have in a cluster now. */
    public int members(Side side, Collection<String> groups) {
        Set<Client> members = new HashSet<>();
        groups.forEach(group -> members.addAll(clients.get(side).consumers().getOrDefault(group, Set.of())));
        return members.size();
    }
}
