package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says what is due now, what comes after, and how many applies are left. */
final class ItineraryTest {
    private static final String BATCHES = """
            batches:
              - name: web
                stage: write-destination
                topics: [{ name: clicks, type: NORMAL }, { name: views, type: NORMAL }]
              - name: orders
                stage: destination
                topics: [{ name: orders, type: FIFO }]
            """;

    @TempDir
    Path output;

    /** Nobody's clients can switch before the join. */
    @Test
    void theJoinIsAnApplyOfItsOwn() {
        assertThat(lines("traffic: { routing: join }\n", false))
                .containsExactly(
                        "web: clicks, views take 2 applies, blocked now (see 'To do'): the join; then, once all"
                                + " consumers use the destination's name servers, read-both opens,"
                                + " write-destination opens",
                        "orders: orders takes 2 applies, blocked now (see 'To do'): the join; then, once all"
                                + " consumers use the destination's name servers, read-both opens, the fence closes,"
                                + " the fence opens, the source closes");
    }

    @Test
    void oneApplyMakesAllStepsOfJoinedClusters() {
        assertThat(lines("traffic: { routing: join }\n", true))
                .contains("web: clicks, views take 1 apply, blocked now (see 'To do'): read-both opens,"
                        + " write-destination opens");
    }

    /** Each stage lasts for the time of the soak, so the next step is the work of a later run. */
    @Test
    void aSoakPutsEachStepInAnApplyOfItsOwn() {
        assertThat(lines("traffic: { routing: join, soak: 30m }\n", true))
                .contains("orders: orders takes 3 applies, blocked now (see 'To do'): read-both opens; then, once"
                        + " 30 min have passed at that stage (soak), the fence closes, the fence opens; then, once"
                        + " 30 min have passed at that stage (soak), the source closes");
    }

    @Test
    void theCommentAndTheResultHaveTheSame() throws Exception {
        PlanReport report = report("traffic: { routing: join }\n", false);
        assertThat(PlanMarkdown.text(report, GoldenPlanTest.PROVENANCE))
                .contains("#### Steps to the planned stages, if no check blocks", "- orders: orders takes 2 applies");
        new ResultFile(GoldenPlanTest.PROVENANCE).write(output, report.result());
        JsonNode web = new ObjectMapper()
                .readTree(output.resolve("result-plan.json").toFile())
                .path("itinerary")
                .path(0);
        assertThat(web.path("batch").asText()).isEqualTo("web");
        assertThat(web.path("left").asInt()).isEqualTo(2);
        assertThat(web.path("blocked").asBoolean()).isTrue();
        assertThat(web.path("applies").path(0).path("steps").path(0).asText()).isEqualTo("the join");
        assertThat(web.path("applies").path(1).path("after").asText()).startsWith("all consumers use");
    }

    @Test
    void withoutTrafficThereIsNone() {
        assertThat(lines("", false)).isEmpty();
    }

    private static List<String> lines(String traffic, boolean isJoined) {
        return Itinerary.lines(report(traffic, isJoined).itinerary());
    }

    private static PlanReport report(String traffic, boolean isJoined) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .nameServer("10.0.0.11:9876")
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876" + (isJoined ? ";10.0.1.11:9876" : ""))
                .with("clicks", topic(4))
                .with("views", topic(4))
                .with("orders", topic(4));
        ClusterFixture destination = cluster("new", "5.5.0", "new-a");
        destination = isJoined
                ? destination.nameServer("10.0.1.11:9876", source.build())
                : destination.nameServer("10.0.1.11:9876");
        String stages = traffic.isEmpty() ? BATCHES.replaceAll(" +stage: .*\n", "") : BATCHES;
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(Situations.of(traffic + stages, source, destination)),
                List.of());
    }
}
