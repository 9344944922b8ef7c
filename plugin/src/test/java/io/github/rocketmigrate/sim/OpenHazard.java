package io.github.rocketmigrate.sim;

import java.util.List;

/**
 * A seed in which the product is known to break an invariant. A fix deletes the line here together
 * with its {@link OpenSituation}, so that every seed may meet it.
 *
 * @param seed a seed that violates the invariant in this situation
 */
record OpenHazard(OpenSituation situation, long seed, String invariant) {
    private static final String LOST = "nothing is lost";

    static List<OpenHazard> all() {
        return List.of(
                new OpenHazard(OpenSituation.FENCE_OF_SEVERAL_MASTERS, 35, "one writer"),
                new OpenHazard(OpenSituation.BROADCASTING_IN_FENCE, 13, LOST),
                new OpenHazard(OpenSituation.LATENCY_AVOIDED, 1, LOST));
    }
}
