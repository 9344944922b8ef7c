package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.PlanRevision;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * What a saved change set says about its plan and its changes to reviewers. Nothing of it is applied: a run decides again. The
 * notes are by identity: hashing all offsets of thousands of changes takes time.
 *
 * @param revision of the plan that the changes are for
 * @param heldBy the codes of the checks and reasons that hold a change until somebody acts
 * @param waitsFor what a change follows without anyone's action: a change that is made first, or checks that pass with time
 */
public record ChangeSetNotes(
        PlanRevision revision,
        IdentityHashMap<Change, List<String>> heldBy,
        IdentityHashMap<Change, List<String>> waitsFor) {
    /** A change set that was not judged. */
    public static final ChangeSetNotes NONE =
            new ChangeSetNotes(PlanRevision.UNKNOWN, new IdentityHashMap<>(), new IdentityHashMap<>());

    public ChangeSetNotes {
        requireNonNull(revision, "revision is null");
        heldBy = new IdentityHashMap<>(heldBy);
        waitsFor = new IdentityHashMap<>(waitsFor);
    }
}
