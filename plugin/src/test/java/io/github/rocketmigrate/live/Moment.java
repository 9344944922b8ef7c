package io.github.rocketmigrate.live;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Points in time as diaries have them: microseconds of the machine's clock, which all JVMs share. */
final class Moment {
    private Moment() {}

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    static String text(Instant at) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
    }

    static Instant of(String text) {
        return Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS);
    }
}
