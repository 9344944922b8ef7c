package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

/**
 * The traffic of one cluster at one moment.
 *
 * @param offsets the consumer offsets of all groups
 * @param queues the offsets of the topics' queues, including retry topics
 * @param clients the clients that are connected
 * @param subscribers the groups that subscribe to the topics
 * @param held the messages that brokers hold back
 */
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

    /** The same with the queues of more topics and the clients of more groups. */
    public ClusterTraffic and(QueueOffsets moreQueues, Clients moreClients) {
        return new ClusterTraffic(offsets, queues.and(moreQueues), clients.and(moreClients), subscribers, held);
    }
}
