package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.run.Goals;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;

/** How a goal that reads a plan ends when something fails. */
final class ConnectedGoalTest {
    @TempDir
    private Path folder;

    private final Log log = mock(Log.class);

    private static Fault down() {
        return new Fault("The destination's name server 10.0.1.11:9876 refuses connections.", "Start the name server.");
    }

    private void fail(Fault fault) throws Exception {
        MavenSession session = mock(MavenSession.class);
        when(session.getProjects()).thenReturn(List.of());
        new ConnectedGoal("status", "migration.yaml", Goals.outputs(folder), new BuildFolder(session, "test"), log)
                .run(goal -> {
                    goal.belowFault(() -> new MavenTerminal(log).line("the board of the source"));
                    throw fault;
                });
    }

    /** Who reads the board has to know first that half of it is missing, and why. */
    @Test
    void whatIsStillKnownStandsBelowTheFault() {
        assertThatThrownBy(() -> fail(down().at(Optional.of(new Position(4, 30, 14)))))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage("status failed: the destination's name server 10.0.1.11:9876 refuses connections.");
        InOrder printed = inOrder(log);
        printed.verify(log).error(contains("migration.yaml:4:30  error  The destination's name server"));
        printed.verify(log).error(contains("= help: https://rocketmigrate.github.io/planning.html#error"));
        printed.verify(log).info("the board of the source");
        assertThat(folder.resolve("result-status.json")).content().contains("\"outcome\" : \"error\"");
    }

    @Test
    void aFaultWithoutALineOfThePlanEndsWithItsHelp() {
        assertThatThrownBy(() -> fail(down()))
                .isInstanceOf(MojoExecutionException.class)
                .hasMessageEndingWith(
                        "Start the name server.\n= help: https://rocketmigrate.github.io/planning.html#error")
                .hasNoCause();
        inOrder(log).verify(log).info("the board of the source");
    }
}
