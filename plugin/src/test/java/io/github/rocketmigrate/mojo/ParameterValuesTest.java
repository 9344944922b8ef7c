package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.Located;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of parameters. */
final class ParameterValuesTest {
    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "15m, PT15M", "2h, PT2H", "0s, PT0S", "' 5 m ', PT5M"})
    void readsDurations(String text, Duration length) {
        assertThat(ParameterValues.duration("migrate.wait", text)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "fifteen", "-1m", "1d", "", "99999999s"})
    void refusesOtherTextWithAnExample(String text) {
        assertThatThrownBy(() -> ParameterValues.duration("migrate.wait", text))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.wait=" + text + " is not a duration.");
    }

    @Test
    void requiresTimeForAFenceToBecomeQuiet() {
        assertThat(ParameterValues.fencePolicy("35s", "35s", false).fence()).isEqualTo(Duration.ofSeconds(70));
        assertThatThrownBy(() -> ParameterValues.fencePolicy("35s", "30s", false))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("migrate.maxFence=30s is less than migrate.routePoll=35s");
    }

    @Test
    void refusesARoutePollThatProducersOfRealClustersDoNotKeep() {
        assertThatThrownBy(() -> ParameterValues.checkRoutePoll(Duration.ofSeconds(29), false, Optional.empty()))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("migrate.routePoll=29s is less than 30s, the interval at which clients")
                .hasMessageEndingWith("sends to a topic that is closed, and nobody reads its messages.")
                .satisfies(fault -> assertThat(((Fault) fault).nextStep())
                        .startsWith("Set migrate.routePoll to at least 30s")
                        .endsWith("also set -Dmigrate.unsafeRoutePoll=true."));
        ParameterValues.checkRoutePoll(Duration.ofSeconds(30), false, Optional.empty());
        ParameterValues.checkRoutePoll(Duration.ZERO, true, Optional.empty());
    }

    /** The time is right for the sandbox; the address is wrong. */
    @Test
    void namesAnAddressThatIsNotOfTheSandbox() {
        Located<String> wrong = new Located<>("127.0.0.1:27255", new Position(4, 17, 17));
        assertThatThrownBy(() -> ParameterValues.checkRoutePoll(Duration.ofSeconds(4), false, Optional.of(wrong)))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.routePoll is 4s, which is safe only for the sandbox, and 127.0.0.1:27255 is not a"
                        + " name server of it.")
                .satisfies(fault -> assertThat(((Fault) fault).at()).contains(wrong.at()));
        ParameterValues.checkRoutePoll(Duration.ofSeconds(30), false, Optional.of(wrong));
    }

    @Test
    void refusesASelectionBesideAChangeSet() {
        assertThatThrownBy(() -> ParameterValues.notWithChangeSet(Selection.of("orders", null, null), "cs.json"))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.changeSet=cs.json cannot be combined with migrate.batch=orders:"
                        + " a change set is applied as a whole.");
        assertThat(ParameterValues.notWithChangeSet(Selection.of("orders", null, null), null)
                        .isPartial())
                .isTrue();
    }

    @Test
    void readsNamesSeparatedByCommas() {
        assertThat(ParameterValues.names("a, b,,c ")).containsExactly("a", "b", "c");
        assertThat(ParameterValues.names(null)).isEmpty();
    }
}
