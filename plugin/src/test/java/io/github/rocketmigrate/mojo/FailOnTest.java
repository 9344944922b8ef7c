package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Outcome;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a build fails. */
final class FailOnTest {
    /** A plan that is blocked may be pending besides: a job that asks for either hears of it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            blocked         | BLOCKED PENDING | true
            blocked         | PENDING         | false
            pending, drift  | BLOCKED PENDING | true
            pending,drift   | BLOCKED         | false
            Pending         | PENDING         | true
            none            | BLOCKED PENDING | false
            ''              | BLOCKED         | false
            blocked,pending | CLEAN           | false
            """)
    void fails(String list, String found, boolean fails) {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        Arrays.stream(found.split(" ", -1)).map(Outcome::valueOf).forEach(outcomes::add);
        assertThat(FailOn.of(list).holds(outcomes)).isEqualTo(fails);
    }

    @Test
    void aWordThatIsNoneIsTold() {
        assertThatThrownBy(() -> FailOn.of("blocked,pendign"))
                .hasMessage("migrate.failOn=blocked,pendign: there is no 'pendign'.");
        assertThatThrownBy(() -> FailOn.of("clean")).hasMessage("migrate.failOn=clean: there is no 'clean'.");
    }
}
