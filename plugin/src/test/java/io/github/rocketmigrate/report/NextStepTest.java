package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.util.List;
import org.junit.jupiter.api.Test;

/** After a step that is complete, reports name the next stage and the line to edit. */
final class NextStepTest {
    @Test
    void aPlanWithoutTrafficIsDone() {
        assertThat(next("batches: [{ name: all, topics: [{ name: orders, type: NORMAL }] }]\n", Access.READ_WRITE, null)
                        .what())
                .isEqualTo("nothing to do");
    }

    @Test
    void fromTheSourceConsumersSwitchFirst() {
        NextStep next = next(plan("source", false), Access.READ_WRITE, null);
        assertThat(next.what())
                .isEqualTo("set stage: read-both for batch all (line 8) once the consumers also run at the"
                        + " destination");
        assertThat(next.commands()).containsExactly("mvn migrate:plan");
    }

    @Test
    void fromReadBothProducersFollow() {
        assertThat(next(plan("read-both", false), Access.READ_WRITE, Access.READ)
                        .what())
                .startsWith("set stage: write-destination for batch all (line 8) once ");
    }

    @Test
    void fromWriteDestinationTheSourceIsConsumedFirst() {
        assertThat(next(plan("write-destination", false), Access.READ, Access.READ_WRITE)
                        .what())
                .isEqualTo("set stage: destination for batch all (line 8) once the backlog at the source is consumed");
    }

    @Test
    void atTheDestinationOnlyTheEndOfTheJoinIsLeft() {
        assertThat(next(plan("destination", false), Access.NONE, Access.READ_WRITE)
                        .what())
                .isEqualTo("set complete: true in traffic, once you no longer need to move back");
    }

    private static String plan(String stage, boolean complete) {
        return """
                traffic: { routing: client, complete: %s }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: orders, type: NORMAL }]
                """.formatted(complete, stage);
    }

    private static NextStep next(String lines, Access source, Access destination) {
        ClusterFixture there = cluster("new", "5.5.0", "new-a");
        if (destination != null) {
            there.with("orders", topic(4).withAccess(destination));
        } else {
            there.with("orders", topic(4).withAccess(lines.contains("traffic") ? Access.NONE : Access.READ_WRITE));
        }
        Situation situation = Situations.of(
                lines, cluster("old", "4.9.7", "old-a").with("orders", topic(4).withAccess(source)), there);
        Assessment assessment = Assessment.of(situation);
        assertThat(assessment.changes().changes())
                .describedAs("nothing left to change")
                .isEmpty();
        return new PlanReport(new Invocation("migration.yaml", Selection.ALL), "change-set.json", assessment, List.of())
                .next();
    }
}
