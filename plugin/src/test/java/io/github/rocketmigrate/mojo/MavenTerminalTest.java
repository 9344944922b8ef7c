package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Answers.RETURNS_SELF;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.List;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.shared.utils.logging.MessageBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines in Maven's log. */
final class MavenTerminalTest {
    private static final String ENCODING = "stdout.encoding";
    private static final String RED = "\u001b[31mtext\u001b[m";

    private final Log log = mock(Log.class);
    private final String before = System.getProperty(ENCODING);

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(ENCODING);
        } else {
            System.setProperty(ENCODING, before);
        }
    }

    /** A build server without a locale would show question marks. */
    @Test
    void replacesSignsThatAnAsciiTerminalCannotShow() {
        System.setProperty(ENCODING, "US-ASCII");
        new MavenTerminal(log).line("queues 4 → 8, backlog 3 / –, and so on…");
        verify(log).info("queues 4 -> 8, backlog 3 / -, and so on...");
    }

    @Test
    void keepsSignsThatTheTerminalCanShow() {
        System.setProperty(ENCODING, "UTF-8");
        new MavenTerminal(log).warning("queues 4 → 8");
        verify(log).warn("queues 4 → 8");
    }

    /** https://no-color.org: any value but an empty one turns colors off, also where Maven itself keeps them. */
    @Test
    void noColorTurnsEveryStyleOff() {
        assertThat(styles("1")).containsOnly("text");
        assertThat(styles("")).containsOnly(RED);
        assertThat(styles(null)).containsOnly(RED);
    }

    private List<String> styles(String noColor) {
        MessageBuilder red = mock(MessageBuilder.class, RETURNS_SELF);
        when(red.build()).thenReturn(RED);
        MavenTerminal terminal = new MavenTerminal(log, noColor, () -> red);
        return List.of(terminal.bad("text"), terminal.doubtful("text"), terminal.good("text"), terminal.strong("text"));
    }

    /** Colors are the plugin's own; nothing else may reach the terminal, whichever report prints it. */
    @Test
    void onlyColorsControlTheTerminal() {
        System.setProperty(ENCODING, "UTF-8");
        new MavenTerminal(log).error("\u001b[1;31mfailed\u001b[m: \u001b[2J\r\n::error::forged");
        verify(log).error("\u001b[1;31mfailed\u001b[m: <U+001B>[2J<U+000D><U+000A>::error::forged");
    }
}
