package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.ObjectsToRemove;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Topics that are in both clusters before the join, and after it. */
final class DestinationCleanTest extends ClusterStory {
    DestinationCleanTest() {
        super(new DestinationClean());
    }

    @Test
    void aTopicInBothClustersFails() {
        assertThat(judge()).isInstanceOf(Passed.class);
        destination.with("shared", topic(1));
        assertThat(judge().what()).isEqualTo("1 topic outside the plan is in both clusters: shared");
        destination.with("user-events", topic(1));
        assertThat(judge().what()).isEqualTo("1 topic of the plan is already at the destination: user-events");
    }

    @Test
    void afterTheJoinPlannedTopicsBelongAtTheDestination() {
        destination.nameServer("ns:9876", source.build()).with("user-events", topic(1));
        assertThat(judge()).isInstanceOf(Passed.class);
    }

    /** The last broker that had joined has lost it at a restart; what has moved must not be cut off from the source. */
    @Test
    void aLostJoinIsRepeatedDespiteNewTopics() {
        destination.with("user-events", topic(1));
        Situation lost = Situations.recording(
                Situations.of(ONE, source, destination),
                new MigrationRecord(
                        new TreeMap<>(), Map.of(), new TreeSet<>(Set.of("old-a")), false, new TreeSet<>(), 1));
        assertThat(judge(lost)).isInstanceOf(Passed.class);

        // Clients may have made it at the destination while they did not see that of the source.
        destination.with("shared", topic(1));
        Situation more = Situations.recording(Situations.of(ONE, source, destination), lost.recorded());
        assertThat(judge(more)).isInstanceOf(Passed.class);
        assertThat(judge(more).what()).endsWith("1 topic outside the plan is in both clusters: shared");
        ClusterFixture another = cluster("old", "4.9.7", "old-a", "old-b").with("shared", topic(8));
        assertThat(judge(Situations.recording(Situations.of(ONE, another, destination), lost.recorded())))
                .describedAs("a broker that never joined")
                .isInstanceOf(Failed.class);
    }

    /** A join concerns all topics, whatever part of the plan somebody asks for. */
    @Test
    void aPartOfAPlanIsNotCleanerThanTheWhole() {
        destination.with("user-events", topic(1));
        Situation part = Situations.of(
                Plans.plan("""
                        batches:
                          - { name: one, topics: [{ name: shared, type: NORMAL }] }
                          - { name: two, topics: [{ name: user-events, type: NORMAL }] }
                        """),
                Selection.of("one", null, null),
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE);
        assertThat(judge(part)).isInstanceOf(Failed.class);
    }

    @Test
    void topicsInTheWayAreToBeDeleted() {
        destination.with("shared", topic(1));
        assertThat(((Failed) judge()).fix()).startsWith("Delete or rename it at the destination");
        ClusterFixture crowded =
                cluster("old", "4.9.7", "old-a").with("shared", topic(1)).with("mail", topic(1));
        destination.with("mail", topic(1));
        assertThat(((Failed) judge(crowded, destination)).fix()).startsWith("Delete or rename them at the destination");
        destination.with("user-events", topic(1));
        assertThat(((Failed) judge(crowded, destination)).fix()).startsWith("Delete or rename it at the destination");
    }

    /** Nobody closes a topic at the source but a run of ours, which had joined the clusters before. */
    @Test
    void aTopicThatHasMovedShowsThatThereWasAJoin() {
        source.with("user-events", topic(8).withAccess(Access.READ));
        destination.with("user-events", topic(1));
        assertThat(judge()).isInstanceOf(Passed.class);
    }

    @Test
    void brokersThatAreJoinedNeedNoRecord() {
        ClusterFixture two = cluster("old", "4.9.7", "old-a", "old-b").with("shared", topic(8));
        destination
                .with("shared", topic(1))
                .nameServer("ns:9876", cluster("old", "4.9.7", "old-a").build());
        Situation half = Situations.recording(
                Situations.of(ONE, two, destination),
                new MigrationRecord(
                        new TreeMap<>(), Map.of(), new TreeSet<>(Set.of("old-b")), false, new TreeSet<>(), 1));
        assertThat(judge(half)).isInstanceOf(Passed.class);
    }

    /** Objects that this plan created block the join by themselves until they are removed. */
    @Test
    void namesObjectsThatAreRemovedBeforeTheJoin() {
        ObjectsToRemove objects = new ObjectsToRemove(
                new TreeMap<>(Map.of(
                        "user-events",
                        new ObjectsToRemove.ObjectToRemove(
                                new TreeMap<>(Map.of("new-a", topic(1))), false, false, List.of()))),
                new TreeMap<>());
        destination.with("user-events", topic(1));
        Verdict verdict = judge(Situations.of(ONE, source, destination).removing(objects));
        assertThat(verdict).isInstanceOf(Passed.class);
        assertThat(verdict.what()).endsWith("besides 1 object of this plan that must be removed before the join");
    }

    @Test
    void aSelectionLeavesOutWhatThisPlanCreated() {
        destination.with("user-events", topic(1));
        Situation part = Situations.of(
                Plans.plan("""
                        batches:
                          - { name: one, topics: [{ name: shared, type: NORMAL }] }
                          - { name: two, topics: [{ name: user-events, type: NORMAL }] }
                        """),
                Selection.of("one", null, null),
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE);
        MigrationRecord ours = new MigrationRecord(
                new TreeMap<>(Map.of(
                        "two",
                        new MigrationRecord.RecordedBatch(
                                1,
                                new TreeMap<>(Map.of(
                                        SettingsHash.topicKey("user-events"),
                                        new MigrationRecord.RecordedObject(
                                                Optional.empty(), "hash", MigrationRecord.Ownership.CREATED)))))),
                Map.of(),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                1);
        assertThat(((Failed) judge(Situations.recording(part, ours))).fix())
                .isEqualTo("Plan without a selection: this plan created it, so apply can remove it.");
    }
}
