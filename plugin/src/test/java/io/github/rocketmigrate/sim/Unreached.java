package io.github.rocketmigrate.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What ordinary seeds need not meet, each with the reason: steps of the ladder, pairs of a step and a fault, and kinds of
 * decisions. Everything else has to be met by {@value #ENOUGH} seeds, or {@link Simulate} fails.
 */
final class Unreached {
    /** So many seeds meet what is rare. */
    static final int ENOUGH = 10_000;

    private static final String OPEN = "only with -Dsim.open=" + OpenSituation.FENCE_INTERRUPTED;
    private static final String NEVER_AWAITED = "nothing that ends by itself is due before it, see DecisionsTest";
    private static final String NEVER_REMOVED =
            "seeds plan traffic from the beginning, so nothing has to be removed before the join, see DecisionsTest";
    private static final String RARE = "only if a broker is added or settings differ just then, see DecisionsTest";
    private static final String NOTHING_READ =
            "the destination is down, so nothing is read that could hold it, see DecisionsTest";

    private static final Map<String, String> REASONS = reasons();

    private Unreached() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String stage : new String[] {"source", "read-both", "write-destination", "destination"}) {
            reasons.put("FIFO read / read to " + stage, OPEN);
        }
        for (String step : new String[] {"route", "topic to write"}) {
            for (RequestFault fault : RequestFault.values()) {
                if (fault.isOf(true)) {
                    reasons.put(fault + " at " + step, OPEN);
                }
            }
        }
        for (String kind : new String[] {"align-topic", "align-group", "join", "leave", "move FINISH"}) {
            reasons.put(kind + " is Awaited", NEVER_AWAITED);
        }
        reasons.put("create-group is Awaited", "a topic waits for its groups, and they for nothing");
        for (String kind : new String[] {"remove-topic", "remove-group"}) {
            for (String decision : new String[] {"Ready", "Later", "Awaited", "Held"}) {
                reasons.put(kind + " is " + decision, NEVER_REMOVED);
            }
        }
        reasons.put("removal of group", NEVER_REMOVED);
        reasons.put("removal of topic", NEVER_REMOVED);
        reasons.put("removal of the route", NEVER_REMOVED);
        reasons.put("join is Later", NEVER_REMOVED);
        for (String kind :
                new String[] {"align-topic", "align-group", "move FINISH", "move OPEN_BOTH", "move OPEN_REVERSE_FENCE"
                }) {
            reasons.put(kind + " is Later", RARE);
        }
        reasons.put("leave is Held", "only if a master is down when the migration is completed, see DecisionsTest");
        for (String decision : new String[] {"Later", "Awaited", "Held"}) {
            reasons.put("move OPEN_SOURCE is " + decision, NOTHING_READ);
        }
        return reasons;
    }

    static Map<String, String> all() {
        return REASONS;
    }

    /** Why no ordinary seed meets something; empty where seeds have to. */
    static Optional<String> why(String what) {
        return Optional.ofNullable(REASONS.get(what));
    }
}
