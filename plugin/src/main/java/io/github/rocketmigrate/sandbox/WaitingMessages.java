package io.github.rocketmigrate.sandbox;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Side;

/**
 * Messages that a reader of the {@link Shop} did not receive and that may still be on a broker.
 *
 * @param side the cluster of the broker
 * @param messages the number of messages, 0 if the broker did not answer
 */
public record WaitingMessages(String topic, String reader, Side side, String broker, long messages, WhyWaiting cause) {
    /** Why the reader did not receive them. */
    public enum WhyWaiting {
        /** No client of the reader's group is connected to the broker, so it uses name servers that do not list it. */
        NOT_CONNECTED,
        /** Clients of the group are connected, and have not consumed them. */
        BEHIND,
        /** The broker did not answer, so nobody knows what it holds. */
        NO_ANSWER
    }

    public WaitingMessages {
        requireNonNull(topic, "topic is null");
        requireNonNull(reader, "reader is null");
        requireNonNull(side, "side is null");
        requireNonNull(broker, "broker is null");
        requireNonNull(cause, "cause is null");
    }
}
