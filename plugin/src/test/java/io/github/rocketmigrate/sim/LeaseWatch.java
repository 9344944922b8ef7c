package io.github.rocketmigrate.sim;

import java.util.SortedMap;
import java.util.TreeMap;

/** Watches the lease of a run that is well: if another run took it, the first would stop in the middle of its work. */
final class LeaseWatch {
    private static final String PUT = "note lease:";
    private static final String REMOVE = "removal of " + PUT;
    /** Runs that ask at the same moment may replace each other's notes for that long. */
    private static final long ASKING = 10 * World.SECONDS;
    /** So long after a fault a run may still count as dead, or write what it was to write before it was suspended. */
    private static final long FORGIVEN = 4 * World.MINUTES;

    private final World world;
    private final Invariants invariants;
    private final SortedMap<String, Held> held = new TreeMap<>();

    private record Held(SimProcess by, long since) {}

    LeaseWatch(World world, Invariants invariants) {
        this.world = world;
        this.invariants = invariants;
    }

    void written(SimProcess process, String what) {
        if (what.startsWith(REMOVE)) {
            held.computeIfPresent(
                    what.substring(REMOVE.length()), (lease, holder) -> holder.by() == process ? null : holder);
        } else if (what.startsWith(PUT)) {
            put(process, what.substring(PUT.length()));
        }
    }

    private void put(SimProcess process, String lease) {
        Held before = held.get(lease);
        if (before != null && before.by() == process) {
            return;
        }
        held.put(lease, new Held(process, world.now()));
        if (before != null
                && world.now() - before.since() > ASKING
                && process.isWell(FORGIVEN)
                && before.by().isWell(FORGIVEN)
                && world.isCalm()) {
            invariants.violated(
                    "lease",
                    process.name() + " takes the lease of " + lease + " from "
                            + before.by().name() + ", which is at work");
        }
    }
}
