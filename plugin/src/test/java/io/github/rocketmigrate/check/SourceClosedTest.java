package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.PlanReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages that come to the source after a topic has left it. */
final class SourceClosedTest {
    private final ClusterFixture source = cluster("old", "4.9.7", "old-a")
            .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
            .with("orders", topic(4).withAccess(Access.NONE))
            .with("audit", group(CONCURRENT, 16));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a")
            .nameServer("10.0.1.11:9876", source.build())
            .with("orders", topic(4).withType("NORMAL"))
            .with("audit", group(CONCURRENT, 16));

    /** The group has consumed seven messages at the source. */
    private Situation situation(String lines, long stored) {
        return Situations.leftByRuns(Situations.of(
                        Plans.plan("traffic: { routing: join, complete: true }\n"
                                + "batches: [{ name: all, stage: destination, topics: [{ name: orders, type: NORMAL }], "
                                + "groups: [{ name: audit, order: CONCURRENT }] }]\n" + lines),
                        Selection.ALL,
                        source.build(),
                        destination.build(),
                        new ConsumerOffsets(Map.of("audit", Map.of("orders", Map.of(new QueueKey("old-a", 0), 7L)))),
                        QueueOffsets.NONE))
                .withLeftBehind(new QueueOffsets(
                        Map.of("orders", Map.of(new QueueKey("old-a", 0), new QueueRange(2, stored)))));
    }

    private static Verdict verdict(Assessment assessment) {
        return assessment.judgements().stream()
                .filter(judgement -> judgement.check().name().equals("source-closed"))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private static Outcome outcome(Assessment assessment) {
        return new PlanReport(new Invocation("migration.yaml", Selection.ALL), "change-set.json", assessment, List.of())
                .outcome();
    }

    @Test
    void theJoinIsLeftWhenNothingIsUnread() {
        Assessment assessment = Assessment.of(situation("", 7));
        assertThat(verdict(assessment).what()).isEqualTo("nothing is unread at the source of 1 topic at destination");
        assertThat(assessment.decisions()).singleElement().isInstanceOf(Decision.Ready.class);
    }

    @Test
    void aLateMessageBlocksTheEndOfTheJoinAndTheWayBackIsNamed() {
        Assessment assessment = Assessment.of(situation("", 10));
        assertThat(verdict(assessment).what())
                .isEqualTo("topic 'orders' is at destination, but the source has 3 messages of it that nobody reads"
                        + " there anymore: unread by audit");
        assertThat(verdict(assessment).fix()).contains("Set stage: write-destination for the topic");
        assertThat(assessment.decisions()).singleElement().satisfies(leave -> {
            assertThat(leave.change()).isInstanceOf(Change.RegisterBroker.class);
            assertThat(leave).isInstanceOf(Decision.Held.class);
        });
    }

    /** In the weeks between the last step and the end, nothing is planned, and the board has to say it all the same. */
    @Test
    void aLateMessageBlocksAPlanWithoutChanges() {
        Situation situation = situation("", 10);
        Situation before = Situations.leftByRuns(Situations.of(
                        Plans.plan("traffic: { routing: join }\n"
                                + "batches: [{ name: all, stage: destination, topics: [{ name: orders, type: NORMAL }], "
                                + "groups: [{ name: audit, order: CONCURRENT }] }]\n"),
                        Selection.ALL,
                        source.build(),
                        destination.build(),
                        situation.offsets(),
                        QueueOffsets.NONE))
                .withLeftBehind(situation.leftBehind());
        assertThat(Assessment.of(before).changes().changes()).isEmpty();
        assertThat(outcome(Assessment.of(before))).isEqualTo(Outcome.BLOCKED);
        assertThat(outcome(Assessment.of(before.withLeftBehind(QueueOffsets.NONE))))
                .isEqualTo(Outcome.CLEAN);
    }

    /** The alarm does not hold the step that makes the messages readable again. */
    @Test
    void theWayBackStaysOpen() {
        Situation back = Situations.leftByRuns(Situations.of(
                        Plans.plan("traffic: { routing: join }\n"
                                + "batches: [{ name: all, stage: write-destination, topics: [{ name: orders, type: "
                                + "NORMAL }], groups: [{ name: audit, order: CONCURRENT }] }]\n"),
                        Selection.ALL,
                        source.build(),
                        destination.build(),
                        situation("", 10).offsets(),
                        QueueOffsets.NONE))
                .withLeftBehind(situation("", 10).leftBehind());
        assertThat(Assessment.of(back).decisions())
                .filteredOn(decision -> decision.change() instanceof Change.MoveTopic)
                .singleElement()
                .satisfies(decision -> assertThat(decision.reasons())
                        .extracting(Object::toString)
                        .noneMatch(reason -> reason.contains("source-closed")));
    }

    @Test
    void groupsThatNobodyRunsAreIgnored() {
        String ignored = "ignoredGroups: [{ name: old-job, reason: retired }]\n";
        Situation situation = situation(ignored, 7);
        ConsumerOffsets offsets = new ConsumerOffsets(Map.of(
                "audit", Map.of("orders", Map.of(new QueueKey("old-a", 0), 7L)),
                "old-job", Map.of("orders", Map.of(new QueueKey("old-a", 0), 3L))));
        Situation with = Situations.of(
                        situation.plan(),
                        Selection.ALL,
                        situation.source(),
                        situation.destination(),
                        offsets,
                        QueueOffsets.NONE)
                .withLeftBehind(situation.leftBehind());
        assertThat(new SourceClosed().judge(with).verdict(finding -> true).word())
                .isEqualTo("passed");
    }
}
