package io.github.rocketmigrate.cluster;

import static java.util.Collections.emptySortedMap;
import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.ConsumeOrder;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A consumer group as one broker stores it. A setting that a release does not have gets the default of later releases.
 *
 * @param enabled whether members may consume
 * @param fromFirst whether the group may start at the first message of a queue
 * @param broadcast whether broadcasting consumers are allowed
 * @param retries the number of retries before a message becomes a dead letter
 * @param broker the id of the broker from which members consume
 * @param slowBroker the id of the broker from which slow members consume
 * @param notified whether members are notified when others join or leave
 * @param timeoutMinutes the time that a member has to consume a message
 * @param retryPolicy the delays between retries, as RocketMQ writes them; empty for RocketMQ's default
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
    /** The settings of a group that a broker creates on its own. */
    public static final GroupSettings DEFAULT = new GroupSettings(
            true, true, true, ConsumeOrder.CONCURRENT, 1, 16, 0, 1, true, 0, 15, "", emptySortedMap());

    public GroupSettings {
        requireNonNull(order, "order is null");
        requireNonNull(retryPolicy, "retryPolicy is null");
        // Most groups have none.
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

    public GroupSettings withEnabled(boolean other) {
        return new GroupSettings(
                other,
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
                attributes);
    }

    public GroupSettings withRetryQueues(int others) {
        return new GroupSettings(
                enabled,
                fromFirst,
                broadcast,
                order,
                others,
                retries,
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
