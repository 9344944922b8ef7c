package io.github.rocketmigrate.change;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Evidence;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import java.util.Optional;
import java.util.SortedMap;

/** Plans what one topic needs at the destination and its next step, or says why the plan cannot have it. */
final class TopicPlanner {
    private static final String MIXED_SETTING = "enableMixedMessageType";

    private final Situation situation;
    private final Wanted wanted;
    private final Draft draft;
    private final WriteQueues writeQueues;
    private final MovePlanner moves;
    private final SettingsOwner owner;

    TopicPlanner(Situation situation, Draft draft) {
        this.situation = situation;
        this.wanted = new Wanted(situation);
        this.draft = draft;
        this.writeQueues = new WriteQueues(situation, draft);
        this.moves = new MovePlanner(situation, draft);
        this.owner = new SettingsOwner(situation);
    }

    static Subject subject(PlannedTopic topic) {
        return subject(topic, Side.DESTINATION);
    }

    /** The topic in the cluster that a change of it writes to. */
    static Subject subject(PlannedTopic topic, Side side) {
        return new Subject(
                Subject.Kind.TOPIC,
                topic.name(),
                side,
                Optional.of(topic.batch().name().value()),
                Optional.of(topic.at()));
    }

    void plan(PlannedTopic topic) {
        Subject subject = subject(topic);
        SortedMap<String, TopicSettings> source = situation.source().topic(topic.name());
        if (source.isEmpty()) {
            draft.impossible(
                    subject,
                    Cause.NOT_AT_SOURCE,
                    "the source has no topic '" + topic.name() + "'"
                            + draft.hint(topic.name(), situation.source()::topics),
                    "Correct the name or remove it from the plan. If it is correct, check that every broker of the"
                            + " source is up.");
            return;
        }
        boolean free = nameIsFree(subject);
        boolean allowed = typeIsAllowed(subject, topic);
        if (!free || !allowed) {
            return;
        }
        if (situation.routing().isPresent() && moves.isLeftAlone(subject, topic)) {
            return;
        }
        int before = draft.size();
        if (!situation.destination().topic(topic.name()).isEmpty() || isDue(topic)) {
            TopicTarget target = target(topic, source);
            Optional<SortedMap<String, Integer>> queues = writeQueues.of(topic, target.settings());
            if (queues.isEmpty()) {
                return;
            }
            new TopicAlignment(situation, draft, topic, target).plan(queues.get());
        }
        if (situation.routing().isPresent()) {
            moves.plan(subject, topic);
        }
        if (draft.size() == before) {
            draft.unchanged(subject);
        }
    }

    private TopicTarget target(PlannedTopic topic, SortedMap<String, TopicSettings> source) {
        boolean isOwner = owner.isDestination(topic.name());
        return new TopicTarget(
                wanted.topic(topic, isOwner ? situation.destination().topic(topic.name()) : source),
                isOwner,
                isOwner && wanted.queues(topic).isEmpty());
    }

    /** Whether a topic that is absent at the destination has to be created there now. */
    private boolean isDue(PlannedTopic topic) {
        return !situation.isJoining() || topic.wanted().isAheadOf(Stage.SOURCE);
    }

    private boolean nameIsFree(Subject subject) {
        if (situation.destination().group(subject.name()).isEmpty()) {
            return true;
        }
        draft.impossible(
                subject,
                Cause.NAME_TAKEN,
                "the destination has a consumer group with the name of topic '" + subject.name() + "'",
                "Rename the group at the destination or remove the topic from the plan: a topic and a group cannot"
                        + " have the same name.");
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
                Cause.MIXED_NOT_ENABLED,
                "topic '" + subject.name() + "' is planned as MIXED, but the destination's broker " + broker.name()
                        + " does not allow this type",
                "Set the type of its messages, or set " + MIXED_SETTING + "=true on the broker."));
        return without.isEmpty();
    }

    /** Whether the planner needs to know what the topic holds at the destination. */
    boolean isInQuestion(PlannedTopic topic) {
        SortedMap<String, TopicSettings> source = situation.source().topic(topic.name());
        return !source.isEmpty()
                && (new TopicAlignment(situation, draft, topic, target(topic, source)).dependsOnMessages()
                        || new Evidence(situation).dependsOnMessages(topic.name()));
    }
}
