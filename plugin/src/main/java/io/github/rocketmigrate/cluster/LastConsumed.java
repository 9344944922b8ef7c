package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far in time a group has consumed. Brokers do not store when a group consumes, but when each message came.
 *
 * @param stored when the newest message that the group has consumed came to its broker; empty if no broker says it
 * @param unseen why some brokers do not say it; empty if all do. Without both, the group has consumed nothing
 */
public record LastConsumed(Optional<Instant> stored, Optional<String> unseen) {
    public static final LastConsumed NOTHING = new LastConsumed(Optional.empty(), Optional.empty());

    public LastConsumed {
        requireNonNull(stored, "stored is null");
        requireNonNull(unseen, "unseen is null");
    }

    public static LastConsumed of(Instant stored) {
        return new LastConsumed(Optional.of(stored), Optional.empty());
    }

    public static LastConsumed unseen(String why) {
        return new LastConsumed(Optional.empty(), Optional.of(why));
    }

    /** What the brokers of both know together. */
    public LastConsumed and(LastConsumed other) {
        return new LastConsumed(
                Stream.of(stored, other.stored).flatMap(Optional::stream).max(Instant::compareTo),
                unseen.or(other::unseen));
    }
}
