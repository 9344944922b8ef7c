package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.remoting.Readers;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.run.Export.Format;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.write.SystemTiming;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owners of a source hand over a file; others plan, compare and create with it, and never reach the source. */
@Tag("thorough")
final class MetadataRoundTripIT {
    private static final String TRAFFIC = "traffic: { routing: join }\n";

    @TempDir
    private Path servers;

    @TempDir
    private Path live;

    @TempDir
    private Path stored;

    @ParameterizedTest
    @ValueSource(strings = {"4.9.7", "5.3.3"})
    void thePlanOfTheFileIsThatOfTheClusterAndCanBeApplied(String version) throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(servers, version, "5.5.0", 1, true)) {
            Endpoints endpoints = sandbox.endpoints();
            SandboxDiscovery ofCluster = new SandboxDiscovery(live);
            ofCluster.discover(endpoints);
            Path file = exported(SandboxDiscovery.answered(ofCluster.text()));
            SandboxDiscovery ofFile = new SandboxDiscovery(stored);
            ofFile.discoverFrom(file, endpoints);
            String decided = SandboxDiscovery.answered(ofFile.text());
            assertThat(planned(decided)).isEqualTo(planned(SandboxDiscovery.answered(ofCluster.text())));

            String creating = decided.replace(TRAFFIC, "");
            assertThat(compared(file, creating, endpoints).summary()).isEqualTo("Plan: 18 to create.");
            assertThat(new Goals(endpoints, live).apply(creating).outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(compared(file, creating, endpoints).outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(new Goals(endpoints, live).plan(creating, Selection.ALL).outcome())
                    .isEqualTo(Outcome.CLEAN);
        }
    }

    private Path exported(String plan) {
        Path file = stored.resolve("source.json");
        Export.of(SandboxDiscovery.ACCESS, Goals.outputs(live))
                .run(
                        Goals.read(plan),
                        Side.SOURCE,
                        Format.MQADMIN_JSON,
                        new Export.ExportTarget(file, "source.json", "migration.yaml"));
        return file;
    }

    /** Each topic with its type, and each group with its order. */
    private static Map<String, String> planned(String plan) {
        Map<String, String> planned = new TreeMap<>();
        Goals.read(plan).batches().forEach(batch -> {
            batch.topics()
                    .forEach(topic -> planned.put(
                            topic.name().value(), topic.type().value().name()));
            batch.groups()
                    .forEach(group -> planned.put(
                            group.name().value(), group.order().value().name()));
        });
        return planned;
    }

    /** Compares the file with the destination; the source is not reached. */
    private PlanReport compared(Path file, String plan, Endpoints endpoints) {
        return new Plan(new SystemTiming(), Goals.outputs(stored), FencePolicy.USUAL, false, unused -> {
                    throw new AssertionError("the source is not reached");
                })
                .comparing(
                        it -> Connections.comparing(
                                it,
                                StoredSource.toCompare(SandboxDiscovery.stored(file), it),
                                Readers.of(endpoints, Side.DESTINATION),
                                new SystemTiming()),
                        List.of("-Dmigrate.from=source.json"))
                .run("migration.yaml", Goals.read(plan), Selection.ALL, shown -> {});
    }
}
