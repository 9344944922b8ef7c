package io.github.rocketmigrate.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HoldNoteTest {
    private static final Instant NIGHT = Instant.parse("2026-11-21T03:12:40Z");
    private static final Hold HOLD = new Hold(Stage.READ_BOTH, NIGHT, "anna on ci-7", "Checkout errors, \"again\"");

    private static SortedMap<String, Hold> holds(Hold hold, String... topics) {
        return new TreeMap<>(List.of(topics).stream().collect(Collectors.toMap(topic -> topic, topic -> hold)));
    }

    private static SortedMap<String, Hold> read(String plan, Map<String, String> notes) {
        return HoldNote.read(plan, Map.of("10.0.0.11:9876", notes));
    }

    @Test
    void readsWhatItWrites() {
        SortedMap<String, Hold> holds = holds(HOLD, "orders", "clicks");
        holds.put("views", new Hold(Stage.SOURCE, NIGHT.plusSeconds(60), "ben on laptop", "Also this one"));
        Map<String, String> notes = HoldNote.all("shop", holds);
        assertThat(notes).describedAs("one for each rollback").hasSize(2);
        assertThat(read("shop", notes)).isEqualTo(holds);
        assertThat(read("shop-2", notes)).describedAs("of another plan").isEmpty();
        assertThat(HoldNote.keysOf("shop", notes)).isEqualTo(notes.keySet());
    }

    @Test
    void entriesOfManyTopicsStayShort() {
        String[] topics = IntStream.range(0, 2_000)
                .mapToObj(number -> "a-topic-with-a-name-of-medium-length-" + number)
                .toArray(String[]::new);
        Hold wordy = new Hold(Stage.SOURCE, NIGHT, "anna on ci-7", "because ".repeat(2_000));
        Map<String, String> notes = HoldNote.all("shop", holds(wordy, topics));
        assertThat(notes.values()).allMatch(text -> text.length() <= RecordFormat.LONGEST);
        assertThat(read("shop", notes)).hasSize(topics.length);
    }

    /** Two rollbacks of one topic, one of which reached only the source. */
    @Test
    void theNewerHoldOfATopicCounts() {
        Hold newer = new Hold(Stage.SOURCE, NIGHT.plusSeconds(60), "ben on laptop", "Further back");
        assertThat(HoldNote.read(
                        "shop",
                        Map.of(
                                "10.0.0.11:9876", HoldNote.all("shop", holds(newer, "orders")),
                                "10.0.0.12:9876", HoldNote.all("shop", holds(HOLD, "orders")))))
                .isEqualTo(holds(newer, "orders"));
    }

    @Test
    void theEndOfAHoldCountsMoreThanAnOlderCopyOfIt() {
        assertThat(HoldNote.read(
                        "shop",
                        Map.of(
                                "10.0.0.11:9876", HoldNote.all("shop", holds(HOLD.released(), "orders")),
                                "10.0.0.12:9876", HoldNote.all("shop", holds(HOLD, "orders")))))
                .isEqualTo(holds(HOLD.released(), "orders"));
        assertThat(HOLD.stops(Stage.DESTINATION)).isTrue();
        assertThat(HOLD.released().stops(Stage.DESTINATION)).isFalse();
    }

    @Test
    void whatNoVersionWritesIsIgnored() {
        String key =
                HoldNote.all("shop", holds(HOLD, "orders")).keySet().iterator().next();
        for (String text :
                List.of("", "{", "[]", "{\"stage\":\"nowhere\",\"since\":\"2026-11-21T03:12:40Z\"}", "{\"since\":1}")) {
            assertThat(read("shop", Map.of(key, text))).describedAs(text).isEmpty();
        }
    }
}
