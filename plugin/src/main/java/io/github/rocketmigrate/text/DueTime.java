package io.github.rocketmigrate.text;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Says when something will happen, as a time of the day and as a time from now. */
public final class DueTime {
    private DueTime() {}

    /** {@code at 14:31 UTC (in 2 h)}, for a sentence that may have {@code now} instead. */
    public static String at(Instant at, Instant now) {
        return isNow(at, now) ? "now" : "at " + words(at, now);
    }

    private static boolean isNow(Instant at, Instant now) {
        return at.isBefore(now.plusSeconds(1));
    }

    /** {@code 14:31 UTC (in 2 h)}, rounded up to minutes; with its date on another day; {@code now} if it has passed. */
    public static String words(Instant at, Instant now) {
        if (isNow(at, now)) {
            return "now";
        }
        Instant minute = at.plus(Duration.ofMinutes(1)).minusNanos(1).truncatedTo(ChronoUnit.MINUTES);
        return UtcTime.words(minute, now) + " (in " + Counts.span(Duration.between(now, at)) + ")";
    }
}
