package io.github.rocketmigrate.sim;

import java.util.Optional;

/** Decides what befalls the requests of a run. */
@FunctionalInterface
interface RequestFaults {
    RequestFaults NONE = (what, writing, unanswered) -> Optional.empty();

    /**
     * What befalls a request.
     *
     * @param what what is asked for, or changed
     * @param unanswered what another thread of the run has written and waits for in vain
     */
    Optional<RequestFault> befalling(String what, boolean writing, Optional<String> unanswered);
}
