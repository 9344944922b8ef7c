package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.ServerVersion;
import java.util.function.BooleanSupplier;

/** When a member rebalances: some time after it did so last, and when something makes it due. */
final class SimRebalanceTimer {
    /** Clients from 5.2 on rebalance at most that often, and that soon again if they did not get what is theirs. */
    private static final long LEAST = World.SECONDS;

    private final World world;
    private final BooleanSupplier rebalance;
    private final boolean repeats;
    private long last;
    private long next = Long.MAX_VALUE;

    /** Creates the timer of a member; {@code rebalance} returns whether the member has all queues that are its own. */
    SimRebalanceTimer(World world, BooleanSupplier rebalance) {
        this.world = world;
        this.rebalance = rebalance;
        ServerVersion version = world.clients().version();
        this.repeats = version.isAtLeast(5, 2, 0);
        this.last = world.now();
    }

    /** Rebalances after some time, unless the member does so before that anyway. */
    void after(long delay) {
        long at = Math.max(world.now() + delay, last + (repeats ? LEAST : 0));
        if (at < next) {
            next = at;
            world.turns().after(at - world.now(), () -> go(at));
        }
    }

    private void go(long at) {
        if (at == next && !world.isEnded()) {
            next = Long.MAX_VALUE;
            boolean balanced = rebalance.getAsBoolean();
            last = world.now();
            after(repeats && !balanced ? LEAST : world.clients().rebalance());
        }
    }
}
