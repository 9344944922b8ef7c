package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * Tells how a topic arrived at its stage in this run.
 *
 * @param at when it made its last step
 * @param sourceEnd how many messages had ever come to its queues at the source, when that step left the source
 */
public record Arrival(Instant at, OptionalLong sourceEnd) {
    public Arrival {
        requireNonNull(at, "at is null");
        requireNonNull(sourceEnd, "sourceEnd is null");
    }
}
