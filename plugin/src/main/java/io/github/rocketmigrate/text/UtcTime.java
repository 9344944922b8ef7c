package io.github.rocketmigrate.text;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/** Writes times in the one form that all messages have, to the minute. */
public final class UtcTime {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private UtcTime() {}

    /** {@code 2026-11-30 10:59 UTC}, for messages that somebody may read on another day. */
    public static String words(Instant at) {
        return DATE.format(at);
    }

    /** {@code 10:59 UTC}; with its date if that is another day than {@code now}. */
    public static String words(Instant at, Instant now) {
        boolean isToday = at.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
        return (isToday ? TIME : DATE).format(at);
    }
}
