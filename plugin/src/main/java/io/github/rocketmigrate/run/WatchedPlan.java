package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.PlanReading;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Follows the changes of a plan's file, and keeps the clusters of the last valid plan open. */
final class WatchedPlan implements AutoCloseable {
    private final Supplier<PlanReading> readings;
    private final ClusterOpener opener;
    private final BiFunction<Connections, MigrationPlan, Survey> surveys;
    private MigrationPlan plan;
    private Connections clusters;
    private Survey survey;
    private Optional<PlanReading> invalid = Optional.empty();

    /**
     * Opens the clusters of a valid plan.
     *
     * @param readings read the file again
     */
    WatchedPlan(
            MigrationPlan plan,
            Supplier<PlanReading> readings,
            ClusterOpener opener,
            BiFunction<Connections, MigrationPlan, Survey> surveys) {
        this.plan = requireNonNull(plan, "plan is null");
        this.readings = requireNonNull(readings, "readings is null");
        this.opener = requireNonNull(opener, "opener is null");
        this.surveys = requireNonNull(surveys, "surveys is null");
        this.clusters = opener.open(plan);
        this.survey = surveys.apply(clusters, plan);
    }

    /** Reads the file again. A plan that is invalid, or whose clusters cannot be opened, does not replace the last one. */
    void refresh() {
        PlanReading reading = readings.get();
        invalid = reading.plan().isPresent() ? Optional.empty() : Optional.of(reading);
        if (reading.plan().filter(changed -> !changed.equals(plan)).isPresent()) {
            replace(reading.plan().get());
        }
    }

    /** Opens the clusters again, because the plan may name others. */
    private void replace(MigrationPlan changed) {
        Connections opened = opener.open(changed);
        clusters.close();
        clusters = opened;
        survey = surveys.apply(opened, changed);
        plan = changed;
    }

    Survey survey() {
        return survey;
    }

    /** Reads the cluster that still answers, after {@link #survey} has failed. */
    OneSideSurvey oneSide(Selection selection, Clock clock) {
        return new OneSideSurvey(clusters, plan, selection, clock);
    }

    /** The file as it was read last, if it is invalid. */
    Optional<PlanReading> invalid() {
        return invalid;
    }

    @Override
    public void close() {
        clusters.close();
    }
}
