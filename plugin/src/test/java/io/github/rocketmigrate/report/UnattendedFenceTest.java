package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Only a run opens a fence, so a fence without a run must not look like one that a run is about to open. */
final class UnattendedFenceTest {
    private static final String RUN = "mvn migrate:apply -Dmigrate.topic=refunds,stock";
    private static final Optional<LeaseNote> ALIVE = Optional.of(new LeaseNote(
            "0c7f2a6b",
            "root",
            "vm",
            Optional.empty(),
            Situations.NOON.minus(Duration.ofMinutes(3)).toString(),
            5));

    @Test
    void aPlanBeginsAndEndsWithTheCommandThatOpensTheFences() {
        PlanReport plan = plan(Optional.empty());
        assertThat(Printed.of(plan))
                .containsSubsequence(
                        "(5.5.0, 1 broker) ",
                        "! 2 topics are in the fence and no run is at work: their consumers get no new messages. Run"
                                + " now: " + RUN,
                        "all stage destination",
                        "Next: run this now, so that consumers get new messages again: " + RUN);
        assertThat(PlanMarkdown.text(plan, GoldenPlanTest.PROVENANCE))
                .contains("**2 topics are in the fence and no run is at work: their consumers get no new messages. Run"
                        + " now:**\n\n```sh\n" + RUN + "\n```\n");
    }

    @Test
    void aBoardBeginsAndEndsWithIt() {
        String board = board(Optional.empty());
        assertThat(board)
                .containsSubsequence(
                        "! 2 topics are in the fence and no run is at work: their consumers get no new messages. Run"
                                + " now: " + RUN,
                        "NOW",
                        "Next: run this now, so that consumers get new messages again: " + RUN)
                .doesNotContain("until the source is quiet");
    }

    @Test
    void aRunAtWorkOpensThem() {
        assertThat(Printed.of(plan(ALIVE))).doesNotContain("no run is at work").endsWith("for the run at work to end.");
        assertThat(board(ALIVE))
                .doesNotContain("no run is at work")
                .contains("consumers get no new messages until the source is quiet and consumed.");
    }

    @Test
    void aStoppedRunProposesNothingButAnotherRun() {
        assertThat(after(Halt.onRequest().stop()))
                .isEqualTo("run again at once, so that consumers get new messages again");
        assertThat(after(new AppliedChanges.Stop("The source is gone.", "Look for it.")))
                .isEqualTo("do what is listed under 'Stopped', then run again at once, so that consumers get new"
                        + " messages again");
    }

    /** Otherwise the run that opens the fence seems to move topics that have moved already. */
    @Test
    void aTopicInTheFenceHasNotMovedYet() {
        ApplyReport closed = steps(Ladder.next(Pair.of(Stage.READ_BOTH), Stage.DESTINATION, true));
        assertThat(closed.summary()).isEqualTo("Apply: 2 moved part of the way.");
        assertThat(closed.counts()).containsEntry("moved", 0L).containsEntry("onTheWay", 2L);
        assertThat(ApplyMarkdown.text(closed))
                .contains("- moved part of the way: topic `stock`: read-both → in the fence");
    }

    private static ApplyReport steps(Rung rung) {
        PlanReport plan = plan(Optional.empty());
        AppliedChanges made = new AppliedChanges(
                plan.changes().changes().stream()
                        .filter(change -> change.subject().kind() == Subject.Kind.TOPIC)
                        .map(change -> new AppliedChange(
                                new Change.MoveTopic(
                                        change.subject(),
                                        Standing.of(Pair.of(Stage.READ_BOTH)),
                                        rung,
                                        Stage.DESTINATION),
                                WriteOutcome.CONFIRMED,
                                "",
                                ""))
                        .toList(),
                Optional.of(Halt.onRequest().stop()));
        return report(made);
    }

    private static String after(AppliedChanges.Stop stop) {
        return report(new AppliedChanges(List.of(), Optional.of(stop))).next().what();
    }

    private static ApplyReport report(AppliedChanges made) {
        return new ApplyReport(
                plan(Optional.empty()),
                plan(Optional.empty()),
                new RunResult(
                        ApplyReport.GOAL, false, List.of(), List.of(), made, new TreeMap<>(), List.of(), List.of()),
                Optional.empty(),
                List.of());
    }

    private static String board(Optional<LeaseNote> lease) {
        List<String> lines = new ArrayList<>();
        new StatusText(new PlainTerminal(lines), false)
                .print(new StatusReport(
                        plan(lease), TrafficFixture.of("refunds", "stock").build()));
        return String.join(" ", lines).replaceAll(" +", " ");
    }

    private static PlanReport plan(Optional<LeaseNote> lease) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a");
        ClusterFixture destination = cluster("new", "5.5.0", "new-a").nameServer("10.0.1.11:9876", source.build());
        for (String topic : List.of("stock", "refunds")) {
            source.with(topic, topic(4).withAccess(Access.READ));
            destination.with(topic, topic(4).withType("FIFO").withAccess(Access.WRITE));
        }
        Situation situation = Situations.leftByRuns(Situations.withMasters(Situations.of("""
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: destination
                    topics: [{ name: stock, type: FIFO }, { name: refunds, type: FIFO }]
                """, source, destination)));
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(situation),
                List.of(),
                lease);
    }
}
