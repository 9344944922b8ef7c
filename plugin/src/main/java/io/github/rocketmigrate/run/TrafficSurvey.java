package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Consumers;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TimedTraffic;
import io.github.rocketmigrate.cluster.TrafficQuestion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Stillness;
import io.github.rocketmigrate.observe.SwitchedProducers;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.observe.Traffic.Earlier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the traffic of both clusters and compares it with earlier readings of the same run. */
final class TrafficSurvey {
    private static final Duration APART = Duration.ofSeconds(10);

    private final Connections clusters;
    private final Clock clock;
    private final ReportSurvey clientReports;
    private final LeavingTopicsSurvey leaving;
    private final AddressLookup lookup = new AddressLookup();

    /** Once proxies were seen, a route that one of them kept may still be in use. */
    private FencePolicy policy;

    private Stillness stillness = Stillness.UNKNOWN;
    /** The last two readings that are far enough apart to measure rates. */
    private Optional<Earlier> newer = Optional.empty();

    private Optional<Earlier> older = Optional.empty();

    /** Creates the one survey of a run. */
    TrafficSurvey(Connections clusters, FencePolicy policy, Clock clock) {
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.clientReports = new ReportSurvey(clusters);
        this.leaving = new LeavingTopicsSurvey(clusters);
        this.policy = requireNonNull(policy, "policy is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Reads the traffic of topics, with all that checks need to know of their groups and the groups' members.
     *
     * @param situation with both clusters as they are now: it shows whether a topic is open
     */
    Traffic read(Situation situation, Collection<String> topics) {
        SortedSet<String> inQuestion = new TreeSet<>(topics);
        Map<Side, Consumers> consumers =
                clusters.both((side, reader) -> consumers(situation, side, reader, inQuestion));
        SortedMap<String, SortedSet<String>> groups = groups(inQuestion, consumers.values());
        boolean old = isOnOldBrokers(situation, inQuestion);
        SortedSet<String> sent = inQuestion.stream()
                .filter(topic -> SwitchedProducers.areInQuestion(situation, topic))
                .collect(toCollection(TreeSet::new));
        Map<Side, TimedTraffic> read = clusters.both((side, reader) -> reader.traffic(
                situation.at(side),
                new TrafficQuestion(
                        groups,
                        consumers.get(side),
                        !sent.isEmpty() || (old && side == Side.DESTINATION),
                        side == Side.SOURCE ? sent : new TreeSet<>()),
                clock));
        Map<Side, ClusterTraffic> bySide = new EnumMap<>(Side.class);
        Map<Side, QueueOffsets> ofTopics = new EnumMap<>(Side.class);
        read.forEach((side, timed) -> {
            bySide.put(side, timed.traffic());
            ofTopics.put(side, timed.traffic().queues().of(inQuestion));
        });
        // The first and the last instant of both sides, so that no topic counts as quiet for longer than it was seen.
        Instant asked =
                Collections.min(read.values().stream().map(TimedTraffic::asked).toList());
        Instant now = Collections.max(
                read.values().stream().map(TimedTraffic::answered).toList());
        stillness = stillness.after(ofTopics, open(situation, inQuestion), asked, now);
        if (bySide.values().stream()
                .anyMatch(side -> !Proxies.among(side.clients()).isEmpty())) {
            policy = policy.behindProxies();
        }
        ClientReports reports = clientReports.all(situation, bySide);
        Traffic traffic = new Traffic(
                now,
                inQuestion,
                bySide,
                reports,
                lookup.addresses(situation.plan(), reports),
                stillness,
                leaving.samples(situation, inQuestion, ofTopics.get(Side.SOURCE)),
                leaving.ordered(situation, inQuestion),
                older.or(() -> newer),
                policy);
        remember(new Earlier(now, bySide));
        return traffic;
    }

    private void remember(Earlier reading) {
        boolean due = newer.filter(
                        it -> Duration.between(it.readAt(), reading.readAt()).compareTo(APART) < 0)
                .isEmpty();
        if (due) {
            older = newer;
            newer = Optional.of(reading);
        }
    }

    private static Consumers consumers(Situation situation, Side side, ClusterReader reader, SortedSet<String> topics)
            throws InterruptedException {
        Metadata metadata = situation.at(side);
        return new Consumers(reader.subscribers(metadata, topics), consumerOffsets(situation, side, reader));
    }

    /** The groups that consume each topic in either cluster. */
    private static SortedMap<String, SortedSet<String>> groups(
            SortedSet<String> topics, Collection<Consumers> consumers) {
        SortedMap<String, SortedSet<String>> groups = new TreeMap<>();
        for (String topic : topics) {
            groups.put(
                    topic,
                    consumers.stream().flatMap(side -> side.of(topic).stream()).collect(toCollection(TreeSet::new)));
        }
        return groups;
    }

    /** Whether 4.x brokers have one of the topics: then clients behind the destination's proxies matter. */
    private static boolean isOnOldBrokers(Situation situation, SortedSet<String> topics) {
        return situation
                .source()
                .masters()
                .anyMatch(
                        broker -> broker.version().isFour() && topics.stream().anyMatch(broker.topics()::containsKey));
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
     * Reads the traffic of all topics and groups in scope, for reports, and asks clients that may have begun to switch for
     * their name servers. What checks have read is not read again. If they have read nothing, because nothing moves, the
     * messages are counted that may keep topics from the stage after this one.
     */
    Traffic show(Situation situation) {
        SortedSet<String> waiting = waiting(situation);
        Optional<Traffic> read = situation.traffic().isPresent() || waiting.isEmpty()
                ? situation.traffic()
                : Optional.of(read(situation, waiting));
        Map<Side, ClusterTraffic> known = read.map(Traffic::bySide).orElse(Map.of());
        Map<Side, ConsumerOffsets> offsets = clusters.both((side, reader) ->
                known.containsKey(side) ? known.get(side).offsets() : consumerOffsets(situation, side, reader));
        Set<String> topics = new TreeSet<>();
        situation.scope().topics().stream().map(PlannedTopic::name).forEach(topics::add);
        Set<String> groups = new TreeSet<>();
        situation.scope().groups().stream().map(PlannedGroup::name).forEach(groups::add);
        for (String topic : Set.copyOf(topics)) {
            offsets.values().forEach(side -> groups.addAll(side.groupsOf(topic)));
        }
        for (PlannedGroup group : situation.scope().groups()) {
            offsets.values().forEach(side -> topics.addAll(side.topicsOf(group.name())));
            topics.add(Traffic.retries(group.name()));
        }
        Map<Side, ClusterTraffic> bySide = clusters.both((side, reader) -> {
            Metadata metadata = situation.at(side);
            ClusterTraffic traffic =
                    known.getOrDefault(side, ClusterTraffic.of(offsets.get(side), QueueOffsets.NONE, Clients.NONE));
            Set<String> otherTopics = new TreeSet<>(topics);
            otherTopics.removeAll(traffic.queues().topics().keySet());
            Set<String> otherGroups = new TreeSet<>(groups);
            otherGroups.removeAll(traffic.clients().groups().keySet());
            return traffic.and(reader.queueOffsets(metadata, otherTopics), reader.clients(metadata, otherGroups));
        });
        Traffic shown =
                read.map(traffic -> traffic.with(bySide)).orElseGet(() -> Traffic.shown(clock.instant(), bySide));
        ClientReports reports = clientReports.andSwitching(situation, shown);
        return shown.with(reports, lookup.addresses(situation.plan(), reports));
    }

    /** The topics whose next stage needs a source without messages: after it is closed, or before a fence. */
    private static SortedSet<String> waiting(Situation situation) {
        return situation.scope().topics().stream()
                .filter(topic -> situation.isAt(Stage.WRITE_DESTINATION, topic.name())
                        || (topic.isFenced() && situation.isAt(Stage.READ_BOTH, topic.name())))
                .map(PlannedTopic::name)
                .collect(toCollection(TreeSet::new));
    }

    /** Planning may have read the source's consumer offsets already. */
    private static ConsumerOffsets consumerOffsets(Situation situation, Side side, ClusterReader reader)
            throws InterruptedException {
        return side == Side.SOURCE && situation.offsets() != ConsumerOffsets.NONE
                ? situation.offsets()
                : reader.consumerOffsets(situation.at(side));
    }
}
