package io.github.rocketmigrate.discover;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Joins topics that couplings connect, also over other topics. */
final class JoinedTopics {
    private final Map<String, String> leaders = new HashMap<>();

    JoinedTopics(Collection<Coupling> couplings) {
        couplings.forEach(coupling -> {
            String first = leader(coupling.topics().first());
            coupling.topics().forEach(topic -> leaders.put(leader(topic), first));
        });
    }

    /** The topic that stands for all that are joined with this one. */
    String leader(String topic) {
        String leader = topic;
        while (!leaders.getOrDefault(leader, leader).equals(leader)) {
            leader = leaders.get(leader);
        }
        // The next question takes one step.
        leaders.put(topic, leader);
        return leader;
    }
}
