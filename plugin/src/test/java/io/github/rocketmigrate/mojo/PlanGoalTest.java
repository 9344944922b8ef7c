package io.github.rocketmigrate.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
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
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;

/** The goals {@code plan}, {@code status} and {@code apply}, configured by Maven, up to the point where they connect. */
@MojoTest
final class PlanGoalTest {
    private static final MavenProject PROJECT = new MavenProject();

    @TempDir
    static Path folder;

    private final Log log = mock(Log.class);

    @Provides
    @SuppressWarnings("unused") // called by the test harness
    private static MavenSession session() {
        MavenSession session = mock(MavenSession.class);
        when(session.getExecutionRootDirectory()).thenReturn(folder.toString());
        when(session.getProjects()).thenReturn(List.of(PROJECT));
        when(session.getAllProjects()).thenReturn(List.of());
        Properties given = new Properties();
        given.setProperty("migrate.sandbox.destination.nameServers", "127.0.0.1:1");
        when(session.getUserProperties()).thenReturn(given);
        when(session.getSystemProperties()).thenReturn(new Properties());
        when(session.getSettings()).thenReturn(new Settings());
        return session;
    }

    @Provides
    @SuppressWarnings("unused") // called by the test harness
    private static SettingsDecrypter decrypter() {
        return mock(SettingsDecrypter.class);
    }

    @Test
    @InjectMojo(goal = "plan")
    @MojoParameter(name = "file", value = "src/test/resources/goals/unset.yaml")
    void refusesAPlaceholderThatIsNotSet(PlanMojo plan) throws Exception {
        plan.setLog(log);
        assertThatThrownBy(plan::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageEndingWith(
                        "unset.yaml is not valid: line 3: ${nobody.sets.this} is not set: set -Dnobody.sets.this= or a"
                                + " property of the POM. Nothing was sent to any cluster.");
        verify(log).error(contains("unset.yaml:3:25  error MIG-223  ${nobody.sets.this} is not set"));
        verify(log, never()).info(contains("Reading"));
        assertThat(result().path("goal").asText()).isEqualTo("plan");
        assertThat(result().path("outcome").asText()).isEqualTo("invalid");
        assertThat(PROJECT.getProperties()).containsEntry("migrate.outcome", "invalid");
        assertThat(folder.resolve("target/migrate/TEST-migrate-plan.xml"))
                .content()
                .contains("<failure type=\"MIG-223\"", "unset.yaml:3:25\nhelp: ");
        assertThat(folder.resolve("target/migrate/plan.md"))
                .content()
                .startsWith("### Migration plan `src/test/resources/goals/unset.yaml`: invalid\n")
                .contains("unset.yaml:3:25` · [MIG-223](https://");
    }

    @Test
    @InjectMojo(goal = "plan")
    @MojoParameter(name = "file", value = "src/test/resources/goals/managed.yaml")
    void refusesAManagedDestination(PlanMojo plan) throws Exception {
        plan.setLog(log);
        assertThatThrownBy(plan::execute).isInstanceOf(MojoFailureException.class);
        verify(log).error(contains("error MIG-227  profile 'tdmq' is a managed destination"));
    }

    @Test
    @InjectMojo(goal = "status")
    @MojoParameter(name = "file", value = "src/test/resources/goals/unreachable.yaml")
    void writesUnreachableNameServersToTheResult(StatusMojo status) throws Exception {
        status.setLog(log);
        assertThatThrownBy(status::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(
                        "status failed: the source's name server 127.0.0.1:2 refuses connections: no process listens"
                                + " at this address. 1 more problem above.")
                .hasNoCause();
        InOrder printed = inOrder(log);
        List.of(
                        "unreachable.yaml:3:25  error  The source's name server 127.0.0.1:2 refuses connections:",
                        "        no process listens at this address.",
                        "     3 | source: { nameServers: [\"127.0.0.1:2\"] }",
                        "       |                         ^^^^^^^^^^^^^",
                        "       = fix: Start the name server, or correct source.nameServers.",
                        "       = help: https://rocketmigrate.github.io/connections.html#refused",
                        "unreachable.yaml:4:30  error  The destination's name server 127.0.0.1:1 refuses",
                        "        connections: no process listens at this address.",
                        "     4 | destination: { nameServers: [\"127.0.0.1:1\"] }",
                        "       |                              ^^^^^^^^^^^^^",
                        "       = fix: Start the name server, or correct destination.nameServers.")
                .forEach(line -> printed.verify(log).error(contains(line)));
        assertThat(result().path("outcome").asText()).isEqualTo("error");
        assertThat(result().path("error").path("fix").asText())
                .isEqualTo("Start the name server, or correct source.nameServers.\n"
                        + "Start the name server, or correct destination.nameServers.");
        assertThat(result().path("error").path("help").asText())
                .isEqualTo("https://rocketmigrate.github.io/connections.html#refused");
        assertThat(result().path("error").path("line").asInt()).isEqualTo(3);
        assertThat(result().path("error").path("column").asInt()).isEqualTo(25);
        assertThat(PROJECT.getProperties()).containsEntry("migrate.outcome", "error");
        assertThat(folder.resolve("target/migrate/TEST-migrate-status.xml"))
                .content()
                .contains(
                        "tests=\"2\" failures=\"0\" errors=\"2\"",
                        "<error type=\"error\" message=\"The source's name server 127.0.0.1:2 refuses connections",
                        "unreachable.yaml:3:25\nfix: Start the name server, or correct source.nameServers.",
                        "\nhelp: https://rocketmigrate.github.io/connections.html#refused</error>");
    }

    @Test
    @InjectMojo(goal = "plan")
    @MojoParameter(name = "file", value = "src/test/resources/goals/unreachable.yaml")
    void replacesAnOlderCommentWhenNoServerAnswers(PlanMojo plan) throws Exception {
        Path comment = Files.createDirectories(folder.resolve("target/migrate")).resolve("plan.md");
        Files.writeString(comment, "Nothing to do.");
        plan.setLog(log);
        assertThatThrownBy(plan::execute).isInstanceOf(MojoExecutionException.class);
        assertThat(comment)
                .content()
                .startsWith("### Migration plan `shop`: error\n")
                .contains(
                        "- [ ] **The source's name server 127.0.0.1:2 refuses connections",
                        "unreachable.yaml:3:25`",
                        "  Fix: Start the name server, or correct source.nameServers.")
                .doesNotContain("Nothing to do.");
    }

    @Test
    @InjectMojo(goal = "plan")
    @MojoParameter(name = "file", value = "src/test/resources/goals/unknown-accounts.yaml")
    void reportsTheUnknownAccountsOfBothSidesAtTheirPositions(PlanMojo plan) {
        plan.setLog(log);
        assertThatThrownBy(plan::execute)
                .isInstanceOf(MojoExecutionException.class)
                .hasMessage(
                        "plan failed: the plan uses the credentials 'old', but settings.xml has no server with this id."
                                + " 1 more problem above.");
        verify(log).error(contains(":3:54  error  The plan uses the credentials 'old', but"));
        verify(log).error(contains(":4:59  error  The plan uses the credentials 'new', but"));
        verify(log, times(2)).error(contains("        settings.xml has no server with this id."));
    }

    @Test
    @InjectMojo(goal = "plan")
    @MojoParameter(name = "failOn", value = "everything")
    void replacesTheResultOfAnEarlierRunWhenFailOnIsWrong(PlanMojo plan) throws Exception {
        plan.setLog(log);
        replacesTheResultOfAnEarlierRun(
                plan, "plan", "migrate.failOn=everything: the build cannot fail on 'everything'.");
        assertThat(folder.resolve("target/migrate/plan.md"))
                .content()
                .startsWith("### Migration plan `migration.yaml`: error");
    }

    @Test
    @InjectMojo(goal = "status")
    @MojoParameter(name = "maxFence", value = "1s")
    void replacesTheResultOfAnEarlierRunWhenMaxFenceIsWrong(StatusMojo status) throws Exception {
        status.setLog(log);
        replacesTheResultOfAnEarlierRun(status, "status", "migrate.maxFence=1s is less than migrate.routePoll=35s.");
    }

    @Test
    @InjectMojo(goal = "apply")
    @MojoParameter(name = "wait", value = "soon")
    void replacesTheResultOfAnEarlierRunWhenWaitIsWrong(ApplyMojo apply) throws Exception {
        apply.setLog(log);
        replacesTheResultOfAnEarlierRun(apply, "apply", "migrate.wait=soon is not a duration.");
    }

    /** It would prove a topic quiet while producers still send to it. */
    @Test
    @InjectMojo(goal = "apply")
    @MojoParameter(name = "file", value = "src/test/resources/goals/unreachable.yaml")
    @MojoParameter(name = "routePoll", value = "0s")
    void refusesAShortRoutePollOutsideTheSandbox(ApplyMojo apply) throws Exception {
        apply.setLog(log);
        replacesTheResultOfAnEarlierRun(apply, "apply", "migrate.routePoll=0s is less than 30s, the interval");
    }

    @Test
    @InjectMojo(goal = "status")
    @MojoParameter(name = "file", value = "src/test/resources/goals/unreachable.yaml")
    @MojoParameter(name = "routePoll", value = "4s")
    @MojoParameter(name = "unsafeRoutePoll", value = "true")
    void connectsWithAShortRoutePollThatIsCalledUnsafe(StatusMojo status) {
        status.setLog(log);
        assertThatThrownBy(status::execute).hasMessageContaining("refuses connections");
    }

    /** The address was wrong, and the message was about a time. */
    @Test
    @InjectMojo(goal = "plan")
    @MojoParameter(name = "file", value = "src/test/resources/goals/beside-sandbox.yaml")
    @MojoParameter(name = "routePoll", value = "4s")
    void saysWhatIsWrongWithAnAddressBeforeWhatFollowsFromIt(PlanMojo plan) {
        plan.setLog(log);
        assertThatThrownBy(plan::execute)
                .hasMessageContaining("the source's name server 127.0.0.1:2 refuses connections");
    }

    private static void replacesTheResultOfAnEarlierRun(GoalMojo goal, String name, String message) throws Exception {
        Path results = Files.createDirectories(folder.resolve("target/migrate"));
        Path tests = results.resolve("TEST-migrate-" + name + ".xml");
        Files.writeString(results.resolve("result.json"), "{ \"goal\": \"apply\", \"outcome\": \"applied\" }");
        Files.writeString(results.resolve("plan.md"), "Nothing to do.");
        Files.writeString(tests, "<testsuite/>");
        PROJECT.getProperties().setProperty("migrate.outcome", "applied");

        assertThatThrownBy(goal::execute).hasMessageStartingWith(message);

        assertThat(result().path("goal").asText()).isEqualTo(name);
        assertThat(result().path("outcome").asText()).isEqualTo("error");
        assertThat(result().path("error").path("message").asText()).startsWith(message);
        assertThat(PROJECT.getProperties()).containsEntry("migrate.outcome", "error");
        assertThat(tests).content().contains("<error type=\"error\" message=\"" + message);
    }

    private static JsonNode result() throws IOException {
        return new ObjectMapper().readTree(Files.readString(folder.resolve("target/migrate/result.json"), UTF_8));
    }
}
