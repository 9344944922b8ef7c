package io.github.rocketmigrate.sim;

import java.util.Optional;

/** Decides what befalls the requests of a run. */
@FunctionalInterface
interface RequestFaults {
    RequestFaults NONE = (what, writing) -> Optional.empty();

    /**
     * What befalls a request.
     *
     * @param what what is asked for, or changed
     */
    Optional<RequestFault> befalling(String what, boolean writing);
}
