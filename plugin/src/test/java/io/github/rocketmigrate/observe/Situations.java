package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.MigrationRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Builds situations for tests. */
public final class Situations {
    public static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Situations() {}

    public static Situation of(String lines, ClusterFixture source, ClusterFixture destination) {
        return of(
                Plans.plan(lines),
                Selection.ALL,
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE);
    }

    public static Situation of(
            MigrationPlan plan,
            Selection selection,
            Metadata source,
            Metadata destination,
            ConsumerOffsets progress,
            QueueOffsets held) {
        return new Situation(
                plan,
                selection.in(plan, progress),
                source,
                destination,
                progress,
                held,
                MigrationRecord.NOTHING,
                Map.of(),
                Optional.empty(),
                NOON);
    }

    /** The same situation with the record of earlier runs. */
    public static Situation recording(Situation situation, MigrationRecord recorded) {
        return new Situation(
                situation.plan(),
                situation.scope(),
                situation.source(),
                situation.destination(),
                situation.offsets(),
                situation.queueOffsets(),
                recorded,
                situation.unfinishedSteps(),
                situation.traffic(),
                situation.readAt());
    }

    /** The same situation, whose masters an earlier run has recorded. */
    public static Situation withMasters(Situation situation) {
        Map<Side, SortedSet<String>> masters = new TreeMap<>();
        for (Side side : Side.values()) {
            masters.put(side, new TreeSet<>(situation.at(side).brokers().keySet()));
        }
        return recording(situation, situation.recorded().withMasters(masters));
    }

    /** The same situation, in which runs of this plan have left all topics as they are, perhaps in the middle of a step. */
    public static Situation leftByRuns(Situation situation) {
        SortedMap<String, BegunStep> begun = new TreeMap<>();
        situation
                .scope()
                .topics()
                .forEach(topic ->
                        begun.put(topic.name(), new BegunStep(situation.standing(topic.name()), topic.isFenced())));
        return begun(situation, begun);
    }

    /** The same situation, in which runs have begun these steps. */
    public static Situation begun(Situation situation, SortedMap<String, BegunStep> begun) {
        MigrationRecord recorded = situation.recorded();
        return recording(
                situation,
                new MigrationRecord(
                        recorded.batches(),
                        recorded.masters(),
                        recorded.joined(),
                        recorded.complete(),
                        recorded.others(),
                        recorded.mastersSequence(),
                        begun));
    }

    /** The same situation, read at another time. */
    public static Situation readAt(Situation situation, Instant readAt) {
        return new Situation(
                situation.plan(),
                situation.scope(),
                situation.source(),
                situation.destination(),
                situation.offsets(),
                situation.queueOffsets(),
                situation.recorded(),
                situation.unfinishedSteps(),
                situation.traffic(),
                readAt);
    }
}
