package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Proxies;
import java.time.Duration;

/**
 * Limits how long clients may take to follow a step and how long a fence may stay closed.
 *
 * @param routePoll the time after which every client has polled its routes again
 * @param maxFence how long a FIFO topic may withhold new messages from its consumers, once producers have followed
 * @param mayReorder whether a fence that was closed before the run may open although older messages are unread
 * @param proxies whether clients may come through proxies
 * @param pauses whether a fence closes both clusters first, until no producer has an old route
 */
public record FencePolicy(Duration routePoll, Duration maxFence, boolean mayReorder, boolean proxies, boolean pauses) {
    /** Clients poll every 30 s by default. */
    public static final FencePolicy USUAL = new FencePolicy(Duration.ofSeconds(35), Duration.ofSeconds(60), false);

    public FencePolicy {
        requireNonNull(routePoll, "routePoll is null");
        requireNonNull(maxFence, "maxFence is null");
    }

    /** Creates a policy for clients that connect to brokers. */
    public FencePolicy(Duration routePoll, Duration maxFence, boolean mayReorder) {
        this(routePoll, maxFence, mayReorder, false, false);
    }

    public FencePolicy behindProxies() {
        return new FencePolicy(routePoll, maxFence, mayReorder, true, pauses);
    }

    /** The same policy, in which a fence begins with a pause of all producers. */
    public FencePolicy withPause() {
        return new FencePolicy(routePoll, maxFence, mayReorder, proxies, true);
    }

    /** How long a closed topic must be without new messages: as long as a client may keep the route that it had. */
    public Duration quiet() {
        return proxies ? routePoll.plus(Proxies.KEEPS_ROUTES) : routePoll;
    }

    /** How long a fence may stay closed: messages are withheld only after producers have followed. */
    public Duration fence() {
        return quiet().plus(maxFence);
    }
}
