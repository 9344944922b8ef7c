package io.github.rocketmigrate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Words that plans hold and that pipelines compare: a new one is welcome, a changed one breaks somebody. */
final class WordsOfTheModelTest {
    @Test
    void stagesInTheOrderInWhichATopicMoves() {
        assertThat(Arrays.stream(Stage.values()).map(Stage::word))
                .containsExactly("source", "read-both", "write-both", "write-destination", "destination");
        assertThat(Stage.DESTINATION.isAheadOf(Stage.WRITE_DESTINATION)).isTrue();
        assertThat(Stage.READ_BOTH.isAheadOf(Stage.READ_BOTH)).isFalse();
        assertThat(Stage.SOURCE.isAheadOf(Stage.READ_BOTH)).isFalse();
    }

    @Test
    void outcomesFromWorstToBest() {
        assertThat(Arrays.stream(Outcome.values()).map(Outcome::word))
                .containsExactly(
                        "error", "invalid", "stale", "incomplete", "blocked", "drift", "pending", "applied", "clean");
    }

    @Test
    void sidesAndRoutings() {
        assertThat(Arrays.stream(Side.values()).map(Side::word)).containsExactly("source", "destination");
        assertThat(Arrays.stream(Routing.values()).map(Routing::word)).containsExactly("join", "client");
    }

    @Test
    void aFaultSaysWhatIsSoAndWhatToDoNext() {
        Fault fault = new Fault("no name server answers", "Check the addresses.");
        assertThat(fault).hasMessage("no name server answers");
        assertThat(fault.nextStep()).isEqualTo("Check the addresses.");
    }
}
