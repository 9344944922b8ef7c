package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

/** What goes on in one cluster: how far groups have come, what topics hold, who is connected, and what waits. */
public record ClusterTraffic(
        ConsumerOffsets progress, QueueOffsets ranges, Clients clients, Subscribers subscribers, HeldMessages waiting) {
    public ClusterTraffic {
        requireNonNull(progress, "progress is null");
        requireNonNull(ranges, "ranges is null");
        requireNonNull(clients, "clients is null");
        requireNonNull(subscribers, "subscribers is null");
        requireNonNull(waiting, "waiting is null");
    }

    public static ClusterTraffic of(ConsumerOffsets progress, QueueOffsets ranges, Clients clients) {
        return new ClusterTraffic(progress, ranges, clients, Subscribers.NONE, HeldMessages.NOT_READ);
    }

    /** The same with what was read of other topics and groups. */
    public ClusterTraffic and(QueueOffsets moreRanges, Clients moreClients) {
        return new ClusterTraffic(progress, ranges.and(moreRanges), clients.and(moreClients), subscribers, waiting);
    }
}
