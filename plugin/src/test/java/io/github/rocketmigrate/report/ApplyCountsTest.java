package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.SavedChangeSet;
import io.github.rocketmigrate.change.SavedChangeSet.SavedCluster;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.write.AppliedChanges;
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
                Map.of(
                        Side.SOURCE,
                        new SavedCluster("old", new TreeSet<>(Set.of("old-a"))),
                        Side.DESTINATION,
                        new SavedCluster("new", new TreeSet<>(Set.of("new-a")))),
                whole.changes().changes());
        assertThat(report(whole).summary()).endsWith("0 drifted, 1 unchanged.");
        PlanReport narrowed = report(whole.narrowedTo(saved));
        assertThat(narrowed.summary()).isEqualTo(report(whole).summary());
        assertThat(narrowed.batches().get(0).unchanged()).isEqualTo(1);
        assertThat(applied(narrowed).summary()).endsWith("0 blocked, 1 unchanged.");
        assertThat(applied(narrowed).counts()).containsEntry("unchanged", 1L);
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
                        ApplyReport.GOAL, false, List.of(), List.of(), AppliedChanges.NONE, new TreeMap<>(), List.of()),
                Optional.empty(),
                List.of());
    }
}
