package io.github.rocketmigrate.decide;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Situations;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds a join that would do harm. */
final class JoinDecisionsTest {
    private static final String PLAN = """
            traffic: { routing: join }
            batches: [{ name: all, stage: read-both, topics: [{ name: user-events, type: NORMAL }] }]
            """;

    private final ClusterFixture source = cluster("old", "4.9.7", "broker-a", "old-b")
            .with("user-events", topic(4))
            .setting("broker-a", "namesrvAddr", "10.0.0.11:9876")
            .setting("old-b", "namesrvAddr", "10.0.0.11:9876");

    @Test
    void holdsTheJoinIfBothClustersHaveABrokerOfTheSameName() {
        assertThat(open(cluster("new", "5.5.0", "broker-a", "new-b"))).isEmpty();
    }

    @Test
    void holdsTheJoinIfATopicOfThePlanIsAtTheDestination() {
        assertThat(open(cluster("new", "5.5.0", "new-a").with("user-events", topic(4))))
                .isEmpty();
    }

    @Test
    void joinsBrokersBeforeAnythingElse() {
        assertThat(open(cluster("new", "5.5.0", "new-a")))
                .hasSize(2)
                .allSatisfy(change -> assertThat(change.word()).isEqualTo("join-broker"));
    }

    @Test
    void makesNothingOfATopicThatIsLeftAlone() {
        ClusterFixture destination = cluster("new", "5.5.0", "new-a");
        source.with("user-events", topic(4).withAccess(Access.READ))
                .setting("broker-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                .setting("old-b", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876");
        destination.nameServer("10.0.1.11:9876", source.build());
        Assessment assessment = Assessment.of(Situations.of(PLAN, source, destination));
        assertThat(assessment.changes().impossible()).isNotEmpty();
        assertThat(assessment.decisions()).isEmpty();
    }

    private List<Change> open(ClusterFixture destination) {
        Assessment assessment = Assessment.of(Situations.of(PLAN, source, destination));
        assertThat(assessment.changes().changes()).anyMatch(Change.RegisterBroker.class::isInstance);
        return assessment.decisions().stream()
                .filter(Decision.Ready.class::isInstance)
                .map(Decision::change)
                .toList();
    }
}
