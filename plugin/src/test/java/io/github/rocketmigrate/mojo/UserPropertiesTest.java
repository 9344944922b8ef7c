package io.github.rocketmigrate.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.rocketmigrate.model.Fault;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A misspelled property was ignored: {@code -Dmigrate.dryrun=true} moved live traffic. */
final class UserPropertiesTest {
    @TempDir
    private Path folder;

    private final MavenSession session = mock(MavenSession.class);
    private final Properties given = new Properties();
    private PluginDescriptor plugin;

    @BeforeEach
    void readDescriptor() throws Exception {
        try (Reader xml = new InputStreamReader(
                UserPropertiesTest.class.getResourceAsStream("/META-INF/maven/plugin.xml"), UTF_8)) {
            plugin = new PluginDescriptorBuilder().build(xml);
        }
        when(session.getUserProperties()).thenReturn(given);
        when(session.getAllProjects()).thenReturn(List.of());
    }

    @Test
    void refusesAMisspelledParameter() {
        given.setProperty("migrate.dryrun", "true");
        given.setProperty("migrate.batchs", "other");
        given.setProperty("migrate.reason", "x");
        assertThatThrownBy(() -> check("rollback"))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.batchs is not a parameter of rollback; did you mean migrate.batch?\n"
                        + "migrate.dryrun is not a parameter of rollback; did you mean migrate.dryRun?")
                .satisfies(
                        fault -> assertThat(((Fault) fault).nextStep()).isEqualTo("Nothing was sent to any cluster."));
    }

    @Test
    void completesTheBeginningOfAParameter() {
        given.setProperty("migrate.destination", "10.0.1.11:9876");
        given.setProperty("migrate.source", "10.0.0.11:9876");
        assertThatThrownBy(() -> check("discover"))
                .hasMessage("migrate.destination is not a parameter of discover; did you mean"
                        + " migrate.destination.nameServers?\n"
                        + "migrate.source is not a parameter of discover; did you mean migrate.source.cluster or"
                        + " migrate.source.credentials or migrate.source.nameServers or migrate.source.tls?");
    }

    @Test
    void listsTheParametersIfNoneIsSimilar() {
        given.setProperty("migrate.colour", "red");
        assertThatThrownBy(() -> check("validate"))
                .hasMessage("migrate.colour is not a parameter of validate.")
                .satisfies(fault -> assertThat(((Fault) fault).nextStep())
                        .endsWith(" List the parameters: mvn migrate:help -Ddetail -Dgoal=validate"));
    }

    /** One build starts a sandbox, plans and applies, and {@code .mvn/maven.config} has the properties of all. */
    @Test
    void allowsTheParametersOfOtherGoals() {
        given.setProperty("migrate.changeSet", "target/migrate/change-set.json");
        given.setProperty("migrate.sandbox.startTimeout", "5m");
        given.setProperty("migrate.sandbox.source.nameServers", "127.0.0.1:9876");
        given.setProperty("maven.colour", "red");
        check("plan");
        check("sandbox-start");
    }

    /** They would write, though the caller has asked for no change. */
    @Test
    void refusesADryRunOfGoalsThatHaveNone() {
        given.setProperty("migrate.dryRun", "false");
        check("resume");
        given.setProperty("migrate.dryRun", "true");
        check("apply");
        for (String goal : List.of("brake", "resume", "unlock")) {
            assertThatThrownBy(() -> check(goal)).hasMessage("migrate:" + goal + " has no dry run.");
        }
    }

    @Test
    void allowsPlaceholdersOfThePlan() throws Exception {
        Files.writeString(folder.resolve("migration.yaml"), """
                version: 1
                source: { nameServers: ["${migrate.oldCluster}", "${migrate.second:-10.0.0.12:9876}"] }
                """);
        given.setProperty("migrate.oldCluster", "10.0.0.11:9876");
        given.setProperty("migrate.second", "10.0.0.12:9876");
        check("plan");
        given.setProperty("migrate.oldCluste", "10.0.0.11:9876");
        assertThatThrownBy(() -> check("plan")).hasMessage("migrate.oldCluste is not a parameter of plan.");
    }

    /** A build with two plans gives the properties of both to each goal. */
    @Test
    void allowsPlaceholdersOfPomsAndOfThePlansThatTheyConfigure() throws Exception {
        Files.writeString(folder.resolve("pom.xml"), "<batch>${migrate.wave}</batch>");
        Files.writeString(folder.resolve("second.yaml"), "source: { nameServers: \"${migrate.secondCluster}\" }");
        Plugin configured = new Plugin();
        configured.setGroupId(plugin.getGroupId());
        configured.setArtifactId(plugin.getArtifactId());
        configured.setConfiguration(
                Xpp3DomBuilder.build(new StringReader("<configuration><file>second.yaml</file></configuration>")));
        Build build = new Build();
        build.addPlugin(configured);
        Model model = new Model();
        model.setBuild(build);
        MavenProject project = new MavenProject(model);
        project.setFile(folder.resolve("pom.xml").toFile());
        when(session.getAllProjects()).thenReturn(List.of(project));
        given.setProperty("migrate.wave", "first");
        given.setProperty("migrate.secondCluster", "10.0.2.11:9876");
        check("plan");
        given.setProperty("migrate.waves", "first");
        assertThatThrownBy(() -> check("plan")).isInstanceOf(Fault.class);
    }

    /** A new parameter does not have to be listed here. */
    @Test
    void knowsEveryParameter() {
        TreeSet<String> declared = new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackagesOf(UserPropertiesTest.class)
                        .stream()
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> field.isAnnotatedWith(Parameter.class))
                        .map(field -> field.getAnnotationOfType(Parameter.class).property())
                        .filter(property -> property.startsWith("migrate."))
                        .collect(toCollection(TreeSet::new));
        assertThat(new UserProperties(session, plugin.getMojo("plan")).parameters())
                .contains("migrate.dryRun")
                .isEqualTo(declared);
    }

    private void check(String goal) {
        new UserProperties(session, plugin.getMojo(goal)).check(folder.resolve("migration.yaml"));
    }
}
