package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.rocketmigrate.model.Fault;
import org.apache.maven.plugin.logging.Log;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** What {@code -X} adds to the log. */
final class StackTraceTest {
    private final Log log = mock(Log.class);
    private final Fault fault = new Fault(
            "broker-a refused",
            "Ask.",
            new IllegalStateException("code 1\u001b[2J\n::error::forged ##vso[task.complete]"));

    /** The cause has the words of the server as they came. */
    @Test
    void wordsOfAServerInACauseAreCleaned() {
        when(log.isDebugEnabled()).thenReturn(true);
        StackTrace.print(log, fault);
        ArgumentCaptor<String> lines = ArgumentCaptor.forClass(String.class);
        verify(log, atLeastOnce()).debug(lines.capture());
        assertThat(lines.getAllValues())
                .contains(
                        "Caused by: java.lang.IllegalStateException: code 1<U+001B>[2J",
                        "<U+003A>:error::forged <U+0023>#vso[task.complete]")
                .anyMatch(line -> line.startsWith("    at io.github.rocketmigrate.mojo.StackTraceTest"));
    }

    @Test
    void withoutTheOptionNothingIsPrinted() {
        StackTrace.print(log, fault);
        verify(log, never()).debug(anyString());
    }
}
