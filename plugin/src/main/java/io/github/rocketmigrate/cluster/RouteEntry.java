package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Access;

/** What a name server tells clients about a topic on one broker. */
public record RouteEntry(int readQueues, int writeQueues, Access access) {
    public RouteEntry {
        requireNonNull(access, "access is null");
    }

    public static RouteEntry of(TopicSettings topic) {
        return new RouteEntry(topic.readQueues(), topic.writeQueues(), topic.access());
    }
}
