package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;

/**
 * A change and what has become of it.
 *
 * @param why it is not done; empty where it is
 * @param fix what to do about it; may be empty
 */
public record AppliedChange(Change change, WriteOutcome ending, String why, String fix) {
    public AppliedChange {
        requireNonNull(change, "change is null");
        requireNonNull(ending, "ending is null");
        requireNonNull(why, "why is null");
        requireNonNull(fix, "fix is null");
    }
}
