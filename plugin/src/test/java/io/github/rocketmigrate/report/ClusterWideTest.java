package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A name server that the plan leaves out is one fact about the clusters, however many topics are about to move. */
final class ClusterWideTest {
    private static final String CHECK = "name-servers-planned";
    private static final String WAIVER =
            "waivers: [{ check: name-servers-planned, reason: gone, owner: me, expires: 2999-12-31 }]";

    @TempDir
    Path output;

    @Test
    void everyReportNamesTheMissingNameServerOnce() throws Exception {
        PlanReport report = report("");
        List<String> lines = new ArrayList<>();
        new PlanText(new PlainTerminal(lines), true, false).print(report);
        assertThat(lines).filteredOn(line -> line.contains(CHECK + " failed")).hasSize(1);
        assertThat(PlanMarkdown.text(report, GoldenPlanTest.PROVENANCE).split(CHECK + " failed", -1))
                .describedAs("a heading of one task")
                .hasSize(2);
        assertThat(report.tests())
                .filteredOn(test -> test.name().startsWith(CHECK))
                .extracting(JUnitFile.Case::name)
                .containsExactly(CHECK);

        new ResultFile(GoldenPlanTest.PROVENANCE).write(output, report.result());
        JsonNode result =
                new ObjectMapper().readTree(output.resolve("result.json").toFile());
        assertThat(result.path("checks"))
                .filteredOn(check -> check.path("check").asText().equals(CHECK))
                .hasSize(1)
                .allMatch(check -> !check.has("topic"));
        assertThat(result.path("blocked"))
                .filteredOn(one -> one.path("check").asText().equals(CHECK) && one.has("command"))
                .hasSize(1)
                .allMatch(one -> one.path("kind").asText().equals("clusters"));
    }

    /** Then the topics differ: the step of one is free, and that of the other is not. */
    @Test
    void aWaiverOfOneBatchLeavesTheVerdictOfEachTopic() {
        assertThat(report(WAIVER).tests())
                .filteredOn(test -> test.name().startsWith(CHECK + " "))
                .extracting(test -> test.name() + " " + test.result())
                .containsExactlyInAnyOrder(CHECK + " clicks SKIPPED", CHECK + " orders FAILED");
    }

    /** Otherwise only plan.md shows what a waiver lets pass. */
    @Test
    void theTerminalShowsWhatAWaiverOfATopicPassesOver() {
        List<String> lines = new ArrayList<>();
        new PlanText(new PlainTerminal(300, lines), false, false).print(report(WAIVER));
        assertThat(lines)
                .contains("Waived")
                .anyMatch(line -> line.startsWith("  - " + CHECK + " of clicks: ")
                        && line.endsWith("(waived until 2999-12-31 by me: gone)"));
    }

    /** A board of moving topics must not look as if every check had passed. */
    @Test
    void theBoardAndEveryResultListWhatWaiversPassOver() throws Exception {
        StatusReport status =
                new StatusReport(report(WAIVER), TrafficFixture.of("clicks").build());
        List<String> lines = new ArrayList<>();
        new StatusText(new PlainTerminal(300, lines), false).print(status);
        assertThat(lines)
                .contains("Waived")
                .anyMatch(line -> line.startsWith("  - " + CHECK + " of clicks: ")
                        && line.endsWith("(waived until 2999-12-31 by me: gone)"));
        new ResultFile(GoldenPlanTest.PROVENANCE).write(output, status.result(), status.rows());
        JsonNode waived = new ObjectMapper()
                .readTree(output.resolve("result-status.json").toFile())
                .path("waived");
        assertThat(waived).hasSize(1);
        assertThat(waived.get(0).path("check").asText()).isEqualTo(CHECK);
        assertThat(waived.get(0).path("topic").asText()).isEqualTo("clicks");
        assertThat(waived.get(0).path("message").asText()).contains("10.0.0.12:9876");
        assertThat(waived.get(0).path("reason").asText()).isEqualTo("gone");
        assertThat(waived.get(0).path("owner").asText()).isEqualTo("me");
        assertThat(waived.get(0).path("expires").asText()).isEqualTo("2999-12-31");
        assertThat(waived.get(0).path("line").asInt()).isPositive();
    }

    /** The board also names what no longer has an effect. */
    @Test
    void theBoardNamesWaiversThatHaveExpiredOrAreNotUsed() {
        StatusReport status = new StatusReport(
                report("waivers: [{ check: " + CHECK + ", reason: gone, owner: me, expires: 2020-12-31 },"
                        + " { check: destination-stable, reason: old, owner: me, expires: 2999-12-31 }]"),
                TrafficFixture.of("clicks").build());
        List<String> lines = new ArrayList<>();
        new StatusText(new PlainTerminal(300, lines), false).print(status);
        assertThat(String.join("\n", lines))
                .contains("in batch web expired on 2020-12-31", "destination-stable in batch web is not used")
                .doesNotContain("Waived");
        assertThat(status.result().details().idleWaivers()).hasSize(2);
    }

    /** A waiver that nobody removes would hide the next problem. */
    @Test
    void everyReportNamesWaiversThatHaveExpiredOrAreNotUsed() throws Exception {
        PlanReport report = report("waivers: [{ check: " + CHECK + ", reason: gone, owner: me, expires: 2020-12-31 },"
                + " { check: destination-stable, reason: old, owner: me, expires: 2999-12-31 },"
                + " { check: source-drained, reason: later, owner: me, expires: 2999-12-31 }]");
        String expired = "the waiver of " + CHECK + " in batch web expired on 2020-12-31 and has no effect.";
        String unused = "the waiver of destination-stable in batch web is not used: the check passes without it.";
        assertThat(Printed.of(report)).contains(expired, unused).doesNotContain("the waiver of source-drained");
        assertThat(PlanMarkdown.text(report, GoldenPlanTest.PROVENANCE))
                .contains("in batch web expired on", "in batch web is not used");
        assertThat(report.tests())
                .extracting(JUnitFile.Case::name)
                .contains("waiver of " + CHECK + " in web", "waiver of destination-stable in web");
        new ResultFile(GoldenPlanTest.PROVENANCE).write(output, report.result());
        JsonNode idle = new ObjectMapper()
                .readTree(output.resolve("result.json").toFile())
                .path("idleWaivers");
        assertThat(idle)
                .extracting(one ->
                        one.path("check").asText() + " " + one.path("state").asText())
                .containsExactly(CHECK + " expired", "destination-stable unused");
    }

    private static PlanReport report(String waivers) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .nameServer("10.0.0.11:9876")
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.0.12:9876;10.0.1.11:9876")
                .with("clicks", topic(4))
                .with("orders", topic(4));
        ClusterFixture destination = cluster("new", "5.5.0", "new-a").nameServer("10.0.1.11:9876", source.build());
        Situation situation = Situations.of("""
                        traffic: { routing: join }
                        batches:
                          - name: web
                            owner: team-web
                            stage: read-both
                            topics: [{ name: clicks, type: NORMAL }]
                            %s
                          - name: back-office
                            owner: team-finance
                            stage: read-both
                            topics: [{ name: orders, type: NORMAL }]
                        """.formatted(waivers), source, destination);
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(situation),
                List.of());
    }
}
