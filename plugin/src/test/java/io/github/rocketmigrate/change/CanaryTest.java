package io.github.rocketmigrate.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finds the write queues at the destination that make a share, given those of the source. */
final class CanaryTest {
    private static Canary canary(int sourceQueues, int queues, String... masters) {
        return new Canary(sourceQueues, new TreeSet<>(List.of(masters)), queues);
    }

    @ParameterizedTest(name = "{0}% next to {1} queues of the source: {2} and {3}")
    @CsvSource({"10, 16, 1, 1", "15, 16, 2, 1", "33, 16, 4, 4", "50, 16, 8, 8", "47, 16, 7, 7", "1, 198, 1, 1"})
    void findsTheQueuesOfTheNearestShare(int percent, int sourceQueues, int a, int b) {
        assertThat(canary(sourceQueues, 8, "a", "b").queuesFor(percent))
                .hasValueSatisfying(queues -> assertThat(queues).isEqualTo(Map.of("a", a, "b", b)));
    }

    /** Every accepted share is within three points, and every other share is refused. */
    @Test
    void reachesAShareWithinThreePointsOrRefusesIt() {
        for (int sourceQueues = 1; sourceQueues <= 64; sourceQueues++) {
            for (int percent = 1; percent < 100; percent++) {
                int source = sourceQueues;
                int wanted = percent;
                Canary canary = canary(source, 16, "a", "b", "c");
                boolean possible = IntStream.rangeClosed(3, 48)
                        .anyMatch(count -> Math.abs(100.0 * count / (source + count) - wanted) <= 3);
                assertThat(canary.queuesFor(wanted).isPresent()).isEqualTo(possible);
                canary.queuesFor(wanted).ifPresent(queues -> {
                    int count =
                            queues.values().stream().mapToInt(Integer::intValue).sum();
                    assertThat(100.0 * count / (source + count)).isBetween(wanted - 3.0, wanted + 3.0);
                    assertThat(queues.values()).allMatch(each -> each >= 1 && each <= 16);
                });
            }
        }
    }

    @Test
    void refusesSharesThatAreTooSmallOrTooLargeAndNamesThePossibleOnes() {
        assertThat(canary(4, 4, "a", "b").queuesFor(10)).isEmpty();
        assertThat(canary(4, 4, "a", "b").possible(10)).isEqualTo("33.3%, 42.9%, 50.0%, 55.6%, 60.0%");
        assertThat(canary(8, 4, "a", "b").queuesFor(80)).isEmpty();
        assertThat(canary(8, 4, "a", "b").possible(80)).isEqualTo("33.3%, 38.5%, 42.9%, 46.7%, 50.0%");
        assertThat(canary(8, 1, "a").possible(80)).isEqualTo("11.1%");
        assertThat(canary(48, 8, "a", "b").possible(14)).isEqualTo("11.1%, 12.7%, 14.3%, 15.8%, 17.2%");
    }
}
