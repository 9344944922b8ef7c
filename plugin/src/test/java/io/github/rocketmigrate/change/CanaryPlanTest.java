package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Plans the topics of a batch at write-both with a canary. */
final class CanaryPlanTest {
    private final ClusterFixture source =
            cluster("old", "4.9.7", "old-a", "old-b").with("clicks", topic(8));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b");

    private ChangeSet plan(Stage stage, String canary) {
        return Planner.plan(Situations.leftByRuns(Situations.of(
                """
                traffic: { routing: join }
                batches: [{ name: canary, stage: %s%s, topics: [{ name: clicks, type: NORMAL }] }]
                """.formatted(stage.word(), canary.isEmpty() ? "" : ", canary: " + canary), source, destination)));
    }

    private static List<Change> ofTopics(ChangeSet changes, String kind) {
        return changes.changes().stream()
                .filter(change -> change.word().equals(kind))
                .toList();
    }

    private static TopicSettings kept(int writeQueues, Access access) {
        return topic(8).withType("NORMAL").withWriteQueues(writeQueues).withAccess(access);
    }

    @Test
    void createsATopicWithTheWriteQueuesOfItsShareAndAllReadQueues() {
        Change.AlignObject create = (Change.AlignObject)
                ofTopics(plan(Stage.WRITE_BOTH, "15%"), "create-topic").get(0);
        SortedMap<String, TopicSettings> after = create.after(TopicSettings.class);
        assertThat(after.get("new-a")).isEqualTo(kept(2, Access.NONE));
        assertThat(after.get("new-b")).isEqualTo(kept(1, Access.NONE));
    }

    @Test
    void changesTheWriteQueuesBeforeTheMoveAndForEachNewShare() {
        destination.with("clicks", kept(8, Access.READ));
        ChangeSet first = plan(Stage.WRITE_BOTH, "10%");
        assertThat(Differences.of(
                        (Change.AlignObject) ofTopics(first, "align-topic").get(0)))
                .extracting(Difference::attribute, Difference::from, Difference::to, Difference::brokers)
                .containsExactly(
                        tuple("queues", "8", "8 to read, 1 to write", new TreeSet<>(List.of("new-a", "new-b"))));
        assertThat(ofTopics(first, "move-topic")).hasSize(1);

        destination.with("clicks", kept(1, Access.READ_WRITE));
        ChangeSet arrived = plan(Stage.WRITE_BOTH, "10%");
        assertThat(arrived.unchanged())
                .describedAs("neither drift nor pending")
                .extracting(Subject::name)
                .containsExactly("clicks");
        assertThat(ofTopics(plan(Stage.WRITE_BOTH, "30%"), "align-topic")).hasSize(1);
    }

    /** Not earlier: a canary that is withdrawn must not grow first. */
    @Test
    void restoresThePlannedWriteQueuesOnceAnotherStageIsReached() {
        destination.with("clicks", kept(1, Access.READ_WRITE));
        for (Stage stage : List.of(Stage.READ_BOTH, Stage.WRITE_DESTINATION)) {
            assertThat(ofTopics(plan(stage, ""), "align-topic")).isEmpty();
            assertThat(ofTopics(plan(stage, ""), "move-topic")).hasSize(1);
        }
        Change.AlignObject larger = (Change.AlignObject)
                ofTopics(plan(Stage.WRITE_BOTH, ""), "align-topic").get(0);
        assertThat(larger.after().get("new-a"))
                .describedAs("without a canary at write-both")
                .isEqualTo(kept(8, Access.READ_WRITE));

        destination.with("clicks", kept(1, Access.READ));
        Change.AlignObject back = (Change.AlignObject)
                ofTopics(plan(Stage.READ_BOTH, ""), "align-topic").get(0);
        assertThat(back.after().get("new-a")).isEqualTo(kept(8, Access.READ));

        source.with("clicks", topic(8).withAccess(Access.READ));
        destination.with("clicks", kept(1, Access.READ_WRITE));
        Change.AlignObject on = (Change.AlignObject)
                ofTopics(plan(Stage.WRITE_DESTINATION, ""), "align-topic").get(0);
        assertThat(on.after().get("new-a")).isEqualTo(kept(8, Access.READ_WRITE));
    }

    @Test
    void refusesAnImpossibleShareAndNamesTheNearestShares() {
        source.with("clicks", topic(2));
        ChangeSet changes = plan(Stage.WRITE_BOTH, "10%");
        assertThat(changes.impossible())
                .filteredOn(it -> it.reason() == Cause.CANARY_SHARE)
                .singleElement()
                .satisfies(it -> assertThat(it.what())
                        .isEqualTo(
                                "topic 'clicks' cannot have 10% of its writes at the destination: with 4 write queues"
                                        + " in the source and up to 2 on each of the destination's 2 masters, the"
                                        + " nearest shares are 33.3%, 42.9%, 50.0%"));
        assertThat(ofTopics(changes, "move-topic")).isEmpty();
    }

    @Test
    void givesATopicThatStaysBehindItsBatchAllWriteQueues() {
        ChangeSet changes = Planner.plan(Situations.of("""
                traffic: { routing: join }
                batches:
                  - name: canary
                    stage: write-both
                    canary: 15%
                    topics: [{ name: clicks, type: NORMAL, stage: read-both }]
                """, source, destination));
        assertThat(((Change.AlignObject) ofTopics(changes, "create-topic").get(0))
                        .after()
                        .get("new-a"))
                .isEqualTo(kept(8, Access.NONE));
    }

    @Test
    void removesQueuesOfATopicThatReceivesItsWholeShare() {
        source.with("clicks", topic(4));
        destination.with("clicks", kept(8, Access.READ_WRITE));
        Situation situation = Situations.of("""
                traffic: { routing: join }
                batches: [{ name: all, stage: write-destination, topics: [{ name: clicks, type: NORMAL }] }]
                """, source, destination);
        ChangeSet changes = Planner.plan(situation.withQueueOffsets(new QueueOffsets(Map.of("clicks", Map.of()))));
        assertThat(((Change.AlignObject) ofTopics(changes, "align-topic").get(0))
                        .after()
                        .get("new-a"))
                .isEqualTo(topic(4).withType("NORMAL"));
    }
}
