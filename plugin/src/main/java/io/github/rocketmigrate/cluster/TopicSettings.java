package io.github.rocketmigrate.cluster;

import static java.util.Collections.emptySortedMap;
import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Access;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A topic as one broker stores it.
 *
 * @param order whether the broker marks the topic as ordered; 4.x brokers lose this mark with every update
 * @param systemFlag RocketMQ's bits for units, which a migration copies
 * @param attributes further settings of 5.x brokers, including the message type
 */
public record TopicSettings(
        int readQueues,
        int writeQueues,
        Access access,
        boolean order,
        int systemFlag,
        SortedMap<String, String> attributes)
        implements ObjectSettings {
    private static final String TYPE = "message.type";
    private static final String DEFAULT_TYPE = "NORMAL";

    public TopicSettings {
        requireNonNull(access, "access is null");
        // Most topics have none.
        attributes = attributes.isEmpty() ? emptySortedMap() : unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    /** A topic without an order mark, flags and attributes. */
    public static TopicSettings of(int queues, Access access) {
        return new TopicSettings(queues, queues, access, false, 0, emptySortedMap());
    }

    /** The message type; brokers treat a topic without one as NORMAL. */
    public String type() {
        return attributes.getOrDefault(TYPE, DEFAULT_TYPE);
    }

    /** The message type that the broker stores; empty on 4.x, and where nobody has set one. */
    public Optional<String> declaredType() {
        return Optional.ofNullable(attributes.get(TYPE));
    }

    public TopicSettings withType(String type) {
        return withAttributes(Map.of(TYPE, type));
    }

    /** The same topic with some attributes replaced or added. */
    public TopicSettings withAttributes(Map<String, String> more) {
        SortedMap<String, String> all = new TreeMap<>(attributes);
        all.putAll(more);
        return new TopicSettings(readQueues, writeQueues, access, order, systemFlag, all);
    }

    public TopicSettings withQueues(int queues) {
        return new TopicSettings(queues, queues, access, order, systemFlag, attributes);
    }

    public TopicSettings withWriteQueues(int queues) {
        return new TopicSettings(readQueues, queues, access, order, systemFlag, attributes);
    }

    public TopicSettings withAccess(Access other) {
        return new TopicSettings(readQueues, writeQueues, other, order, systemFlag, attributes);
    }

    public TopicSettings withOrder(boolean other) {
        return new TopicSettings(readQueues, writeQueues, access, other, systemFlag, attributes);
    }

    /** The number of queues that exist for consumers or for producers. */
    public int queues() {
        return Math.max(readQueues, writeQueues);
    }

    /** The attributes without the message type. */
    public SortedMap<String, String> otherAttributes() {
        SortedMap<String, String> others = new TreeMap<>(attributes);
        others.remove(TYPE);
        return others;
    }
}
