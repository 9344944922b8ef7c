package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

/** A value of the plan and where it stands. */
public record Located<T>(T value, Position at) {
    public Located {
        requireNonNull(value, "value is null");
        requireNonNull(at, "at is null");
    }
}
