package io.github.rocketmigrate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A comparison of scenes notices each kind of difference. */
final class SceneComparisonTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void whatIsSeenInBothWorldsAtAboutTheSameTimeIsTheSame() {
        SceneComparison comparison = new SceneComparison(
                List.of(event("closes", 1_000, 1_200), event("stops", 2_000, 2_400)),
                List.of(event("closes", 0, 100), event("stops", 3_300, 3_500)));
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.isSame()).isTrue();
    }

    @Test
    void whatOnlyOneWorldHasIsNamed() {
        SceneComparison comparison = new SceneComparison(
                List.of(event("closes", 0, 100), event("warns", 0, 100)),
                List.of(event("closes", 0, 100), event("stops", 0, 100)));
        assertThat(comparison.differences())
                .containsExactly("only real servers have: warns", "only the simulator has: stops");
    }

    @Test
    void whatComesTooLateIsNamed() {
        SceneComparison comparison =
                new SceneComparison(List.of(event("closes", 0, 100)), List.of(event("closes", 1_200, 1_400)));
        assertThat(comparison.differences()).containsExactly("at another time: closes");
        assertThat(comparison.sideBySide()).contains("!    0.00 to 0.10    1.20 to 1.40    ± 1.0  closes");
    }

    @Test
    void whatComesInAnotherOrderIsNamed() {
        SceneComparison comparison = new SceneComparison(
                List.of(event("closes", 0, 100), event("stops", 500, 600)),
                List.of(event("stops", 0, 100), event("closes", 500, 600)));
        assertThat(comparison.differences()).containsExactly("in another order: closes / stops");
    }

    @Test
    void whatComesAfterAnotherActIsAnotherEvent() {
        SceneComparison comparison = new SceneComparison(
                List.of(event("closes", 0, 100)), List.of(new SceneEvent(2, "closes", SECOND, SECOND, SECOND)));
        assertThat(comparison.differences())
                .containsExactly("only real servers have: closes", "only the simulator has: closes");
    }

    private static SceneEvent event(String what, long from, long to) {
        return new SceneEvent(1, what, Duration.ofMillis(from), Duration.ofMillis(to), SECOND);
    }
}
