package io.github.rocketmigrate.change;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Plans the next step of a topic to its stage, with the offsets that its groups need before it. */
final class MovePlanner {
    private static final String UNORDERED = " If their order does not matter, set order: CONCURRENT instead.";

    private final Situation situation;
    private final Draft draft;
    private final SeedPlanner seeds;

    MovePlanner(Situation situation, Draft draft) {
        this.situation = situation;
        this.draft = draft;
        this.seeds = new SeedPlanner(situation, draft);
    }

    void plan(Subject subject, PlannedTopic topic) {
        Standing found = situation.standing(topic.name());
        if (topic.wanted() == Stage.WRITE_BOTH && topic.isFenced()) {
            draft.impossible(
                    subject,
                    Cause.ORDER_AT_WRITE_BOTH,
                    "topic '" + subject.name() + "' is planned at write-both but is " + order(topic)
                            + ": producers would send the messages of one key to both clusters",
                    "Plan write-destination, which keeps the order."
                            + (topic.orderly().isEmpty() ? "" : UNORDERED));
            return;
        }
        Rung rung = situation.openFences().containsKey(topic.name())
                ? Ladder.through(situation.openFences().get(topic.name()))
                : next(topic, found);
        if (rung instanceof Rung.Foreign) {
            draft.impossible(
                    subject,
                    Cause.FOREIGN_STATE,
                    "topic '" + subject.name() + "' " + foreign(found, topic),
                    found.pair().flatMap(Pair::stage).isPresent()
                            ? "Stop its producers, wait until both clusters are consumed, and set the permissions of"
                                    + " read-both by hand." + (topic.orderly().isEmpty() ? "" : UNORDERED)
                            : "Find out who changed its permissions, then set those of a stage.");
        } else if (!(rung instanceof Rung.Arrived) && situation.recorded().complete()) {
            draft.impossible(
                    subject,
                    Cause.FROZEN,
                    "this migration is complete: topic '" + subject.name() + "' is at " + found.words() + " and"
                            + " cannot move again",
                    "Set stage: destination, or give the plan another name if this is a new migration.");
        } else if (!(rung instanceof Rung.Arrived)) {
            Change.MoveTopic move = new Change.MoveTopic(subject, found, rung, topic.wanted());
            seeds.plan(move);
            draft.change(move);
        }
    }

    /** Leaves a topic alone that is closed in both clusters and that no run of ours has closed: others closed it. */
    private Rung next(PlannedTopic topic, Standing found) {
        Rung rung = Ladder.next(found, topic.wanted(), topic.isFenced());
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

    private String foreign(Standing found, PlannedTopic topic) {
        if (found.pair().isEmpty()) {
            return "is at no stage: " + accesses(Side.SOURCE, topic.name()) + "; "
                    + accesses(Side.DESTINATION, topic.name());
        }
        return found.pair().get().stage().isPresent()
                ? "is " + order(topic) + " and open for writing in both clusters"
                : "is at no stage: " + found.words();
    }

    /** Why the order of a topic is kept. */
    static String order(PlannedTopic topic) {
        return topic.orderly().isEmpty()
                ? "FIFO"
                : "consumed in order by " + Counts.noun(topic.orderly().size(), "group") + " "
                        + Names.of(topic.orderly(), Counts.MOST_NAMED);
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
}
