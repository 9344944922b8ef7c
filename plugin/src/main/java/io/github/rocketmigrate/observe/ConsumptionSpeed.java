package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How fast a group consumes a topic in one cluster: the difference of its offsets in two readings of one run.
 *
 * @param consumed how many messages it consumed
 * @param time in which it consumed them; never zero
 */
public record ConsumptionSpeed(long consumed, Duration time) {
    public ConsumptionSpeed {
        requireNonNull(time, "time is null");
    }

    /** The speed since an earlier reading; empty without one that is old enough and has an offset of every queue. */
    public static Optional<ConsumptionSpeed> of(Traffic traffic, Side side, String group, String topic) {
        return traffic.earlier().flatMap(earlier -> {
            Duration time = Duration.between(earlier.readAt(), traffic.readAt());
            Map<QueueKey, Long> before = offsets(earlier.bySide().get(side).offsets(), group, topic);
            Map<QueueKey, Long> now = offsets(traffic.at(side).offsets(), group, topic);
            return time.compareTo(Traffic.LEAST_INTERVAL) < 0
                            || !before.keySet().containsAll(now.keySet())
                    ? Optional.empty()
                    : Optional.of(new ConsumptionSpeed(consumed(before, now), time));
        });
    }

    /** An offset goes back if somebody resets it, or if a client commits an old one. */
    private static long consumed(Map<QueueKey, Long> before, Map<QueueKey, Long> now) {
        return now.entrySet().stream()
                .mapToLong(queue -> Math.max(0, queue.getValue() - before.get(queue.getKey())))
                .sum();
    }

    private static Map<QueueKey, Long> offsets(ConsumerOffsets offsets, String group, String topic) {
        return offsets.groups().getOrDefault(group, Map.of()).getOrDefault(topic, Map.of());
    }

    /** How long the group needs for this many messages; empty if it consumed none. */
    public Optional<Duration> timeFor(long messages) {
        return consumed == 0
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round((double) messages / consumed * time.toMillis())));
    }

    /** {@code consumed 820 in 10 s}. */
    public String words() {
        return "consumed " + (consumed == 0 ? "none" : Long.toString(consumed)) + " in " + Counts.seconds(time);
    }
}
