package io.github.rocketmigrate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Migrates in virtual time, seed by seed, while servers, requests, runs and people fail. {@link Simulate} runs more seeds. */
final class SimulationTest {
    private static final int SEEDS = 60;
    /** The safeguards that so few seeds do not need: the first seed that undoes a step outside a fence is 114 or 115. */
    private static final Set<String> RARELY_CALLED = Set.of("apply.Mover.takeBack");

    private final Seeds seeds = new Seeds();

    @Test
    void everyMigrationKeepsEveryInvariantAndUsesEverySafeguardWithAMutant() {
        MutantLoader product = MutantLoader.ofProduct();
        LongFunction<String> counted = product.seeds();
        List<String> violations = LongStream.range(0, SEEDS)
                .parallel()
                .mapToObj(seed -> seed + ": " + counted.apply(seed))
                .filter(text -> !text.endsWith(": "))
                .toList();
        assertThat(violations)
                .describedAs("see one with: mvn -Psimulate verify -Dsim.seed=…")
                .isEmpty();
        assertThat(product.uncalled())
                .describedAs("a mutant of what is never called does nothing")
                .isSubsetOf(RARELY_CALLED);
    }

    @TestFactory
    Stream<DynamicTest> anOpenHazardStillViolatesItsInvariant() {
        return OpenHazard.all().stream()
                .map(hazard -> DynamicTest.dynamicTest(
                        hazard.situation().name(),
                        () -> assertThat(seeds.simulate(
                                                Scenario.of(hazard.seed()).with(hazard.situation()))
                                        .result()
                                        .violations())
                                .extracting(SimulationResult.Violation::invariant)
                                .contains(hazard.invariant())));
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
