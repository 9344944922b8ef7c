package io.github.rocketmigrate.live;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.ConsumeOrder;

/**
 * A consumer group of the live traffic.
 *
 * @param millis what it takes per message at first
 * @param members in how many of the member JVMs it has a member, counted from the first
 */
public record LiveGroup(String name, ConsumeOrder order, long millis, int members) {
    static final int MOST_MEMBERS = 3;

    public LiveGroup {
        requireNonNull(name, "name is null");
        requireNonNull(order, "order is null");
        if (members < 1 || members > MOST_MEMBERS) {
            throw new IllegalArgumentException(name + " has " + members + " members, not 1 to " + MOST_MEMBERS);
        }
    }

    public static LiveGroup concurrent(String name) {
        return new LiveGroup(name, ConsumeOrder.CONCURRENT, 0, MOST_MEMBERS);
    }

    public static LiveGroup orderly(String name) {
        return new LiveGroup(name, ConsumeOrder.ORDERLY, 0, MOST_MEMBERS);
    }

    public LiveGroup taking(long millisPerMessage) {
        return new LiveGroup(name, order, millisPerMessage, members);
    }

    public LiveGroup withMembers(int count) {
        return new LiveGroup(name, order, millis, count);
    }
}
