package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.change.SavedChangeSet;
import io.github.rocketmigrate.change.SavedChangeSet.SavedCluster;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.write.AppliedChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Somebody compares the last lines of plan and apply. */
final class ApplyCountsTest {
    /** The plan named 1 unchanged topic, and the apply of its change set none. */
    @Test
    void aSavedChangeSetLeavesTheNumberOfUnchangedObjectsAsItIs() {
        Assessment whole = Assessment.of(Situations.of(
                """
                batches:
                  - name: all
                    topics: [{ name: orders, type: NORMAL }, { name: mail, type: NORMAL }]
                """,
                cluster("old", "4.9.7", "old-a").with("orders", topic(4)).with("mail", topic(4)),
                cluster("new", "5.5.0", "new-a").with("mail", topic(4))));
        SavedChangeSet saved = new SavedChangeSet(
                "",
                "shop-to-5x",
                Optional.empty(),
                Map.of(
                        Side.SOURCE,
                        new SavedCluster("old", new TreeSet<>(Set.of("old-a"))),
                        Side.DESTINATION,
                        new SavedCluster("new", new TreeSet<>(Set.of("new-a")))),
                whole.changes().changes());
        assertThat(report(whole).summary()).isEqualTo("Plan: 1 to create; 1 unchanged.");
        PlanReport narrowed = report(whole.narrowedTo(saved));
        assertThat(narrowed.summary()).isEqualTo(report(whole).summary());
        assertThat(narrowed.batches().get(0).unchanged()).isEqualTo(1);
        assertThat(applied(narrowed).summary()).isEqualTo("Apply: nothing changed; 1 unchanged.");
        assertThat(applied(narrowed).counts()).containsEntry("unchanged", 1L);
    }

    /** Rows of zeros read like a failure, and did not fit a terminal of 80 columns. */
    @Test
    void aRunWithoutWorkSaysSoInsteadOfCountingZeros() {
        PlanReport plan = report(Assessment.of(Situations.of(
                """
                batches:
                  - name: all
                    topics: [{ name: mail, type: NORMAL }]
                """,
                cluster("old", "4.9.7", "old-a").with("mail", topic(4)),
                cluster("new", "5.5.0", "new-a").with("mail", topic(4)))));
        assertThat(applied(plan).summary()).isEqualTo("Apply: nothing changed; 1 unchanged.");
    }

    /** A run that says "2 blocked" and then moves both topics reads like a fault. */
    @Test
    void theBeginningOfARunCountsWhatAnotherReadingShowsAsWaiting() {
        Situation situation = Situations.withMasters(Situations.of(
                """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: write-destination
                    topics: [{ name: orders, type: FIFO }, { name: mail, type: FIFO }]
                """,
                cluster("old", "4.9.7", "old-a").with("orders", topic(4)).with("mail", topic(4)),
                cluster("new", "5.5.0", "new-a")
                        .with("orders", topic(4).withType("FIFO").withAccess(Access.READ))
                        .with("mail", topic(4).withType("FIFO").withAccess(Access.READ))));
        ChangeSet moves = Planner.plan(situation).ofWayBack(Set.of("orders", "mail"));
        PlanReport plan = report(Assessment.of(
                situation,
                moves,
                List.of(
                        judgement("orders", new Verdict.Unknown("its speed needs a second reading")),
                        judgement("mail", new Verdict.Failed("billing would take 2 h", "Add clients to it.")))));
        assertThat(plan.summary()).isEqualTo("Plan: 2 topics blocked (2 tasks).");
        List<String> lines = new ArrayList<>();
        new ApplyText(new PlainTerminal(lines), false).begin(plan, false);
        assertThat(String.join(" ", lines)).contains("Plan: 1 topic blocked, 1 waiting.");
    }

    /** A few messages at the last look hid what had kept the topic all the time: the report named only the messages. */
    @Test
    void aCheckThatDoesNotPassInTimeIsNamedBesideOneThatBlocks() {
        Situation situation = Situations.withMasters(Situations.of(
                """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: write-destination
                    topics: [{ name: orders, type: FIFO }]
                """,
                cluster("old", "4.9.7", "old-a").with("orders", topic(4)),
                cluster("new", "5.5.0", "new-a")
                        .with("orders", topic(4).withType("FIFO").withAccess(Access.READ))));
        PlanReport plan = report(Assessment.of(
                situation,
                Planner.plan(situation).ofWayBack(Set.of("orders")),
                List.of(
                        judgement("orders", new Verdict.Unknown("billing is 1 message behind and consumed none")),
                        new Judgement(
                                CheckRegistry.of("queues-assigned").orElseThrow(),
                                Optional.of("orders"),
                                new Verdict.Failed("4 of 8 queues are not read", "Start its clients.")))));
        ApplyReport report = new ApplyReport(
                plan,
                plan,
                new RunResult(
                        ApplyReport.GOAL,
                        false,
                        List.of(),
                        List.of(),
                        AppliedChanges.NONE,
                        new TreeMap<>(Map.of("orders", "it has not moved: 4 of 8 queues are not read")),
                        List.of(),
                        List.of()),
                Optional.empty(),
                List.of());
        assertThat(Printed.of(report)).contains("Overdue", "4 of 8 queues are not read", "To do", "consumed none");
        assertThat(report.summary()).contains("1 topic blocked").doesNotContain("overdue");
    }

    private static Judgement judgement(String topic, Verdict verdict) {
        return new Judgement(CheckRegistry.of("fence-ready").orElseThrow(), Optional.of(topic), verdict);
    }

    private static PlanReport report(Assessment assessment) {
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL), "change-set.json", assessment, List.of());
    }

    private static ApplyReport applied(PlanReport plan) {
        return new ApplyReport(
                plan,
                plan,
                new RunResult(
                        ApplyReport.GOAL,
                        false,
                        List.of(),
                        List.of(),
                        AppliedChanges.NONE,
                        new TreeMap<>(),
                        List.of(),
                        List.of()),
                Optional.empty(),
                List.of());
    }
}
