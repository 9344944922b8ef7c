package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long a run waits, and looks again.
 *
 * @param answer for a server to answer a write
 * @param unanswered for a write that nobody has answered, and that may still be on its way
 * @param unseen for a name server to show what a broker has; brokers tell it at once, and again every 30 s
 * @param stopping for either, once somebody has asked to stop
 * @param registration for a broker to register with other name servers: brokers read their settings every 2 min, and
 *     name servers forget a broker 2 min after they heard of it last
 */
public record Timeouts(
        Duration answer, Duration unanswered, Duration unseen, Duration stopping, Duration registration) {
    public static final Timeouts USUAL = new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(40),
            Duration.ofSeconds(5),
            Duration.ofMinutes(4));

    public Timeouts {
        requireNonNull(answer, "answer is null");
        requireNonNull(unanswered, "unanswered is null");
        requireNonNull(unseen, "unseen is null");
        requireNonNull(stopping, "stopping is null");
        requireNonNull(registration, "registration is null");
    }
}
