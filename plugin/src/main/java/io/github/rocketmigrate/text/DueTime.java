package io.github.rocketmigrate.text;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says when something will happen, as a time of the day and as a time from now. */
public final class DueTime {
    private DueTime() {}

    /** {@code 14:31 UTC (in 2 h)}, rounded up to minutes; with its date on another day; {@code now} if it has passed. */
    public static String words(Instant at, Instant now) {
        if (at.isBefore(now.plusSeconds(1))) {
            return "now";
        }
        Instant minute = at.plus(Duration.ofMinutes(1)).minusNanos(1).truncatedTo(ChronoUnit.MINUTES);
        return UtcTime.words(minute, now) + " (in " + Counts.span(Duration.between(now, at)) + ")";
    }
}
