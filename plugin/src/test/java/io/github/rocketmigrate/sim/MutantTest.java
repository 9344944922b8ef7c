package io.github.rocketmigrate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Mutants are made of the product as it is; whether seeds notice them is shown by {@link Simulate}. */
final class MutantTest {
    @TestFactory
    Stream<DynamicTest> eachPatchFindsItsMethod() {
        return Mutant.all().stream()
                .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> {
                    MutantLoader loader = new MutantLoader(mutant);
                    for (Mutant.Patch patch : mutant.patches()) {
                        Class<?> patched = loader.loadClass(MutantLoader.BASE + patch.type());
                        assertThat(patched.getClassLoader()).isSameAs(loader);
                    }
                }));
    }

    @Test
    void namesAreDifferent() {
        assertThat(Mutant.all().stream().map(Mutant::name)).doesNotHaveDuplicates();
    }
}
