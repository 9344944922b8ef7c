package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Access;

/** The route of a topic on one broker, as a name server gives it to clients. */
public record RouteEntry(int readQueues, int writeQueues, Access access) {
    public RouteEntry {
        requireNonNull(access, "access is null");
    }

    /** The route that follows from settings. A broker that is closed as a whole closes all its topics. */
    public static RouteEntry of(TopicSettings topic, Broker broker) {
        return new RouteEntry(
                topic.readQueues(), topic.writeQueues(), topic.access().intersection(broker.access()));
    }
}
