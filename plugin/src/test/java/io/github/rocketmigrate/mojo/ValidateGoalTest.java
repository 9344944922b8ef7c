package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.endsWith;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
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
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code validate}, configured by Maven. */
@MojoTest
final class ValidateGoalTest {
    @TempDir
    static Path folder;

    private final Log log = mock(Log.class);

    @Provides
    @SuppressWarnings("unused") // called by the test harness
    private static MavenSession session() {
        MavenSession session = mock(MavenSession.class);
        Properties given = new Properties();
        given.setProperty("migrate.sandbox.source.nameServers", "10.0.0.11:9876");
        given.setProperty("migrate.sandbox.destination.nameServers", "10.0.1.11:9876");
        when(session.getExecutionRootDirectory()).thenReturn(folder.toString());
        when(session.getProjects()).thenReturn(List.of());
        when(session.getAllProjects()).thenReturn(List.of());
        when(session.getUserProperties()).thenReturn(given);
        when(session.getSystemProperties()).thenReturn(new Properties());
        return session;
    }

    @Test
    @InjectMojo(goal = "validate")
    void saysHowToNameThePlanFileWhenThereIsNone(ValidateMojo validate) {
        validate.setLog(log);
        assertThatThrownBy(validate::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageMatching(
                        "migration.yaml: the plan does not exist at /.+/migration.yaml; set -Dmigrate.file= to the"
                                + " plan's file, or write a plan with migrate:discover\\.");
        verify(log).error(contains("migration.yaml  error MIG-001  the plan does not exist at "));
        assertThat(folder.resolve("target/migrate/result.json")).exists();
    }

    @Test
    @InjectMojo(goal = "validate")
    @MojoParameter(name = "file", value = "../samples/quickstart/migraton.yaml")
    void suggestsThePlanFileWithNearlyThisName(ValidateMojo validate) {
        validate.setLog(log);
        assertThatThrownBy(validate::execute)
                .hasMessageMatching(
                        ".*migraton.yaml: the plan does not exist at /.*/migraton.yaml; did you mean migration.yaml\\?");
    }

    @Test
    @InjectMojo(goal = "validate")
    @MojoParameter(name = "file", value = "../samples/quickstart/migration.yaml")
    void replacesPlaceholdersWithPropertiesOfTheBuild(ValidateMojo validate) throws Exception {
        validate.setLog(log);
        validate.execute();
        verify(log).info(endsWith("; 3 batches, 10 topics, 8 groups."));
        verify(log, never()).info(contains("MIG-"));
    }
}
