package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests run with their output in a pipe, as builds whose output goes to a file. */
final class StandardOutputTest {
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no sh that could tell")
    void aPipeIsNoTerminal() {
        assertThat(StandardOutput.isTerminal()).isFalse();
    }
}
