package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.ChangeSetFile;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
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

/** The way back of a topic must not wait for another topic of its batch that cannot go forward. */
final class RevertedTopicTest {
    private static final Path PIPELINES = Path.of("../samples/pipeline-gate");

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1))
            .cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
            .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
            .topic(Side.SOURCE, "orders", ClusterFixture.topic(4))
            .topic(
                    Side.DESTINATION,
                    "orders",
                    ClusterFixture.topic(4).withType("NORMAL").withAccess(Access.READ))
            .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
            .group(Side.SOURCE, "audit", GroupSettings.DEFAULT);

    @Test
    void aTopicGoesBackAlthoughAnotherIsHeldForward() throws Exception {
        MigrationPlan plan = MemorySituation.plan(network, """
                traffic: { routing: client }
                batches:
                  - name: all
                    stage: read-both
                    topics: [{ name: orders, type: NORMAL, stage: source }, { name: clicks, type: NORMAL }]
                """);
        network.broker(Side.SOURCE, "old-a").connects("audit", "clicks", "a@1");
        ApplyReport report = apply(plan, assess(plan));
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        assertThat(report.summary()).contains("1 moved").contains("1 topic blocked");
        assertThat(report.result().details().checks())
                .describedAs("the checks of what has moved, not only of what is left")
                .extracting(judgement ->
                        judgement.check().name() + " " + judgement.topic().orElse(""))
                .contains("nothing-stranded orders", "groups-planned clicks");
        assertThat(MemorySituation.of(network, plan).isAt(Stage.SOURCE, "orders"))
                .isTrue();
    }

    /** A job that fails before it applies leaves the topic where it is, at night too. */
    @Test
    void thePipelinesApplyBeforeTheyFail() throws Exception {
        assertThat(Files.readString(PIPELINES.resolve(".gitlab-ci.yml")))
                .contains("$MIGRATION_APPROVAL != \"false\"\n      variables: { FAIL_ON: none }")
                .contains("migrate:plan -Dmigrate.failOn=none; fi");
        assertThat(Files.readString(PIPELINES.resolve("github/migration.yml")))
                .contains("(github.event_name == 'push' || github.event_name == 'workflow_dispatch') && 'none'")
                .contains("migrate:plan -Dmigrate.failOn=none\n");
        assertThat(Files.readString(PIPELINES.resolve("Jenkinsfile"))).contains("env.BRANCH_NAME == 'main' ? 'none'");
    }

    private Assessment assess(MigrationPlan plan) {
        Connections clusters = clusters(plan);
        return new RunAssessments(
                        new Survey(
                                clusters,
                                plan,
                                Selection.ALL,
                                FencePolicy.USUAL,
                                network.timing().steadyClock()),
                        new ForgottenPlan(Optional.empty(), plan, clusters),
                        settings(),
                        Optional.empty())
                .get();
    }

    /** What a pipeline does: it saves the change set of a plan, and applies this file. */
    private ApplyReport apply(MigrationPlan plan, Assessment planned) throws Exception {
        Path file = folder.resolve("change-set.json");
        Files.writeString(file, ChangeSetFile.text(planned.changes(), planned.situation()));
        return new Apply(network.timing(), Goals.outputs(folder), MemoryRun.ORIGIN, settings(), this::clusters)
                .run(
                        new Apply.ApplyRequest(
                                "migration.yaml",
                                plan,
                                Selection.ALL,
                                Optional.of(new Apply.ChangeSetSource(file, "change-set.json"))),
                        shown -> {},
                        new StopSignal(),
                        ApplyProgress.SILENT);
    }

    private static Apply.Settings settings() {
        return new Apply.Settings(false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL)
                .naming(Set.of("old-a", "new-a"));
    }

    private Connections clusters(MigrationPlan plan) {
        return Connections.of(
                plan,
                Map.of(
                        Side.SOURCE, network.writer(Side.SOURCE),
                        Side.DESTINATION, network.writer(Side.DESTINATION)),
                network.timing());
    }
}
