package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param routePoll after which every client has asked for routes again
 * @param maxFence for which messages of a FIFO topic may be withheld from its consumers, once producers have followed
 * @param mayReorder whether a fence that a run finds closed may be opened before everything in front of it is consumed
 */
public record FencePolicy(Duration routePoll, Duration maxFence, boolean mayReorder) {
    /** Clients ask every 30 s, unless they are told otherwise. */
    public static final FencePolicy USUAL = new FencePolicy(Duration.ofSeconds(35), Duration.ofSeconds(60), false);

    public FencePolicy {
        requireNonNull(routePoll, "routePoll is null");
        requireNonNull(maxFence, "maxFence is null");
    }

    /** How long a fence may be closed: until producers have followed, none of their messages is withheld. */
    public Duration fence() {
        return routePoll.plus(maxFence);
    }
}
