package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;

/** The width of lines. */
final class TerminalWidthTest {
    @Test
    @DisabledIfEnvironmentVariable(named = "COLUMNS", matches = ".+", disabledReason = "COLUMNS decides")
    void aLogHasLongLines() {
        assertThat(TerminalWidth.columns(false)).isEqualTo(120);
    }

    /** Without a console library, without a terminal or on Windows, as in most builds. */
    @Test
    void aWidthIsFoundWhateverIsMissing() {
        assertThat(TerminalWidth.columns(true)).isBetween(60, 160);
    }
}
