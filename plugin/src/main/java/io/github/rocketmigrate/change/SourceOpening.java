package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.ChangeSet.UnplannedObjects;
import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Rung.AccessChange;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Plans the way back while the destination is down. Topics that runs of the plan have moved away, and that the plan
 * wants back, open at the source. Everything else has to wait for the destination.
 */
public final class SourceOpening {
    private final Situation situation;
    private final boolean mayReorder;
    private final Draft draft = new Draft();

    /**
     * Plans from the source and the copy of the record.
     *
     * @param mayReorder whether topics may open whose order is kept otherwise
     */
    public SourceOpening(Situation situation, boolean mayReorder) {
        this.situation = requireNonNull(situation, "situation is null");
        this.mayReorder = mayReorder;
    }

    /** Whether some topic is on its way back, open already or not. */
    public boolean isAnythingGoingBack() {
        return situation.scope().topics().stream().anyMatch(topic -> isWantedBack(topic) && isAway(topic.name()));
    }

    public ChangeSet plan() {
        situation.scope().topics().stream().filter(SourceOpening::isWantedBack).forEach(this::plan);
        return new ChangeSet(
                situation.plan().name().value(),
                situation.scope().partial(),
                draft.changes(),
                draft.impossible(),
                List.of(),
                Arrays.stream(Side.values())
                        .collect(toMap(side -> side, side -> new UnplannedObjects(new TreeSet<>(), new TreeSet<>()))));
    }

    private static boolean isWantedBack(PlannedTopic topic) {
        return topic.wanted().at(Side.SOURCE) == Access.READ_WRITE;
    }

    private void plan(PlannedTopic topic) {
        SortedSet<Access> found = situation.standing(topic.name()).source();
        if (found.isEmpty() || found.equals(new TreeSet<>(List.of(Access.READ_WRITE)))) {
            return;
        }
        Subject subject = TopicPlanner.subject(topic, Side.SOURCE);
        if (!isAway(topic.name())) {
            draft.impossible(
                    subject,
                    Cause.FOREIGN_STATE,
                    "topic '" + topic.name()
                            + "' is not open at the source, and no run of this plan has closed it there",
                    "Find out who changed its permissions. If nobody needs them, open it at the source by hand.");
        } else if (topic.isFenced() && !mayReorder) {
            draft.impossible(
                    subject,
                    Cause.ORDER_WITHOUT_DESTINATION,
                    "topic '" + topic.name() + "' is " + MovePlanner.order(topic)
                            + ": its new messages would be consumed before those that are left at the destination",
                    "Start the destination. If its consumers can do without the order, run again with"
                            + " -Dmigrate.allowReordering=true.");
        } else {
            Rung opening =
                    new Rung.Writes(List.of(new AccessChange(Side.SOURCE, Access.READ_WRITE)), Purpose.OPEN_SOURCE);
            draft.change(new MoveTopic(subject, situation.standing(topic.name()), opening, topic.wanted()));
        }
    }

    /** Whether runs of this plan have closed the topic at the source, or were about to. */
    private boolean isAway(String topic) {
        Optional<RecordedObject> recorded = situation.recorded().of(SettingsHash.topicKey(topic));
        return recorded.flatMap(RecordedObject::stage)
                        .filter(SourceOpening::isAway)
                        .isPresent()
                || recorded.flatMap(RecordedObject::heading)
                        .filter(SourceOpening::isAway)
                        .isPresent();
    }

    private static boolean isAway(Stage stage) {
        return stage.at(Side.SOURCE) != Access.READ_WRITE;
    }
}
