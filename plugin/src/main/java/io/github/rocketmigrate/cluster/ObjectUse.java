package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells what uses topics and groups of a cluster: messages, offsets and clients.
 *
 * <p>A topic is empty if no message of it can be read: none in its queues, and none that a broker holds back to deliver
 * it later. Messages that have expired do not count: nobody can read them any more. A group that a client has used, even
 * without receiving a message, has offsets, also if the client connects through a proxy and is in no broker's table.
 *
 * @param offsets of all groups, read before the rest: a client that leaves meanwhile has left an offset or a message
 * @param clients of all groups
 * @param queues of the topics, of retry topics and of dead letters, read last: every message arrives there
 */
public record ObjectUse(ConsumerOffsets offsets, Clients clients, HeldMessages held, QueueOffsets queues) {
    public static final ObjectUse NONE =
            new ObjectUse(ConsumerOffsets.NONE, Clients.NONE, HeldMessages.NOT_READ, QueueOffsets.NONE);

    public ObjectUse {
        requireNonNull(offsets, "offsets is null");
        requireNonNull(clients, "clients is null");
        requireNonNull(held, "held is null");
        requireNonNull(queues, "queues is null");
    }

    /** Reads what uses these topics and groups. Takes a request for each group and master, and some for each topic. */
    public static ObjectUse read(
            ClusterReader reader,
            Metadata cluster,
            Collection<String> topics,
            Collection<String> groups,
            InstantSource clock)
            throws InterruptedException {
        ConsumerOffsets offsets = reader.consumerOffsets(cluster);
        SortedSet<String> all = new TreeSet<>(cluster.groups());
        all.addAll(groups);
        Clients clients = reader.clients(cluster, all);
        SortedMap<String, SortedSet<String>> question = new TreeMap<>();
        topics.forEach(topic -> question.put(topic, new TreeSet<>()));
        cluster.masters()
                .flatMap(broker -> broker.topics().keySet().stream())
                .filter(topic -> groups.stream().anyMatch(group -> SystemNames.isOfGroup(topic, group)))
                .forEach(topic -> question.put(topic, new TreeSet<>()));
        ClusterTraffic traffic = reader.traffic(
                        cluster, new TrafficQuestion(question, new Consumers(Subscribers.NONE, offsets)), clock)
                .traffic();
        return new ObjectUse(offsets, clients, traffic.held(), traffic.queues());
    }

    /** What uses a topic, in words such as "holds 3 messages"; nothing if it is unused. */
    public List<String> ofTopic(String topic) {
        List<String> uses = new ArrayList<>(messages("holds", topic));
        Set<String> groups = offsets.groupsOf(topic);
        if (!groups.isEmpty()) {
            uses.add("has offsets of " + Counts.noun(groups.size(), "group") + " "
                    + Names.of(groups, Counts.MOST_NAMED));
        }
        SortedSet<String> readers = new TreeSet<>();
        clients.groups().values().stream()
                .filter(group -> group.topics().contains(topic))
                .map(ConsumerGroup::members)
                .forEach(members -> readers.addAll(members.keySet()));
        if (!readers.isEmpty()) {
            uses.add("is consumed by " + clients(readers));
        }
        return uses;
    }

    /** What uses a group, in words; nothing if it is unused. */
    public List<String> ofGroup(String group) {
        List<String> uses = new ArrayList<>();
        SortedSet<String> own = queues.topics().keySet().stream()
                .filter(topic -> SystemNames.isOfGroup(topic, group))
                .collect(toCollection(TreeSet::new));
        own.add(SystemNames.retryTopic(group));
        own.forEach(topic -> uses.addAll(messages("has in its topic " + topic, topic)));
        Set<String> consumed =
                new TreeSet<>(offsets.groups().getOrDefault(group, Map.of()).keySet());
        if (!consumed.isEmpty()) {
            uses.add("has offsets in " + Counts.noun(consumed.size(), "topic") + " "
                    + Names.of(consumed, Counts.MOST_NAMED));
        }
        SortedSet<String> members = new TreeSet<>(clients.group(group).members().keySet());
        if (!members.isEmpty()) {
            uses.add("has " + clients(members));
        }
        return uses;
    }

    private static String clients(SortedSet<String> ids) {
        return Counts.clients(ids.size()) + " (" + Names.of(ids, Counts.MOST_NAMED) + ")";
    }

    private List<String> messages(String holds, String topic) {
        List<String> uses = new ArrayList<>();
        long stored = queues.held(topic).orElse(0);
        if (stored > 0) {
            uses.add(holds + " " + Counts.messages(stored));
        }
        for (HeldKind kind : HeldKind.values()) {
            Amount amount = held.kinds().getOrDefault(kind, Amount.NOTHING);
            long waiting = amount.of(topic);
            if (waiting > 0) {
                uses.add(holds + " " + Counts.of(waiting, kind.word() + " message"));
            } else if (amount.unseen().isPresent()) {
                uses.add("may hold " + kind.word() + " messages: "
                        + amount.unseen().get());
            }
        }
        return uses;
    }
}
