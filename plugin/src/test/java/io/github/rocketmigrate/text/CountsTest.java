package io.github.rocketmigrate.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountsTest {

    @ParameterizedTest
    @CsvSource({
        "0, queue, 0 queues",
        "1, queue, 1 queue",
        "2, queue, 2 queues",
        "2, batch, 2 batches",
        "3, retry, 3 retries",
        "2, key, 2 keys",
        "2, name server, 2 name servers",
        "12345, message, 12345 messages"
    })
    void nounAgreesWithItsNumber(long count, String noun, String words) {
        assertEquals(words, Counts.of(count, noun));
    }

    @Test
    void irregularPluralIsTheCallersOwn() {
        assertEquals("1 message has", Counts.of(1, "message has", "messages have"));
        assertEquals("2 messages have", Counts.of(2, "message has", "messages have"));
    }

    @Test
    void verbAgreesWithItsNumber() {
        assertEquals("is has", Counts.isOrAre(1) + " " + Counts.hasOrHave(1));
        assertEquals("are have", Counts.isOrAre(0) + " " + Counts.hasOrHave(0));
        assertEquals("are have", Counts.isOrAre(2) + " " + Counts.hasOrHave(2));
    }

    @Test
    void verbAndPronounAgreeWithANumberBeforeThem() {
        assertEquals("uses it", Counts.verb(1, "uses", "use") + " " + Counts.itOrThem(1));
        assertEquals("use them", Counts.verb(2, "uses", "use") + " " + Counts.itOrThem(2));
        assertEquals("use them", Counts.verb(0, "uses", "use") + " " + Counts.itOrThem(0));
    }

    @Test
    void nounStandsWithoutItsNumber() {
        assertEquals("broker", Counts.noun(1, "broker"));
        assertEquals("brokers", Counts.noun(2, "broker"));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT59.9S, 59 s",
        "PT1M, 1 min",
        "PT3M20S, 3 min 20 s",
        "PT2H, 2 h",
        "PT2H5M40S, 2 h 5 min",
        "P3DT4H30M, 3 d 4 h",
        "P7D, 7 d"
    })
    void longTimeIsPrintedInItsTwoLargestUnits(Duration time, String words) {
        assertEquals(words, Counts.span(time));
    }

    @Test
    void limitIsPrintedInSeconds() {
        assertEquals("200 s", Counts.seconds(Duration.ofSeconds(200)));
    }

    @ParameterizedTest
    @CsvSource({
        "PT59.9S, 59 s",
        "PT3M20S, 3 min",
        "PT23H59M, 23 h",
        "P3DT4H, 3 d",
    })
    void aNarrowColumnHasTheLargestUnit(Duration time, String words) {
        assertEquals(words, Counts.shortSpan(time));
    }
}
