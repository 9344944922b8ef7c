package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.PlainTerminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users give as values of parameters. */
final class ParameterValuesTest {
    @ParameterizedTest
    @CsvSource({"90s, PT1M30S", "15m, PT15M", "2h, PT2H", "0s, PT0S", "' 5 m ', PT5M"})
    void lengthsOfTime(String text, Duration length) {
        assertThat(ParameterValues.length("migrate.wait", text)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "fifteen", "-1m", "1d", "", "99999999s"})
    void othersAreRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> ParameterValues.length("migrate.wait", text))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.wait=" + text + " is not a length of time.");
    }

    @Test
    void aFenceIsGivenTimeToBeQuiet() {
        assertThat(ParameterValues.limits("35s", "35s", false).fence()).isEqualTo(Duration.ofSeconds(70));
        assertThatThrownBy(() -> ParameterValues.limits("35s", "30s", false))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("migrate.maxFence=30s is less than migrate.routePoll=35s");
    }

    @Test
    void aChangeSetIsNotCutIntoParts() {
        assertThatThrownBy(() -> ParameterValues.alone("cs.json", Selection.of("orders", null, null)))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.changeSet=cs.json is applied whole: it cannot be combined with"
                        + " migrate.batch=orders.");
        assertThat(ParameterValues.alone(null, Selection.of("orders", null, null))
                        .isPartial())
                .isTrue();
    }

    @Test
    void namesWithCommasBetweenThem() {
        assertThat(ParameterValues.names("a, b,,c ")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(ParameterValues.names(null)).isEmpty();
    }

    @Test
    void progressIsToldInOneLine() {
        assertThat(LiveProgress.text(1_500, 10_000, Duration.ofSeconds(3)))
                .isEqualTo("  1,500 of 10,000 changes  500 per second  17 s left");
        assertThat(LiveProgress.text(10, 10_000, Duration.ofSeconds(1)))
                .isEqualTo("  10 of 10,000 changes  10 per second  17 min left");
    }

    @Test
    void whatIsWaitedForIsToldAgainOnlyAfterAWhile() {
        List<String> lines = new ArrayList<>();
        try (LiveProgress progress = new LiveProgress(new PlainTerminal(lines), false, false)) {
            progress.waiting("topic orders-1: 20 messages are left");
            progress.waiting("topic orders-1: 1,000 messages are left");
            progress.waiting("topic orders-2: 1,000 messages are left");
            progress.moved("topic orders-2: x → y");
            progress.waiting("topic orders-2: 1,000 messages are left");
        }
        assertThat(lines)
                .containsExactly(
                        "Waiting: topic orders-1: 20 messages are left.",
                        "Waiting: topic orders-2: 1,000 messages are left.",
                        "Moved: topic orders-2: x → y.",
                        "Waiting: topic orders-2: 1,000 messages are left.");
    }
}
