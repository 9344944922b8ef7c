package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The longest times that a run waits.
 *
 * @param answer until a server answers a write
 * @param unanswered until an unanswered write shows its result, and between a repeated write and the next step of its topic
 * @param unseen until every name server shows what a broker has; brokers report changes at once and everything every 30 s
 * @param stopping instead of {@code unanswered} and {@code unseen}, once the run is asked to stop
 * @param registration until a broker has registered with other name servers: brokers read their settings every 2 min, and
 *     name servers forget a broker 2 min after its last registration
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
