package io.github.rocketmigrate.sim;

import java.util.List;
import java.util.SortedMap;

/**
 * What became of one migration.
 *
 * @param violations the invariants that did not hold, with what was seen
 * @param lasted its virtual time in microseconds
 * @param messages how many messages brokers accepted
 * @param repeated how many were consumed again by a group
 * @param runs how often {@code apply} was started
 * @param troubles what went wrong, by kind
 * @param coverage which steps, faults and decisions it met
 */
record SimulationResult(
        long seed,
        List<Violation> violations,
        long lasted,
        int messages,
        int repeated,
        int runs,
        SortedMap<String, Integer> troubles,
        Coverage coverage) {
    /** An invariant that did not hold. */
    record Violation(String invariant, String what) {}
}
