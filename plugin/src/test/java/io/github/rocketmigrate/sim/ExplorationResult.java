package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.sim.SimulationResult.Violation;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What was found in all interleavings of a rung.
 *
 * @param complete whether nothing was left out: no limit was reached, and nothing was violated
 * @param states the different states of world, record and run
 * @param worlds the different states of the world alone
 * @param positions the different places of runs
 * @param repeated how often a run was repeated from its beginning
 * @param writes the writes of the first run, with how many states it was killed in before and after each
 * @param polls by write: which clients had the newest routes after it, and who polled next
 * @param violations the invariants that do not hold at the end of the timeline
 * @param timeline the shortest way to a violation
 */
record ExplorationResult(
        String rung,
        boolean complete,
        int states,
        int worlds,
        int positions,
        int repeated,
        SortedMap<String, Integer> writes,
        SortedMap<String, SortedSet<String>> polls,
        List<Violation> violations,
        List<String> timeline,
        Duration took) {
    /** A run can be killed before each write and after it. */
    int killPoints() {
        return 2 * writes.size();
    }

    /** All orders in which four clients may poll after a write: each with any set of the others before it. */
    static final int ALL_ORDERS = 4 * 8;

    /** The writes after which the four clients polled in every order. */
    List<String> inEveryOrder() {
        return polls.entrySet().stream()
                .filter(write -> write.getValue().size() == ALL_ORDERS)
                .map(write -> write.getKey())
                .toList();
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-50s %,9d states %,7d worlds %,8d places of runs %,6d runs %3d kill points %2d writes polled in every order"
                        + " %,5d s  %s",
                rung,
                states,
                worlds,
                positions,
                repeated,
                killPoints(),
                inEveryOrder().size(),
                took.toSeconds(),
                !violations.isEmpty() ? "VIOLATED" : complete ? "all" : "up to the limit");
    }
}
