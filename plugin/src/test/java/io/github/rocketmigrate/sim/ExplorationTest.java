package io.github.rocketmigrate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rungs of a small world in which anything may happen next, up to some steps. {@link Simulate} leaves nothing out. */
final class ExplorationTest {
    /** Enough for four clients to poll in every order after a write. */
    private static final int MOST = 4;

    private static final String FENCE = "read-both to write-destination, with fence";
    private static final String OPENING = "read-both to write-destination, without fence";

    @TestFactory
    Stream<DynamicTest> everyRungKeepsEveryInvariantWhateverHappensNext() {
        return RungCase.all().stream()
                .map(rung -> DynamicTest.dynamicTest(rung.name(), () -> {
                    ExplorationResult result = new RungExplorer(2).explore(rung);
                    assertThat(result.violations())
                            .describedAs(String.join("\n", result.timeline()))
                            .isEmpty();
                    assertThat(result.writes())
                            .allSatisfy((write, states) -> assertThat(states)
                                    .describedAs("states in which a run was killed before and after it " + write)
                                    .isPositive());
                    assertThat(result.killPoints()).isGreaterThanOrEqualTo(8);
                    assertThat(result.states()).isGreaterThan(300);
                }));
    }

    @Test
    void clientsPollInEveryOrderAroundEachWriteOfAFence() {
        ExplorationResult result = new RungExplorer(MOST).explore(RungCase.named(FENCE));
        assertThat(result.violations())
                .describedAs(String.join("\n", result.timeline()))
                .isEmpty();
        assertThat(result.inEveryOrder())
                .containsExactlyInAnyOrder(
                        "writes topic orders=none at 10.0.1.10:10911",
                        "writes route of orders new-a=read-write, old-a=read at 10.0.1.1:9876",
                        "writes topic orders=read at 10.0.0.10:10911",
                        "writes topic orders=write at 10.0.1.10:10911");
        assertThat(result.states()).isEqualTo(42_010);
        assertThat(result.killPoints()).isEqualTo(20);
    }

    @Test
    void theSameRungHasTheSameStatesEachTime() {
        ExplorationResult first = new RungExplorer(2).explore(RungCase.named(FENCE));
        ExplorationResult again = new RungExplorer(2).explore(RungCase.named(FENCE));
        assertThat(again.states()).isEqualTo(first.states());
        assertThat(again.writes()).isEqualTo(first.writes());
        assertThat(again.polls()).isEqualTo(first.polls());
    }

    @Test
    void withoutWaitingForNameServersAFenceLeavesProducersWithoutQueue() {
        Mutant impatient = new Mutant(
                "closing-not-awaited", List.of(new Mutant.Patch("apply.Fence", "awaitClosingShown", "Nothing")));
        assertThat(new MutantLoader(impatient).rungs(MOST).apply(FENCE))
                .contains("sends: 1 sends were refused", "new-a                  registers", "no route");
    }

    @Test
    void theShortestWayToAViolationIsATimeline() {
        assertThat(new MutantLoader(Mutant.named("close-before-open").orElseThrow())
                        .rungs(MOST)
                        .apply(OPENING))
                .contains("sends: 1 sends were refused")
                .containsSubsequence(
                        "run-1 ",
                        "begins",
                        "writes topic orders=read at 10.0.0.10:10911",
                        "registers",
                        "could not send");
    }
}
