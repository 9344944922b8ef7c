package io.github.rocketmigrate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of several plays of a scene, only what differs in each counts. */
final class ScenePlaysTest {
    private final ScenePlays plays = new ScenePlays();

    @BeforeEach
    void aClientStopsThatGoesOnInTheSimulator() {
        play("closes", "stops");
    }

    private void play(String... real) {
        plays.add(new SceneComparison(
                List.of(real).stream().map(ScenePlaysTest::event).toList(), List.of(event("closes"))));
    }

    private static SceneEvent event(String what) {
        return new SceneEvent(1, what, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }

    @Test
    void whatDiffersInTheOnlyPlayIsADifference() {
        assertThat(plays.differences()).containsExactly("only real servers have: stops");
        assertThat(plays.isSame()).isFalse();
    }

    @Test
    void whatDiffersInEachPlayIsADifference() {
        play("closes", "warns", "stops");
        assertThat(plays.differences()).containsExactly("only real servers have: stops");
        assertThat(plays.words()).contains("play 1", "play 2", "in each play, only real servers have: stops");
    }

    @Test
    void whatDiffersInOnePlayOnlyIsNone() {
        play("closes", "warns");
        assertThat(plays.isSame()).isTrue();
    }
}
