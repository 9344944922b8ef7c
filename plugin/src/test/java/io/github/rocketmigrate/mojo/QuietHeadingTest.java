package io.github.rocketmigrate.mojo;

import static org.apache.maven.execution.MavenExecutionRequest.LOGGING_LEVEL_ERROR;
import static org.apache.maven.execution.MavenExecutionRequest.LOGGING_LEVEL_INFO;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;
import org.junit.jupiter.api.Test;

final class QuietHeadingTest {
    private final Log log = mock(Log.class);

    @Test
    void namesTheGoalWhereMavenPrintsNoHeading() {
        print(LOGGING_LEVEL_ERROR, true);
        verify(log).info("--- migrate:apply (read-both) ---");
    }

    @Test
    void leavesHeadingsToMavenOtherwise() {
        print(LOGGING_LEVEL_INFO, true);
        print(LOGGING_LEVEL_ERROR, false);
        verify(log, never()).info(anyString());
    }

    private void print(int level, boolean info) {
        MavenSession session = mock(MavenSession.class, RETURNS_DEEP_STUBS);
        when(session.getRequest().getLoggingLevel()).thenReturn(level);
        when(log.isInfoEnabled()).thenReturn(info);
        new QuietHeading(session, log).print(new MojoExecution(new Plugin(), "apply", "read-both"));
    }
}
