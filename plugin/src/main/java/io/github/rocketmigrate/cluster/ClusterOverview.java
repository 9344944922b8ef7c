package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One cluster at a glance.
 *
 * @param topics the users' topics, RocketMQ's own aside, each counted once
 * @param groups the users' consumer groups, likewise
 */
public record ClusterOverview(String name, List<Broker> masters, int topics, int groups) {
    public ClusterOverview {
        requireNonNull(name, "name is null");
        masters = List.copyOf(masters);
    }

    /** A master as its name server and it describe it. */
    public record Broker(String name, String address, String version) {}

    /** The versions that the masters report, each once. */
    public List<String> versions() {
        return masters.stream().map(Broker::version).distinct().sorted().toList();
    }
}
