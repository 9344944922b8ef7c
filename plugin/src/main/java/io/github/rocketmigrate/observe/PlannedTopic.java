package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Topic;
import io.github.rocketmigrate.record.Hold;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Pairs a topic of the plan with its batch.
 *
 * @param orderly the groups that consume it in order, by the plan or as their members report
 * @param inFence whether a run has begun to pass it through a fence
 * @param hold what keeps it from moving forward since it was rolled back
 * @param isRolledBack whether this run takes it back to the stage of its hold
 */
public record PlannedTopic(
        Batch batch,
        Topic topic,
        SortedSet<String> orderly,
        boolean inFence,
        Optional<Hold> hold,
        boolean isRolledBack) {
    public PlannedTopic {
        requireNonNull(batch, "batch is null");
        requireNonNull(topic, "topic is null");
        orderly = unmodifiableSortedSet(orderly);
        requireNonNull(hold, "hold is null");
    }

    /** A topic about whose groups nothing is known. */
    public PlannedTopic(Batch batch, Topic topic) {
        this(batch, topic, new TreeSet<>(), false, Optional.empty(), false);
    }

    /**
     * Whether the topic passes the fence because its order has to be kept. The fence keeps a topic until it opens, also
     * when its orderly groups disconnect meanwhile.
     */
    public boolean isFenced() {
        return type() == MessageType.FIFO || !orderly.isEmpty() || inFence;
    }

    PlannedTopic withOrderly(Collection<String> groups) {
        SortedSet<String> all = new TreeSet<>(orderly);
        all.addAll(groups);
        return new PlannedTopic(batch, topic, all, inFence, hold, isRolledBack);
    }

    PlannedTopic withFence(boolean isIn) {
        return new PlannedTopic(batch, topic, orderly, isIn, hold, isRolledBack);
    }

    /** The same as an earlier rollback has left it. */
    PlannedTopic withHold(Optional<Hold> recorded) {
        return new PlannedTopic(batch, topic, orderly, inFence, recorded, false);
    }

    /** The same while a run rolls it back. */
    PlannedTopic rolledBack(Hold by) {
        return new PlannedTopic(batch, topic, orderly, inFence, Optional.of(by), true);
    }

    /** What keeps the topic from the stage that the plan asks for. */
    public Optional<Hold> stoppedBy() {
        return hold.filter(it -> it.stops(planned()));
    }

    public String name() {
        return topic.name().value();
    }

    public MessageType type() {
        return topic.type().value();
    }

    /** The stage in the plan. */
    public Stage planned() {
        return batch.wanted(topic);
    }

    /** The stage to move to: the planned one, as far as a hold allows it. */
    public Stage wanted() {
        return stoppedBy().map(Hold::stage).orElseGet(this::planned);
    }

    public Position at() {
        return topic.name().at();
    }

    /** Where the plan says its stage: at the topic, at its batch or, if neither says one, at the name of the batch. */
    public Position stageAt() {
        return topic.stage()
                .or(batch::stage)
                .map(stage -> stage.at())
                .orElseGet(() -> batch.name().at());
    }
}
