package io.github.rocketmigrate.change;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.TopicsInUse;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Aligns the settings of one topic at the destination with the plan, as far as its messages and its clients allow. */
final class TopicAlignment {
    /** The attributes that a broker accepts only when it creates a topic, with their defaults. */
    static final SortedMap<String, String> FIXED =
            new TreeMap<>(Map.of("queue.type", "SimpleCQ", "cleanup.policy", "DELETE"));

    private final Situation situation;
    private final Draft draft;
    private final Subject subject;
    private final PlannedTopic topic;
    private final TopicTarget wanted;
    private final TopicSettings target;
    private final SortedMap<String, TopicSettings> found;

    TopicAlignment(Situation situation, Draft draft, PlannedTopic topic, TopicTarget wanted) {
        this.situation = situation;
        this.draft = draft;
        this.subject = TopicPlanner.subject(topic);
        this.topic = topic;
        this.wanted = wanted;
        this.target = wanted.settings();
        this.found = situation.destination().topic(topic.name());
    }

    /** Whether the plan depends on the messages that the topic holds at the destination. */
    boolean dependsOnMessages() {
        boolean isOther = found.values().stream()
                .anyMatch(has -> !has.type().equals(target.type()) || target.queues() < has.queues());
        return isOther
                || (!found.isEmpty()
                        && topic.isFenced()
                        && situation.routing().isEmpty()
                        && (QueuesInUse.differ(topic, target, found)
                                || !TopicsInUse.lacking(situation, topic.name()).isEmpty()));
    }

    /** Creates the topic where no master has it, or aligns it on the masters where it differs. */
    void plan(SortedMap<String, Integer> writeQueues) {
        if (found.isEmpty()) {
            create(writeQueues);
        } else {
            align(writeQueues);
        }
    }

    private void create(SortedMap<String, Integer> writeQueues) {
        SortedMap<String, TopicSettings> after = new TreeMap<>();
        writeQueues.forEach((broker, queues) -> after.put(broker, target.withWriteQueues(queues)));
        boolean leaving = situation.isJoining();
        draft.change(Change.AlignObject.create(
                subject, after, leaving ? new TreeSet<>(Set.of(topic.name())) : new TreeSet<>()));
    }

    /** How far the plan may change the masters that have the topic. */
    private record Freedom(boolean type, boolean fewerQueues, boolean queuesStay) {}

    private void align(SortedMap<String, Integer> writeQueues) {
        boolean typeMayChange = mayChangeType();
        boolean isInUse = TopicsInUse.is(situation, topic);
        boolean queuesStay =
                isInUse && !wanted.keepsQueues() && new QueuesInUse(situation, draft).stay(subject, topic, target);
        Freedom freedom = new Freedom(typeMayChange, queuesStay || mayLoseQueues(), queuesStay);
        SortedMap<String, TopicSettings> before = new TreeMap<>();
        SortedMap<String, TopicSettings> after = new TreeMap<>();
        for (String broker : situation.destination().brokers().keySet()) {
            TopicSettings has = found.get(broker);
            if (has == null && isInUse) {
                continue;
            }
            TopicSettings gets = has == null
                    ? addition(typeMayChange).withWriteQueues(writeQueues.get(broker))
                    : aligned(broker, has, writeQueues.get(broker), freedom);
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

    /**
     * On a master that lacks it, the topic gets the permissions that it has on the others, and the attributes that
     * cannot change there.
     */
    private TopicSettings addition(boolean typeMayChange) {
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

    private TopicSettings aligned(String broker, TopicSettings has, int planned, Freedom freedom) {
        TreeMap<String, String> attributes = new TreeMap<>(has.attributes());
        if (!wanted.keepsAttributes()) {
            checkFixedAttributes(broker, has);
            attributes.putAll(changeableAttributes());
        }
        int queues = freedom.queuesStay() ? has.queues() : wanted.queues(has);
        int writeQueues =
                freedom.queuesStay() ? unwidened(has, planned) : wanted.writeQueues(has, planned, topic.isFenced());
        boolean queuesMayChange = freedom.fewerQueues() || queues >= has.queues();
        TopicSettings aligned = new TopicSettings(
                queuesMayChange ? queues : has.readQueues(),
                queuesMayChange || writeQueues < queues ? writeQueues : has.writeQueues(),
                // A plan without stages never revokes permissions at the destination.
                situation.routing().isEmpty() ? target.access().union(has.access()) : has.access(),
                // 4.x brokers lose the mark with every update, so the source's says nothing later.
                has.order(),
                has.systemFlag(),
                attributes);
        // A topic without a type counts as NORMAL, so that type is not written.
        return freedom.type() && !target.type().equals(has.type()) ? aligned.withType(target.type()) : aligned;
    }

    private SortedMap<String, String> changeableAttributes() {
        SortedMap<String, String> changeable = target.otherAttributes();
        changeable.keySet().removeAll(FIXED.keySet());
        return changeable;
    }

    private void checkFixedAttributes(String broker, TopicSettings has) {
        FIXED.forEach((name, usual) -> {
            String wants = target.attributes().getOrDefault(name, usual);
            String is = has.attributes().getOrDefault(name, usual);
            if (!wants.equals(is)) {
                draft.impossible(
                        subject,
                        Cause.FIXED_ATTRIBUTE,
                        "topic '" + subject.name() + "' has " + name + "=" + wants + " in the source and " + is
                                + " on the destination's broker " + broker + ": brokers cannot change this attribute",
                        "Delete the topic at the destination if it is unused, then run again to create it.");
            }
        });
    }

    /** A canary may use fewer of the existing queues. */
    private int unwidened(TopicSettings has, int planned) {
        return planned < target.queues() ? Math.min(planned, has.writeQueues()) : has.writeQueues();
    }

    /** Whether the type is the planned one or may be changed to it. */
    private boolean mayChangeType() {
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
                Cause.TYPE_HAS_MESSAGES,
                "topic '" + subject.name() + "' is " + type + " on the destination's "
                        + brokers(others.keySet()) + " and holds " + messages(held) + ", so it cannot become "
                        + target.type(),
                "Set type: " + type + ", or delete the topic at the destination once its messages are not needed.");
        return false;
    }

    /** Whether the topic may be reduced to the planned queues, or has no more than these. */
    private boolean mayLoseQueues() {
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
                Cause.QUEUES_HOLD_MESSAGES,
                "topic '" + subject.name() + "' has " + Counts.of(most, "queue") + " on the destination's "
                        + brokers(full.keySet()) + " (plan: " + target.queues() + "), and the queues to remove hold "
                        + messages(held),
                "Set queues: " + most + ", or wait until the broker has deleted these messages.");
        return false;
    }

    private static boolean isNothing(OptionalLong held) {
        return held.isPresent() && held.getAsLong() == 0;
    }

    private static String brokers(Set<String> names) {
        return Counts.noun(names.size(), "broker") + " " + Names.of(names, Counts.MOST_NAMED);
    }

    private static String messages(OptionalLong held) {
        return held.isEmpty() ? "an unknown number of messages" : Counts.messages(held.getAsLong());
    }
}
