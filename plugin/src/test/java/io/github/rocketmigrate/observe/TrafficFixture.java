package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.cluster.ProxiedClients.ProxiedClient;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Traffic.Earlier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Builds the traffic of two clusters by hand, for cases that are hard to produce with real clients.
 *
 * <p>Longer than 300 lines: it has a method for each thing that is read of traffic.
 */
public final class TrafficFixture {
    private static final int MESSAGE_BYTES = 300;

    private final SortedSet<String> topics;
    private final Map<Side, Place> places = new EnumMap<>(Side.class);
    private final Map<String, Map<String, ClientReports.ClientReport>> running = new HashMap<>();
    private final Map<String, Map<String, String>> silent = new HashMap<>();
    private final Map<String, Set<String>> resolved = new HashMap<>();
    private final Map<String, MessageSample> samples = new HashMap<>();
    private final Map<Side, Map<String, SortedSet<String>>> ordered = new EnumMap<>(Side.class);
    private Stillness stillness = Stillness.UNKNOWN;
    private Instant measured = Situations.NOON;
    private Optional<Earlier> before = Optional.empty();
    private FencePolicy policy = FencePolicy.USUAL;

    private TrafficFixture(SortedSet<String> topics) {
        this.topics = topics;
        for (Side side : Side.values()) {
            places.put(side, new Place());
        }
        topics.forEach(topic -> places.get(Side.SOURCE).senders.put(topic, TopicSenders.NONE));
        topics.forEach(topic -> samples.put(topic, MessageSample.NONE));
    }

    /** The traffic of one cluster. */
    private static final class Place {
        private final Map<String, Map<String, Map<QueueKey, Long>>> offsets = new HashMap<>();
        private final Map<String, Map<QueueKey, QueueRange>> ranges = new HashMap<>();
        private final Map<String, ConsumerGroup> groups = new HashMap<>();
        private final Map<String, Set<Client>> producers = new HashMap<>();
        private final Map<String, TopicSenders> senders = new HashMap<>();
        private final Map<String, SortedSet<String>> subscribers = new HashMap<>();
        private final Map<String, String> namesakes = new HashMap<>();
        private final Map<HeldKind, Amount> waiting = new EnumMap<>(Map.of(HeldKind.DELAYED, Amount.NOTHING));
        private final Map<String, Amount> retries = new HashMap<>();
        private final List<String> undispatched = new ArrayList<>();
        private ProxiedClients proxied = ProxiedClients.NONE;

        ClusterTraffic flow() {
            return new ClusterTraffic(
                    new ConsumerOffsets(offsets),
                    new QueueOffsets(ranges),
                    new Clients(groups, Optional.of(producers), senders, proxied),
                    new Subscribers(subscribers, namesakes),
                    new HeldMessages(waiting, retries, undispatched));
        }
    }

    /** These topics were read completely and have no traffic. */
    public static TrafficFixture of(String... topics) {
        return new TrafficFixture(new TreeSet<>(Arrays.asList(topics)));
    }

    /** A client of a group is behind a proxy, with which it speaks gRPC. */
    public TrafficFixture isBehindProxy(Side side, String group, String topic, String id, String proxy) {
        Place place = places.get(side);
        List<ProxiedClient> all = new ArrayList<>(place.proxied.all());
        all.add(new ProxiedClient(
                new Client(id, "10.8.8.8:4711", "JAVA", "5.0.7"), group, new TreeSet<>(Set.of(topic)), true, proxy));
        place.proxied = new ProxiedClients(all, place.proxied.unseen());
        return this;
    }

    /** Not everything that proxies wrote about their clients was read. */
    public TrafficFixture hidesClients(Side side, String why) {
        Place place = places.get(side);
        place.proxied = new ProxiedClients(place.proxied.all(), Optional.of(why));
        return this;
    }

    /** A group subscribes to a topic with these members, which have the same ids in both clusters. */
    public TrafficFixture consumes(Side side, String group, String topic, String... ids) {
        return consumes(side, group, topic, false, ConsumeMode.PUSH, ids);
    }

    public TrafficFixture consumes(
            Side side, String group, String topic, boolean broadcasting, ConsumeMode way, String... ids) {
        TreeMap<String, GroupMember> members = new TreeMap<>();
        for (String id : ids) {
            String host = id.contains("@") ? id.substring(0, id.indexOf('@')) : "10.9.9.9";
            members.put(
                    id,
                    new GroupMember(
                            new Client(id, host + ":4711", "JAVA", "4.9.7"), new TreeSet<>(Set.of(side.word()))));
        }
        places.get(side)
                .groups
                .merge(
                        group,
                        new ConsumerGroup(broadcasting, Optional.of(way), new TreeSet<>(Set.of(topic)), members),
                        ConsumerGroup::and);
        subscribes(side, group, topic);
        return this;
    }

    /** These masters of a cluster know a member of a group. */
    public TrafficFixture isKnownTo(Side side, String group, String id, String... masters) {
        ConsumerGroup known = places.get(side).groups.get(group);
        TreeMap<String, GroupMember> members = new TreeMap<>(known.members());
        members.put(id, new GroupMember(known.members().get(id).client(), new TreeSet<>(Arrays.asList(masters))));
        places.get(side)
                .groups
                .put(group, new ConsumerGroup(known.broadcasting(), known.mode(), known.topics(), members));
        return this;
    }

    /** The members of a group begin at the first message of a queue for which they have no offset. */
    public TrafficFixture beginsAtFirst(Side side, String group) {
        ConsumerGroup known = places.get(side).groups.get(group);
        places.get(side)
                .groups
                .put(
                        group,
                        new ConsumerGroup(
                                known.broadcasting(),
                                true,
                                known.mode(),
                                known.topics(),
                                known.filtered(),
                                known.members()));
        return this;
    }

    /** A group consumes a topic, even if it has no members online. */
    public TrafficFixture subscribes(Side side, String group, String topic) {
        places.get(side)
                .subscribers
                .computeIfAbsent(topic, key -> new TreeSet<>())
                .add(group);
        return this;
    }

    /** A broker lists a topic as a group of itself, which is none. */
    public TrafficFixture listsAsGroup(Side side, String broker, String topic) {
        places.get(side).namesakes.put(topic, broker);
        return this;
    }

    public TrafficFixture produces(Side side, String group, String id) {
        places.get(side).producers.put(group, Set.of(new Client(id, "10.9.9.8:4711", "JAVA", "5.0.7")));
        return this;
    }

    /** A producer is connected to a cluster. */
    public TrafficFixture produces(Side side, String group, String id, String address) {
        places.get(side)
                .producers
                .computeIfAbsent(group, key -> new HashSet<>())
                .add(new Client(id, address, "JAVA", "5.0.7"));
        return this;
    }

    /** The last message from an address came to a topic of the source some time ago. */
    public TrafficFixture sent(String topic, String address, Duration ago) {
        return sent(topic, new TopicSenders(new TreeMap<>(Map.of(address, measured.minus(ago))), Optional.empty()));
    }

    /** Brokers did not return all of the last messages of a topic. */
    public TrafficFixture hidesSenders(String topic, String why) {
        return sent(topic, new TopicSenders(new TreeMap<>(), Optional.of(why)));
    }

    private TrafficFixture sent(String topic, TopicSenders more) {
        places.get(Side.SOURCE).senders.merge(topic, more, TopicSenders::and);
        return this;
    }

    /** The last messages of a topic were not read. */
    public TrafficFixture readsNoSenders(String topic) {
        places.get(Side.SOURCE).senders.remove(topic);
        return this;
    }

    /** The sample of a topic has these messages too. */
    public TrafficFixture samples(String topic, MessageSample more) {
        samples.merge(topic, more, MessageSample::and);
        return this;
    }

    /** The sample of a topic has some more messages of a type. */
    public TrafficFixture samples(String topic, int count, MessageType type) {
        for (int i = 0; i < count; i++) {
            samples(topic, MessageSample.of(type, MESSAGE_BYTES));
        }
        return this;
    }

    /** A name server publishes the queues of a topic with ordered messages. */
    public TrafficFixture publishesOrder(Side side, String nameServer, String topic) {
        ordered.computeIfAbsent(side, key -> new HashMap<>())
                .computeIfAbsent(nameServer, key -> new TreeSet<>())
                .add(topic);
        return this;
    }

    /** The members of a group select messages of a topic with an expression of SQL92. */
    public TrafficFixture filters(Side side, String group, String topic) {
        ConsumerGroup known = places.get(side).groups.get(group);
        places.get(side)
                .groups
                .put(
                        group,
                        new ConsumerGroup(
                                known.broadcasting(),
                                known.beginsAtFirst(),
                                known.mode(),
                                known.topics(),
                                new TreeSet<>(Set.of(topic)),
                                known.members()));
        return this;
    }

    /** No sample of a topic was taken. */
    public TrafficFixture takesNoSample(String topic) {
        samples.remove(topic);
        return this;
    }

    /** A member reports the name servers that it uses. */
    public TrafficFixture uses(String group, String id, String... nameServers) {
        says(group, id, report(order(group, id), nameServers));
        return this;
    }

    /** A member reports that it consumes the messages of a queue one by one. */
    public TrafficFixture isOrderly(String group, String id) {
        says(group, id, report(Optional.of(ConsumeOrder.ORDERLY), "ns:9876"));
        return this;
    }

    /** A member reports nothing about the order in which it consumes, as one that pulls. */
    public TrafficFixture hasNoOrder(String group, String id) {
        says(group, id, report(Optional.empty(), "ns:9876"));
        return this;
    }

    private static ClientReports.ClientReport report(Optional<ConsumeOrder> order, String... nameServers) {
        return new ClientReports.ClientReport(new TreeSet<>(Arrays.asList(nameServers)), order, Map.of());
    }

    /** What a member has said before; members are concurrent if nothing else is said. */
    private Optional<ConsumeOrder> order(String group, String id) {
        return running.getOrDefault(group, Map.of()).containsKey(id)
                ? running.get(group).get(id).order()
                : Optional.of(ConsumeOrder.CONCURRENT);
    }

    /** A member reports that a broker hands out the messages of queues to it. */
    public TrafficFixture pops(String group, String id, String topic, String broker, int... queues) {
        return takes(group, id, topic, broker, QueuePosition.ofPop(), queues);
    }

    /** A member reports the queues that it reads and its offset in each. */
    public TrafficFixture takes(String group, String id, String topic, String broker, long next, int... queues) {
        return takes(group, id, topic, broker, new QueuePosition(next, 0), queues);
    }

    private TrafficFixture takes(
            String group, String id, String topic, String broker, QueuePosition position, int... queues) {
        Optional<ClientReports.ClientReport> known =
                Optional.ofNullable(running.getOrDefault(group, Map.of()).get(id));
        Map<QueueKey, QueuePosition> taken =
                new HashMap<>(known.map(report -> report.queues(topic)).orElse(Map.of()));
        for (int queue : queues) {
            taken.put(new QueueKey(broker, queue), position);
        }
        says(
                group,
                id,
                new ClientReports.ClientReport(
                        known.map(ClientReports.ClientReport::nameServers).orElse(new TreeSet<>(Set.of("ns:9876"))),
                        order(group, id),
                        Map.of(topic, taken)));
        return this;
    }

    private void says(String group, String id, ClientReports.ClientReport member) {
        running.computeIfAbsent(group, key -> new HashMap<>()).put(id, member);
    }

    public TrafficFixture isSilent(String group, String id, String why) {
        silent.computeIfAbsent(group, key -> new HashMap<>()).put(id, why);
        return this;
    }

    public TrafficFixture isAt(String address, String place) {
        resolved.computeIfAbsent(address, key -> new TreeSet<>()).add(place);
        return this;
    }

    /** A queue holds messages, and a group has an offset in it. */
    public TrafficFixture queue(Side side, String topic, String broker, int queue, long first, long next) {
        places.get(side)
                .ranges
                .computeIfAbsent(topic, key -> new HashMap<>())
                .put(new QueueKey(broker, queue), new QueueRange(first, next));
        return this;
    }

    public TrafficFixture offset(Side side, String group, String topic, String broker, int queue, long offset) {
        places.get(side)
                .offsets
                .computeIfAbsent(group, key -> new HashMap<>())
                .computeIfAbsent(topic, key -> new HashMap<>())
                .put(new QueueKey(broker, queue), offset);
        return this;
    }

    /** Brokers hold messages back. */
    public TrafficFixture keeps(Side side, HeldKind kind, Amount amount) {
        places.get(side).waiting.put(kind, amount);
        return this;
    }

    public TrafficFixture keeps(Side side, String group, Amount retries) {
        places.get(side).retries.put(group, retries);
        return this;
    }

    /** A log has messages that are in no queue. */
    public TrafficFixture isBehind(Side side, String why) {
        places.get(side).undispatched.add(why);
        return this;
    }

    /** Delayed, half and retried messages were not read. */
    public TrafficFixture hidesHeld(Side side) {
        places.get(side).waiting.clear();
        return this;
    }

    public TrafficFixture within(FencePolicy others) {
        policy = others;
        return this;
    }

    /** Takes what was set so far as the earlier reading, and begins the next. */
    public TrafficFixture then(Duration later) {
        before = Optional.of(new Earlier(measured, bySide()));
        measured = measured.plus(later);
        return this;
    }

    /** Returns the traffic with the earlier reading. */
    public TrafficFixture seen(Set<Side> open) {
        Map<Side, QueueOffsets> ranges = new EnumMap<>(Side.class);
        Map<Side, Set<String>> writable = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            ranges.put(side, copy(places.get(side)).flow().queues());
            writable.put(side, open.contains(side) ? topics : Set.of());
        }
        stillness = stillness.after(ranges, writable, measured, measured);
        return this;
    }

    private Map<Side, ClusterTraffic> bySide() {
        Map<Side, ClusterTraffic> bySide = new EnumMap<>(Side.class);
        places.forEach((side, place) -> bySide.put(side, copy(place).flow()));
        return bySide;
    }

    private static Place copy(Place place) {
        Place copy = new Place();
        place.offsets.forEach((group, all) -> all.forEach((topic, queues) ->
                copy.offsets.computeIfAbsent(group, key -> new HashMap<>()).put(topic, new HashMap<>(queues))));
        place.ranges.forEach((topic, queues) -> copy.ranges.put(topic, new HashMap<>(queues)));
        copy.groups.putAll(place.groups);
        copy.producers.putAll(place.producers);
        copy.senders.putAll(place.senders);
        copy.subscribers.putAll(place.subscribers);
        copy.namesakes.putAll(place.namesakes);
        copy.waiting.clear();
        copy.waiting.putAll(place.waiting);
        copy.retries.putAll(place.retries);
        copy.undispatched.addAll(place.undispatched);
        copy.proxied = place.proxied;
        return copy;
    }

    public Traffic build() {
        return new Traffic(
                measured,
                topics,
                bySide(),
                new ClientReports(running, silent),
                new Addresses(resolved),
                stillness,
                samples,
                ordered,
                before,
                policy);
    }

    /** Delayed messages of a topic, with the time at which the last of them is due. */
    public static Amount due(String topic, long count, Instant last) {
        return new Amount(
                count, new TreeMap<>(Map.of(topic, count)), Optional.empty(), new TreeMap<>(Map.of(topic, last)));
    }

    /** Delayed messages of a topic that a group has returned. */
    public static Amount retried(String topic, long count) {
        return new Amount(
                count,
                new TreeMap<>(Map.of(topic, count)),
                Optional.empty(),
                new TreeMap<>(),
                new TreeMap<>(Map.of(topic, count)));
    }

    /** An amount of messages, all of which were read. */
    public static Amount amount(long total, Map<String, Long> topics) {
        return new Amount(total, new TreeMap<>(topics), Optional.empty());
    }

    /** An amount of messages, some of which were not read. */
    public static Amount amount(long total, Map<String, Long> topics, String unseen) {
        return new Amount(total, new TreeMap<>(topics), Optional.of(unseen));
    }
}
