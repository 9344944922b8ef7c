package io.github.rocketmigrate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.plan.FreezeTime.Occurrence;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a freeze of a plan begins and ends, in its own time zone. */
final class FreezeTimeTest {
    private static List<FreezeTime> times(String freeze) {
        return Plans.plan("""
                        traffic: { routing: join, freeze: [%s] }
                        batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]
                        """.formatted(freeze)).conditions().frozen();
    }

    private static String until(String freeze, String moment) {
        return times(freeze)
                .get(0)
                .at(Instant.parse(moment))
                .map(Occurrence::until)
                .orElse("free");
    }

    /** Midnight in Shanghai is 16:00 UTC of the day before. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-09T15:59:59Z, free",
        "2026-11-09T16:00:00Z, 2026-11-12T24:00 Asia/Shanghai",
        "2026-11-12T15:59:59Z, 2026-11-12T24:00 Asia/Shanghai",
        "2026-11-12T16:00:00Z, free",
    })
    void datesLastFromTheFirstMomentOfOneDayToTheLastOfAnother(String moment, String expected) {
        assertThat(until("{ from: 2026-11-10, to: 2026-11-12, zone: Asia/Shanghai }", moment))
                .isEqualTo(expected);
    }

    /** 2026-11-20 is a Friday, and Berlin is one hour ahead of UTC. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T16:59:59Z, free",
        "2026-11-20T17:00:00Z, 2026-11-23T08:00 Europe/Berlin",
        "2026-11-22T23:30:00Z, 2026-11-23T08:00 Europe/Berlin",
        "2026-11-23T06:59:59Z, 2026-11-23T08:00 Europe/Berlin",
        "2026-11-23T07:00:00Z, free",
    })
    void aWeeklyTimeSpansTheWeekend(String moment, String expected) {
        assertThat(until("{ weekly: \"Fri 18:00-Mon 08:00\", zone: Europe/Berlin }", moment))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T09:00:00Z, free",
        "2026-11-20T10:00:00Z, 2026-11-20T12:00 UTC",
        "2026-11-20T12:00:00Z, free",
        "2026-11-27T11:00:00Z, 2026-11-27T12:00 UTC",
    })
    void aWeeklyTimeMayBeginAndEndOnOneDay(String moment, String expected) {
        assertThat(until("{ weekly: \"Fri 10:00-Fri 12:00\", zone: UTC }", moment))
                .isEqualTo(expected);
    }

    /** Clocks go back on 2026-10-25, a Sunday, so that the weekend has 63 hours instead of 62. */
    @Test
    void theEndIsThatOfTheWallClockWhenClocksChange() {
        Occurrence weekend = times("{ weekly: \"Fri 18:00-Mon 08:00\", zone: Europe/Berlin }")
                .get(0)
                .at(Instant.parse("2026-10-25T12:00:00Z"))
                .orElseThrow();
        assertThat(weekend.begin()).isEqualTo("2026-10-23T16:00:00Z");
        assertThat(weekend.end()).isEqualTo("2026-10-26T07:00:00Z");
    }

    @Test
    void theNextBeginIsThatOfTheNextWeekOrOfTheDates() {
        Instant saturday = Instant.parse("2026-11-21T12:00:00Z");
        assertThat(times("{ weekly: \"Fri 18:00-Mon 08:00\", zone: UTC }")
                        .get(0)
                        .after(saturday))
                .map(Occurrence::from)
                .contains("2026-11-27T18:00 UTC");
        assertThat(times("{ from: 2026-12-20, to: 2026-12-31, zone: UTC }")
                        .get(0)
                        .after(saturday))
                .map(Occurrence::from)
                .contains("2026-12-20T00:00 UTC");
        assertThat(times("{ from: 2026-11-20, to: 2026-12-31, zone: UTC }")
                        .get(0)
                        .after(saturday))
                .isEmpty();
    }
}
