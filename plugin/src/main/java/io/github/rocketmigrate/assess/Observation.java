package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Consumers;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.RowAnswer;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.GoalCommand;
import io.github.rocketmigrate.text.Names;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Everything that the rules of the examination know: the plan, and what was read of both clusters.
 *
 * @param recorded what earlier runs have recorded at the destination
 */
public record Observation(
        MigrationPlan plan,
        ClusterObservation source,
        ClusterObservation destination,
        Measured<RecordedPlans> recorded,
        Instant readAt) {
    public Observation {
        requireNonNull(plan, "plan is null");
        requireNonNull(source, "source is null");
        requireNonNull(destination, "destination is null");
        requireNonNull(recorded, "recorded is null");
        requireNonNull(readAt, "readAt is null");
    }

    public ClusterObservation at(Side side) {
        return side == Side.SOURCE ? source : destination;
    }

    Metadata metadata(Side side) {
        return at(side).metadata().needed();
    }

    /** What a person has answered to the question of a row. */
    Optional<RowAnswer> answer(String id) {
        return plan.answers().stream()
                .filter(answer -> answer.id().value().equals(id))
                .findFirst();
    }

    /** Whether the brokers of the source will register with the destination's name servers, as far as the plan says. */
    boolean joins() {
        return plan.traffic()
                .map(traffic -> traffic.routing().value() == Routing.JOIN)
                .orElse(true);
    }

    /** What to do about objects that other plans have recorded, and may be moving now. */
    String next(SortedMap<String, SortedSet<String>> ofOthers) {
        return "Leave what belongs to " + Counts.noun(ofOthers.size(), "plan") + " "
                + Names.of(ofOthers.keySet(), Counts.MOST_NAMED) + " as it is: it may be moving now. Continue with "
                + (ofOthers.size() == 1 ? "that plan" : "those plans")
                + ". If " + ofOthers.firstKey()
                + " was given up, or is an earlier name of this plan, remove its record: "
                + plan.command("apply", GoalCommand.parameter("forgetPlan", ofOthers.firstKey()));
    }

    /** What the checks of the engine judge, without traffic: nothing has moved yet. */
    Situation situation() {
        ConsumerOffsets offsets =
                source.consumers().known().map(Consumers::offsets).orElse(ConsumerOffsets.NONE);
        return new Situation(
                plan,
                Selection.ALL.in(plan, offsets),
                metadata(Side.SOURCE),
                metadata(Side.DESTINATION),
                offsets,
                QueueOffsets.NONE,
                recorded.known().orElse(RecordedPlans.NONE).own(),
                Map.of(),
                Optional.empty(),
                readAt);
    }
}
