package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Access;

/** What a name server tells clients about a topic on one broker. */
public record RouteEntry(int readQueues, int writeQueues, Access access) {
    public RouteEntry {
        requireNonNull(access, "access is null");
    }

    /** What it is to tell of a topic: a broker that is closed as a whole closes its topics there. */
    public static RouteEntry of(TopicSettings topic, Broker broker) {
        return new RouteEntry(
                topic.readQueues(), topic.writeQueues(), topic.access().intersection(broker.access()));
    }
}
