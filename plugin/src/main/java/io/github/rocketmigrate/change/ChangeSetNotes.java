package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.PlanRevision;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a saved change set says about its plan and its changes to reviewers. Nothing of it is applied: a run decides again.
 *
 * @param revision of the plan that the changes are for
 * @param heldBy the codes of the checks and reasons that hold a change until somebody acts
 * @param waitsFor what a change follows without anyone's action: a change that is made first, or checks that pass with time
 */
public record ChangeSetNotes(
        PlanRevision revision, Map<Change, List<String>> heldBy, Map<Change, List<String>> waitsFor) {
    /** A change set that was not judged. */
    public static final ChangeSetNotes NONE = new ChangeSetNotes(PlanRevision.UNKNOWN, Map.of(), Map.of());

    public ChangeSetNotes {
        requireNonNull(revision, "revision is null");
        heldBy = byIdentity(heldBy);
        waitsFor = byIdentity(waitsFor);
    }

    /** Each change is an object of its own, and hashing all offsets of thousands takes time. */
    private static Map<Change, List<String>> byIdentity(Map<Change, List<String>> notes) {
        return Collections.unmodifiableMap(new IdentityHashMap<>(notes));
    }
}
