package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;

/**
 * A change and what has become of it.
 *
 * @param why it is not done; empty where it is
 * @param fix what to do about it; may be empty
 */
public record Applied(Change change, Ending ending, String why, String fix) {
    public Applied {
        requireNonNull(change, "change is null");
        requireNonNull(ending, "ending is null");
        requireNonNull(why, "why is null");
        requireNonNull(fix, "fix is null");
    }
}
