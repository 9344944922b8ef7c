package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.apply.RecordUpdate;
import io.github.rocketmigrate.change.SavedChangeSet;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.observe.LostRecord;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * Assesses the clusters repeatedly in one run of {@code apply}: with the masters that the user names, without what the user
 * forgets, with the fences that the
 * user opens, and only for the changes in the reviewed change set.
 */
final class RunAssessments implements Supplier<Assessment> {
    private final Survey survey;
    private final ForgottenPlan forgottenPlan;
    private final Set<String> forgotten;
    private final Set<String> masters;
    private final boolean mayReorder;
    private final boolean mayRemove;
    private final Optional<SavedChangeSet> reviewed;
    private Optional<Set<String>> foundClosed = Optional.empty();

    /**
     * If the user allows reordering, fences that are closed in the first assessment open at once; fences that the run itself
     * closes wait as usual.
     */
    RunAssessments(
            Survey survey, ForgottenPlan forgottenPlan, Apply.Settings settings, Optional<SavedChangeSet> reviewed) {
        this.forgottenPlan = requireNonNull(forgottenPlan, "forgottenPlan is null");
        this.survey = requireNonNull(survey, "survey is null");
        this.forgotten = settings.forgotten();
        this.masters = settings.masters();
        this.mayReorder = settings.policy().mayReorder();
        this.mayRemove = settings.mayRemove();
        this.reviewed = requireNonNull(reviewed, "reviewed is null");
    }

    @Override
    public Assessment get() {
        Survey.Planned planned = survey.planned();
        Situation situation = planned.situation();
        Situation known = forgottenPlan.removedFrom(
                forgotten.isEmpty() && masters.isEmpty()
                        ? situation
                        : LostRecord.naming(masters, situation).forgetting(forgotten));
        Assessment now = known.equals(situation)
                ? Assessment.of(situation, planned.changes())
                : Assessment.of(known, survey.plan(known));
        Assessment whole = overruled(mayRemove ? now.allowingRemovals() : now);
        return reviewed.map(saved -> overruled(whole.narrowedTo(saved))).orElse(whole);
    }

    /** The record at the last assessment, as it was found. */
    MigrationRecord recorded() {
        return survey.lastRecord();
    }

    /** A run has copied the record to the source, with the steps that were begun without the destination. */
    void recordCopied() {
        survey.takenOver();
    }

    /** Whether holds are to be written, because somebody changes them, the plan ends them, or one side does not have them. */
    boolean changesHolds(Assessment now) {
        if (now.situation().routing().isEmpty()) {
            // Without traffic, no topic is held, and the source is never written.
            return false;
        }
        SortedMap<String, Hold> wanted = RecordUpdate.holds(now.situation());
        return !wanted.equals(recorded().holds()) || !wanted.equals(survey.heldAtSource());
    }

    private Assessment overruled(Assessment assessment) {
        if (!mayReorder) {
            return assessment;
        }
        if (foundClosed.isEmpty()) {
            foundClosed = Optional.of(assessment.changes().fenced());
        }
        return assessment.allowingReordering(foundClosed.get());
    }
}
