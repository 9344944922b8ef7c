package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;

/** A topic before its next step, and the situation that a check judges it in. */
public record TopicStep(Situation situation, PlannedTopic topic, Rung rung) {
    public TopicStep {
        requireNonNull(situation, "situation is null");
        requireNonNull(topic, "topic is null");
        requireNonNull(rung, "rung is null");
    }

    String name() {
        return topic.name();
    }

    /** Whether the step finishes a write that only some masters have taken, or another step of a stopped run. */
    boolean isFinishing() {
        Standing standing = situation.standing(name());
        List<Side> halves = Arrays.stream(Side.values())
                .filter(side -> standing.at(side).size() > 1)
                .toList();
        List<Side> written = rung.writes().stream().map(Rung.AccessChange::side).toList();
        return rung.isFor(Purpose.FINISH) || (!halves.isEmpty() && written.containsAll(halves));
    }

    /** Whether a run has begun what the step finishes. The note of a fence may come from a run that stopped before its first write. */
    boolean hasBegun() {
        boolean isInFence = topic.inFence() && !situation.isAt(Stage.READ_BOTH, name());
        return isInFence || isFinishing();
    }

    /** Whether the topic's traffic was read. */
    boolean isObserved() {
        return situation.traffic().filter(traffic -> traffic.covers(name())).isPresent();
    }

    Traffic traffic() {
        return situation.traffic().orElseThrow();
    }

    /** The cluster that the topic leaves, where the step leaves one. */
    Side left() {
        return rung instanceof Rung.Wait wait ? wait.until() : Side.SOURCE;
    }

    /**
     * The topic's groups, without groups that the plan ignores and that are offline. A fence waits for those only that were
     * there when it closed: they are in the plan, or were then.
     */
    SortedSet<String> groups() {
        SortedSet<String> groups = situation.consumersOf(name());
        if (rung instanceof Rung.Wait) {
            groups.removeIf(group -> situation.isNew(group));
        }
        return groups;
    }
}
