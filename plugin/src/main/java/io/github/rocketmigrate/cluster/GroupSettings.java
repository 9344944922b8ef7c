package io.github.rocketmigrate.cluster;

import static java.util.Collections.emptySortedMap;
import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.ConsumeOrder;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one broker keeps a consumer group. What a release does not know has the value that later ones give it.
 *
 * @param enabled whether its members may consume
 * @param fromFirst whether it may start at the first message of a queue
 * @param broadcast whether each member may take every message
 * @param retries how often a message is delivered again before it is a dead letter
 * @param broker the id of the broker that members read from
 * @param slowBroker the id of the broker that slow members read from
 * @param notified whether members are told of each other's coming and going
 * @param timeoutMinutes how long a member may keep a message
 * @param retryPolicy when a message is delivered again, as RocketMQ writes it; empty for its own way
 */
public record GroupSettings(
        boolean enabled,
        boolean fromFirst,
        boolean broadcast,
        ConsumeOrder order,
        int retryQueues,
        int retries,
        long broker,
        long slowBroker,
        boolean notified,
        int systemFlag,
        int timeoutMinutes,
        String retryPolicy,
        SortedMap<String, String> attributes)
        implements ObjectSettings {
    /** A group as brokers make it when nobody says how. */
    public static final GroupSettings DEFAULT = new GroupSettings(
            true, true, true, ConsumeOrder.CONCURRENT, 1, 16, 0, 1, true, 0, 15, "", emptySortedMap());

    public GroupSettings {
        requireNonNull(order, "order is null");
        requireNonNull(retryPolicy, "retryPolicy is null");
        // Most have none.
        attributes = attributes.isEmpty() ? emptySortedMap() : unmodifiableSortedMap(new TreeMap<>(attributes));
    }

    public GroupSettings with(ConsumeOrder otherOrder, int otherRetries) {
        return new GroupSettings(
                enabled,
                fromFirst,
                broadcast,
                otherOrder,
                retryQueues,
                otherRetries,
                broker,
                slowBroker,
                notified,
                systemFlag,
                timeoutMinutes,
                retryPolicy,
                attributes);
    }

    public GroupSettings withAttributes(SortedMap<String, String> others) {
        return new GroupSettings(
                enabled,
                fromFirst,
                broadcast,
                order,
                retryQueues,
                retries,
                broker,
                slowBroker,
                notified,
                systemFlag,
                timeoutMinutes,
                retryPolicy,
                others);
    }
}
