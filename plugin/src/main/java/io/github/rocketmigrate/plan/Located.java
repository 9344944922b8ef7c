package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Position;

/** Keeps a value of the plan together with its position, so that every later message can name the line. */
public record Located<T>(T value, Position at) {
    public Located {
        requireNonNull(value, "value is null");
        requireNonNull(at, "at is null");
    }
}
