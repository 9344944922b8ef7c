package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Stillness;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.observe.Traffic.Earlier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/** Reads what goes on in both clusters, for all topics at once, and remembers it from one reading to the next. */
final class TrafficSurvey {
    private static final Duration APART = Duration.ofSeconds(10);

    private final Connections clusters;
    private final FencePolicy limits;
    private final Clock clock;
    private final AddressLookup lookup = new AddressLookup();

    private Stillness stillness = Stillness.UNKNOWN;
    /** Two readings: one of them is long enough ago to see how fast things change. */
    private Optional<Earlier> newer = Optional.empty();

    private Optional<Earlier> older = Optional.empty();

    /** Begins: there is one for each run. */
    TrafficSurvey(Connections clusters, FencePolicy limits, Clock clock) {
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.limits = requireNonNull(limits, "limits is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Reads all that checks need to know of these topics, their groups and the groups' members.
     *
     * @param situation with both clusters as they are now: whether a topic is open is seen in it
     */
    Traffic read(Situation situation, Collection<String> topics) {
        SortedSet<String> inQuestion = new TreeSet<>(topics);
        Map<Side, Start> starts = clusters.both((side, reader) -> start(situation, side, reader, inQuestion));
        SortedSet<String> groups = new TreeSet<>();
        Set<String> retries = new HashSet<>();
        starts.values()
                .forEach(start ->
                        inQuestion.forEach(topic -> start.groupsOf(topic).forEach(group -> {
                            groups.add(group);
                            retries.addAll(Traffic.retries(group, topic));
                        })));
        Map<Side, ClusterTraffic> behind = clusters.both((side, reader) -> {
            Metadata metadata = situation.at(side);
            Start start = starts.get(side);
            QueueOffsets queues = reader.queueOffsets(metadata, retries);
            return new ClusterTraffic(
                    start.offsets(),
                    queues,
                    clients(situation, side, reader, inQuestion, groups),
                    start.subscribers(),
                    reader.heldMessages(metadata, start.offsets(), queues, groups));
        });
        // Last, as messages go: one that a broker has kept back, and delivers meanwhile, is in one or the other.
        Instant asked = clock.instant();
        Map<Side, QueueOffsets> ofTopics =
                clusters.both((side, reader) -> reader.queueOffsets(situation.at(side), inQuestion));
        Instant now = clock.instant();
        stillness = stillness.after(ofTopics, open(situation, inQuestion), asked, now);
        Map<Side, ClusterTraffic> flows = new EnumMap<>(Side.class);
        behind.forEach((side, traffic) -> flows.put(side, traffic.and(ofTopics.get(side), Clients.NONE)));
        ClientReports reports = running(situation, flows);
        Traffic traffic = new Traffic(
                now,
                inQuestion,
                flows,
                reports,
                lookup.addresses(situation.plan(), reports),
                stillness,
                older.or(() -> newer),
                limits);
        remember(new Earlier(now, flows));
        return traffic;
    }

    private void remember(Earlier reading) {
        boolean due = newer.filter(it ->
                        Duration.between(it.measured(), reading.measured()).compareTo(APART) < 0)
                .isEmpty();
        if (due) {
            older = newer;
            newer = Optional.of(reading);
        }
    }

    /** What does not depend on who consumes the topics. */
    private record Start(Subscribers subscribers, ConsumerOffsets offsets) {
        SortedSet<String> groupsOf(String topic) {
            SortedSet<String> groups = new TreeSet<>(subscribers.of(topic));
            groups.addAll(offsets.groupsOf(topic));
            return groups;
        }
    }

    private static Start start(Situation situation, Side side, ClusterReader reader, SortedSet<String> topics)
            throws InterruptedException {
        Metadata metadata = situation.at(side);
        Subscribers subscribers = reader.subscribers(metadata, topics);
        // Read before the topics' offsets: what is consumed meanwhile counts as not consumed.
        ConsumerOffsets offsets = isKnown(situation, side) ? situation.progress() : reader.consumerOffsets(metadata);
        return new Start(subscribers, offsets);
    }

    /** Where 4.x brokers have topics in question, it matters too who is behind the destination's proxies. */
    private static Clients clients(
            Situation situation, Side side, ClusterReader reader, SortedSet<String> topics, SortedSet<String> groups)
            throws InterruptedException {
        Metadata metadata = situation.at(side);
        boolean old = situation
                .source()
                .masters()
                .anyMatch(
                        broker -> broker.version().isFour() && topics.stream().anyMatch(broker.topics()::containsKey));
        if (side == Side.SOURCE || !old) {
            return reader.members(metadata, groups);
        }
        SortedSet<String> withProxies = new TreeSet<>(groups);
        withProxies.add(Traffic.PROXIES);
        return reader.members(metadata, withProxies).and(reader.clients(metadata, Set.of()));
    }

    private static Map<Side, Set<String>> open(Situation situation, SortedSet<String> topics) {
        return Arrays.stream(Side.values())
                .collect(toMap(
                        side -> side,
                        side -> topics.stream()
                                .filter(topic -> situation.isOpen(side, topic))
                                .collect(toSet())));
    }

    /**
     * Where clusters are joined, members of one are members of the other: everybody is asked through the source, and
     * through the destination only who could not be reached there.
     */
    private ClientReports running(Situation situation, Map<Side, ClusterTraffic> flows) {
        Clients source = flows.get(Side.SOURCE).clients();
        Clients destination = flows.get(Side.DESTINATION).clients();
        ClientReports reports = clusters
                .both((side, reader) -> {
                    Clients clients = flows.get(side).clients();
                    boolean twice = side == Side.DESTINATION && situation.isJoining();
                    return reader.clientReports(
                            situation.at(side),
                            clients,
                            members(
                                    clients,
                                    (group, id) -> !twice
                                            || !source.group(group).members().containsKey(id)));
                })
                .values()
                .stream()
                .reduce(ClientReports.NONE, ClientReports::and);
        Map<String, Set<String>> unreached = members(
                destination,
                (group, id) -> source.group(group).members().containsKey(id)
                        && reports.member(group, id).isEmpty());
        return !situation.isJoining() || unreached.values().stream().allMatch(Set::isEmpty)
                ? reports
                : reports.and(clusters.one(
                        Side.DESTINATION,
                        (side, reader) -> reader.clientReports(situation.at(side), destination, unreached)));
    }

    private static Map<String, Set<String>> members(Clients clients, BiPredicate<String, String> which) {
        Map<String, Set<String>> members = new HashMap<>();
        clients.groups().forEach((name, group) -> {
            if (!name.equals(Traffic.PROXIES)) {
                Set<String> ids = new TreeSet<>(group.members().keySet());
                ids.removeIf(id -> !which.test(name, id));
                members.put(name, ids);
            }
        });
        return members;
    }

    /** Reads what there is to show of all topics and groups in question, besides what was read to judge. */
    Traffic show(Situation situation) {
        Map<Side, ClusterTraffic> known =
                situation.traffic().map(Traffic::flows).orElse(Map.of());
        Map<Side, ConsumerOffsets> progress = clusters.both((side, reader) -> known.containsKey(side)
                ? known.get(side).offsets()
                : isKnown(situation, side) ? situation.progress() : reader.consumerOffsets(situation.at(side)));
        Set<String> topics = new TreeSet<>();
        situation.scope().topics().stream().map(PlannedTopic::name).forEach(topics::add);
        Set<String> groups = new TreeSet<>();
        situation.scope().groups().stream().map(PlannedGroup::name).forEach(groups::add);
        for (String topic : Set.copyOf(topics)) {
            progress.values().forEach(side -> groups.addAll(side.groupsOf(topic)));
        }
        for (PlannedGroup group : situation.scope().groups()) {
            progress.values().forEach(side -> topics.addAll(side.topicsOf(group.name())));
            topics.add(Traffic.retries(group.name()));
        }
        Map<Side, ClusterTraffic> flows = clusters.both((side, reader) -> {
            Metadata metadata = situation.at(side);
            ClusterTraffic traffic =
                    known.getOrDefault(side, ClusterTraffic.of(progress.get(side), QueueOffsets.NONE, Clients.NONE));
            Set<String> otherTopics = new TreeSet<>(topics);
            otherTopics.removeAll(traffic.queues().topics().keySet());
            Set<String> otherGroups = new TreeSet<>(groups);
            otherGroups.removeAll(traffic.clients().groups().keySet());
            return traffic.and(reader.queueOffsets(metadata, otherTopics), reader.clients(metadata, otherGroups));
        });
        return situation
                .traffic()
                .map(traffic -> traffic.with(flows))
                .orElseGet(() -> Traffic.shown(clock.instant(), flows));
    }

    /** Whether planning has asked for the source's offsets already. */
    private static boolean isKnown(Situation situation, Side side) {
        return side == Side.SOURCE && situation.progress() != ConsumerOffsets.NONE;
    }
}
