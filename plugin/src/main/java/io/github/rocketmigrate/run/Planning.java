package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.change.SavedChangeSet;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.decide.Gate;
import io.github.rocketmigrate.decide.Judging;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Disagreements;
import io.github.rocketmigrate.observe.OpenFences;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.TopicsInUse;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.text.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A plan held against both clusters: what is, what is to be done, and what the checks that are due come to.
 *
 * @param warnings that hold nothing back
 */
record Planning(Situation situation, ChangeSet changes, List<Judgement> judgements, List<String> warnings) {
    private static final int MOST_NAMED = 3;

    Planning {
        requireNonNull(situation, "situation is null");
        requireNonNull(changes, "changes is null");
        judgements = List.copyOf(judgements);
        warnings = List.copyOf(warnings);
    }

    static Planning of(
            Connections clusters, TrafficSurvey observation, MigrationPlan plan, Selection selection, Instant now) {
        Map<Side, Metadata> metadata = clusters.metadata();
        Situation found = situation(clusters, plan, selection, metadata, now);
        ChangeSet changes = Planner.plan(found);
        SortedSet<String> movers = movers(changes);
        if (movers.isEmpty()) {
            return new Planning(found, changes, Judging.of(found, changes), warnings(found));
        }
        // Groups that have confirmed nothing yet are seen only by who is connected, and come with their topics too.
        Situation situation = found.withTraffic(observation.read(found, movers));
        ChangeSet complete = Planner.plan(situation);
        return new Planning(situation, complete, Judging.of(situation, complete), warnings(situation));
    }

    private static List<String> warnings(Situation situation) {
        List<String> warnings = new ArrayList<>(Disagreements.in(situation));
        warnings.addAll(TopicsInUse.warnings(situation));
        boolean complete =
                situation.plan().traffic().filter(TrafficPlan::complete).isPresent();
        if (complete
                && situation.isAnyJoined()
                && !situation.recorded().others().isEmpty()) {
            warnings.add(
                    "The join stays, because " + Names.of(situation.recorded().others(), MOST_NAMED)
                            + " have joined too and are not complete: the last plan leaves it.");
        }
        return warnings;
    }

    /** The same, with masters forgotten that have been taken out of their cluster. */
    Planning without(Set<String> masters) {
        if (masters.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(warnings);
        masters.stream()
                .filter(master -> !situation.hasRecorded(master))
                .sorted()
                .forEach(master ->
                        more.add("No earlier run has recorded a master '" + master + "': there is nothing to forget."));
        Situation lighter = situation.forgetting(masters);
        return new Planning(lighter, changes, Judging.of(lighter, changes), more);
    }

    /** The topics that wait in a fence. */
    Set<String> fenced() {
        return changes.changes().stream()
                .filter(change -> change instanceof Change.MoveTopic move && move.rung() instanceof Rung.Wait)
                .map(change -> change.subject().name())
                .collect(toUnmodifiableSet());
    }

    /** The same for fences that need not wait. */
    Planning overruling(Set<String> topics) {
        Set<String> waiting = new HashSet<>(fenced());
        waiting.retainAll(topics);
        return new Planning(situation, changes, Judging.overruled(judgements, waiting), warnings);
    }

    /** Only what a saved change set holds too. */
    Planning only(SavedChangeSet saved) {
        ChangeSet less = Stale.only(saved, changes);
        return new Planning(situation, less, Judging.of(situation, less), warnings);
    }

    /** Whether what is there may be recorded as what an apply has left: not while it cannot be seen whole. */
    boolean mayRecord() {
        return new Gate(judgements, changes)
                .barriers().stream().noneMatch(barrier -> barrier.check().isDueAnyway(situation));
    }

    /**
     * The same for people and pipelines.
     *
     * @param file how the user calls the plan's file
     * @param part of the plan, in words; empty for all of it
     */
    PlanReport report(String file, String part, Outputs outputs) {
        return new PlanReport(file, part, outputs.changeSetName(), situation, changes, judgements, warnings);
    }

    /** The topics of which it must be known what goes on with them. */
    private static SortedSet<String> movers(ChangeSet changes) {
        return changes.changes().stream()
                .filter(change -> change.kind() == Change.ChangeKind.MOVE_TOPIC)
                .map(change -> change.subject().name())
                .collect(toCollection(TreeSet::new));
    }

    private static Situation situation(
            Connections clusters, MigrationPlan plan, Selection selection, Map<Side, Metadata> metadata, Instant now) {
        Metadata source = metadata.get(Side.SOURCE);
        Metadata destination = metadata.get(Side.DESTINATION);
        boolean joining = plan.traffic()
                .filter(traffic -> traffic.routing().value() == Routing.JOIN)
                .isPresent();
        // Who consumes what is asked only where something depends on it.
        ConsumerOffsets progress = selection.isPartial() || joining
                ? clusters.one(Side.SOURCE, (side, reader) -> reader.consumerOffsets(source))
                : ConsumerOffsets.NONE;
        Map<String, Map<String, String>> notes = clusters.one(Side.DESTINATION, (side, reader) -> reader.notes());
        MigrationRecord recorded = RecordFormat.read(plan.name().value(), notes);
        Situation situation = new Situation(
                plan,
                selection.in(plan, progress),
                source,
                destination,
                progress,
                QueueOffsets.NONE,
                recorded,
                Map.of(),
                Optional.empty(),
                now);
        SortedSet<String> turning = OpenFences.inQuestion(situation, notes);
        if (!turning.isEmpty()) {
            situation = situation.withTurned(OpenFences.in(
                    situation, turning, clusters.one(Side.DESTINATION, (side, reader) -> reader.routes(turning))));
        }
        SortedSet<String> inQuestion = Planner.inQuestion(situation);
        return inQuestion.isEmpty()
                ? situation
                : situation.withHeld(
                        clusters.one(Side.DESTINATION, (side, reader) -> reader.queueOffsets(destination, inQuestion)));
    }
}
