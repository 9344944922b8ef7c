package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Lists the groups that consume topics of the source outside the plan, with the clients that find these topics only
 * through the join.
 *
 * @param groups by name
 */
public record OutsideConsumers(SortedMap<String, OutsideGroup> groups) {
    public static final OutsideConsumers NONE = new OutsideConsumers(Collections.emptySortedMap());

    public OutsideConsumers {
        groups = unmodifiableSortedMap(groups);
    }

    /**
     * A group that consumes topics outside the plan.
     *
     * @param topics outside the plan, to which the clients subscribe or, while the group is offline, of which it has offsets
     * @param members how many clients it has
     * @param joined the addresses of the clients that use the destination's name servers, by client id
     * @param unknown why it is not known which name servers other clients use, by client id
     */
    public record OutsideGroup(
            SortedSet<String> topics,
            int members,
            SortedMap<String, String> joined,
            SortedMap<String, String> unknown) {
        public OutsideGroup {
            topics = unmodifiableSortedSet(topics);
            joined = unmodifiableSortedMap(joined);
            unknown = unmodifiableSortedMap(unknown);
        }
    }

    /** The topics outside the plan of which groups have offsets at the source, by group; all that is known before subscribers are read. */
    public static SortedMap<String, SortedSet<String>> topicsByGroup(Situation situation) {
        return topicsByGroup(situation, Subscribers.NONE);
    }

    /**
     * The topics outside the plan that groups of the source subscribe to, or of which they have offsets, by group. A group
     * that has just started has no offsets there, and a broadcasting group never has.
     */
    public static SortedMap<String, SortedSet<String>> topicsByGroup(Situation situation, Subscribers subscribers) {
        SortedMap<String, SortedSet<String>> topicsByGroup = new TreeMap<>();
        for (String topic : topics(situation)) {
            Stream.concat(situation.offsets().groupsOf(topic).stream(), subscribers.of(topic).stream())
                    .filter(group -> !SystemNames.isGroup(group))
                    .forEach(group -> topicsByGroup
                            .computeIfAbsent(group, key -> new TreeSet<>())
                            .add(topic));
        }
        topicsByGroup.keySet().removeAll(situation.plan().ignoredGroupNames());
        return topicsByGroup;
    }

    /** The topics of the source outside the plan. */
    public static Set<String> topics(Situation situation) {
        return situation.source().topicsBesides(situation.plan().plannedTopicNames());
    }

    /** Whether nothing has to be read to know them. */
    public static boolean isKnownToBeEmpty(Situation situation) {
        return topics(situation).isEmpty();
    }

    /** The consumers among the clients of the source, which all clients of its topics are. */
    public static OutsideConsumers of(
            Situation situation, Subscribers subscribers, Clients clients, ClientReports reports, Addresses addresses) {
        Set<String> outside = topics(situation);
        SortedMap<String, OutsideGroup> groups = new TreeMap<>();
        topicsByGroup(situation, subscribers).forEach((name, known) -> {
            ConsumerGroup group = clients.group(name);
            SortedSet<String> topics = new TreeSet<>(group.members().isEmpty() ? known : group.topics());
            topics.retainAll(outside);
            if (!topics.isEmpty()) {
                groups.put(name, group(name, group, topics, situation.plan(), reports, addresses));
            }
        });
        return new OutsideConsumers(groups);
    }

    private static OutsideGroup group(
            String name,
            ConsumerGroup group,
            SortedSet<String> topics,
            MigrationPlan plan,
            ClientReports reports,
            Addresses addresses) {
        Set<String> destination = Stream.concat(
                        plan.destination().nameServers().stream(), plan.traits().clientAddresses().stream())
                .map(Located::value)
                .collect(toSet());
        SortedMap<String, String> joined = new TreeMap<>();
        SortedMap<String, String> unknown = new TreeMap<>();
        group.members().forEach((id, member) -> {
            Client client = member.client();
            Optional<SortedSet<String>> used = reports.nameServers(name, id);
            if (used.isEmpty()) {
                unknown.put(id, reports.whySilent(name, id));
            } else if (used.get().stream().anyMatch(address -> addresses.isAmong(address, destination))) {
                joined.put(id, client.address());
            }
        });
        return new OutsideGroup(topics, group.members().size(), joined, unknown);
    }
}
