package io.github.rocketmigrate.cluster.remoting;

import io.github.rocketmigrate.cluster.Broker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.rocketmq.common.message.MessageExt;

/** Knows how long a broker holds a message of each delay level, and so when it delivers the message. */
final class DelayLevels {
    /** The levels of a broker that does not show its setting. */
    private static final String USUAL = "1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h";

    private static final Pattern LEVEL = Pattern.compile("(\\d{1,9})([smhd])");

    /** Empty where the setting is not readable: then no level is known, because all later ones may have moved. */
    private final List<Duration> levels;

    private DelayLevels(List<Duration> levels) {
        this.levels = List.copyOf(levels);
    }

    static DelayLevels of(Broker broker) {
        List<Duration> levels = new ArrayList<>();
        for (String level : broker.settings()
                .getOrDefault(Broker.DELAY_LEVELS, USUAL)
                .trim()
                .split(" +", -1)) {
            Matcher matcher = LEVEL.matcher(level);
            if (!matcher.matches()) {
                return new DelayLevels(List.of());
            }
            levels.add(span(Long.parseLong(matcher.group(1)), matcher.group(2)));
        }
        return new DelayLevels(levels);
    }

    private static Duration span(long count, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /**
     * When a broker delivers a delayed message.
     *
     * @param queue in which the broker holds it: that of level 1 is queue 0
     */
    Optional<Instant> due(MessageExt message, int queue) {
        return queue < levels.size()
                ? Optional.of(Instant.ofEpochMilli(message.getStoreTimestamp()).plus(levels.get(queue)))
                : Optional.empty();
    }
}
