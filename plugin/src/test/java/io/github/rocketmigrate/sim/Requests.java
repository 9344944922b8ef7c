package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.Claim;
import java.util.function.Supplier;

/** Carries the requests of a run to the servers, and decides when they arrive and what befalls them. */
interface Requests {
    /**
     * Reads something from a server.
     *
     * @param answer reads the server at the moment when the request arrives; later changes do not alter it
     */
    <T> T ask(String address, String what, Supplier<T> answer);

    /** Changes something at a server. */
    Claim tell(String address, String what, Supplier<Claim> effect);
}
