package io.github.rocketmigrate.change;

import io.github.rocketmigrate.change.Impossible.Reason;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.TopicsInUse;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Plans one topic after the other. */
final class TopicPlanner {
    /** Attributes that a broker takes at creation only, with what they are where nobody has set them. */
    private static final SortedMap<String, String> FIXED =
            new TreeMap<>(Map.of("queue.type", "SimpleCQ", "cleanup.policy", "DELETE"));

    private static final String MIXED_SETTING = "enableMixedMessageType";

    private final Situation situation;
    private final Wanted wanted;
    private final Draft draft;
    private final SeedPlanner seeds;

    TopicPlanner(Situation situation, Draft draft) {
        this.situation = situation;
        this.wanted = new Wanted(situation);
        this.draft = draft;
        this.seeds = new SeedPlanner(situation, draft);
    }

    static Subject subject(PlannedTopic topic) {
        return new Subject(
                Subject.Kind.TOPIC,
                topic.name(),
                Side.DESTINATION,
                Optional.of(topic.batch().name().value()),
                Optional.of(topic.at()));
    }

    void plan(PlannedTopic topic) {
        Subject subject = subject(topic);
        SortedMap<String, TopicSettings> source = situation.source().topic(topic.name());
        if (source.isEmpty()) {
            draft.impossible(
                    subject,
                    Reason.NOT_AT_SOURCE,
                    "the source has no topic '" + topic.name() + "'"
                            + draft.meant(topic.name(), situation.source()::topics),
                    "Correct the name, or take it out of the plan; or is a broker of the source down?");
            return;
        }
        boolean free = nameIsFree(subject);
        boolean allowed = typeIsAllowed(subject, topic);
        if (!free || !allowed) {
            return;
        }
        int before = draft.size();
        SortedMap<String, TopicSettings> found = situation.destination().topic(topic.name());
        if (!found.isEmpty() || isDue(topic)) {
            TopicSettings target = wanted.topic(topic, source);
            Optional<SortedMap<String, Integer>> writeQueues = writeQueues(subject, topic, source, target);
            if (writeQueues.isEmpty()) {
                return;
            }
            place(subject, topic, target, writeQueues.get(), found);
        }
        if (situation.routing().isPresent()) {
            move(subject, topic);
        }
        if (draft.size() == before) {
            draft.unchanged(subject);
        }
    }

    /** Whether a topic that is not at the destination belongs there now. */
    private boolean isDue(PlannedTopic topic) {
        return !situation.isJoining() || topic.wanted().isAheadOf(Stage.SOURCE);
    }

    /**
     * How many write queues each master is to have; other than the plan's number only where the destination is to get
     * a share of the writes. Nothing where it cannot be that share.
     */
    private Optional<SortedMap<String, Integer>> writeQueues(
            Subject subject, PlannedTopic topic, SortedMap<String, TopicSettings> source, TopicSettings target) {
        SortedSet<String> masters =
                new TreeSet<>(situation.destination().brokers().keySet());
        if (TopicsInUse.is(situation, topic)) {
            masters.removeAll(TopicsInUse.lacking(situation, topic.name()));
        }
        Optional<Integer> share =
                topic.batch().canary().map(Located::value).filter(percent -> topic.wanted() == Stage.WRITE_BOTH);
        if (share.isEmpty()) {
            SortedMap<String, TopicSettings> found = situation.destination().topic(topic.name());
            boolean both = situation.routing().isPresent()
                    && topic.wanted() != Stage.WRITE_BOTH
                    && situation.standing(topic.name()).pair().equals(Optional.of(Pair.of(Stage.WRITE_BOTH)));
            SortedMap<String, Integer> all = new TreeMap<>();
            for (String master : masters) {
                TopicSettings has = found.get(master);
                // While both are written, more of them would be a larger share: they come after the step.
                boolean shares = both && has != null && has.writeQueues() < has.readQueues();
                all.put(master, shares ? has.writeQueues() : target.queues());
            }
            return Optional.of(all);
        }
        int ofSource =
                source.values().stream().mapToInt(TopicSettings::writeQueues).sum();
        Canary canary = new Canary(ofSource, masters, target.queues());
        Optional<SortedMap<String, Integer>> queues = canary.queuesFor(share.get());
        if (queues.isEmpty()) {
            draft.impossible(
                    subject,
                    Reason.CANARY_SHARE,
                    "topic '" + subject.name() + "' cannot have " + share.get()
                            + "% of its writes at the destination: with " + ofSource
                            + " write queues in the source and up to " + target.queues() + " on "
                            + (masters.size() == 1
                                    ? "the destination's master"
                                    : "each of the destination's " + masters.size() + " masters")
                            + ", the nearest are "
                            + canary.possible(share.get()),
                    "Choose a canary near one of these, or more queues.");
        }
        return queues;
    }

    private boolean nameIsFree(Subject subject) {
        if (situation.destination().group(subject.name()).isEmpty()) {
            return true;
        }
        draft.impossible(
                subject,
                Reason.NAME_TAKEN,
                "the destination has a consumer group with the name of topic '" + subject.name() + "'",
                "Topics and groups must differ in their names: rename the group, or leave the topic out.");
        return false;
    }

    private boolean typeIsAllowed(Subject subject, PlannedTopic topic) {
        if (topic.type() != MessageType.MIXED) {
            return true;
        }
        Optional<Broker> without = situation
                .destination()
                .masters()
                .filter(broker -> broker.settings().containsKey(MIXED_SETTING) && !broker.has(MIXED_SETTING))
                .findFirst();
        without.ifPresent(broker -> draft.impossible(
                subject,
                Reason.MIXED_NOT_ENABLED,
                "topic '" + subject.name() + "' is to be MIXED, which the destination's broker " + broker.name()
                        + " does not allow",
                "Choose the type of its messages, or set " + MIXED_SETTING + "=true at the broker."));
        return without.isEmpty();
    }

    private void place(
            Subject subject,
            PlannedTopic topic,
            TopicSettings target,
            SortedMap<String, Integer> writeQueues,
            SortedMap<String, TopicSettings> found) {
        Metadata destination = situation.destination();
        if (found.isEmpty()) {
            SortedMap<String, TopicSettings> after = new TreeMap<>();
            writeQueues.forEach((broker, queues) -> after.put(broker, target.withWriteQueues(queues)));
            boolean leaving = situation.isJoining();
            draft.change(Change.AlignObject.create(
                    subject, after, leaving ? new TreeSet<>(Set.of(topic.name())) : new TreeSet<>()));
            return;
        }
        boolean typeMayChange = mayChangeType(subject, target, found);
        boolean isSettled = TopicsInUse.is(situation, topic);
        boolean queuesStay = isSettled && new QueuesInUse(situation, draft).stay(subject, topic, target);
        boolean queuesMayGo = queuesStay || mayLoseQueues(subject, target, found);
        SortedMap<String, TopicSettings> before = new TreeMap<>();
        SortedMap<String, TopicSettings> after = new TreeMap<>();
        for (String broker : destination.brokers().keySet()) {
            TopicSettings has = found.get(broker);
            if (has == null && isSettled) {
                continue;
            }
            TopicSettings gets = has == null
                    ? addition(target, found, typeMayChange).withWriteQueues(writeQueues.get(broker))
                    : aligned(
                            subject,
                            broker,
                            has,
                            queuesStay ? target.withQueues(has.queues()) : target,
                            typeMayChange,
                            queuesMayGo,
                            queuesStay ? unwidened(has, writeQueues.get(broker), target) : writeQueues.get(broker));
            if (!gets.equals(has)) {
                if (has != null) {
                    before.put(broker, has);
                }
                after.put(broker, gets);
            }
        }
        if (!after.isEmpty()) {
            draft.change(Change.AlignObject.align(subject, before, after));
        }
    }

    /** On a master that lacks it, a topic gets the access that it has on the others, and what cannot change there. */
    private TopicSettings addition(
            TopicSettings target, SortedMap<String, TopicSettings> found, boolean typeMayChange) {
        TopicSettings other = found.get(found.firstKey());
        SortedMap<String, String> fixed = new TreeMap<>();
        FIXED.forEach((name, usual) -> {
            String has = other.attributes().getOrDefault(name, usual);
            if (!has.equals(target.attributes().getOrDefault(name, usual))) {
                fixed.put(name, has);
            }
        });
        TopicSettings addition = target.withAttributes(fixed)
                .withAccess(situation.routing().isEmpty() ? target.access() : other.access());
        return typeMayChange ? addition : addition.withType(other.type());
    }

    private TopicSettings aligned(
            Subject subject,
            String broker,
            TopicSettings has,
            TopicSettings target,
            boolean typeMayChange,
            boolean queuesMayGo,
            int writeQueues) {
        TreeMap<String, String> attributes = new TreeMap<>(has.attributes());
        target.otherAttributes().forEach((name, value) -> {
            if (!FIXED.containsKey(name)) {
                attributes.put(name, value);
            }
        });
        FIXED.forEach((name, usual) -> {
            String wants = target.attributes().getOrDefault(name, usual);
            String is = has.attributes().getOrDefault(name, usual);
            if (!wants.equals(is)) {
                draft.impossible(
                        subject,
                        Reason.FIXED_ATTRIBUTE,
                        "topic '" + subject.name() + "' has " + name + "=" + wants + " in the source and " + is
                                + " on the destination's broker " + broker + ", which a broker never changes",
                        "Delete the topic at the destination, if nobody uses it, and let it be created again.");
            }
        });
        boolean queuesMayChange = queuesMayGo || target.queues() >= has.queues();
        TopicSettings aligned = new TopicSettings(
                queuesMayChange ? target.queues() : has.readQueues(),
                queuesMayChange || writeQueues < target.queues() ? writeQueues : has.writeQueues(),
                // A plan without stages never takes away what clients of the destination may do.
                situation.routing().isEmpty() ? target.access().union(has.access()) : has.access(),
                target.order(),
                has.systemFlag(),
                attributes);
        // A topic without a type counts as NORMAL, which need not be written.
        return typeMayChange && !target.type().equals(has.type()) ? aligned.withType(target.type()) : aligned;
    }

    /** A canary may take fewer of the queues that there are. */
    private static int unwidened(TopicSettings has, int planned, TopicSettings target) {
        return planned < target.queues() ? Math.min(planned, has.writeQueues()) : has.writeQueues();
    }

    /** Whether the type may become what the plan says, where it is not that already. */
    private boolean mayChangeType(Subject subject, TopicSettings target, SortedMap<String, TopicSettings> found) {
        SortedMap<String, String> others = new TreeMap<>();
        found.forEach((broker, has) -> {
            if (!has.type().equals(target.type())) {
                others.put(broker, has.type());
            }
        });
        OptionalLong held = situation.queueOffsets().held(subject.name());
        if (others.isEmpty() || isNothing(held)) {
            return true;
        }
        String type = others.get(others.firstKey());
        draft.impossible(
                subject,
                Reason.TYPE_HAS_MESSAGES,
                "topic '" + subject.name() + "' is " + type + " on the destination's "
                        + brokers(others.keySet()) + " and holds " + messages(held) + ", so it cannot become "
                        + target.type(),
                "Plan type " + type + ", or delete the topic at the destination once nobody needs its messages.");
        return false;
    }

    /** Whether there may be as few queues as the plan says, where there are more. */
    private boolean mayLoseQueues(Subject subject, TopicSettings target, SortedMap<String, TopicSettings> found) {
        SortedMap<String, OptionalLong> full = new TreeMap<>();
        found.forEach((broker, has) -> {
            OptionalLong held = situation.queueOffsets().heldFrom(subject.name(), broker, target.queues());
            if (has.queues() > target.queues() && !isNothing(held)) {
                full.put(broker, held);
            }
        });
        if (full.isEmpty()) {
            return true;
        }
        int most = found.values().stream().mapToInt(TopicSettings::queues).max().orElse(0);
        boolean known = full.values().stream().allMatch(OptionalLong::isPresent);
        OptionalLong held = known
                ? OptionalLong.of(full.values().stream()
                        .mapToLong(OptionalLong::getAsLong)
                        .sum())
                : OptionalLong.empty();
        draft.impossible(
                subject,
                Reason.QUEUES_HOLD_MESSAGES,
                "topic '" + subject.name() + "' has " + most + " queues on the destination's "
                        + brokers(full.keySet()) + ", and those beyond the " + target.queues() + " of the plan hold "
                        + messages(held),
                "Plan queues: " + most + ", or wait until the broker has removed these messages.");
        return false;
    }

    private static boolean isNothing(OptionalLong held) {
        return held.isPresent() && held.getAsLong() == 0;
    }

    private static String brokers(Set<String> names) {
        return (names.size() == 1 ? "broker " : "brokers ") + String.join(", ", names);
    }

    private static String messages(OptionalLong held) {
        if (held.isEmpty()) {
            return "an unknown number of messages";
        }
        return held.getAsLong() == 1 ? "1 message" : held.getAsLong() + " messages";
    }

    private void move(Subject subject, PlannedTopic topic) {
        Standing found = situation.standing(topic.name());
        Rung rung = situation.openFences().containsKey(topic.name())
                ? Ladder.through(situation.openFences().get(topic.name()))
                : next(topic, found);
        if (rung instanceof Rung.Foreign) {
            draft.impossible(
                    subject,
                    Reason.FOREIGN_STATE,
                    "topic '" + subject.name() + "' " + foreign(found, subject.name()),
                    "Find out who changed its permissions, and give it those of a stage.");
        } else if (!(rung instanceof Rung.Arrived) && situation.recorded().complete()) {
            draft.impossible(
                    subject,
                    Reason.FROZEN,
                    "this migration is complete: topic '" + subject.name() + "' stands at " + found.words()
                            + " and moves no more",
                    "Plan stage destination; or give the plan another name, if this is another migration.");
        } else if (!(rung instanceof Rung.Arrived)) {
            Change.MoveTopic move = new Change.MoveTopic(subject, found, rung, topic.wanted());
            seeds.plan(move);
            draft.change(move);
        }
    }

    /** A topic that is closed in both clusters, and was not on its way when we last saw it, was closed by others. */
    private Rung next(PlannedTopic topic, Standing found) {
        Rung rung = Ladder.next(found, topic.wanted(), topic.type() == MessageType.FIFO);
        boolean isFinishing = rung.isFor(Purpose.FINISH);
        boolean isClosed = found.pair().equals(Optional.of(new Pair(Access.READ, Access.NONE)));
        boolean wasAtSource = situation
                .recorded()
                .of(SettingsHash.topicKey(topic.name()))
                .flatMap(MigrationRecord.RecordedObject::stage)
                .equals(Optional.of(Stage.SOURCE));
        boolean isAbsent = situation.destination().topic(topic.name()).isEmpty();
        return isFinishing && isClosed && (isAbsent || wasAtSource) ? new Rung.Foreign() : rung;
    }

    private String foreign(Standing found, String topic) {
        if (found.pair().isEmpty()) {
            return "stands at no stage: " + accesses(Side.SOURCE, topic) + "; " + accesses(Side.DESTINATION, topic);
        }
        return found.pair().get().stage().isPresent()
                ? "is FIFO and open for writing in both clusters"
                : "stands at no stage: " + found.words();
    }

    private String accesses(Side side, String topic) {
        Map<String, String> words = new TreeMap<>();
        situation
                .at(side)
                .topic(topic)
                .forEach((broker, settings) ->
                        words.put(broker, settings.access().word()));
        return words.isEmpty()
                ? "absent in the " + side.word()
                : words.entrySet().stream()
                        .map(broker -> broker.getKey() + " " + broker.getValue())
                        .collect(Collectors.joining(", "));
    }

    /** Whether it must be known what the topic holds at the destination before it can be planned. */
    boolean isInQuestion(PlannedTopic topic) {
        SortedMap<String, TopicSettings> source = situation.source().topic(topic.name());
        if (source.isEmpty()) {
            return false;
        }
        TopicSettings target = wanted.topic(topic, source);
        SortedMap<String, TopicSettings> found = situation.destination().topic(topic.name());
        boolean isOther = found.values().stream()
                .anyMatch(has -> !has.type().equals(target.type()) || target.queues() < has.queues());
        return isOther
                || (!found.isEmpty()
                        && topic.type() == MessageType.FIFO
                        && situation.routing().isEmpty()
                        && (QueuesInUse.differ(topic, target, found)
                                || !TopicsInUse.lacking(situation, topic.name()).isEmpty()));
    }
}
