package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static io.github.rocketmigrate.observe.TrafficFixture.amount;
import static io.github.rocketmigrate.observe.TrafficFixture.due;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plan and board say when the source will be over, and say what nobody can know. */
final class EstimateTest {
    private static final String NOT_IN_TIME =
            "orders: at this rate, the source deletes messages before audit reads them: what is unread now has expired at"
                    + " 2026-11-22 12:01 UTC (in 1 d), the oldest of it sooner (fileReservedTime: 1 d)";

    @TempDir
    Path output;

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a")
            .nameServer("10.0.0.11:9876")
            .with("orders", topic(4).withAccess(Access.READ));
    private final ClusterFixture destination =
            cluster("new", "5.5.0", "new-a").nameServer("10.0.1.11:9876").with("orders", topic(4));
    private final TrafficFixture traffic = TrafficFixture.of("orders")
            .consumes(SOURCE, "audit", "orders", "a@1")
            .keeps(SOURCE, HeldKind.DELAYED, amount(0, Map.of()));
    private String stage = "destination";

    @Test
    void theSlowestGroupAndTheLastDelayedMessageDecideWhenTheSourceIsOver() {
        source.setting("old-a", "fileReservedTime", "72");
        traffic.keeps(SOURCE, HeldKind.DELAYED, due("orders", 3, Situations.NOON.plus(Duration.ofHours(2))));
        backlog(10_000, 9_900, Duration.ofSeconds(100));
        assertThat(lines())
                .containsExactly(
                        "orders: the last delayed message at the source is due at 14:00 UTC (in 1 h 58 min)",
                        "orders: audit will have consumed 9900 messages at the source at 14:47 UTC (in 2 h 45 min)"
                                + " (consumed 100 in 100 s)",
                        "the source can be switched off at the earliest at 14:47 UTC (in 2 h 45 min), once every topic has"
                                + " arrived and complete: true has ended the join");
    }

    @Test
    void retentionDeletesWhatASlowGroupHasNotRead() {
        source.setting("old-a", "fileReservedTime", "24");
        backlog(100_000, 99_999, Duration.ofSeconds(10));
        assertThat(lines()).anyMatch(line -> line.startsWith("orders: at this rate, the source deletes messages"));
    }

    /** A group that has stopped is as bad as a slow one, and its end is unknown. */
    @Test
    void retentionDeletesWhatAStoppedGroupHasNotRead() {
        source.setting("old-a", "fileReservedTime", "24");
        backlog(50, 50, Duration.ofSeconds(10));
        assertThat(lines())
                .containsExactly(
                        "orders: audit has to consume 50 messages at the source (consumed none in 10 s)",
                        NOT_IN_TIME,
                        "no time yet to switch off the source: audit consumes nothing");
    }

    @Test
    void whatWasReadOnceOrNotAtAllHasNoTime() {
        traffic.queue(SOURCE, "orders", "old-a", 0, 0, 50).offset(SOURCE, "audit", "orders", "old-a", 0, 0);
        assertThat(lines())
                .containsExactly(
                        "no time yet to switch off the source: how fast audit consumes needs a second reading, which"
                                + " status makes with -Dmigrate.watch=true");
        assertThat(report().estimates())
                .extracting(Estimate::message)
                .contains(
                        "audit has to consume 50 messages at the source; how fast needs a second reading, which status"
                                + " makes with -Dmigrate.watch=true",
                        "old-a does not report fileReservedTime, after which unread messages are deleted");
        traffic.hidesHeld(SOURCE);
        assertThat(lines()).last().asString().contains("the delayed messages of orders were not read");
    }

    @Test
    void timedMessagesHaveNoKnownEnd() {
        traffic.queue(SOURCE, "orders", "old-a", 0, 0, 0)
                .keeps(SOURCE, HeldKind.TIMED, amount(2, Map.of("orders", 2L)));
        assertThat(lines())
                .containsExactly(
                        "brokers do not say when the timed messages of orders are due",
                        "no time yet to switch off the source: brokers do not say when the timed messages of orders are"
                                + " due");
    }

    /** The plan does not ask for the end of the source. */
    @Test
    void aTopicThatStaysKeepsTheSource() {
        stage = "write-destination";
        traffic.queue(SOURCE, "orders", "old-a", 0, 0, 0);
        assertThat(lines()).isEmpty();
    }

    /** A reader of the time switches the source off, with the topics that nobody planned. */
    @Test
    void noTimeIsNamedWhileTopicsOfTheSourceAreNotPlanned() {
        traffic.queue(SOURCE, "orders", "old-a", 0, 0, 0);
        assertThat(lines()).singleElement().asString().startsWith("the source can be switched off at the earliest now");
        source.with("mail", topic(4)).with("audit-log", topic(4));
        String stays = "the source has to stay: 2 of its topics are not in the plan (audit-log, mail)";
        assertThat(lines()).containsExactly(stays);
        List<String> board = new ArrayList<>();
        new StatusText(new PlainTerminal(300, board), false).print(new StatusReport(report(), traffic.build()));
        assertThat(board).contains("  - " + stays).noneMatch(line -> line.contains("at the earliest"));
    }

    @Test
    void theBoardAndBothResultsHaveThem() throws Exception {
        source.setting("old-a", "fileReservedTime", "24");
        backlog(50, 50, Duration.ofSeconds(10));
        StatusReport status = new StatusReport(report(), traffic.build());
        List<String> lines = new ArrayList<>();
        new StatusText(new PlainTerminal(300, lines), false).print(status);
        assertThat(lines).contains("Estimates", "  - " + NOT_IN_TIME);
        assertThat(Printed.of(status.plan())).contains("Estimates", "audit consumes nothing");
        assertThat(PlanMarkdown.text(status.plan(), GoldenPlanTest.PROVENANCE)).contains("#### Estimates");
        ResultFile file = new ResultFile(GoldenPlanTest.PROVENANCE);
        file.write(output, status.result(), status.rows());
        file.write(output, status.plan().result());
        for (String goal : List.of("status", "plan")) {
            JsonNode estimates = new ObjectMapper()
                    .readTree(output.resolve("result-" + goal + ".json").toFile())
                    .path("estimates");
            assertThat(estimates)
                    .extracting(one -> one.path("of").asText())
                    .containsExactly("unread-consumed", "retention-deletes", "source-off");
            assertThat(estimates.path(1).path("at").asText()).isEqualTo("2026-11-22T12:00:10Z");
            assertThat(estimates.path(2).has("at")).isFalse();
        }
    }

    /** The group has that many messages to read, and had some more before. */
    private void backlog(long messages, long left, Duration later) {
        traffic.queue(SOURCE, "orders", "old-a", 0, 0, messages)
                .offset(SOURCE, "audit", "orders", "old-a", 0, 0)
                .then(later)
                .offset(SOURCE, "audit", "orders", "old-a", 0, messages - left);
    }

    private List<String> lines() {
        return Estimate.lines(report().shownEstimates());
    }

    private PlanReport report() {
        Situation situation =
                Situations.of("""
                        traffic: { routing: join }
                        batches:
                          - name: web
                            stage: %s
                            topics: [{ name: orders, type: NORMAL }]
                        """.formatted(stage), source, destination).withTraffic(traffic.build());
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(situation),
                List.of(),
                Optional.empty());
    }
}
