package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The width of lines, and the size of a window. */
final class TerminalSizeTest {
    @Test
    void aLogHasLongLines() {
        assertThat(TerminalSize.columns(null, false)).isEqualTo(120);
    }

    @Test
    void columnsDecidesWithinReadableLimits() {
        assertThat(TerminalSize.columns("90", true)).isEqualTo(90);
        assertThat(TerminalSize.columns("20", false)).isEqualTo(40);
        assertThat(TerminalSize.columns("500", false)).isEqualTo(160);
        assertThat(TerminalSize.columns("wide", false)).isEqualTo(120);
    }

    /** Without a console library, without a terminal or on Windows, as in most builds. */
    @Test
    void aWidthIsFoundWhateverIsMissing() {
        assertThat(TerminalSize.columns(null, true)).isBetween(40, 160);
    }

    @Test
    void aWindowHasRowsAndColumns() {
        assertThat(TerminalSize.parsed("24 80")).contains(new TerminalSize(80, 24));
        assertThat(TerminalSize.parsed("0 0")).isEmpty();
        assertThat(TerminalSize.parsed("stty: no terminal")).isEmpty();
        assertThat(TerminalSize.now().rows()).isPositive();
    }
}
