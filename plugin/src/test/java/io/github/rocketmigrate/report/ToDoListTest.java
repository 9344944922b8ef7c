package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Finding;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Outlook;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.plan.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What has to be done, by the people who can do it. */
final class ToDoListTest {
    private final List<ToDo> all = GoldenPlanTest.Case.MOVES.report().toDo();

    @Test
    void aFindingAboutAGroupBelongsToTheOwnerOfTheGroup() {
        assertThat(all).extracting(ToDo::owner).containsExactlyInAnyOrder("team-web", "team-finance");
        assertThat(of("team-web").what()).startsWith("1 of 2 clients of mailer still uses ");
        assertThat(of("team-finance").what()).startsWith("group audit is offline");
    }

    @Test
    void onlyWhatMayNeverBeMeasuredComesWithAWaiver() {
        assertThat(of("team-web").toPaste().lines()).isEmpty();
        assertThat(of("team-finance").toPaste().lines())
                .containsExactly(
                        "- check: consumers-switched",
                        "  topics: [views]",
                        "  groups: [audit]",
                        "  reason: WHY",
                        "  owner: WHO",
                        "  expires: 2026-12-05");
    }

    /** "Waive the check" stood without the lines that do it, where the finding is about no group. */
    @Test
    void aWaiverOfAFindingWithoutAGroupNamesOnlyTheTopic() {
        Situation situation = Situations.withMasters(Situations.of(
                """
                traffic: { routing: join }
                batches: [{ name: all, stage: write-destination, topics: [{ name: mail, type: NORMAL }] }]
                """,
                cluster("old", "4.9.7", "old-a").with("mail", topic(4)),
                cluster("new", "5.5.0", "new-a")
                        .with("mail", topic(4).withType("NORMAL").withAccess(Access.READ))));
        PlanReport plan = new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(
                        situation,
                        Planner.plan(situation).ofWayBack(Set.of("mail")),
                        List.of(new Judgement(
                                CheckRegistry.of("producers-switched").orElseThrow(),
                                Optional.of("mail"),
                                new Verdict.Unknown("1 producer may send to the topic", "Or waive the check.")))),
                List.of());
        assertThat(plan.toDo().get(0).items().get(0).toPaste().lines())
                .containsExactly(
                        "- check: producers-switched",
                        "  topics: [mail]",
                        "  reason: WHY",
                        "  owner: WHO",
                        "  expires: 2026-12-05");
    }

    @Test
    void theReasonsOfAQuietBuildAreTheTasks() {
        List<String> lines = new ArrayList<>();
        new PlanText(new PlainTerminal(lines), false, false).reasons(GoldenPlanTest.Case.MOVES.report());
        assertThat(lines)
                .contains("To do", "    ! views: consumers-switched failed")
                .doesNotContain("Consequences");
        lines.clear();
        new PlanText(new PlainTerminal(lines), false, false).reasons(GoldenPlanTest.Case.CLEAN.report());
        assertThat(lines)
                .contains("No changes. Both clusters agree with the plan.")
                .doesNotContain("To do");
    }

    /** Two groups may look for the same topic outside the plan, and one sentence helps both. */
    /** "Soak failed" and "brake failed" read like faults, and an unknown soak as if the topic had to stay. */
    @ParameterizedTest
    @CsvSource({
        "brake, failed, clicks: stopped by the brake",
        "brake, unknown, clicks: brake unknown",
        "freeze, failed, clicks: frozen",
        "freeze, unknown, clicks: freeze unknown",
        "soak, failed, clicks: must stay longer at its stage",
        "soak, unknown, clicks: soak unknown",
        "source-quiet, failed, clicks: source-quiet failed"
    })
    void aTaskSaysWhatHoldsItsTopic(String check, String state, String heading) {
        ToDo.ToDoItem task =
                new ToDo.ToDoItem(state, Set.of(check), Set.of("clicks"), "why", "", Set.of(), ToDo.ToPaste.NOTHING);
        assertThat(ToDoText.heading(task)).isEqualTo(heading);
    }

    @Test
    void equalFixesOfACheckArePrintedOnce() {
        Situation situation = Situations.of(
                "traffic: { routing: join }\nbatches: [{ name: all, topics: [{ name: mail, type: NORMAL }] }]\n",
                cluster("old", "4.9.7", "old-a").with("mail", topic(4)),
                cluster("new", "5.5.0", "new-a"));
        List<Finding> findings = List.of(
                new Finding(
                        Optional.of("audit"),
                        new Verdict.Failed("1 of 2 clients of audit consumes logs", "Add logs to a batch."),
                        false,
                        Optional.empty(),
                        Optional.empty()),
                new Finding(
                        Optional.of("billing"),
                        new Verdict.Failed("1 client of billing consumes logs", "Add logs to a batch."),
                        false,
                        Optional.empty(),
                        Optional.empty()));
        PlanReport plan = new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(
                        situation,
                        Planner.plan(situation),
                        List.of(new Judgement(
                                CheckRegistry.of("nothing-left-behind").orElseThrow(),
                                Optional.empty(),
                                new Verdict.Failed("1 of 2 clients of audit consumes logs", "Add logs to a batch."),
                                findings,
                                Outlook.UNKNOWN,
                                List.of()))),
                List.of());
        List<String> lines = new ArrayList<>();
        new ToDoText(new PlainTerminal(lines)).print(plan);
        assertThat(lines)
                .containsSubsequence(
                        "    ! audit, billing: nothing-left-behind failed",
                        "        1 of 2 clients of audit consumes logs",
                        "        1 client of billing consumes logs",
                        "        Add logs to a batch.")
                .containsOnlyOnce("        Add logs to a batch.");
    }

    @Test
    void theWaiverFitsIntoThePlan() {
        assertThat(Plans.plan("""
                        traffic: { routing: join }
                        batches:
                          - name: web
                            topics: [{ name: views, type: NORMAL }]
                            groups: [{ name: audit, order: CONCURRENT }]
                            waivers:
                              %s
                        """.formatted(String.join(
                                "\n      ", of("team-finance").toPaste().lines())))
                        .batches()
                        .get(0)
                        .waivers())
                .hasSize(1);
    }

    @Test
    void aCheckThatPassesByItselfIsNobodysTask() {
        assertThat(GoldenPlanTest.Case.STAGES.report().toDo())
                .flatExtracting(ToDo::items)
                .flatExtracting(ToDo.ToDoItem::checks)
                .doesNotContain("source-quiet", "source-drained");
    }

    @Test
    void mavensLastLineCountsTheTasksOfTheList() {
        PlanReport plan = GoldenPlanTest.Case.MOVES.report();
        assertThat(all).flatExtracting(ToDo::items).hasSize(2);
        assertThat(plan.verdict()).isEqualTo("Blocked: 2 tasks for views; see 'To do' above.");
    }

    @Test
    void everyBlockedPlanHasATask() {
        for (GoldenPlanTest.Case one : GoldenPlanTest.Case.values()) {
            PlanReport plan = one.report();
            assertThat(plan.toDo().isEmpty())
                    .as("%s: nothing to do", one)
                    .isEqualTo(!plan.outcomes().contains(Outcome.BLOCKED));
        }
    }

    @Test
    void aGroupThatWasLeftOutComesWithItsLineOfThePlan() {
        List<String> lines = new ArrayList<>();
        new ToDoText(new PlainTerminal(76, lines)).print(withGroupsLeftOut());
        assertThat(lines)
                .contains(
                        "        group recommendations consumes the topic with 1 client and is not in",
                        "        To add it, put this line under groups of a batch:",
                        "          - { name: recommendations, order: ORDERLY }",
                        "          - { name: \"4711\", order: CONCURRENT }  # or ORDERLY");
    }

    @Test
    void theLineOfAGroupFitsIntoThePlan() {
        List<String> entries = withGroupsLeftOut().toDo().stream()
                .flatMap(one -> one.items().stream())
                .filter(task -> task.checks().contains("groups-planned"))
                .flatMap(task -> task.toPaste().lines().stream())
                .toList();
        assertThat(Plans.plan("""
                        batches:
                          - name: web
                            topics: [{ name: clicks, type: NORMAL }]
                            groups:
                              %s
                        """.formatted(String.join("\n      ", entries)))
                        .batches()
                        .get(0)
                        .groups())
                .extracting(group -> group.name().value())
                .containsExactlyInAnyOrder("recommendations", "4711");
    }

    /** One group that consumes in order, and one of which only offsets are known. */
    private static PlanReport withGroupsLeftOut() {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                .with("clicks", topic(4));
        TrafficFixture traffic = TrafficFixture.of("clicks")
                .consumes(Side.SOURCE, "recommendations", "clicks", "r@1")
                .isOrderly("recommendations", "r@1")
                .offset(Side.SOURCE, "4711", "clicks", "old-a", 0, 3);
        Assessment assessment = Assessment.of(Situations.of(
                        """
                        traffic: { routing: join }
                        batches:
                          - name: web
                            stage: read-both
                            topics: [{ name: clicks, type: NORMAL }]
                        """, source, cluster("new", "5.5.0", "new-a").nameServer("10.0.1.11:9876", source.build()))
                .withTraffic(traffic.build()));
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL), "change-set.json", assessment, List.of());
    }

    private ToDo.ToDoItem of(String owner) {
        return all.stream()
                .filter(one -> one.owner().equals(owner))
                .flatMap(one -> one.items().stream())
                .findFirst()
                .orElseThrow();
    }
}
