package io.github.rocketmigrate.bench;

import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.run.PlanReaders;
import io.github.rocketmigrate.sandbox.Endpoints;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long planning takes when both clusters have been read. */
final class PlanningTimes {
    private static final int WARM_UPS = 10;
    private static final int ROUNDS = 11;
    private static final double MOST_MILLIS = 200;

    private final Endpoints endpoints;
    private final BothClusters clusters;
    private final Map<Side, Reading> known;
    private final Scores scores;
    private final Path folder;

    PlanningTimes(Endpoints endpoints, BothClusters clusters, Map<Side, Reading> known, Scores scores, Path folder) {
        this.endpoints = endpoints;
        this.clusters = clusters;
        this.known = known;
        this.scores = scores;
        this.folder = folder;
    }

    /** Plans with these lines for traffic, and for each batch. */
    void measure(String title, String traffic, String stage) throws Exception {
        Path file = LargeClusters.writePlan(folder.resolve("plan.yaml"), endpoints, traffic, stage);
        MigrationPlan plan = PlanReaders.connecting(name -> Optional.empty(), LocalDate.now(ZoneOffset.UTC))
                .read(file)
                .plan()
                .orElseThrow();
        Situation situation = situation(plan);
        ChangeSet changes = Planner.plan(situation);
        List<Duration> planning = new ArrayList<>();
        for (int round = -WARM_UPS; round < ROUNDS; round++) {
            Duration time = Pairs.time(() -> Planner.plan(situation));
            if (round >= 0) {
                planning.add(time);
            }
        }
        List<Double> millis = planning.stream().map(Pairs::millis).toList();
        scores.say(
                "%n4. Planning %s: %d changes, %d impossible, %d unchanged",
                title,
                changes.changes().size(),
                changes.impossible().size(),
                changes.unchanged().size());
        double median = Pairs.median(millis);
        scores.goal(
                median < MOST_MILLIS,
                "%.1f ms, least %.1f ms; goal: under %.0f ms",
                median,
                Pairs.least(millis),
                MOST_MILLIS);
    }

    private Situation situation(MigrationPlan plan) throws InterruptedException {
        Reading source = known.get(Side.SOURCE);
        Metadata destination = known.get(Side.DESTINATION).metadata();
        Situation situation = new Situation(
                plan,
                Selection.ALL.in(plan, source.progress()),
                source.metadata(),
                destination,
                source.progress(),
                QueueOffsets.NONE,
                MigrationRecord.NOTHING,
                Map.of(),
                Optional.empty(),
                Instant.now());
        return situation.withQueueOffsets(
                clusters.reader(Side.DESTINATION).queueOffsets(destination, Planner.inQuestion(situation)));
    }
}
