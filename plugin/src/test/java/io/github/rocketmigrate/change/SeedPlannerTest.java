package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.SeedOffsets;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups get their offsets at the destination before the first message of a topic arrives there. */
final class SeedPlannerTest {
    @TempDir
    Path folder;

    private final TrafficFixture traffic = TrafficFixture.of("orders").consumes(SOURCE, "audit", "orders", "a@1");
    private final ClusterFixture source = cluster("old", "4.9.7", "old-a")
            .with("orders", topic(2))
            .with("audit", ClusterFixture.group(CONCURRENT, 16))
            .with("other", ClusterFixture.group(CONCURRENT, 16));

    @Test
    void aTopicThatLeavesTheSourceIsSeededInTheQueuesThatItWillHave() {
        Situation situation = situation("read-both", cluster("new", "5.5.0", "new-a"));
        assertThat(Planner.plan(situation).changes())
                .extracting(Change::word)
                .containsExactly("create-group", "create-group", "create-topic", "seed-offsets", "move-topic");
        assertThat(seed(situation))
                .hasValueSatisfying(seed -> assertThat(seed.offsets())
                        .isEqualTo(Map.of(
                                "audit",
                                new TreeMap<>(Map.of(new QueueKey("new-a", 0), 0L, new QueueKey("new-a", 1), 0L)))));
    }

    @Test
    void offsetsThatAreThereStayAndTheMessagesOfAnEarlierStayAreNotRepeated() {
        traffic.offset(DESTINATION, "audit", "orders", "new-a", 0, 7).queue(DESTINATION, "orders", "new-a", 1, 40, 60);
        Situation situation = situation("write-destination", there(Access.READ));
        assertThat(seed(situation))
                .hasValueSatisfying(seed -> assertThat(seed.offsets())
                        .isEqualTo(Map.of("audit", new TreeMap<>(Map.of(new QueueKey("new-a", 1), 60L)))));
    }

    @Test
    void nothingIsSeededWhereAllOffsetsAreThere() {
        traffic.offset(DESTINATION, "audit", "orders", "new-a", 0, 7)
                .offset(DESTINATION, "audit", "orders", "new-a", 1, 0);
        assertThat(seed(situation("write-destination", there(Access.READ)))).isEmpty();
    }

    @Test
    void groupsOutsideThePlanAndBroadcastingGroupsAreLeftAlone() {
        TrafficFixture others = TrafficFixture.of("orders")
                .consumes(SOURCE, "unplanned", "orders", "u@1")
                .consumes(SOURCE, "other", "orders", true, ConsumeMode.PUSH, "o@1");
        Situation situation = Situations.of(plan("write-destination"), source, joined(there(Access.READ)))
                .withTraffic(others.build());
        assertThat(seed(situation)).isEmpty();
    }

    @Test
    void aStepBackThatOpensNothingSeedsNothing() {
        Situation situation = situation("source", there(Access.READ));
        assertThat(Planner.plan(situation).changes()).anyMatch(MoveTopic.class::isInstance);
        assertThat(seed(situation)).isEmpty();
    }

    /** The group came when the topic was at the destination. Its clients would begin at the end of the source's queues. */
    @Test
    void theWayBackSeedsAGroupThatNeverConsumedAtTheSource() {
        traffic.queue(SOURCE, "orders", "old-a", 0, 20, 30)
                .queue(SOURCE, "orders", "old-a", 1, 5, 8)
                .offset(SOURCE, "audit", "orders", "old-a", 1, 7);
        for (Access closed : List.of(Access.READ, Access.NONE)) {
            source.with("orders", topic(2).withAccess(closed));
            assertThat(seed(Situations.leftByRuns(situation("read-both", there(Access.READ_WRITE)))))
                    .describedAs(closed.word())
                    .hasValueSatisfying(seed -> {
                        assertThat(seed.side()).isEqualTo(SOURCE);
                        assertThat(seed.offsets())
                                .isEqualTo(Map.of("audit", new TreeMap<>(Map.of(new QueueKey("old-a", 0), 30L))));
                    });
        }
    }

    /** Producers have sent there since the fence was closed: the end of the queue is no longer the beginning. */
    @Test
    void aReverseFenceSeedsBeforeProducersFollow() {
        traffic.queue(SOURCE, "orders", "old-a", 0, 0, 3).queue(SOURCE, "orders", "old-a", 1, 0, 3);
        String fifo = plan("read-both").replace("NORMAL", "FIFO");
        source.with("orders", topic(2).withAccess(Access.READ));
        assertThat(seed(fenced(fifo, Access.READ_WRITE)).orElseThrow().side()).isEqualTo(SOURCE);
        source.with("orders", topic(2).withAccess(Access.WRITE));
        Situation closed = fenced(fifo, Access.READ);
        assertThat(Planner.plan(closed).changes()).anyMatch(MoveTopic.class::isInstance);
        assertThat(seed(closed)).isEmpty();
    }

    private Situation fenced(String plan, Access there) {
        ClusterFixture destination =
                there(there).with("orders", topic(2).withType("FIFO").withAccess(there));
        return Situations.leftByRuns(
                Situations.of(plan, source, joined(destination)).withTraffic(traffic.build()));
    }

    /** Brokers from 5.3.0 on refuse offsets of groups that they do not have. */
    @Test
    void aMasterOfTheSourceWithoutTheGroupIsLeftAlone() {
        ClusterFixture two = cluster("old", "4.9.7", "old-a", "old-b")
                .with("orders", topic(1).withAccess(Access.READ))
                .with("old-b", "audit", ClusterFixture.group(CONCURRENT, 16))
                .with("other", ClusterFixture.group(CONCURRENT, 16));
        Situation situation = Situations.of(
                        plan("read-both"), two, there(Access.READ_WRITE).nameServer("10.0.1.11:9876", two.build()))
                .withTraffic(traffic.build());
        assertThat(seed(Situations.leftByRuns(situation))
                        .orElseThrow()
                        .offsets()
                        .get("audit"))
                .containsOnlyKeys(new QueueKey("old-b", 0));
    }

    @Test
    void aTopicThatProducersWriteAtTheDestinationIsNotSeededAgain() {
        ClusterFixture closed = source.with("orders", topic(2).withAccess(Access.READ));
        Situation situation = Situations.of(plan("destination"), closed, joined(there(Access.READ_WRITE)))
                .withTraffic(traffic.build());
        assertThat(Planner.plan(situation).changes()).anyMatch(MoveTopic.class::isInstance);
        assertThat(seed(situation)).isEmpty();
    }

    @Test
    void withoutTrafficNobodyKnowsWhoConsumes() {
        Situation situation = Situations.of(plan("read-both"), source, joined(cluster("new", "5.5.0", "new-a")));
        assertThat(seed(situation)).isEmpty();
    }

    @Test
    void aTopicWhoseTrafficWasNotReadIsNotSeeded() {
        TrafficFixture others = TrafficFixture.of("mail").consumes(SOURCE, "audit", "orders", "a@1");
        Situation situation = Situations.of(plan("read-both"), source, joined(cluster("new", "5.5.0", "new-a")))
                .withTraffic(others.build());
        assertThat(seed(situation)).isEmpty();
    }

    @Test
    void aChangeSetOfOneTopicSeedsNoOther() throws IOException {
        source.with("mail", topic(2));
        ClusterFixture destination = joined(cluster("new", "5.5.0", "new-a"));
        String both = plan("read-both").replace("}]\n    groups", "}, { name: mail, type: NORMAL }]\n    groups");
        Situation one = Situations.of(plan("read-both"), source, destination).withTraffic(traffic.build());
        Situation two = Situations.of(both, source, destination)
                .withTraffic(TrafficFixture.of("mail", "orders")
                        .consumes(SOURCE, "audit", "orders", "a@1")
                        .consumes(SOURCE, "other", "mail", "o@1")
                        .build());
        assertThat(names(Planner.plan(two).changes(), SeedOffsets.class)).containsExactly("mail", "orders");
        SavedChangeSet saved = saved(ChangeSetFile.text(Planner.plan(one), one));
        assertThat(names(saved.narrow(Planner.plan(two)).changes(), SeedOffsets.class))
                .containsExactly("orders");
    }

    @Test
    void aSavedChangeSetHoldsTheSameRecords() throws IOException {
        Situation situation = situation("read-both", cluster("new", "5.5.0", "new-a"));
        ChangeSet planned = Planner.plan(situation);
        SavedChangeSet saved = saved(ChangeSetFile.text(planned, situation));
        assertThat(saved.changes())
                .extracting(SeedPlannerTest::withoutLine)
                .isEqualTo(planned.changes().stream()
                        .map(SeedPlannerTest::withoutLine)
                        .toList());
        assertThat(Stale.in(saved, situation, planned)).isEmpty();
        assertThat(saved.narrow(planned).changes()).isEqualTo(planned.changes());
    }

    @Test
    void aChangeSetOfVersionOneHasNoSeedsAndIsSeededAllTheSame() throws IOException {
        Situation situation = situation("read-both", cluster("new", "5.5.0", "new-a"));
        ChangeSet planned = Planner.plan(situation);
        ChangeSet old = new ChangeSet(
                planned.plan(),
                planned.partial(),
                planned.changes().stream()
                        .filter(change -> !(change instanceof SeedOffsets))
                        .toList(),
                planned.impossible(),
                planned.unchanged(),
                planned.unplanned());
        SavedChangeSet saved = saved(ChangeSetFile.text(old, situation).replace("\"version\" : 2", "\"version\" : 1"));
        assertThat(saved.changes()).hasSize(4);
        assertThat(Stale.in(saved, situation, planned)).isEmpty();
        assertThat(saved.narrow(planned).changes()).isEqualTo(planned.changes());
    }

    private SavedChangeSet saved(String text) throws IOException {
        return ChangeSetReader.read(Files.writeString(folder.resolve("cs.json"), text, UTF_8), "cs.json");
    }

    /** A file holds no lines of the plan. */
    private static Change withoutLine(Change change) {
        Subject at = change.subject();
        Subject subject = new Subject(at.kind(), at.name(), at.side(), at.batch(), Optional.empty());
        if (change instanceof AlignObject object) {
            return new AlignObject(subject, object.before(), object.after(), object.isNew(), object.neededBy());
        }
        if (change instanceof SeedOffsets seed) {
            return new SeedOffsets(subject, seed.side(), seed.offsets());
        }
        if (change instanceof MoveTopic move) {
            return new MoveTopic(subject, move.found(), move.rung(), move.wanted());
        }
        return change;
    }

    private static Optional<SeedOffsets> seed(Situation situation) {
        List<SeedOffsets> seeds = Planner.plan(situation).changes().stream()
                .filter(SeedOffsets.class::isInstance)
                .map(SeedOffsets.class::cast)
                .toList();
        assertThat(seeds).hasSizeLessThanOrEqualTo(1);
        return seeds.stream().findFirst();
    }

    private static List<String> names(List<Change> changes, Class<? extends Change> kind) {
        return changes.stream()
                .filter(kind::isInstance)
                .map(change -> change.subject().name())
                .toList();
    }

    private ClusterFixture there(Access access) {
        return cluster("new", "5.5.0", "new-a")
                .with("orders", topic(2).withType("NORMAL").withAccess(access))
                .with("audit", ClusterFixture.group(CONCURRENT, 16))
                .with("other", ClusterFixture.group(CONCURRENT, 16));
    }

    private ClusterFixture joined(ClusterFixture destination) {
        return destination.nameServer("10.0.1.11:9876", source.build());
    }

    private Situation situation(String stage, ClusterFixture destination) {
        return Situations.of(plan(stage), source, joined(destination)).withTraffic(traffic.build());
    }

    private static String plan(String stage) {
        return """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: orders, type: NORMAL }]
                    groups: [{ name: audit, order: CONCURRENT }, { name: other, order: CONCURRENT }]
                """.formatted(stage);
    }
}
