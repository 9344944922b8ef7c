package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The width of lines. */
final class TerminalWidthTest {
    @Test
    void aLogHasLongLines() {
        assertThat(TerminalWidth.columns(null, false)).isEqualTo(120);
    }

    @Test
    void columnsDecidesWithinReadableLimits() {
        assertThat(TerminalWidth.columns("90", true)).isEqualTo(90);
        assertThat(TerminalWidth.columns("20", false)).isEqualTo(60);
        assertThat(TerminalWidth.columns("500", false)).isEqualTo(160);
        assertThat(TerminalWidth.columns("wide", false)).isEqualTo(120);
    }

    /** Without a console library, without a terminal or on Windows, as in most builds. */
    @Test
    void aWidthIsFoundWhateverIsMissing() {
        assertThat(TerminalWidth.columns(null, true)).isBetween(60, 160);
    }
}
