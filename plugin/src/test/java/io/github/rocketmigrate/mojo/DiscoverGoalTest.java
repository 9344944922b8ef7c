package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.settings.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code discover} with a plan that exists, configured by Maven. */
@MojoTest
final class DiscoverGoalTest {
    @TempDir
    static Path folder;

    private final Log log = mock(Log.class);

    @Provides
    @SuppressWarnings("unused") // called by the test harness
    private static MavenSession session() {
        MavenSession session = mock(MavenSession.class);
        when(session.getSettings()).thenReturn(new Settings());
        when(session.getExecutionRootDirectory()).thenReturn(folder.toString());
        when(session.getProjects()).thenReturn(List.of());
        when(session.getAllProjects()).thenReturn(List.of());
        when(session.getUserProperties()).thenReturn(new Properties());
        when(session.getSystemProperties()).thenReturn(new Properties());
        return session;
    }

    @Test
    @InjectMojo(goal = "discover")
    @MojoParameter(name = "merge", value = "true")
    @MojoParameter(name = "overwrite", value = "true")
    void doesNotMergeIntoWhatItOverwrites(DiscoverMojo discover) {
        discover.setLog(log);
        assertThatThrownBy(discover::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("migrate.merge and migrate.overwrite exclude each other");
    }

    @Test
    @InjectMojo(goal = "discover")
    @MojoParameter(name = "merge", value = "true")
    @MojoParameter(name = "file", value = "src/test/resources/golden/validate/MIG-004-open-quote.yaml")
    void reportsAnInvalidPlanAsValidateDoes(DiscoverMojo discover) {
        discover.setLog(log);
        assertThatThrownBy(discover::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageEndingWith(
                        "MIG-004-open-quote.yaml is not valid: line 6: the plan is not valid YAML: a quotation mark is"
                                + " not closed; add the closing one. Nothing was sent to any cluster.");
        verify(log).error(contains("error MIG-004"));
        assertThat(folder.resolve("target/migrate/result.json"))
                .content()
                .contains("\"outcome\" : \"invalid\"", "\"goal\" : \"discover\"");
    }

    /** Without a file, a merge needs what discover needs. */
    @Test
    @InjectMojo(goal = "discover")
    @MojoParameter(name = "merge", value = "true")
    @MojoParameter(name = "file", value = "missing.yaml")
    void beginsAPlanThatDoesNotExist(DiscoverMojo discover) {
        discover.setLog(log);
        assertThatThrownBy(discover::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageContaining("The name servers of the source are not known.");
    }
}
