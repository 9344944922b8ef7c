package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param routePoll after which every client has asked for routes again
 * @param maxFence for which messages of a FIFO topic may be withheld from its consumers
 */
public record Limits(Duration routePoll, Duration maxFence) {
    /** Clients ask every 30 s, unless they are told otherwise. */
    public static final Limits USUAL = new Limits(Duration.ofSeconds(35), Duration.ofSeconds(60));

    public Limits {
        requireNonNull(routePoll, "routePoll is null");
        requireNonNull(maxFence, "maxFence is null");
    }
}
