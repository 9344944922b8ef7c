package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a look at both clusters has shown.
 *
 * @param recorded what earlier runs had left behind by then
 * @param todo what is to be done, and what stands in the way
 * @param stale why a saved change set does not fit
 * @param free what can be made now
 */
record Look(MigrationRecord recorded, Planning planning, PlanReport todo, List<Stale> stale, List<Change> free) {
    Look {
        requireNonNull(recorded, "recorded is null");
        requireNonNull(planning, "planning is null");
        requireNonNull(todo, "todo is null");
        stale = List.copyOf(stale);
        free = List.copyOf(free);
    }

    /** Whether something is to be done to traffic, and not to topics and groups alone. */
    boolean isAboutTraffic() {
        return todo.changes().changes().stream().anyMatch(change -> switch (change.kind()) {
            case JOIN_BROKER, LEAVE_BROKER, MOVE_TOPIC -> true;
            case CREATE_TOPIC, CREATE_GROUP, ALIGN_TOPIC, ALIGN_GROUP -> false;
        });
    }

    /** Whether something may become free while somebody waits. */
    boolean isWorthWaiting(Duration patienceWithOthers) {
        Map<String, List<Judgement>> failing = todo.failing();
        return todo.changes().changes().stream().anyMatch(change -> {
            List<Judgement> reasons = failing.getOrDefault(change.subject().name(), List.of());
            return change instanceof Change.MoveTopic move
                    && (Waits.isWorthIt(move, reasons) || !(reasons.isEmpty() || patienceWithOthers.isZero()));
        });
    }

    AppliedChanges untouched(boolean isDryRun) {
        return isDryRun
                ? new AppliedChanges(
                        free.stream()
                                .map(change ->
                                        new AppliedChange(change, WriteOutcome.NOT_ATTEMPTED, "this was a dry run", ""))
                                .toList(),
                        Optional.empty())
                : AppliedChanges.NONE;
    }
}
