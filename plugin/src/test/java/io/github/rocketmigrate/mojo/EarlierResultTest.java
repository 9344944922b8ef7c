package io.github.rocketmigrate.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import javax.inject.Inject;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Settings;
import org.codehaus.plexus.configuration.DefaultPlexusConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every goal that writes a result, whatever ends it: a pipeline must never read the result of an earlier run. */
final class EarlierResultTest {
    private static final Path PLANS = Path.of("src/test/resources/goals").toAbsolutePath();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackagesOf(PlanFileMojo.class);

    @TempDir
    private Path folder;

    private final MavenProject module = new MavenProject();
    private final MavenSession session = mock(MavenSession.class);
    private final MojoExecution execution = mock(MojoExecution.class);
    private final Properties given = new Properties();
    private Path results;

    static List<Class<?>> goals() {
        List<Class<?>> goals = CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(Mojo.class) && type.isAssignableTo(PlanFileMojo.class))
                .sorted(comparing(JavaClass::getName))
                .<Class<?>>map(JavaClass::reflect)
                .toList();
        assertThat(goals).contains(ApplyMojo.class, ValidateMojo.class);
        return goals;
    }

    @BeforeEach
    void anEarlierRunHasLeftResults() throws IOException {
        results = Files.createDirectories(folder.resolve("target/migrate"));
        module.getProperties().setProperty("migrate.outcome", "applied");
        module.getProperties().setProperty("migrate.counts.moved", "3");
        MavenExecutionRequest request = mock(MavenExecutionRequest.class);
        when(session.getRequest()).thenReturn(request);
        when(session.getExecutionRootDirectory()).thenReturn(folder.toString());
        when(session.getProjects()).thenReturn(List.of(module));
        when(session.getAllProjects()).thenReturn(List.of());
        when(session.getUserProperties()).thenReturn(given);
        when(session.getSystemProperties()).thenReturn(new Properties());
        when(session.getSettings()).thenReturn(new Settings());
    }

    @ParameterizedTest
    @MethodSource("goals")
    void aWrongParameterReplacesTheResult(Class<? extends PlanFileMojo> type) throws Exception {
        given.setProperty("migrate.colour", "red");
        fails(type, PLANS.resolve("unreachable.yaml").toString(), "migrate.colour is not a parameter");
        assertThat(result().path("error").path("message").asText()).contains("migrate.colour is not a parameter");
    }

    @ParameterizedTest
    @MethodSource("goals")
    void aServerThatDoesNotAnswerReplacesTheResult(Class<? extends PlanFileMojo> type) throws Exception {
        if (type != ValidateMojo.class) {
            fails(type, PLANS.resolve("unreachable.yaml").toString(), "");
        }
    }

    @ParameterizedTest
    @MethodSource("goals")
    void aPlanThatIsNoPlanReplacesTheResult(Class<? extends PlanFileMojo> type) throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "version: [\n");
        fails(type, broken.toString(), "");
    }

    /** It connects to no server, and replaces what another plan has left. */
    @Test
    void aValidPlanReplacesTheResult() throws Exception {
        PlanFileMojo goal =
                goal(ValidateMojo.class, PLANS.resolve("unreachable.yaml").toString());
        leaveResults(goal.goal());
        goal.execute();
        assertThat(result().path("outcome").asText()).isEqualTo("clean");
        assertThat(module.getProperties().stringPropertyNames()).doesNotContain("migrate.counts.moved");
    }

    /** An error of this plugin is no fault, and no result can say what happened. */
    @ParameterizedTest
    @MethodSource("goals")
    void anErrorOfThePluginLeavesNoResult(Class<? extends PlanFileMojo> type) throws Exception {
        PlanFileMojo goal = goal(type, PLANS.resolve("unreachable.yaml").toString());
        when(execution.getMojoDescriptor()).thenThrow(new IllegalStateException("a bug"));
        leaveResults(goal.goal());
        assertThatThrownBy(goal::execute).hasMessage("a bug");
        assertThat(results).isDirectoryNotContaining(file -> isResultOf(goal.goal(), file));
        assertProperties("error");
    }

    private void fails(Class<? extends PlanFileMojo> type, String file, String message) throws Exception {
        PlanFileMojo goal = goal(type, file);
        leaveResults(goal.goal());
        assertThatThrownBy(goal::execute).hasMessageContaining(message);
        for (String name : List.of("result.json", "result-" + goal.goal() + ".json")) {
            assertThat(results.resolve(name)).content().doesNotContain("earlier");
        }
        assertThat(result().path("goal").asText()).isEqualTo(goal.goal());
        // The goal assess reports a server that does not answer as a row, which blocks.
        assertThat(result().path("outcome").asText()).isIn("error", "invalid", "blocked");
        Path tests = results.resolve("TEST-migrate-" + goal.goal() + ".xml");
        assertThat(Files.exists(tests) ? Files.readString(tests, UTF_8) : "").doesNotContain("earlier");
        assertProperties(result().path("outcome").asText());
    }

    private void assertProperties(String outcome) {
        assertThat(module.getProperties()).containsEntry("migrate.outcome", outcome);
        assertThat(module.getProperties().stringPropertyNames()).doesNotContain("migrate.counts.moved");
    }

    private JsonNode result() throws IOException {
        return new ObjectMapper().readTree(Files.readString(results.resolve("result.json"), UTF_8));
    }

    private void leaveResults(String goal) throws IOException {
        for (String name : List.of("result.json", "result-" + goal + ".json", "TEST-migrate-" + goal + ".xml")) {
            Files.writeString(results.resolve(name), "earlier");
        }
    }

    private static boolean isResultOf(String goal, Path file) {
        return file.endsWith("result.json")
                || file.endsWith("result-" + goal + ".json")
                || file.endsWith("TEST-migrate-" + goal + ".xml");
    }

    /** A goal with the default of each of its parameters, as Maven gives it. */
    private PlanFileMojo goal(Class<? extends PlanFileMojo> type, String file) throws Exception {
        PlanFileMojo goal = type.getDeclaredConstructor().newInstance();
        for (JavaField field : CLASSES.get(type).getAllFields()) {
            if (field.isAnnotatedWith(Parameter.class)) {
                set(goal, field, value(field));
            } else if (field.isAnnotatedWith(Inject.class)) {
                set(goal, field, mock(field.getRawType().reflect()));
            }
        }
        MojoDescriptor descriptor = new MojoDescriptor();
        descriptor.setGoal(goal.goal());
        descriptor.setMojoConfiguration(new DefaultPlexusConfiguration("configuration"));
        PluginDescriptor plugin = new PluginDescriptor();
        descriptor.setPluginDescriptor(plugin);
        plugin.addMojo(descriptor);
        when(execution.getMojoDescriptor()).thenReturn(descriptor);
        goal.file = file;
        goal.setLog(mock(Log.class));
        return goal;
    }

    private static void set(PlanFileMojo goal, JavaField imported, Object value) throws Exception {
        Field field = imported.reflect();
        field.setAccessible(true);
        field.set(goal, value);
    }

    private Object value(JavaField field) {
        String text = field.getAnnotationOfType(Parameter.class).defaultValue();
        return switch (text) {
            case "${session}" -> session;
            case "${mojoExecution}" -> execution;
            case "" -> null;
            default -> field.getRawType().isEquivalentTo(boolean.class) ? (Object) Boolean.valueOf(text) : text;
        };
    }
}
