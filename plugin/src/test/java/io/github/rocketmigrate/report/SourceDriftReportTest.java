package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody disables a group at the source after its topic has left: every report says so, and nothing is planned. */
final class SourceDriftReportTest {
    private static final String PLAN = """
            traffic: { routing: client }
            batches:
              - name: all
                stage: read-both
                topics: [{ name: orders, type: NORMAL }]
                groups: [{ name: audit, order: CONCURRENT }]
            """;
    private static final String WHAT = "Group 'audit' has other settings at the source (drift): enabled is no at the"
            + " source and yes at the destination";

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a")
            .with("orders", topic(4))
            .with("audit", group(CONCURRENT, 16).withEnabled(false));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a")
            .with("orders", topic(4).withType("NORMAL").withAccess(Access.READ))
            .with("audit", group(CONCURRENT, 16));
    private final PlanReport report = new PlanReport(
            new Invocation("migration.yaml", Selection.ALL),
            "change-set.json",
            Assessment.of(Situations.withMasters(Situations.of(PLAN, source, destination))),
            List.of());

    @TempDir
    Path folder;

    @Test
    void thePlanNamesObjectAndValuesAndPlansNothing() {
        assertThat(report.outcome()).isEqualTo(Outcome.DRIFT);
        assertThat(report.summary()).isEqualTo("Plan: 1 drifted, 2 unchanged.");
        assertThat(Printed.of(report))
                .contains(WHAT + ". Nothing is copied once a topic has left the source.")
                .contains("Next: make the settings marked (drift) alike in both clusters, then plan again");
    }

    @Test
    void theBoardNamesThem() {
        List<String> lines = new ArrayList<>();
        new StatusText(new PlainTerminal(1000, lines), false)
                .print(new StatusReport(report, TrafficFixture.of("orders").build()));
        assertThat(String.join(" ", lines)).contains(WHAT);
    }

    @Test
    void pipelinesReadThem() throws IOException {
        new ResultFile(GoldenPlanTest.PROVENANCE).write(folder, report.result());
        JsonNode drift = new ObjectMapper()
                .readTree(folder.resolve(ResultFile.NAME).toFile())
                .path("sourceDrift");
        assertThat(drift.findValuesAsText("message")).containsExactly(WHAT);
        assertThat(drift.findValuesAsText("name")).containsExactly("audit");
    }
}
