package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What is known of a gate's condition.
 *
 * @param what the value that was read, or why none could be read
 * @param holds for how long the condition is known to have held
 * @param isSinceFailure whether it did not hold before; otherwise nobody has looked longer
 */
public record GateLook(GateState state, String what, Duration holds, boolean isSinceFailure) {
    public GateLook {
        requireNonNull(state, "state is null");
        requireNonNull(what, "what is null");
        requireNonNull(holds, "holds is null");
    }

    /** Whether the condition holds now. */
    public enum GateState {
        HOLDS,
        FAILS,
        UNKNOWN
    }

    /** The condition has held for a time. */
    public static GateLook holding(String what, Duration holds, boolean isSinceFailure) {
        return new GateLook(GateState.HOLDS, what, holds, isSinceFailure);
    }

    /** The condition does not hold. */
    public static GateLook failing(String what) {
        return new GateLook(GateState.FAILS, what, Duration.ZERO, false);
    }

    /** The condition could not be read. */
    public static GateLook unknown(String why) {
        return new GateLook(GateState.UNKNOWN, why, Duration.ZERO, false);
    }
}
