package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;

/**
 * A change with its outcome.
 *
 * @param why the reason if the change is not done; otherwise empty
 * @param fix what to do next; may be empty
 */
public record AppliedChange(Change change, WriteOutcome outcome, String why, String fix) {
    public AppliedChange {
        requireNonNull(change, "change is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(why, "why is null");
        requireNonNull(fix, "fix is null");
    }
}
