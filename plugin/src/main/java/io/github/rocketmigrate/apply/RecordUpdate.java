package io.github.rocketmigrate.apply;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordedSource;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Computes the record of a run: how it left the objects that match the plan, and which masters there were. */
public final class RecordUpdate {
    private final Situation situation;

    private RecordUpdate(Situation situation) {
        this.situation = situation;
    }

    /**
     * The record before a run writes anything else: a master that is lost during the run counts as missing, and objects
     * that the run creates or removes count as this plan's, wherever the run stops.
     *
     * @param planned the changes that the run makes
     */
    public static MigrationRecord before(Situation situation, Collection<Change> planned, Set<String> forgotten) {
        MigrationRecord recorded = situation.recorded();
        ObjectRecords objects = new ObjectRecords(situation, recorded.batches().keySet(), Map.of());
        planned.forEach(objects::begin);
        objects.noteEntries();
        Map<Side, SortedSet<String>> masters = new RecordUpdate(situation).masters(forgotten);
        MigrationRecord before = new MigrationRecord(
                        objects.numbered(),
                        masters,
                        recorded.joined(),
                        recorded.complete(),
                        recorded.others(),
                        recorded.mastersSequence()
                                + (masters.equals(recorded.masters())
                                                && source(situation).equals(recorded.source())
                                        ? 0
                                        : 1),
                        recorded.begun(),
                        source(situation))
                .withHolds(holds(situation));
        return before.equals(recorded) ? recorded : before;
    }

    /**
     * The record after a run.
     *
     * @param situation the last one
     * @param unchanged the objects that matched the plan then
     * @param earlier the results of changes before that
     * @param since the results of changes after that
     * @param forgotten masters that were removed from their cluster
     * @param arrivals of topics that made a step in this run, by name
     */
    public static MigrationRecord after(
            Situation situation,
            Iterable<Subject> unchanged,
            AppliedChanges earlier,
            AppliedChanges since,
            Set<String> forgotten,
            Map<String, Arrival> arrivals) {
        RecordUpdate update = new RecordUpdate(situation);
        Set<String> planned = situation.plan().batches().stream()
                .map(batch -> batch.name().value())
                .collect(Collectors.toSet());
        ObjectRecords objects = new ObjectRecords(situation, planned, arrivals);
        unchanged.forEach(objects::add);
        earlier.changes().forEach(objects::add);
        since.changes().forEach(objects::addMade);
        objects.endHeadings(since);
        if (since.changes().isEmpty()) {
            objects.noteEntries();
        }
        Map<Side, SortedSet<String>> masters = update.masters(forgotten);
        SortedSet<String> joined = update.joined(unchanged, since, forgotten);
        boolean same = masters.equals(situation.recorded().masters())
                && source(situation).equals(situation.recorded().source())
                && joined.equals(situation.recorded().joined())
                && isComplete(situation) == situation.recorded().complete();
        return new MigrationRecord(
                        objects.numbered(),
                        masters,
                        joined,
                        isComplete(situation),
                        situation.recorded().others(),
                        situation.recorded().mastersSequence() + (same ? 0 : 1),
                        update.begun(since),
                        source(situation))
                .withHolds(holds(situation));
    }

    /** The holds, of which those have ended whose plan asks no more than they allow: it has changed since. */
    public static SortedMap<String, Hold> holds(Situation situation) {
        SortedMap<String, Hold> holds = new TreeMap<>(situation.recorded().holds());
        situation
                .plan()
                .batches()
                .forEach(batch -> batch.topics()
                        .forEach(topic -> holds.computeIfPresent(
                                topic.name().value(),
                                (name, hold) -> hold.stops(batch.wanted(topic)) ? hold : hold.released())));
        return holds;
    }

    private static Optional<RecordedSource> source(Situation situation) {
        return Optional.of(RecordedSource.of(situation.source()));
    }

    /**
     * The steps that are still half done: those of topics that have arrived at a stage, or that are gone, are forgotten,
     * unless some name server still shows the permissions before it, or a write that was not answered may still be made.
     * A topic that was taken out of the plan in the middle of its step may come back.
     */
    private SortedMap<String, BegunStep> begun(AppliedChanges since) {
        SortedMap<String, BegunStep> begun = new TreeMap<>(situation.recorded().begun());
        begun.entrySet().removeIf(step -> isOver(step.getKey(), step.getValue()));
        for (AppliedChange one : since.changes()) {
            StepNotes.noteSettings(begun, one, situation);
            // Also of a step that was not attempted: that means not on every master.
            if (one.change() instanceof Change.MoveTopic move) {
                StepNotes.begin(begun, move, situation);
                StepNotes.end(begun, one, situation);
            }
        }
        return begun;
    }

    private boolean isOver(String topic, BegunStep step) {
        boolean isGone = Arrays.stream(Side.values())
                .allMatch(side -> situation.at(side).topic(topic).isEmpty());
        return isGone || (isArrived(topic) && !step.mayComeLate(situation.readAt()));
    }

    private boolean isArrived(String topic) {
        return situation.standing(topic).pair().flatMap(Pair::stage).isPresent()
                && !situation.unfinishedSteps().containsKey(topic);
    }

    /**
     * Whether the migration is complete: every topic is at its last stage, and no broker of the source is joined except
     * for other plans.
     */
    private static boolean isComplete(Situation situation) {
        return situation.recorded().complete()
                || (situation.plan().traffic().filter(TrafficPlan::complete).isPresent()
                        && (!situation.isAnyJoined()
                                || !situation.recorded().others().isEmpty())
                        // Counts the whole plan, whatever part of it is applied.
                        && situation
                                .plan()
                                .topics()
                                .allMatch(topic -> situation
                                        .standing(topic.name().value())
                                        .pair()
                                        .equals(Optional.of(Pair.of(Stage.DESTINATION)))));
    }

    /** Keeps brokers as joined until they leave, so that a join that is lost at a restart counts as drift. */
    private SortedSet<String> joined(Iterable<Subject> unchanged, AppliedChanges since, Set<String> forgotten) {
        SortedSet<String> joined = new TreeSet<>(situation.recorded().joined());
        joined.removeAll(forgotten);
        boolean leaving =
                situation.plan().traffic().filter(TrafficPlan::complete).isPresent();
        unchanged.forEach(subject -> {
            if (subject.kind() != Subject.Kind.BROKER) {
                return;
            }
            if (leaving) {
                joined.remove(subject.name());
            } else {
                joined.add(subject.name());
            }
        });
        for (AppliedChange applied : since.changes()) {
            if (applied.outcome().isDone() && applied.change() instanceof Change.RegisterBroker register) {
                if (register.joins()) {
                    joined.add(register.subject().name());
                } else {
                    joined.remove(register.subject().name());
                }
            }
        }
        return joined;
    }

    private Map<Side, SortedSet<String>> masters(Set<String> forgotten) {
        Map<Side, SortedSet<String>> masters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            SortedSet<String> names = new TreeSet<>(situation.recorded().mastersOf(side));
            names.removeAll(forgotten);
            names.addAll(situation.at(side).brokers().keySet());
            masters.put(side, names);
        }
        return masters;
    }
}
