package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.run.PlanReaders;
import io.github.rocketmigrate.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which plans are for a sandbox, whose clients may poll their routes more often than those of other clusters. */
final class BuildPropertiesTest {
    private static final String OF_SANDBOX = "\"${migrate.sandbox.%s.nameServers}\"";

    @TempDir
    Path folder;

    private Optional<Located<String>> beside = Optional.empty();

    @Test
    void aPlanWithTheAddressesOfASandboxIsForIt() throws IOException {
        assertThat(isOfSandbox(OF_SANDBOX.formatted("source"), OF_SANDBOX.formatted("destination")))
                .isTrue();
    }

    @Test
    void oneClusterOutsideTheSandboxIsEnoughForAPlanOfRealClusters() throws IOException {
        assertThat(isOfSandbox("10.0.0.11:9876", OF_SANDBOX.formatted("destination")))
                .isFalse();
        assertThat(isOfSandbox(OF_SANDBOX.formatted("source"), "10.0.1.11:9876"))
                .isFalse();
        assertThat(isOfSandbox("127.0.0.1:1, 10.0.0.12:9876", OF_SANDBOX.formatted("destination")))
                .isFalse();
    }

    /** Otherwise a message about a time hides that an address is a little wrong. */
    @Test
    void anAddressBesideThoseOfTheSandboxIsNamed() throws IOException {
        assertThat(isOfSandbox("127.0.0.1:27255", OF_SANDBOX.formatted("destination")))
                .isFalse();
        assertThat(beside).map(Located::value).contains("127.0.0.1:27255");
        assertThat(isOfSandbox("10.0.0.11:9876", "10.0.1.11:9876")).isFalse();
        assertThat(beside).isEmpty();
        assertThat(isOfSandbox(OF_SANDBOX.formatted("source"), OF_SANDBOX.formatted("destination")))
                .isTrue();
        assertThat(beside).isEmpty();
    }

    private boolean isOfSandbox(String source, String destination) throws IOException {
        Path file = Files.writeString(folder.resolve("migration.yaml"), """
                version: 1
                name: shop
                source: { nameServers: [%s] }
                destination: { nameServers: [%s] }
                batches: [{ name: all, topics: [{ name: orders, type: NORMAL }] }]
                """.formatted(source, destination));
        MavenSession session = mock(MavenSession.class);
        Properties given = new Properties();
        given.setProperty("migrate.sandbox.source.nameServers", "127.0.0.1:1");
        given.setProperty("migrate.sandbox.destination.nameServers", "127.0.0.1:2");
        when(session.getUserProperties()).thenReturn(given);
        when(session.getSystemProperties()).thenReturn(new Properties());
        BuildProperties properties = new BuildProperties(session, Sandbox.in(folder.resolve("sandbox")));
        MigrationPlan plan = PlanReaders.connecting(properties, LocalDate.of(2026, 11, 21))
                .read(file)
                .plan()
                .orElseThrow();
        beside = properties.besideSandbox(plan);
        return properties.isOfSandbox(plan);
    }
}
