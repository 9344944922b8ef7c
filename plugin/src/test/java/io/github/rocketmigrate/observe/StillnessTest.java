package io.github.rocketmigrate.observe;

import static io.github.rocketmigrate.model.Side.SOURCE;
import static io.github.rocketmigrate.observe.Situations.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.observe.Stillness.Still;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tracks over several readings since when a topic is quiet. */
final class StillnessTest {
    private Stillness stillness = Stillness.UNKNOWN;

    @Test
    void knowsNothingOfATopicThatWasNeverRead() {
        assertThat(stillness.of(SOURCE, "a")).isEmpty();
    }

    /** A reading takes a while: only the time between two readings is certain. */
    @Test
    void countsFromTheEndOfOneReadingToTheStartOfAnother() {
        read(0, 2, Set.of(), Map.of("a", 5L));
        read(10, 13, Set.of(), Map.of("a", 5L));
        assertThat(still("a").lasts()).isEqualTo(Duration.ofSeconds(8));
        assertThat(still("a").first()).isEqualTo(NOON.plusSeconds(2));
        assertThat(still("a").grown()).isEmpty();
    }

    @Test
    void startsAgainWithNewMessages() {
        read(0, 0, Set.of(), Map.of("a", 5L, "b", 1L));
        read(10, 10, Set.of(), Map.of("a", 7L, "b", 1L));
        assertThat(still("a").lasts()).isEqualTo(Duration.ZERO);
        assertThat(still("a").grown()).hasValue(NOON.plusSeconds(10));
        assertThat(still("a").came()).isEqualTo(2);
        assertThat(still("b").lasts()).isEqualTo(Duration.ofSeconds(10));
        read(15, 15, Set.of(), Map.of("a", 7L));
        assertThat(still("a").lasts()).isEqualTo(Duration.ofSeconds(5));
        assertThat(still("a").came()).isEqualTo(2);
        assertThat(still("b").lasts())
                .describedAs("kept although not read again")
                .isEqualTo(Duration.ofSeconds(10));
    }

    /** Producers with an older route may still write. */
    @Test
    void doesNotCountTheTimeBeforeTheTopicWasClosed() {
        read(0, 0, Set.of("a"), Map.of("a", 5L));
        read(60, 60, Set.of("a"), Map.of("a", 5L));
        assertThat(still("a").lasts()).isEqualTo(Duration.ZERO);
        read(70, 70, Set.of(), Map.of("a", 5L));
        assertThat(still("a").lasts()).isEqualTo(Duration.ZERO);
        read(80, 80, Set.of(), Map.of("a", 5L));
        assertThat(still("a").lasts()).isEqualTo(Duration.ofSeconds(10));
    }

    /** The messages of a queue that is missing in a reading are unknown. */
    @Test
    void startsAgainIfAQueueIsMissing() {
        stillness = stillness.after(
                Map.of(
                        SOURCE,
                        new QueueOffsets(
                                Map.of("a", Map.of(queue(0), new QueueRange(0, 1), queue(1), new QueueRange(0, 1))))),
                Map.of(),
                NOON,
                NOON);
        read(10, 10, Set.of(), Map.of("a", 1L));
        assertThat(still("a").lasts()).isEqualTo(Duration.ZERO);
        assertThat(still("a").grown()).isEmpty();
    }

    private void read(int asked, int answered, Set<String> open, Map<String, Long> next) {
        Map<String, Map<QueueKey, QueueRange>> ranges = new HashMap<>();
        next.forEach((topic, offset) -> ranges.put(topic, Map.of(queue(0), new QueueRange(0, offset))));
        stillness = stillness.after(
                Map.of(SOURCE, new QueueOffsets(ranges)),
                Map.of(SOURCE, open),
                NOON.plusSeconds(asked),
                NOON.plusSeconds(answered));
    }

    private Still still(String topic) {
        Optional<Still> still = stillness.of(SOURCE, topic);
        assertThat(still).isPresent();
        return still.get();
    }

    private static QueueKey queue(int queue) {
        return new QueueKey("a", queue);
    }
}
