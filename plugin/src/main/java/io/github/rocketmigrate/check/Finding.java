package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A reason why a check does not pass.
 *
 * @param group the group that the reason is about; empty if it is about all
 * @param isFinal whether no waiver passes over it
 */
public record Finding(Optional<String> group, Verdict verdict, boolean isFinal) {
    public Finding {
        requireNonNull(group, "group is null");
        requireNonNull(verdict, "verdict is null");
    }

    boolean isFailure() {
        return verdict instanceof Verdict.Failed;
    }
}
