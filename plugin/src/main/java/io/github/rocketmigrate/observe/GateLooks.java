package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.observe.GateLook.GateState;
import io.github.rocketmigrate.plan.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Tracks over the readings of one run since when addresses answer as they have to: they do not tell it themselves. */
public final class GateLooks {
    private final Map<Gate, Instant> since = new HashMap<>();
    private final Set<Gate> failed = new HashSet<>();

    /** Adds a reading, and returns what all readings show together. */
    public Map<Gate, GateLook> after(Map<Gate, GateLook> read, Instant at) {
        Map<Gate, GateLook> known = new HashMap<>();
        read.forEach((gate, look) -> known.put(gate, gate.url().isPresent() ? after(gate, look, at) : look));
        return known;
    }

    private GateLook after(Gate gate, GateLook look, Instant at) {
        if (look.state() != GateState.HOLDS) {
            since.remove(gate);
            if (look.state() == GateState.FAILS) {
                failed.add(gate);
            } else {
                failed.remove(gate);
            }
            return look;
        }
        Instant first = since.computeIfAbsent(gate, key -> at);
        return GateLook.holding(look.what(), Duration.between(first, at), failed.contains(gate));
    }
}
