package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.Evidence;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.GoalCommand;
import io.github.rocketmigrate.text.Names;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Plans the next step of a topic to its stage, with the offsets that its groups need before it. */
final class MovePlanner {
    /** More topics than one can read in a command; then it names their batches. */
    private static final int MOST_RELEASED = 10;

    private static final String UNORDERED = " If their order does not matter, set order: CONCURRENT instead.";

    private final Situation situation;
    private final Draft draft;
    private final SeedPlanner seeds;
    private final Evidence evidence;

    MovePlanner(Situation situation, Draft draft) {
        this.situation = situation;
        this.draft = draft;
        this.seeds = new SeedPlanner(situation, draft);
        this.evidence = new Evidence(situation);
    }

    void plan(Subject subject, PlannedTopic topic) {
        Standing found = situation.standing(topic.name());
        if (isOutOfOrder(topic) && !isInFence(topic.name(), found)) {
            draft.impossible(
                    subject,
                    Cause.ORDER_AT_WRITE_BOTH,
                    "topic '" + subject.name() + "' is planned at write-both but is " + order(topic)
                            + ": producers would send the messages of one key to both clusters",
                    "Plan write-destination, which keeps the order."
                            + (topic.orderly().isEmpty() ? "" : UNORDERED));
            return;
        }
        Rung rung = rung(topic, found);
        if (rung instanceof Rung.Arrived && !topic.isRolledBack()) {
            topic.stoppedBy().ifPresent(hold -> held(subject, hold));
        } else if (!(rung instanceof Rung.Arrived) && situation.recorded().complete()) {
            draft.impossible(
                    subject,
                    Cause.FROZEN,
                    "this migration is complete: topic '" + subject.name() + "' is at " + found.words() + " and"
                            + " cannot move again",
                    Impossible.COMPLETE_AGAIN);
        } else if (!(rung instanceof Rung.Arrived)) {
            Change.MoveTopic move = new Change.MoveTopic(subject, found, rung, topic.wanted());
            seeds.plan(move);
            draft.change(move);
        }
    }

    private void held(Subject subject, Hold hold) {
        draft.impossible(
                subject,
                Cause.HELD,
                "rolled back to " + hold.stage().word() + " and put on hold by " + hold.words(),
                "If it is to stay, set stage: " + hold.stage().word() + ". When it may move again, release it: "
                        + release(hold));
    }

    /** One command for all topics of a rollback, so that nobody has to write it for each. */
    private String release(Hold hold) {
        List<PlannedTopic> held = situation.scope().topics().stream()
                .filter(topic -> topic.stoppedBy().filter(hold::equals).isPresent())
                .toList();
        boolean areFew = held.size() <= MOST_RELEASED;
        String names = held.stream()
                .map(topic -> areFew ? topic.name() : topic.batch().name().value())
                .distinct()
                .collect(joining(","));
        return situation.plan().command("resume", GoalCommand.parameter(areFew ? "topic" : "batch", names));
    }

    private Rung rung(PlannedTopic topic, Standing found) {
        if (situation.unfinishedSteps().containsKey(topic.name())) {
            return Ladder.through(situation.unfinishedSteps().get(topic.name()));
        }
        Optional<Side> paused = evidence.pause(topic.name(), found);
        if (paused.isPresent()) {
            return Ladder.endOfPause(paused.get());
        }
        Stage wanted = isOutOfOrder(topic) ? Stage.WRITE_DESTINATION : topic.wanted();
        boolean isOutsideLadder =
                evidence.isOfLateWrite(topic.name(), found) || evidence.isOfOpening(topic.name(), found);
        Rung next = isOutsideLadder
                ? Ladder.afterLateWrite(found, wanted, topic.isFenced())
                : Ladder.next(found, wanted, topic.isFenced());
        return situation.traffic().filter(traffic -> traffic.policy().pauses()).isPresent()
                ? Ladder.pausing(next)
                : next;
    }

    /** Whether the plan asks for both clusters open, which a topic whose order is kept never has. */
    private static boolean isOutOfOrder(PlannedTopic topic) {
        return topic.wanted() == Stage.WRITE_BOTH && topic.isFenced();
    }

    /** Whether a topic is left as it is, with all its settings, because its permissions are somebody else's. */
    boolean isLeftAlone(Subject subject, PlannedTopic topic) {
        Standing found = situation.standing(topic.name());
        Optional<ForeignState> foreign = foreign(topic, found, rung(topic, found));
        foreign.ifPresent(state -> draft.impossible(
                subject, Cause.FOREIGN_STATE, "topic '" + subject.name() + "' " + state.what(), state.fix()));
        return foreign.isPresent();
    }

    /** A fence withholds messages, so it is finished even if the plan now asks for what cannot be done. */
    private boolean isInFence(String topic, Standing found) {
        return situation.unfinishedSteps().containsKey(topic)
                || (found.pair().flatMap(Pair::stage).isEmpty() && evidence.explains(topic, found));
    }

    /** Why a topic is left as it is. */
    private record ForeignState(String what, String fix) {}

    /** Leaves a topic alone that nothing shows to be ours: somebody else may have changed it for a reason. */
    private Optional<ForeignState> foreign(PlannedTopic topic, Standing found, Rung rung) {
        Optional<Stage> stage = found.pair().flatMap(Pair::stage);
        if (stage.isPresent() && rung instanceof Rung.Foreign) {
            return Optional.of(new ForeignState(
                    "is " + order(topic) + " and open for writing in both clusters",
                    "Stop its producers, wait until both clusters are consumed, and set the permissions of read-both"
                            + " by hand." + (topic.orderly().isEmpty() ? "" : UNORDERED)));
        }
        if (stage.isPresent()) {
            return isOursToLeave(topic, found, rung) ? Optional.empty() : Optional.of(openedByOthers(stage.get()));
        }
        // Only a fence leaves what Ladder waits in, and a fence that stays closed is an outage: name servers may lose
        // notes.
        if (rung instanceof Rung.Wait) {
            return Optional.empty();
        }
        boolean isBegun =
                situation.unfinishedSteps().containsKey(topic.name()) || evidence.explains(topic.name(), found);
        return isBegun && !(rung instanceof Rung.Foreign) ? Optional.empty() : Optional.of(atNoStage(topic, found));
    }

    /** Only a destination that we have opened is closed again, and only a step of ours is finished from both open. */
    private boolean isOursToLeave(PlannedTopic topic, Standing found, Rung rung) {
        boolean closes = situation.isOpen(Side.DESTINATION, topic.name())
                && rung.writes().stream()
                        .anyMatch(write -> write.side() == Side.DESTINATION
                                && !write.access().isWritable());
        boolean isFromBothOpen =
                found.equals(Standing.of(Pair.of(Stage.WRITE_BOTH))) && !(rung instanceof Rung.Arrived);
        return !(closes || isFromBothOpen) || evidence.mayClose(topic.name());
    }

    private static ForeignState openedByOthers(Stage stage) {
        return new ForeignState(
                "is at " + stage.word() + ", but no run of this plan has opened it for writing at the destination",
                "If clients write it there, set stage: " + stage.word() + " and apply: then this plan knows the topic"
                        + " and can move it. Otherwise close it at the destination by hand.");
    }

    private ForeignState atNoStage(PlannedTopic topic, Standing found) {
        if (situation.recorded().fenced().contains(topic.name())) {
            for (Side opening : Side.values()) {
                if (found.at(opening).equals(Set.of(Access.WRITE))) {
                    return inOpenedFence(topic.name(), opening.other());
                }
            }
        }
        Stage nearest = nearest(found);
        return new ForeignState(
                "is at no stage: "
                        + (found.pair().isPresent()
                                ? found.words()
                                : accesses(Side.SOURCE, topic.name()) + "; " + accesses(Side.DESTINATION, topic.name()))
                        + ". No run of this plan left it so",
                "Find out who changed its permissions. If nobody needs them, set those of a stage by hand; the nearest"
                        + " is " + nearest.word() + ": source "
                        + nearest.at(Side.SOURCE).word() + ", destination "
                        + nearest.at(Side.DESTINATION).word() + ".");
    }

    /** Any stage would be wrong: new messages wait at the other side, and the old ones have not been read yet. */
    private ForeignState inOpenedFence(String topic, Side closed) {
        SortedSet<String> changed = new TreeSet<>();
        situation.at(closed).topic(topic).forEach((broker, settings) -> {
            if (settings.access() != Access.READ) {
                changed.add(broker);
            }
        });
        return new ForeignState(
                "is in the fence, and somebody changed its permissions: " + accesses(Side.SOURCE, topic) + "; "
                        + accesses(Side.DESTINATION, topic),
                "Set its permission to read again on " + Names.of(changed, Counts.MOST_NAMED)
                        + " (mqadmin updateTopicPerm -p 4), and run again: the fence opens once the " + closed.word()
                        + " is quiet and consumed.");
    }

    /** The stage that differs from what was found on the fewest sides; of several, the first. */
    private static Stage nearest(Standing found) {
        return Arrays.stream(Stage.values())
                .min(Comparator.comparing(stage -> Arrays.stream(Side.values())
                        .filter(side -> !found.at(side).contains(stage.at(side)))
                        .count()))
                .orElseThrow();
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
                        .collect(Collectors.joining(", ", side.word() + ": ", ""));
    }
}
