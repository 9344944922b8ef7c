package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.plan.Gate;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.Brakes;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.RecordedSource;
import io.github.rocketmigrate.record.SettingsHash;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Holds the plan and what was read of both clusters: everything that planners and checks know.
 *
 * <p>Longer than 300 lines: what planners and checks ask of it is derived here, in one place.
 *
 * @param offsets of the source's groups; read only if something depends on them
 * @param queueOffsets of the destination's topics whose messages the planner needs to know
 * @param recorded what earlier runs recorded
 * @param unfinishedSteps the permissions that not every server shows yet, by topic: {@link OpenFences} and {@link
 *     StaleRoutes} found them
 * @param traffic of both clusters, if something depends on it
 * @param toRemove what has to be removed from the destination before the join; {@code destination} is without it
 * @param leftBehind the source's offsets of topics that have left it
 * @param lateSenders who sent to the source after a topic had left it, where messages have come since
 * @param sharedGroups the groups of one name that are used at the destination, where they may be of somebody else
 * @param outsideConsumers the consumers of topics outside the plan; read only before the join is left
 * @param brakes put on by people, so that no run begins a new step
 * @param entered when topics came to their stages in this run
 * @param gates what is known of the gates before the steps that are due
 * @param readAt when the clusters were read
 */
public record Situation(
        MigrationPlan plan,
        Scope scope,
        Metadata source,
        Metadata destination,
        ConsumerOffsets offsets,
        QueueOffsets queueOffsets,
        MigrationRecord recorded,
        Map<String, Pair> unfinishedSteps,
        Optional<Traffic> traffic,
        ObjectsToRemove toRemove,
        QueueOffsets leftBehind,
        Map<String, TopicSenders> lateSenders,
        SharedGroups sharedGroups,
        Optional<OutsideConsumers> outsideConsumers,
        Brakes brakes,
        Map<String, Instant> entered,
        Map<Gate, GateLook> gates,
        Instant readAt) {
    public Situation {
        requireNonNull(plan, "plan is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(source, "source is null");
        requireNonNull(destination, "destination is null");
        requireNonNull(offsets, "offsets is null");
        requireNonNull(queueOffsets, "queueOffsets is null");
        requireNonNull(recorded, "recorded is null");
        unfinishedSteps = Map.copyOf(unfinishedSteps);
        requireNonNull(traffic, "traffic is null");
        requireNonNull(toRemove, "toRemove is null");
        requireNonNull(leftBehind, "leftBehind is null");
        lateSenders = Map.copyOf(lateSenders);
        requireNonNull(sharedGroups, "sharedGroups is null");
        requireNonNull(outsideConsumers, "outsideConsumers is null");
        requireNonNull(brakes, "brakes is null");
        entered = Map.copyOf(entered);
        gates = Map.copyOf(gates);
        requireNonNull(readAt, "readAt is null");
    }

    /** A situation in which nothing has to be removed, and in which the source and groups of one name were not read. */
    public Situation(
            MigrationPlan plan,
            Scope scope,
            Metadata source,
            Metadata destination,
            ConsumerOffsets offsets,
            QueueOffsets queueOffsets,
            MigrationRecord recorded,
            Map<String, Pair> unfinishedSteps,
            Optional<Traffic> traffic,
            Instant readAt) {
        this(
                plan,
                scope,
                source,
                destination,
                offsets,
                queueOffsets,
                recorded,
                unfinishedSteps,
                traffic,
                ObjectsToRemove.NONE,
                QueueOffsets.NONE,
                Map.of(),
                SharedGroups.NONE,
                Optional.empty(),
                Brakes.NONE,
                Map.of(),
                Map.of(),
                readAt);
    }

    /** The parts of a situation, of which a copy replaces some. */
    private static final class Parts {
        private Scope scope;
        private Metadata destination;
        private ConsumerOffsets offsets;
        private QueueOffsets queueOffsets;
        private MigrationRecord recorded;
        private Map<String, Pair> unfinishedSteps;
        private Optional<Traffic> traffic;
        private ObjectsToRemove toRemove;
        private QueueOffsets leftBehind;
        private Map<String, TopicSenders> lateSenders;
        private SharedGroups sharedGroups;
        private Optional<OutsideConsumers> outsideConsumers;
        private Brakes brakes;
        private Map<String, Instant> entered;
        private Map<Gate, GateLook> gates;
    }

    private Situation with(Consumer<Parts> change) {
        Parts parts = new Parts();
        parts.scope = scope;
        parts.destination = destination;
        parts.offsets = offsets;
        parts.queueOffsets = queueOffsets;
        parts.recorded = recorded;
        parts.unfinishedSteps = unfinishedSteps;
        parts.traffic = traffic;
        parts.toRemove = toRemove;
        parts.leftBehind = leftBehind;
        parts.lateSenders = lateSenders;
        parts.sharedGroups = sharedGroups;
        parts.outsideConsumers = outsideConsumers;
        parts.brakes = brakes;
        parts.entered = entered;
        parts.gates = gates;
        change.accept(parts);
        return new Situation(
                plan,
                parts.scope,
                source,
                parts.destination,
                parts.offsets,
                parts.queueOffsets,
                parts.recorded,
                parts.unfinishedSteps,
                parts.traffic,
                parts.toRemove,
                parts.leftBehind,
                parts.lateSenders,
                parts.sharedGroups,
                parts.outsideConsumers,
                parts.brakes,
                parts.entered,
                parts.gates,
                readAt);
    }

    /** The same with the traffic of its topics, and with what it shows of the groups that consume them. */
    public Situation withTraffic(Traffic observed) {
        return with(parts -> {
            parts.scope = scope.withTraffic(plan, observed);
            parts.traffic = Optional.of(observed);
        });
    }

    public Situation withQueueOffsets(QueueOffsets ranges) {
        return with(parts -> parts.queueOffsets = ranges);
    }

    public Situation withUnfinishedSteps(Map<String, Pair> topics) {
        return with(parts -> parts.unfinishedSteps = topics);
    }

    /** The same with what topics have left behind at the source. */
    public Situation withLeftBehind(QueueOffsets ranges) {
        return with(parts -> parts.leftBehind = ranges);
    }

    /** The same with who sent to the source after topics had left it. */
    public Situation withLateSenders(Map<String, TopicSenders> found) {
        return with(parts -> parts.lateSenders = found);
    }

    /**
     * The messages that have come to the source since a topic left it; empty if a master that is missing or new makes them
     * uncountable.
     */
    public OptionalLong late(String topic) {
        OptionalLong end = recorded.of(SettingsHash.topicKey(topic))
                .map(RecordedObject::sourceEnd)
                .orElseGet(OptionalLong::empty);
        OptionalLong written = leftBehind.written(topic);
        return end.isPresent() && written.isPresent() && written.getAsLong() >= end.getAsLong()
                ? OptionalLong.of(written.getAsLong() - end.getAsLong())
                : OptionalLong.empty();
    }

    /** The same with the groups of one name that are used at the destination. */
    public Situation withSharedGroups(SharedGroups found) {
        return with(parts -> parts.sharedGroups = found);
    }

    /** The same with the consumers of topics outside the plan. */
    public Situation withOutsideConsumers(OutsideConsumers found) {
        return with(parts -> parts.outsideConsumers = Optional.of(found));
    }

    /** The same while people have put these brakes on. */
    public Situation withBrakes(Brakes found) {
        return with(parts -> parts.brakes = found);
    }

    /** The same with when topics came to their stages in this run. */
    public Situation withEntered(Map<String, Instant> times) {
        return with(parts -> parts.entered = times);
    }

    /** The same with what is known of gates. */
    public Situation withGates(Map<Gate, GateLook> looks) {
        return with(parts -> parts.gates = looks);
    }

    /** Whether an earlier run recorded a master, on either side. */
    public boolean hasRecorded(String master) {
        return Arrays.stream(Side.values())
                .anyMatch(side -> recorded.mastersOf(side).contains(master));
    }

    /** The same without some masters in the record. */
    public Situation forgetting(Set<String> masters) {
        return withRecorded(recorded.without(masters));
    }

    /** The same with another record. */
    public Situation withRecorded(MigrationRecord other) {
        return with(parts -> parts.recorded = other);
    }

    /** The same while a run rolls topics back: they are wanted no further than at the stage of their holds. */
    public Situation rollingBack(SortedMap<String, Hold> holds) {
        SortedMap<String, Hold> all = new TreeMap<>(recorded.holds());
        all.putAll(holds);
        return with(parts -> {
            parts.scope = scope.rollingBack(holds);
            parts.recorded = recorded.withHolds(all);
        });
    }

    /** The same with objects to remove, which the destination no longer has: what is planned comes after their removal. */
    public Situation removing(ObjectsToRemove objects) {
        Set<String> topics = new TreeSet<>(objects.topics().keySet());
        objects.groups().keySet().forEach(group -> topics.add(Traffic.retries(group)));
        return with(parts -> {
            parts.destination = destination.without(topics, objects.groups().keySet());
            parts.toRemove = objects;
        });
    }

    public Metadata at(Side side) {
        return switch (side) {
            case SOURCE -> source;
            case DESTINATION -> destination;
        };
    }

    /** The masters of earlier runs that some name server of their side does not list now; not those of another source. */
    public SortedSet<String> absent(Side side) {
        SortedSet<String> absent = new TreeSet<>(recorded.mastersOf(side));
        absent.removeIf(broker -> at(side).nameServers().stream()
                .allMatch(nameServer -> nameServer.brokers().containsKey(broker)));
        boolean areOfOther = !absent.isEmpty()
                && side == Side.SOURCE
                && recorded.source()
                        .filter(other -> !other.isSameAs(RecordedSource.of(source)))
                        .isPresent();
        return areOfOther ? new TreeSet<>() : absent;
    }

    /** Whether every master of earlier runs is present. */
    public boolean isWhole() {
        return Arrays.stream(Side.values()).allMatch(side -> absent(side).isEmpty());
    }

    /** How clients reach both clusters; empty if the plan moves no traffic. */
    public Optional<Routing> routing() {
        return plan.traffic().map(traffic -> traffic.routing().value());
    }

    /** Whether the source's brokers register with the destination's name servers too. */
    public boolean isJoining() {
        return routing().filter(routing -> routing == Routing.JOIN).isPresent();
    }

    /**
     * Whether the plan asks for a join that was never made. A topic that is closed for writing at the source has moved,
     * so brokers had joined, recorded or not.
     */
    public boolean isBeforeFirstJoin() {
        return isJoining()
                && !recorded.complete()
                && recorded.joined().isEmpty()
                && !isAnyJoined()
                && plan.topics()
                        .flatMap(topic -> source.topic(topic.name().value()).values().stream())
                        .allMatch(settings -> settings.access().isWritable());
    }

    /** The groups of the plan that consume a topic according to its traffic. */
    public SortedSet<String> plannedGroupsOf(String topic) {
        SortedSet<String> groups = new TreeSet<>(traffic.orElseThrow().groupsOf(topic));
        groups.retainAll(plan.plannedGroupNames());
        return groups;
    }

    /** The permissions of a topic in both clusters. */
    public Standing standing(String topic) {
        return new Standing(accesses(Side.SOURCE, topic), accesses(Side.DESTINATION, topic));
    }

    /**
     * When a run first recorded the present stage of a topic. Empty if the topic is at no stage, if another stage is
     * recorded, and if the time is unknown.
     */
    public Optional<Instant> stageSince(String topic) {
        Optional<Stage> now = standing(topic).pair().flatMap(Pair::stage);
        return recorded.of(SettingsHash.topicKey(topic))
                .filter(entry -> now.isPresent() && entry.stage().equals(now))
                .flatMap(RecordedObject::since);
    }

    /** When a topic came to its present stage: in this run, or as an earlier run recorded it; empty if nobody knows. */
    public Optional<Instant> enteredStage(String topic) {
        return Optional.ofNullable(entered.get(topic)).or(() -> stageSince(topic));
    }

    /** The later stage from which a topic went back to its present stage, as runs have recorded it. */
    public Optional<Stage> wentBackFrom(String topic) {
        Optional<Stage> now = standing(topic).pair().flatMap(Pair::stage);
        return recorded.of(SettingsHash.topicKey(topic))
                .flatMap(entry -> entry.stage().equals(now) ? entry.before() : entry.stage())
                .filter(earlier -> now.isPresent() && earlier.isAheadOf(now.get()));
    }

    private SortedSet<Access> accesses(Side side, String topic) {
        Set<Access> accesses = EnumSet.noneOf(Access.class);
        for (Broker master : at(side).brokers().values()) {
            TopicSettings settings = master.topics().get(topic);
            if (settings != null) {
                accesses.add(settings.access());
            }
        }
        return Access.setOf(accesses);
    }

    /** Whether every server of the source is listed by every name server of the destination. */
    public boolean isJoined() {
        return source.servers().allMatch(this::isJoined);
    }

    /** Whether some server of the source is listed by some name server of the destination. */
    public boolean isAnyJoined() {
        return source.servers().anyMatch(this::isListed);
    }

    /** Whether the settings of some server of the source name a name server of the destination, registered or not. */
    public boolean isAnySetToJoin() {
        Set<String> ofDestination = destination.nameServers().stream()
                .map(nameServer -> Addresses.key(nameServer.address()))
                .collect(Collectors.toSet());
        return source.servers()
                .flatMap(server -> server.nameServers().stream())
                .map(Addresses::key)
                .anyMatch(ofDestination::contains);
    }

    /** The groups of a topic whose traffic was read, without groups that the plan ignores and that are offline. */
    public SortedSet<String> consumersOf(String topic) {
        Traffic read = traffic.orElseThrow();
        SortedSet<String> groups = new TreeSet<>(read.groupsOf(topic));
        Set<String> ignored = plan.ignoredGroupNames();
        groups.removeIf(group -> ignored.contains(group) && read.members(group).isEmpty());
        return groups;
    }

    /** Whether a group is not in the plan, and was in no earlier plan that was applied. */
    public boolean isNew(String group) {
        return !plan.plannedGroupNames().contains(group)
                && recorded.of(SettingsHash.groupKey(group)).isEmpty();
    }

    /** Whether consumers keep their queues while a fence is closed: in a join, name servers take its routes from 5.1.4 on. */
    public boolean keepsQueuesInFences() {
        return isJoining()
                && destination.masters().allMatch(master -> master.version().isAtLeast(5, 1, 4));
    }

    /** Whether a topic is at a stage, by its permissions in both clusters. */
    public boolean isAt(Stage stage, String topic) {
        return standing(topic).pair().flatMap(Pair::stage).equals(Optional.of(stage));
    }

    /** Whether a topic has left the stage {@code source} and has not arrived at {@code destination}. */
    public boolean isBetweenEnds(String topic) {
        return !source.topic(topic).isEmpty() && !isAt(Stage.SOURCE, topic) && !isAt(Stage.DESTINATION, topic);
    }

    /** Whether clients can write a topic on some master of a side. */
    public boolean isOpen(Side side, String topic) {
        for (Broker master : at(side).brokers().values()) {
            TopicSettings settings = master.topics().get(topic);
            if (settings != null && settings.access().isWritable()) {
                return true;
            }
        }
        return false;
    }

    /** Whether every name server of the destination lists a server of the source. */
    public boolean isJoined(Server server) {
        return destination.nameServers().stream().allMatch(nameServer -> nameServer.lists(server));
    }

    /** Whether some name server of the destination lists a server of the source. */
    public boolean isListed(Server server) {
        return destination.nameServers().stream().anyMatch(nameServer -> nameServer.lists(server));
    }
}
