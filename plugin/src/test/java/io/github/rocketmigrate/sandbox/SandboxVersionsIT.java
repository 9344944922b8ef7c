package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.run.Goals;
import io.github.rocketmigrate.wire.AdminConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All options of the sandbox with all supported releases. */
final class SandboxVersionsIT {
    @TempDir
    Path folder;

    @Test
    void theOldestReleasesRunWithTwoMastersJoinAclAndTraffic() throws Exception {
        runs("4.7.1", "5.1.4");
    }

    /** Other engine tests run on the last two of these in every build. */
    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"5.1.4, 5.3.3", "4.9.7, 5.5.0"})
    @Tag("thorough")
    void otherReleasesDo(String source, String destination) throws Exception {
        runs(source, destination);
    }

    private void runs(String source, String destination) throws Exception {
        SandboxSettings settings = new SandboxSettings(
                SandboxSettings.version("source", source),
                SandboxSettings.version("destination", destination),
                2,
                true,
                true,
                true,
                true,
                "256m");
        Sandbox sandbox = Sandbox.in(folder);
        try {
            Endpoints endpoints = sandbox.start(
                            settings, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress())
                    .endpoints();
            sourceIsJoined(endpoints);
            plansWithPermissionToRead(endpoints);
            doesNotApplyWithPermissionToRead(endpoints);
            appliesWithPermissionToWrite(endpoints);
            adminMayWriteAndReaderMayOnlyRead(endpoints);
            trafficFlows();
            assertThat(sandbox.finish(Lifetime.OF_THIS_PROCESS, new QuietProgress())
                            .tally())
                    .hasValueSatisfying(tally -> assertThat(tally)
                            .matches(it -> it.sent() > 0 && it.failed() == 0 && it.lost() == 0 && it.late() == 0));
        } finally {
            sandbox.stop(Lifetime.OF_THIS_PROCESS);
        }
    }

    /** The plan finds the destination's own brokers among those of the joined clusters, and running groups have members. */
    private void plansWithPermissionToRead(Endpoints endpoints) throws Exception {
        Goals goals = new Goals(endpoints, folder.resolve("output"));
        PlanReport plan = goals.plan(goals.shop(""), Selection.ALL);
        assertThat(plan.summary()).isEqualTo("Plan: 18 to create.");
        assertThat(plan.situation().destination().brokers().keySet()).containsExactly("destination-a", "destination-b");
        PlanReport joined = goals.plan(goals.shop("traffic: { routing: join }"), Selection.ALL);
        assertThat(joined.changes().changes()).isEmpty();
        assertThat(joined.outcome()).isEqualTo(Outcome.CLEAN);
        StatusReport status = goals.status(goals.shop("traffic: { routing: join }"), Selection.ALL);
        assertThat(status.rows())
                .filteredOn(row -> row.name().equals("ledger"))
                .allSatisfy(row -> assertThat(row.at(Side.SOURCE).members()).isPositive());
    }

    /** The first write is denied on one master, and no other write is attempted. */
    private void doesNotApplyWithPermissionToRead(Endpoints endpoints) throws Exception {
        Path output = folder.resolve("refused");
        Goals goals = new Goals(endpoints, output);
        ApplyReport report = goals.apply(goals.shop(""));
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(Printed.of(report))
                .contains("The destination's broker destination-a denied the change: ")
                .contains("Give user 'sandbox-reader' the right to create and update topics and groups");
        assertThat(Files.readAllLines(output.resolve("journal.jsonl")))
                .describedAs("the beginning of the run, and one write, before and after")
                .hasSize(3);
        assertThat(goals.plan(goals.shop(""), Selection.ALL).summary()).startsWith("Plan: 18 to create");
    }

    private void appliesWithPermissionToWrite(Endpoints endpoints) throws Exception {
        Goals goals = new Goals(endpoints, folder.resolve("applied"), endpoints.admin());
        ApplyReport report = goals.apply(goals.shop(""));
        assertThat(report.summary()).describedAs(Printed.of(report)).isEqualTo("Apply: 18 created.");
        assertThat(goals.plan(goals.shop(""), Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(goals.apply(goals.shop("")).outcome()).isEqualTo(Outcome.CLEAN);
    }

    private static void sourceIsJoined(Endpoints endpoints) throws Exception {
        assertThat(clustersSeenBy(endpoints, Side.SOURCE))
                .isEqualTo(Map.of("sandbox-source", Set.of("source-a", "source-b")));
        assertThat(clustersSeenBy(endpoints, Side.DESTINATION))
                .isEqualTo(Map.of(
                        "sandbox-source", Set.of("source-a", "source-b"),
                        "sandbox-destination", Set.of("destination-a", "destination-b")));
    }

    private static Map<String, Set<String>> clustersSeenBy(Endpoints endpoints, Side side) throws Exception {
        try (AdminConnection connection =
                AdminConnection.open(endpoints.cluster(side).nameServers(), endpoints.reader())) {
            ClusterInfo info = connection.admin().examineBrokerClusterInfo();
            return info.getClusterAddrTable();
        }
    }

    private static void adminMayWriteAndReaderMayOnlyRead(Endpoints endpoints) throws Exception {
        for (Side side : Side.values()) {
            Endpoints.SandboxCluster cluster = endpoints.cluster(side);
            TopicConfig topic = new TopicConfig("written-by-a-test", 1, 1, 6);
            for (String broker : cluster.brokers().values()) {
                try (AdminConnection reader = AdminConnection.open(cluster.nameServers(), endpoints.reader())) {
                    assertThat(reader.admin().getAllTopicConfig(broker, 10_000).getTopicConfigTable())
                            .isNotEmpty();
                    assertThatThrownBy(() -> reader.admin().createAndUpdateTopicConfig(broker, topic))
                            .hasMessageContaining("ermission");
                }
                try (AdminConnection admin = AdminConnection.open(cluster.nameServers(), endpoints.admin())) {
                    admin.admin().createAndUpdateTopicConfig(broker, topic);
                    assertThat(admin.admin().getAllTopicConfig(broker, 10_000).getTopicConfigTable())
                            .containsKey("written-by-a-test");
                }
                try (AdminConnection nobody = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
                    assertThatThrownBy(() -> nobody.admin().createAndUpdateTopicConfig(broker, topic))
                            .isInstanceOf(Exception.class);
                }
            }
        }
    }

    private void trafficFlows() throws Exception {
        Path output = folder.resolve("shop").resolve(ServerProcess.OUTPUT);
        Eventually.holds(
                "the shop reports what it sent",
                () -> Files.readString(output)
                        .lines()
                        .anyMatch(line -> line.matches("sent [1-9][\\d,]*, failed 0, received [1-9].*")));
    }
}
