package io.github.rocketmigrate.sim;

import java.util.List;

/**
 * A situation in which the product is known to break an invariant. Seeds meet it only with {@code -Dsim.open=true}. A line
 * here is deleted when the product is fixed, together with the condition in {@link Troubles} that avoids the situation.
 *
 * @param situation what happens
 * @param seed a seed that violates the invariant in this situation
 */
record OpenHazard(String situation, long seed, String invariant) {
    static List<OpenHazard> all() {
        return List.of(new OpenHazard(
                "The write that opens the second side of a fence is not answered. The fence is put back half a minute"
                        + " later, when producers have followed the routes and sent to the side that closes again.",
                91,
                "order"));
    }
}
