package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.ChangeSetFile;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody changes a topic during a run, which no longer fits the reviewed change set: another topic is in its fence. */
final class StaleWhileRunningTest {
    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1))
            .cluster(Side.SOURCE, "5.1.4", List.of("10.0.0.11:9876"), "old-a")
            .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876"), "new-a")
            .topic(Side.SOURCE, "orders", ClusterFixture.topic(4).withType("FIFO"))
            .topic(
                    Side.DESTINATION,
                    "orders",
                    ClusterFixture.topic(4).withType("FIFO").withAccess(Access.READ))
            .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4).withType("NORMAL"))
            .topic(
                    Side.DESTINATION,
                    "clicks",
                    ClusterFixture.topic(4).withType("NORMAL").withAccess(Access.READ));

    @Test
    void theFenceOpensAllTheSame() throws Exception {
        MigrationPlan plan = MemorySituation.plan(network, """
                traffic: { routing: client }
                batches:
                  - name: all
                    stage: write-destination
                    topics: [{ name: orders, type: FIFO }, { name: clicks, type: NORMAL }]
                """);
        Situation reviewed = MemorySituation.of(network, plan);
        Path file = folder.resolve("reviewed.json");
        Files.writeString(file, ChangeSetFile.text(Planner.plan(reviewed), reviewed));
        network.witness(write -> {
            if (write.what().equals("topic") && write.names().contains("orders")) {
                network.topic(
                        Side.SOURCE,
                        "clicks",
                        ClusterFixture.topic(4).withType("NORMAL").withAccess(Access.NONE));
            }
        });
        Apply apply = new Apply(
                network.timing(),
                Goals.outputs(folder),
                MemoryRun.ORIGIN,
                new Apply.Settings(false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL)
                        .naming(Set.of("old-a", "new-a")),
                opened -> Connections.of(
                        opened,
                        Map.of(
                                Side.SOURCE, network.writer(Side.SOURCE),
                                Side.DESTINATION, network.writer(Side.DESTINATION)),
                        network.timing()));
        ApplyReport report = apply.run(
                new Apply.ApplyRequest(
                        "migration.yaml",
                        plan,
                        Selection.ALL,
                        Optional.of(new Apply.ChangeSetSource(file, "reviewed.json"))),
                shown -> {},
                new StopSignal(),
                ApplyProgress.SILENT);
        assertThat(MemorySituation.of(network, plan).isAt(Stage.WRITE_DESTINATION, "orders"))
                .describedAs(Printed.of(report))
                .isTrue();
    }
}
