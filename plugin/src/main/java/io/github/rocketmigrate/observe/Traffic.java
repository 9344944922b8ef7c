package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.ProxiedClients.ProxiedClient;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Holds what was read of producers, consumers and their progress in both clusters.
 *
 * @param readAt when the traffic was read
 * @param topics whose traffic was read completely, as checks need it
 * @param reports of the groups' members about themselves, from either cluster
 * @param addresses which addresses belong to the same name server
 * @param samples of the messages of topics that are about to leave the source
 * @param ordered the topics for which the name servers of each side publish queues of ordered messages; read only before
 *     topics leave the source
 * @param earlier a reading of the same run that is some seconds older, if there is one
 */
public record Traffic(
        Instant readAt,
        SortedSet<String> topics,
        Map<Side, ClusterTraffic> bySide,
        ClientReports reports,
        Addresses addresses,
        Stillness stillness,
        Map<String, MessageSample> samples,
        Map<Side, Map<String, SortedSet<String>>> ordered,
        Optional<Earlier> earlier,
        FencePolicy policy) {
    public Traffic {
        requireNonNull(readAt, "readAt is null");
        topics = unmodifiableSortedSet(topics);
        bySide = Map.copyOf(bySide);
        requireNonNull(reports, "reports is null");
        requireNonNull(addresses, "addresses is null");
        requireNonNull(stillness, "stillness is null");
        samples = Map.copyOf(samples);
        ordered = Map.copyOf(ordered);
        requireNonNull(earlier, "earlier is null");
        requireNonNull(policy, "policy is null");
    }

    /** Clients commit what they have consumed every 5 s: a rate over less than two commits means nothing. */
    public static final Duration LEAST_INTERVAL = Duration.ofSeconds(10);

    /** An earlier reading, from which rates are measured. */
    public record Earlier(Instant readAt, Map<Side, ClusterTraffic> bySide) {
        public Earlier {
            requireNonNull(readAt, "readAt is null");
            bySide = Map.copyOf(bySide);
        }
    }

    /** Traffic for reports, without what checks need. */
    public static Traffic shown(Instant readAt, Map<Side, ClusterTraffic> bySide) {
        return new Traffic(
                readAt,
                new TreeSet<>(),
                bySide,
                ClientReports.NONE,
                Addresses.AS_WRITTEN,
                Stillness.UNKNOWN,
                Map.of(),
                Map.of(),
                Optional.empty(),
                FencePolicy.USUAL);
    }

    /** The same with other topics and groups. */
    public Traffic with(Map<Side, ClusterTraffic> others) {
        return new Traffic(readAt, topics, others, reports, addresses, stillness, samples, ordered, earlier, policy);
    }

    /** The same with other reports of clients, and the addresses in them. */
    public Traffic with(ClientReports others, Addresses resolved) {
        return new Traffic(readAt, topics, bySide, others, resolved, stillness, samples, ordered, earlier, policy);
    }

    /** A sample of the messages that the source has of a topic; empty if none was taken. */
    public Optional<MessageSample> sample(String topic) {
        return Optional.ofNullable(samples.get(topic));
    }

    public ClusterTraffic at(Side side) {
        return bySide.get(side);
    }

    /** Whether everything was read that checks need to know of a topic. */
    public boolean covers(String topic) {
        return topics.contains(topic);
    }

    /**
     * How many messages of a topic all its groups together have not consumed. Empty if unknown, as for a topic without
     * any committed offset: clients of broadcasting groups store offsets locally.
     */
    public OptionalLong backlogOf(Side side, String topic) {
        ClusterTraffic cluster = at(side);
        if (!cluster.queues().covers(topic) || cluster.offsets().groupsOf(topic).isEmpty()) {
            return OptionalLong.empty();
        }
        List<OptionalLong> backlogs = cluster.offsets().groupsOf(topic).stream()
                .map(group -> cluster.offsets().backlog(group, topic, cluster.queues()))
                .toList();
        return backlogs.stream().allMatch(OptionalLong::isPresent)
                ? OptionalLong.of(
                        backlogs.stream().mapToLong(OptionalLong::getAsLong).sum())
                : OptionalLong.empty();
    }

    /** The number of messages of a topic that a cluster delivers later; empty if no broker was asked for it. */
    public OptionalLong delayedIn(Side side, String topic) {
        HeldMessages held = at(side).held();
        return held.kinds().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Stream.of(HeldKind.DELAYED, HeldKind.TIMED)
                        .mapToLong(kind ->
                                held.kinds().getOrDefault(kind, Amount.NOTHING).of(topic))
                        .sum());
    }

    /** The half messages of a topic in one cluster, as far as they were examined. */
    public long halfIn(Side side, String topic) {
        return at(side).held()
                .kinds()
                .getOrDefault(HeldKind.HALF, Amount.NOTHING)
                .of(topic);
    }

    /** Whether the transactions of some half messages in one cluster may have ended, because not all was examined. */
    public boolean mayHaveEnded(Side side) {
        return at(side).held()
                .kinds()
                .getOrDefault(HeldKind.HALF, Amount.NOTHING)
                .unseen()
                .isPresent();
    }

    /**
     * When a cluster delivers the last delayed message of a topic, as far as its messages were examined. Brokers do not
     * say it of timed messages.
     */
    public Optional<Instant> lastDue(Side side, String topic) {
        return Optional.ofNullable(at(side).held()
                .kinds()
                .getOrDefault(HeldKind.DELAYED, Amount.NOTHING)
                .due()
                .get(topic));
    }

    /** Whether a cluster has proxies, or had them when it was read before. */
    public boolean hasProxies() {
        return policy.proxies();
    }

    /** How soon a topic that is closed in a cluster can count as quiet there; empty if it does already, or is open. */
    public Optional<Duration> quietIn(String topic) {
        return bySide.keySet().stream()
                .flatMap(side -> stillness.of(side, topic).stream())
                .filter(still -> !still.open())
                .map(still -> policy.quiet().minus(still.lasts()))
                .filter(left -> left.compareTo(Duration.ZERO) > 0)
                .min(Duration::compareTo);
    }

    /** The retry topic of a group. */
    public static String retries(String group) {
        return SystemNames.retryTopic(group);
    }

    /** The retry topics of a group for one topic, including both forms that POP uses. */
    public static List<String> retries(String group, String topic) {
        return SystemNames.retryTopics(group, topic);
    }

    /**
     * How many messages of these topics and of its retry topic a group has not consumed. Empty if it consumes none of
     * them, or if one is unknown.
     */
    public OptionalLong backlogOfGroup(Side side, String group, Set<String> topics) {
        ClusterTraffic cluster = at(side);
        long sum = 0;
        Set<String> consumed = new TreeSet<>(cluster.offsets().topicsOf(group));
        consumed.retainAll(topics);
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

    /** The groups that have consumed a topic or subscribe to it, in either cluster. */
    public SortedSet<String> groupsOf(String topic) {
        SortedSet<String> groups = new TreeSet<>();
        for (ClusterTraffic cluster : bySide.values()) {
            groups.addAll(cluster.offsets().groupsOf(topic));
            groups.addAll(cluster.subscribers().of(topic));
            groups.addAll(cluster.clients().proxied().groupsOf(topic));
            cluster.clients().groups().forEach((name, group) -> {
                if (group.topics().contains(topic)) {
                    groups.add(name);
                }
            });
        }
        return groups;
    }

    /** A broker that lists a topic as a group of itself, which is none; empty if no broker does. */
    public Optional<String> namesake(String topic) {
        return bySide.values().stream()
                .flatMap(cluster ->
                        Optional.ofNullable(cluster.subscribers().namesakes().get(topic)).stream())
                .findFirst();
    }

    /** Whether a group is broadcasting in either cluster. */
    public boolean isBroadcasting(String group) {
        return bySide.values().stream()
                .anyMatch(cluster -> cluster.clients().group(group).broadcasting());
    }

    /** Whether a member of a group reports that it consumes in order. */
    public boolean isOrderly(String group) {
        return reports.of(group).stream().anyMatch(ClientReport::isOrderly);
    }

    /** The number of members that these groups have in a cluster. */
    public int members(Side side, Collection<String> groups) {
        return groups.stream()
                .flatMap(group -> at(side).clients().group(group).members().keySet().stream())
                .collect(toSet())
                .size();
    }

    /** The members of a group behind the proxies of a cluster, by client id. */
    public SortedMap<String, ProxiedClient> proxied(Side side, String group) {
        return at(side).clients().proxied().of(group);
    }

    /** The client ids of a group's members in both clusters, those behind proxies included. */
    public SortedSet<String> allMembers(String group) {
        SortedSet<String> all = members(group);
        for (Side side : Side.values()) {
            all.addAll(proxied(side, group).keySet());
        }
        return all;
    }

    /** The client ids of a group's members in both clusters, as brokers list them. */
    public SortedSet<String> members(String group) {
        return new TreeSet<>(clients(group).keySet());
    }

    /** The members of a group in both clusters, by id; of a member of both, the client that the source sees. */
    public SortedMap<String, Client> clients(String group) {
        SortedMap<String, Client> clients = new TreeMap<>();
        for (Side side : Side.values()) {
            at(side).clients().group(group).members().forEach((id, member) -> clients.putIfAbsent(id, member.client()));
        }
        return clients;
    }
}
