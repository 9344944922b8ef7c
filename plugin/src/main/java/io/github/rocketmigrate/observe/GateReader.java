package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.plan.Gate;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Asks the servers behind gates. A server that does not answer makes its gate unknown, and fails nothing else. */
@FunctionalInterface
public interface GateReader {
    /**
     * Asks for some gates, at the same time.
     *
     * @param at the moment of the reading, at which Prometheus evaluates queries
     */
    Map<Gate, GateLook> read(Collection<Gate> gates, Instant at) throws InterruptedException;
}
