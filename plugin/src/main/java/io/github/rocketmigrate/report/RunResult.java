package io.github.rocketmigrate.report;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.observe.PassedFence;
import io.github.rocketmigrate.write.AppliedChanges;
import java.util.List;
import java.util.SortedMap;

/**
 * The changes that one run of a goal could make, and their results.
 *
 * @param goal {@code apply} or {@code rollback}
 * @param isDryRun whether the run makes no changes on purpose
 * @param stale reasons why the saved change set does not fit; the run makes no changes then
 * @param executable the changes that nothing blocks
 * @param application the result of each change
 * @param overdue the topics whose wait exceeded its limit, with the reason
 * @param beforeMoves the judgements of checks before the steps that were made
 * @param fences that the run has closed and opened again
 */
public record RunResult(
        String goal,
        boolean isDryRun,
        List<Stale> stale,
        List<Change> executable,
        AppliedChanges application,
        SortedMap<String, String> overdue,
        List<Judgement> beforeMoves,
        List<PassedFence> fences) {
    public RunResult {
        requireNonNull(goal, "goal is null");
        stale = List.copyOf(stale);
        executable = List.copyOf(executable);
        requireNonNull(application, "application is null");
        overdue = unmodifiableSortedMap(overdue);
        beforeMoves = List.copyOf(beforeMoves);
        fences = List.copyOf(fences);
    }
}
