package io.github.rocketmigrate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A time is read on a clock, so it has its zone, and its date where that is not today's. */
final class DueTimeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-21T14:00:00Z | 14:00 UTC (in 2 h)
            2026-11-21T13:59:01Z | 14:00 UTC (in 1 h 59 min)
            2026-11-22T00:30:00Z | 2026-11-22 00:30 UTC (in 12 h 30 min)
            2026-11-21T12:00:01Z | 12:01 UTC (in 1 s)
            2026-11-21T12:00:00.400Z | now
            2026-11-21T12:00:00Z | now
            2026-11-21T11:59:00Z | now
            """)
    void aTimeOfTheDayAndFromNow(Instant at, String words) {
        Instant now = Instant.parse("2026-11-21T12:00:00Z");
        assertThat(DueTime.words(at, now)).isEqualTo(words);
        assertThat(DueTime.at(at, now))
                .as("nothing is due at now")
                .isEqualTo(words.equals("now") ? "now" : "at " + words);
    }
}
