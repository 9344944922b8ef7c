package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.maven.api.di.Provides;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox goals, configured by Maven, without starting a server. */
@MojoTest
final class SandboxGoalsTest {
    @TempDir
    static Path folder;

    private final Log log = mock(Log.class);

    @Provides
    @SuppressWarnings("unused") // called by the test harness
    private static MavenSession session() {
        MavenSession session = mock(MavenSession.class);
        when(session.getExecutionRootDirectory()).thenReturn(folder.toString());
        when(session.getProjects()).thenReturn(List.of());
        when(session.getAllProjects()).thenReturn(List.of());
        when(session.getUserProperties()).thenReturn(new Properties());
        when(session.getSystemProperties()).thenReturn(new Properties());
        return session;
    }

    @Test
    @InjectMojo(goal = "sandbox-stop")
    void saysHowToStartASandboxWhenThereIsNoneToStop(SandboxStopMojo stop) throws Exception {
        stop.setLog(log);
        stop.execute();
        verify(log).info(contains("mvn migrate:sandbox-start"));
    }

    @Test
    @InjectMojo(goal = "sandbox-start")
    @MojoParameter(name = "sourceVersion", value = "latest")
    void refusesAnUnknownVersionWithItsPropertyAndAnExample(SandboxStartMojo start) {
        start.setLog(log);
        assertThatThrownBy(start::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("migrate.sandbox.sourceVersion=latest is not a version of RocketMQ."
                        + " Set a released version such as 4.9.7 or 5.5.0.")
                .hasNoCause();
    }

    @Test
    @InjectMojo(goal = "sandbox-start")
    @MojoParameter(name = "skip", value = "true")
    @MojoParameter(name = "sourceVersion", value = "latest")
    void readsNoParameterWhenSkipped(SandboxStartMojo start) throws Exception {
        start.setLog(log);
        start.execute();
        verify(log).info(contains("migrate.skip"));
    }

    @Test
    @InjectMojo(goal = "sandbox-switch")
    @MojoParameter(name = "applications", value = "consumers, ledgers")
    void namesTheApplicationsIfOneIsUnknown(SandboxSwitchMojo change) {
        change.setLog(log);
        assertThatThrownBy(change::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith(
                        "migrate.sandbox.applications names 'ledgers', which is no application of the shop. ")
                .hasMessageContaining("user-events-audit");
    }

    @Test
    @InjectMojo(goal = "sandbox-stop-server")
    @MojoParameter(name = "server", value = "source-a")
    void saysHowToStartASandboxBeforeAServerCanBeStopped(SandboxStopServerMojo stop) {
        stop.setLog(log);
        assertThatThrownBy(stop::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageStartingWith("No sandbox is running in ")
                .hasMessageContaining("mvn migrate:sandbox-start");
    }

    @Test
    @InjectMojo(goal = "sandbox-start-server")
    void asksForTheNameOfTheServer(SandboxStartServerMojo start) {
        start.setLog(log);
        assertThatThrownBy(start::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("-Dmigrate.sandbox.server=source-a");
    }
}
