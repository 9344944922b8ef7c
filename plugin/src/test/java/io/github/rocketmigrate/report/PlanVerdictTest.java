package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The last line of a build is all that a mail or a chat shows of it. */
final class PlanVerdictTest {
    private static final String WHY = "The source's broker old-a denied the change.";
    private static final String FIX = "Give user 'reader' the right to change settings.";

    @Test
    void theOnlyTaskIsNamed() {
        assertThat(plan("orders").verdict())
                .isEqualTo("Blocked: consumers-switched blocks orders: 1 client of orders uses the source; see 'To do'"
                        + " above.");
    }

    /** The best part of the only finding stood above, where a mail does not show it. */
    @Test
    void aMisspelledTopicIsNamedWithTheRightName() {
        Situation situation = Situations.of(
                "batches: [{ name: all, topics: [{ name: serch-index, type: NORMAL }] }]\n",
                cluster("old", "4.9.7", "old-a").with("search-index", topic(4)),
                cluster("new", "5.5.0", "new-a"));
        assertThat(new PlanReport(
                                new Invocation("migration.yaml", Selection.ALL),
                                "cs.json",
                                Assessment.of(situation),
                                List.of())
                        .verdict())
                .isEqualTo("Blocked: the source has no topic 'serch-index'; did you mean search-index? See 'To do'"
                        + " above.");
    }

    @Test
    void ofSeveralTasksTheNumberAndTheObjectsAreNamed() {
        assertThat(plan("orders", "mail").verdict()).isEqualTo("Blocked: 2 tasks for mail, orders; see 'To do' above.");
    }

    /** A line of zeros had to be read to its end to learn that nothing is to be done. */
    @Test
    void aPlanWithNothingToDoSaysSoInsteadOfZeros() {
        Situation situation = Situations.of(
                "batches: [{ name: all, topics: [{ name: orders, type: NORMAL }] }]\n",
                cluster("old", "4.9.7", "old-a").with("orders", topic(4)),
                cluster("new", "5.5.0", "new-a").with("orders", topic(4).withType("NORMAL")));
        PlanReport report = new PlanReport(
                new Invocation("migration.yaml", Selection.ALL), "cs.json", Assessment.of(situation), List.of());
        assertThat(report.summary()).isEqualTo("No changes. Both clusters agree with the plan.");
        assertThat(report.verdict()).isEqualTo(report.summary());
    }

    /** A reader looks for the difference between two paragraphs that are the same. */
    @Test
    void theCauseOfAFailedChangeIsPrintedOnce() {
        PlanReport plan = plan("orders");
        ApplyReport report = new ApplyReport(
                plan,
                plan,
                new RunResult(
                        ApplyReport.GOAL,
                        false,
                        List.of(),
                        List.of(),
                        new AppliedChanges(
                                List.of(new AppliedChange(
                                        plan.changes().changes().get(0), WriteOutcome.FAILED, WHY + " " + FIX, "")),
                                Optional.of(new AppliedChanges.Stop(WHY, FIX))),
                        new TreeMap<>(),
                        List.of(),
                        List.of()),
                Optional.empty(),
                List.of());
        assertThat(Printed.of(report)).containsOnlyOnce(FIX).doesNotContain("Stopped");
        assertThat(report.verdict())
                .isEqualTo("Incomplete: mail: the source's broker old-a denied the change; see 'Not done' above.");
    }

    private static PlanReport plan(String... held) {
        Situation situation = Situations.withMasters(Situations.of(
                """
                traffic: { routing: client }
                batches:
                  - name: all
                    stage: write-destination
                    topics: [{ name: orders, type: NORMAL }, { name: mail, type: NORMAL }]
                """,
                cluster("old", "4.9.7", "old-a").with("orders", topic(4)).with("mail", topic(4)),
                cluster("new", "5.5.0", "new-a")
                        .with("orders", topic(4).withType("NORMAL").withAccess(Access.READ))
                        .with("mail", topic(4).withType("NORMAL").withAccess(Access.READ))));
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(
                        situation,
                        Planner.plan(situation).ofWayBack(Set.of("orders", "mail")),
                        List.of(held).stream()
                                .map(topic -> new Judgement(
                                        CheckRegistry.of("consumers-switched").orElseThrow(),
                                        Optional.of(topic),
                                        new Verdict.Failed("1 client of " + topic + " uses the source", "Restart it.")))
                                .toList()),
                List.of());
    }
}
