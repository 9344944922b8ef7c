package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

/** What goes on in one cluster: how far groups have come, what topics hold, who is connected, and what waits. */
public record ClusterTraffic(
        ConsumerOffsets offsets, QueueOffsets queues, Clients clients, Subscribers subscribers, HeldMessages held) {
    public ClusterTraffic {
        requireNonNull(offsets, "offsets is null");
        requireNonNull(queues, "queues is null");
        requireNonNull(clients, "clients is null");
        requireNonNull(subscribers, "subscribers is null");
        requireNonNull(held, "held is null");
    }

    public static ClusterTraffic of(ConsumerOffsets offsets, QueueOffsets queues, Clients clients) {
        return new ClusterTraffic(offsets, queues, clients, Subscribers.NONE, HeldMessages.NOT_READ);
    }

    /** The same with what was read of other topics and groups. */
    public ClusterTraffic and(QueueOffsets moreQueues, Clients moreClients) {
        return new ClusterTraffic(offsets, queues.and(moreQueues), clients.and(moreClients), subscribers, held);
    }
}
