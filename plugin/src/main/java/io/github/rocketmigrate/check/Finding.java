package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A reason why a check does not pass.
 *
 * @param group the group that the reason is about; empty if it is about all
 * @param isFinal whether no waiver passes over it
 * @param entry the line of the plan that adds the group to a batch, if that is the fix
 * @param item the part of the check that it belongs to, if the check has parts
 */
public record Finding(
        Optional<String> group, Verdict verdict, boolean isFinal, Optional<String> entry, Optional<String> item) {
    public Finding {
        requireNonNull(group, "group is null");
        requireNonNull(verdict, "verdict is null");
        requireNonNull(entry, "entry is null");
        requireNonNull(item, "item is null");
    }

    Finding(Optional<String> group, Verdict verdict, boolean isFinal) {
        this(group, verdict, isFinal, Optional.empty(), Optional.empty());
    }

    /** The same as a part of its check. */
    Finding ofItem(String name) {
        return new Finding(group, verdict, isFinal, entry, Optional.of(name));
    }

    boolean isFailure() {
        return verdict instanceof Verdict.Failed;
    }
}
