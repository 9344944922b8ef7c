package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.rocketmigrate.model.Outcome;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The outcomes that fail a build. */
final class FailOnTest {
    /** A plan can be blocked and pending at once; a build can fail on either. */
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
        assertThat(isFailure(FailOn.of(list), outcomes)).isEqualTo(fails);
    }

    @Test
    void failsOnAddedOutcomesWhateverTheUserChose() {
        FailOn failOn = FailOn.of("none").and(Outcome.STALE);
        assertThatThrownBy(() -> failOn.check(EnumSet.of(Outcome.STALE), "The change set is stale."))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("The change set is stale.");
        assertThat(isFailure(failOn, EnumSet.of(Outcome.BLOCKED))).isFalse();
    }

    /** With {@code -q}, Maven shows errors only, and the sentence at the end speaks of what is above. */
    @Test
    void aQuietBuildThatFailsPrintsItsReasonsAsErrors() {
        Log log = mock(Log.class);
        FailOn failOn = FailOn.of("blocked");
        assertThatThrownBy(() -> failOn.check(
                        EnumSet.of(Outcome.BLOCKED), "Blocked.", log, errors -> errors.line("views: offline")))
                .hasMessage("Blocked.");
        verify(log).error("views: offline");
        when(log.isInfoEnabled()).thenReturn(true);
        assertThatThrownBy(() -> failOn.check(
                        EnumSet.of(Outcome.BLOCKED), "Blocked.", log, errors -> errors.line("printed before")))
                .hasMessage("Blocked.");
        verify(log, never()).error("printed before");
    }

    /** Maven prints the sentence as it is. */
    @Test
    void cleansTheSentenceWithWhichMavenEnds() {
        assertThatThrownBy(
                        () -> FailOn.of("blocked").check(EnumSet.of(Outcome.BLOCKED), "client a\u001b[2J\n::error::x"))
                .hasMessage("client a<U+001B>[2J<U+000A>::error::x");
    }

    private static boolean isFailure(FailOn failOn, Set<Outcome> outcomes) {
        return catchThrowable(() -> failOn.check(outcomes, "failed")) != null;
    }

    @Test
    void refusesOutcomesThatCannotBeChosen() {
        assertThatThrownBy(() -> FailOn.of("blocked,pendign"))
                .hasMessage("migrate.failOn=blocked,pendign: the build cannot fail on 'pendign'.");
        assertThatThrownBy(() -> FailOn.of("clean"))
                .hasMessage("migrate.failOn=clean: the build cannot fail on 'clean'.");
    }
}
