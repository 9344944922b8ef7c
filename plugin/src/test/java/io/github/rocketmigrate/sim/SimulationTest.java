package io.github.rocketmigrate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Migrates in virtual time, seed by seed, while servers, requests, runs and people fail. {@link Simulate} runs more seeds. */
final class SimulationTest {
    private static final int SEEDS = 60;

    private final Seeds seeds = new Seeds();

    @Test
    void everyMigrationKeepsEveryInvariant() {
        List<String> violations = LongStream.range(0, SEEDS)
                .parallel()
                .mapToObj(seed -> seed + ": " + seeds.apply(seed))
                .filter(text -> !text.endsWith(": "))
                .toList();
        assertThat(violations)
                .describedAs("see one with: mvn -Psimulate verify -Dsim.seed=…")
                .isEmpty();
    }

    @Test
    void aSeedHasTheSameHistoryEachTime() {
        List<String> first = seeds.simulate(5).history().lines();
        List<String> again = LongStream.range(4, 8)
                .parallel()
                .mapToObj(seed -> seeds.simulate(seed).history().lines())
                .toList()
                .get(1);
        assertThat(again).isEqualTo(first);
    }
}
