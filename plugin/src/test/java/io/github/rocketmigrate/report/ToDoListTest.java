package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.plan.Plans;
import java.util.List;
import org.junit.jupiter.api.Test;

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
        assertThat(of("team-web").waiver()).isEmpty();
        assertThat(of("team-finance").waiver())
                .containsExactly(
                        "- check: consumers-switched",
                        "  topics: [views]",
                        "  groups: [audit]",
                        "  reason: WHY",
                        "  owner: WHO",
                        "  expires: 2026-12-05");
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
                                "\n      ", of("team-finance").waiver())))
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
        assertThat(plan.verdict()).isEqualTo("Blocked: 2 tasks to do first, listed above under 'To do'.");
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

    private ToDo.ToDoItem of(String owner) {
        return all.stream()
                .filter(one -> one.owner().equals(owner))
                .flatMap(one -> one.items().stream())
                .findFirst()
                .orElseThrow();
    }
}
