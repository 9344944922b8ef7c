package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ObjectUse;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.GateLooks;
import io.github.rocketmigrate.observe.LostRecord;
import io.github.rocketmigrate.observe.ObjectsToRemove;
import io.github.rocketmigrate.observe.OpenFences;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.StageEntries;
import io.github.rocketmigrate.observe.StaleRoutes;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.plan.Gate;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.Brakes;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.RecordCopy;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * Reads from both clusters what the planner and the checks need, and nothing else.
 *
 * <p>Longer than 300 lines: all readings of a run, and their order, are here.
 */
final class Survey {
    private final Connections clusters;
    private final TrafficSurvey traffic;
    private final SharedGroupSurvey sharedGroups;
    private final OutsideSurvey outside;
    private final MigrationPlan plan;
    private final Selection selection;
    private final Clock clock;
    private final HoldChange holdChange;
    private final LeftBehind leftBehind = new LeftBehind();
    private final StageEntries entries = new StageEntries();
    private final GateLooks gateLooks = new GateLooks();
    /** The name of the destination's cluster at the last reading. */
    private String lastDestination = "";

    private Map<String, Map<String, String>> lastNotes = Map.of();
    private MigrationRecord lastRecord = MigrationRecord.NOTHING;
    private Optional<SortedMap<String, Hold>> heldAtSource = Optional.empty();
    private SortedMap<String, BegunStep> openedAtSource = Collections.emptySortedMap();

    Survey(Connections clusters, MigrationPlan plan, Selection selection, FencePolicy policy, Clock clock) {
        this(clusters, plan, selection, policy, clock, HoldChange.NONE);
    }

    /** Reads as if the holds of topics were changed already. */
    Survey(
            Connections clusters,
            MigrationPlan plan,
            Selection selection,
            FencePolicy policy,
            Clock clock,
            HoldChange holdChange) {
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.traffic = new TrafficSurvey(clusters, policy, clock);
        this.sharedGroups = new SharedGroupSurvey(clusters, policy);
        this.outside = new OutsideSurvey(clusters);
        this.plan = requireNonNull(plan, "plan is null");
        this.selection = requireNonNull(selection, "selection is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.holdChange = requireNonNull(holdChange, "holdChange is null");
    }

    /** A situation with the changes that the plan asks for in it. */
    record Planned(Situation situation, ChangeSet changes) {}

    private Planned planned(Situation situation) {
        return new Planned(situation, plan(situation));
    }

    /** The changes that this run makes in a situation. */
    ChangeSet plan(Situation situation) {
        return holdChange.of(Planner.plan(situation));
    }

    /** The situation now, with the traffic of the topics that have to move. */
    Planned planned() {
        Instant now = clock.instant();
        Situation situation = entries.in(withSharedGroups(
                withLeftBehind(withQueueOffsets(withoutObjectsToRemove(withUnfinishedSteps(withoutTraffic(now)))))));
        SortedSet<String> movers = Planner.movers(situation);
        return withGates(withOutsideConsumers(
                planned(movers.isEmpty() ? situation : situation.withTraffic(traffic.read(situation, movers)))));
    }

    /** Gates are asked only before steps that they hold: the way back waits for no server. */
    private Planned withGates(Planned planned) {
        Situation situation = planned.situation();
        Set<String> forward = planned.changes().changes().stream()
                .filter(change ->
                        change instanceof Change.MoveTopic move && move.rung().mayWait())
                .map(change -> change.subject().name())
                .collect(toSet());
        List<Gate> due = situation.scope().topics().stream()
                .filter(topic -> forward.contains(topic.name()))
                .flatMap(topic -> plan.conditionsOf(topic.batch()).gateList())
                .distinct()
                .toList();
        return due.isEmpty()
                ? planned
                : new Planned(
                        situation.withGates(
                                gateLooks.after(clusters.gates(due, situation.readAt()), situation.readAt())),
                        planned.changes());
    }

    /** They are read only when the next thing to do is to leave the join. */
    private Planned withOutsideConsumers(Planned planned) {
        return planned.changes().isLeavingJoin()
                ? planned(planned.situation().withOutsideConsumers(outside.of(planned.situation())))
                : planned;
    }

    /** The situation while the destination cannot be read: what the source shows, and the copy of the record there. */
    Situation ofSourceAlone() {
        Metadata source = clusters.source();
        ConsumerOffsets offsets = clusters.one(Side.SOURCE, (side, reader) -> reader.consumerOffsets(source));
        MigrationRecord recorded = copiedRecord().orElseGet(() -> MigrationRecord.NOTHING.withHolds(heldAtSource()));
        return holdChange.in(new Situation(
                plan,
                selection.in(plan, offsets).with(recorded),
                source,
                Metadata.UNREAD,
                offsets,
                QueueOffsets.NONE,
                recorded,
                Map.of(),
                Optional.empty(),
                clock.instant()));
    }

    /** What the destination's name servers had of the record at the last reading. */
    MigrationRecord lastRecord() {
        return lastRecord;
    }

    /** The keys of the objects that other plans had recorded at the last reading, by plan. */
    SortedMap<String, SortedSet<String>> objectsOfOthers() {
        return RecordFormat.objectsOfOthers(plan.name().value(), lastNotes);
    }

    /** The lease of the destination, if a run held it at the last reading. */
    Optional<LeaseNote> lease() {
        return LeaseNote.of(lastDestination, lastNotes);
    }

    /** The traffic of all topics and groups, for reports. */
    Traffic show(Situation situation) {
        return traffic.show(situation);
    }

    private Situation withoutTraffic(Instant now) {
        Map<Side, Metadata> metadata = clusters.metadata();
        Metadata source = metadata.get(Side.SOURCE);
        // Consumer offsets are read only if something depends on them: the groups of a topic decide whether it is
        // fenced.
        ConsumerOffsets offsets = selection.isPartial() || plan.traffic().isPresent()
                ? clusters.one(Side.SOURCE, (side, reader) -> reader.consumerOffsets(source))
                : ConsumerOffsets.NONE;
        Map<String, Map<String, String>> notes = clusters.one(Side.DESTINATION, (side, reader) -> reader.notes());
        lastDestination = metadata.get(Side.DESTINATION).cluster();
        MigrationRecord recorded = recorded(notes).withMoreHolds(heldAtSource());
        Brakes brakes = brakes(notes);
        Situation read = situation(metadata, offsets, recorded, now).withBrakes(brakes);
        Optional<MigrationRecord> copied = LostRecord.isPossible(read) ? copiedRecord() : Optional.empty();
        return holdChange.in(read.withRecorded(copied.map(copy -> copy.asCopy(recorded.others()))
                .orElseGet(() -> recorded.withMoreSteps(openedAtSource))));
    }

    /** A brake stands at the side that could be reached, so both count; without traffic, nothing is written at the source. */
    private Brakes brakes(Map<String, Map<String, String>> notes) {
        String name = plan.name().value();
        Brakes here = Brakes.of(name, notes);
        return plan.traffic().isPresent()
                ? here.or(Brakes.read(
                        clusters.one(Side.SOURCE, (side, reader) -> reader.note(RecordCopy.key(Brakes.key(name))))
                                .values()))
                : here;
    }

    /** Without the destination, a rollback can write its holds at the source only. Nothing else does, so one look is enough. */
    SortedMap<String, Hold> heldAtSource() {
        if (heldAtSource.isEmpty()) {
            if (plan.traffic().isPresent()) {
                Map<String, Map<String, String>> notes = clusters.one(Side.SOURCE, (side, reader) -> reader.notes());
                heldAtSource = Optional.of(copy(notes).holds());
                openedAtSource = RecordCopy.openings(plan.name().value(), notes);
            } else {
                heldAtSource = Optional.of(Collections.emptySortedMap());
            }
        }
        return heldAtSource.get();
    }

    /** The steps that runs have begun without the destination, and that no run with the destination has taken over. */
    SortedMap<String, BegunStep> openedAtSource() {
        SortedMap<String, Hold> unusedHolds = heldAtSource();
        return openedAtSource;
    }

    /** The record of both sides has the steps now; what becomes of them is noted at the destination. */
    void takenOver() {
        openedAtSource = Collections.emptySortedMap();
    }

    /** Parses the record only if its notes have changed since the last look: a run that waits looks every few seconds. */
    private MigrationRecord recorded(Map<String, Map<String, String>> notes) {
        if (!notes.equals(lastNotes)) {
            lastRecord = RecordFormat.read(plan.name().value(), notes);
            lastNotes = notes;
        }
        return lastRecord;
    }

    private Situation situation(
            Map<Side, Metadata> metadata, ConsumerOffsets offsets, MigrationRecord recorded, Instant now) {
        return new Situation(
                plan,
                selection.in(plan, offsets).with(recorded),
                metadata.get(Side.SOURCE),
                metadata.get(Side.DESTINATION),
                offsets,
                QueueOffsets.NONE,
                recorded,
                Map.of(),
                Optional.empty(),
                now);
    }

    /** The copy of the record at the source, if runs have made one. */
    private Optional<MigrationRecord> copiedRecord() {
        return Optional.of(copy()).filter(copy -> !copy.isEmpty());
    }

    private MigrationRecord copy() {
        return copy(clusters.one(Side.SOURCE, (side, reader) -> reader.notes()));
    }

    private MigrationRecord copy(Map<String, Map<String, String>> notesOfSource) {
        return RecordCopy.read(plan.name().value(), notesOfSource);
    }

    /** Routes are read only of topics whose last step may not have reached every server. */
    private Situation withUnfinishedSteps(Situation situation) {
        Map<String, Pair> unfinished = new HashMap<>();
        SortedSet<String> turning = OpenFences.inQuestion(situation);
        if (!turning.isEmpty()) {
            unfinished.putAll(OpenFences.in(
                    situation, turning, clusters.one(Side.DESTINATION, (side, reader) -> reader.routes(turning))));
        }
        SortedSet<String> unseen = StaleRoutes.inQuestion(situation);
        if (!unseen.isEmpty()) {
            unfinished.putAll(
                    StaleRoutes.in(situation, unseen, clusters.both((side, reader) -> reader.routes(unseen))));
        }
        return unfinished.isEmpty() ? situation : situation.withUnfinishedSteps(unfinished);
    }

    /** What uses the objects is read only if there are any. */
    private Situation withoutObjectsToRemove(Situation situation) {
        ObjectsToRemove objects = ObjectsToRemove.in(situation);
        return objects.isEmpty()
                ? situation
                : situation.removing(objects.usedBy(clusters.one(
                        Side.DESTINATION,
                        (side, reader) -> ObjectUse.read(
                                reader,
                                situation.destination(),
                                objects.topics().keySet(),
                                objects.groups().keySet(),
                                clock))));
    }

    private Situation withQueueOffsets(Situation situation) {
        SortedSet<String> inQuestion = Planner.inQuestion(situation);
        return inQuestion.isEmpty()
                ? situation
                : situation.withQueueOffsets(clusters.one(
                        Side.DESTINATION, (side, reader) -> reader.queueOffsets(situation.destination(), inQuestion)));
    }

    private Situation withLeftBehind(Situation situation) {
        Situation left = situation.withLeftBehind(leftBehind.of(
                situation,
                topics ->
                        clusters.one(Side.SOURCE, (side, reader) -> reader.queueOffsets(situation.source(), topics))));
        return left.withLateSenders(leftBehind.senders(
                left,
                late -> clusters.one(
                        Side.SOURCE, (side, reader) -> reader.senders(left.source(), left.leftBehind(), late))));
    }

    private Situation withSharedGroups(Situation situation) {
        return situation.withSharedGroups(sharedGroups.of(situation));
    }
}
