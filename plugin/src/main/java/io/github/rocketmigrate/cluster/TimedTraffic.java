package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Traffic with the time at which the queue offsets of its topics were read.
 *
 * @param asked an instant before the first of these offsets was asked for
 * @param answered an instant after the last of them was answered
 */
public record TimedTraffic(ClusterTraffic traffic, Instant asked, Instant answered) {
    public TimedTraffic {
        requireNonNull(traffic, "traffic is null");
        requireNonNull(asked, "asked is null");
        requireNonNull(answered, "answered is null");
    }
}
