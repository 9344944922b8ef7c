package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.ObjectsToRemove;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.SharedGroups;
import io.github.rocketmigrate.observe.SharedGroups.GroupUse;
import io.github.rocketmigrate.observe.SharedGroups.RecentStart;
import io.github.rocketmigrate.observe.SharedGroups.SharedGroup;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.SettingsHash;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Topics and groups that are in both clusters before the join, and after it.
 *
 * <p>Longer than 300 lines: it has a story for each way in which two clusters have a name in common.
 */
final class DestinationCleanTest extends ClusterStory {
    private static final GroupUse OFFSETS = new GroupUse(true, new TreeMap<>());
    private static final GroupUse UNUSED = new GroupUse(false, new TreeMap<>());
    private static final String WITH_GROUP = "batches: [{ name: all, topics: [{ name: user-events, type: NORMAL }], "
            + "groups: [{ name: mail, order: CONCURRENT }] }]\n";

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

    private static GroupUse members(String... ids) {
        SortedMap<String, String> addresses = new TreeMap<>();
        for (String id : ids) {
            addresses.put(id, "10.0.9.1:" + (5000 + addresses.size()));
        }
        return new GroupUse(false, addresses);
    }

    private Verdict judge(String plan, String group, GroupUse atSource, GroupUse atDestination) {
        return judge(Situations.of(plan, source, destination)
                .withSharedGroups(
                        new SharedGroups(new TreeMap<>(Map.of(group, new SharedGroup(atSource, atDestination))))));
    }

    @Test
    void aGroupThatIsUsedInBothClustersFailsWithItsMembers() {
        Verdict verdict = judge(ONE, "mail", members("a-1", "a-2"), members("b-1"));
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what())
                .isEqualTo("group 'mail' is in use in both clusters: the source has 2 members (a-1 at 10.0.9.1:5000, "
                        + "a-2 at 10.0.9.1:5001), the destination has 1 member (b-1 at 10.0.9.1:5000)");
        assertThat(verdict.fix())
                .isEqualTo("Rename the group of one of the two applications. At the destination, also delete the old "
                        + "name with its offsets: mqadmin deleteSubGroup -r true.");
    }

    @Test
    void offsetsAreAUseOfAGroupWhoseMembersAreOffline() {
        assertThat(judge(ONE, "mail", OFFSETS, OFFSETS).what())
                .isEqualTo("group 'mail' is in use in both clusters: the source has committed offsets, the destination"
                        + " has committed offsets");
        assertThat(judge(ONE, "mail", members("a-1"), OFFSETS)).isInstanceOf(Failed.class);
        assertThat(judge(ONE, "mail", UNUSED, OFFSETS))
                .describedAs("only the settings of the group are at the source")
                .isInstanceOf(Passed.class);
    }

    @Test
    void aPlannedGroupIsNotUsedAtTheDestinationYet() {
        assertThat(judge(WITH_GROUP, "mail", UNUSED, members("b-1")).what())
                .isEqualTo("group 'mail' of the plan is in use at the destination, which has 1 member (b-1 at "
                        + "10.0.9.1:5000)");
        assertThat(judge(WITH_GROUP, "mail", members("a-1"), OFFSETS).what()).contains("in use in both clusters");
        assertThat(judge(WITH_GROUP, "mail", members("a-1"), UNUSED)).isInstanceOf(Passed.class);
    }

    @Test
    void aGroupIsUnknownWhileABrokerThatHasJustStartedMayNotKnowItsMembers() {
        SharedGroups hidden = new SharedGroups(
                new TreeMap<>(),
                new TreeMap<>(Map.of(
                        "mail",
                        new RecentStart(Side.DESTINATION, "new-a", Duration.ofSeconds(5), Duration.ofSeconds(75)))));
        Verdict verdict = judge(Situations.of(WITH_GROUP, source, destination).withSharedGroups(hidden));
        assertThat(verdict).isInstanceOf(Unknown.class);
        assertThat(verdict.what())
                .isEqualTo("group 'mail' has no members at the destination, but broker new-a there started 5 s ago, and"
                        + " its clients may not have registered again");
        assertThat(verdict.fix()).isEqualTo("Run again when the broker has run for 1 min 15 s.");
        destination.nameServer("ns:9876", source.build());
        assertThat(judge(Situations.of(WITH_GROUP, source, destination).withSharedGroups(hidden)))
                .describedAs("the clusters are joined already")
                .isInstanceOf(Passed.class);
    }

    /** Members of the destination see the source as well after the join, and those of the source do if they switch. */
    @Test
    void whileJoinedOnlyMembersThatDoNotKnowEachOtherShowTwoApplications() {
        destination.nameServer("ns:9876", source.build());
        assertThat(judge(ONE, "mail", members("a-1", "b-1"), members("b-1")).what())
                .isEqualTo("group 'mail' outside the plan is used by two applications: the destination lists 1 member "
                        + "(b-1 at 10.0.9.1:5000), and only the source lists 1 member (a-1 at 10.0.9.1:5000)");
        assertThat(judge(ONE, "mail", members("b-1"), members("b-1")))
                .describedAs("one application that reads topics of both clusters")
                .isInstanceOf(Passed.class);
        assertThat(judge(ONE, "mail", members("a-1"), OFFSETS))
                .describedAs("an application that has read topics of both clusters")
                .isInstanceOf(Passed.class);
    }

    /** A proxy of the destination would read of the source's clients, and take them for its own. */
    @Test
    void proxiesOfBothClustersAreKeptApart() {
        String group = "CID_DefaultHeartBeatSyncerTopic";
        Verdict verdict = judge(ONE, group, members("p-1"), members("p-2"));
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what())
                .isEqualTo("both clusters have proxies that share their clients in the group '" + group
                        + "': the source has 1 member (p-1 at 10.0.9.1:5000), the destination has 1 member (p-2 at"
                        + " 10.0.9.1:5000)");
        assertThat(verdict.fix())
                .startsWith("In rmq-proxy.json of the source's proxies, set heartbeatSyncerTopicName to"
                        + " \"DefaultHeartBeatSyncerTopic-source\", and restart them.");
        assertThat(judge(ONE, group, members("p-1"), UNUSED)).isInstanceOf(Passed.class);
        destination.nameServer("ns:9876", source.build());
        assertThat(judge(ONE, group, members("p-2"), members("p-2")))
                .describedAs("the destination's proxies read the joined topic")
                .isInstanceOf(Passed.class);
        assertThat(judge(ONE, group, members("p-1", "p-2"), members("p-2")).what())
                .contains("the source has 1 member (p-1 ");
    }

    /** Topics that RocketMQ itself keeps are in every cluster that needs them. */
    @Test
    void theTopicOfProxiesIsNobodysTopic() {
        source.with("DefaultHeartBeatSyncerTopic", topic(1));
        destination.with("DefaultHeartBeatSyncerTopic", topic(1));
        assertThat(judge(Situations.of(ONE, source, destination))).isInstanceOf(Passed.class);
    }

    /** Clients of topics that have moved reach nothing until the join is back. */
    @Test
    void aLostJoinIsRepeatedDespiteTwoApplications() {
        Situation lost = Situations.recording(
                        Situations.of(ONE, source, destination),
                        new MigrationRecord(
                                new TreeMap<>(), Map.of(), new TreeSet<>(Set.of("old-a")), false, new TreeSet<>(), 1))
                .withSharedGroups(new SharedGroups(
                        new TreeMap<>(Map.of("mail", new SharedGroup(members("a-1"), members("b-1"))))));
        assertThat(judge(lost)).isInstanceOf(Passed.class);
        assertThat(new DestinationClean().isDueAnyway(lost)).isFalse();
    }

    @Test
    void twoApplicationsAreReportedWhateverIsPlannedAndHoldOnlyTheJoin() {
        Situation apart = Situations.of(ONE, source, destination)
                .withSharedGroups(new SharedGroups(
                        new TreeMap<>(Map.of("mail", new SharedGroup(members("a-1"), members("b-1"))))));
        destination.nameServer("ns:9876", source.build());
        Situation joined = Situations.of(ONE, source, destination).withSharedGroups(apart.sharedGroups());
        assertThat(new Checks(apart).ofClusters(Set.of())).isEmpty();
        assertThat(new Checks(joined).ofClusters(Set.of())).singleElement().satisfies(judgement -> {
            assertThat(judgement.check().name()).isEqualTo("destination-clean");
            assertThat(judgement.verdict()).isInstanceOf(Failed.class);
        });
        assertThat(new DestinationClean().isAlarm()).isTrue();
    }
}
