package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A plan says what people will notice until the planned stage is reached, and not of the first step only. */
final class ConsequencesTest {
    private static List<String> consequences(String stage, boolean isComplete) {
        ClusterFixture source =
                cluster("old", "4.9.7", "old-a").with("orders", topic(4)).with("clicks", topic(4));
        ClusterFixture destination = cluster("new", "5.5.0", "new-a")
                .nameServer("10.0.1.11:9876", source.build())
                .with("orders", topic(4).withType("FIFO").withAccess(Access.READ))
                .with("clicks", topic(4).withType("NORMAL").withAccess(Access.READ));
        Situation situation = Situations.of("""
                traffic: { routing: join, complete: %s }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: orders, type: FIFO }, { name: clicks, type: NORMAL }]
                """.formatted(isComplete, stage), source, destination);
        return new PlanReport(
                        new Invocation("migration.yaml", Selection.ALL),
                        "change-set.json",
                        Assessment.of(situation, Planner.plan(situation), List.of()),
                        List.of())
                .consequences()
                .lines();
    }

    @Test
    void everyStepToThePlannedStageHasItsConsequence() {
        assertThat(consequences("destination", false))
                .anyMatch(line -> line.startsWith("orders: new messages are held back"))
                .anyMatch(line -> line.startsWith("clicks: producers write to the destination"))
                .anyMatch(line -> line.startsWith("clicks, orders: the source is closed"))
                .noneMatch(line -> line.contains("the join is left"));
    }

    @Test
    void nothingIsSaidOfStepsBeyondThePlannedStage() {
        assertThat(consequences("write-destination", false)).noneMatch(line -> line.contains("the source is closed"));
    }

    @Test
    void thePlanAnnouncesTheEndOfTheJoinBeforeTopicsMove() {
        assertThat(consequences("destination", true))
                .contains(
                        "Once every topic is at destination, the join is left, in the same run or in the next one: the"
                                + " source's brokers get their earlier name servers back, and this plan can no longer move a"
                                + " topic back.");
    }
}
