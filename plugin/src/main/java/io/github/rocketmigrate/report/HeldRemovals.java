package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.decide.Reason;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the removals that a plan holds, with their reasons. */
final class HeldRemovals {
    private final PlanReport report;

    HeldRemovals(PlanReport report) {
        this.report = requireNonNull(report, "report is null");
    }

    Map<Change.Remove, Reason.OfRemoval> all() {
        Map<Change.Remove, Reason.OfRemoval> held = new LinkedHashMap<>();
        for (Change change : report.changes().changes()) {
            if (change instanceof Change.Remove removal) {
                report.decision(removal).reasons().stream()
                        .filter(Reason.OfRemoval.class::isInstance)
                        .map(Reason.OfRemoval.class::cast)
                        .forEach(reason -> held.put(removal, reason));
            }
        }
        return held;
    }

    /** Whether nothing blocks but removals that the user has only to allow, and the join that waits for them. */
    boolean needOnlyPermission() {
        Map<Change.Remove, Reason.OfRemoval> held = all();
        return !held.isEmpty()
                && held.values().stream().allMatch(Reason.OfRemoval::needsOnlyPermission)
                && report.barriers().isEmpty()
                && report.changes().impossible().isEmpty()
                && report.changes().changes().stream()
                        .filter(report::isHeld)
                        .allMatch(change -> change instanceof Change.Remove || change instanceof Change.RegisterBroker);
    }
}
