package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Plans the steps of topics to their stages. */
final class MovePlannerTest {
    private final PlannedShop shop = new PlannedShop();
    private final ClusterFixture source = shop.source();
    private final ClusterFixture destination = shop.destination();

    @Test
    void createsATopicWithoutPermissionsAndItsGroupsWhenItLeavesTheSource() {
        destination.nameServer("10.0.1.11:9876", source.build());
        ChangeSet changes = shop.plan(
                "traffic: { routing: join }\n" + PlannedShop.PLAN.replace("topics:", "stage: read-both\n    topics:"));
        Change.AlignObject create = changes.changes().stream()
                .filter(change -> change.word().equals("create-topic"))
                .map(Change.AlignObject.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(create.after(TopicSettings.class).get("new-a").access()).isEqualTo(Access.NONE);
        assertThat(create.neededBy()).containsExactly("order-events");
        assertThat(changes.changes())
                .filteredOn(Change.MoveTopic.class::isInstance)
                .hasSize(2)
                .allSatisfy(
                        move -> assertThat(((Change.MoveTopic) move).wanted()).isEqualTo(Stage.READ_BOTH));
        assertThat(changes.changes())
                .filteredOn(change -> change.word().equals("create-group"))
                .hasSize(2);
    }

    @Test
    void createsEverythingAtOnceAndWithoutPermissionsWithRoutingClient() {
        ChangeSet changes = shop.plan("traffic: { routing: client }\n" + PlannedShop.PLAN);
        assertThat(changes.changes()).hasSize(4).noneMatch(Change.MoveTopic.class::isInstance);
        assertThat(((Change.AlignObject) changes.changes().get(2))
                        .after(TopicSettings.class)
                        .get("new-a")
                        .access())
                .isEqualTo(Access.NONE);
    }

    @Test
    void finishesAStepThatOnlySomeBrokersTookAndReportsForeignStates() {
        destination.nameServer("10.0.1.11:9876", source.build());
        destination
                .with("new-a", "order-events", topic(4).withType("FIFO").withAccess(Access.READ))
                .with("new-b", "order-events", topic(4).withType("FIFO").withAccess(Access.NONE))
                .with("user-events", topic(16).withAccess(Access.WRITE));
        ChangeSet changes = shop.plan("traffic: { routing: join }\n" + PlannedShop.PLAN);
        assertThat(changes.impossible()).extracting(Impossible::reason).containsExactly(Cause.FOREIGN_STATE);
        assertThat(changes.impossible().get(0).what())
                .contains("'user-events' is at no stage: read and write in the source, write in the destination");
        assertThat(changes.changes())
                .filteredOn(Change.MoveTopic.class::isInstance)
                .singleElement()
                .satisfies(move -> assertThat(((Change.MoveTopic) move).rung().writes())
                        .containsExactly(new Rung.AccessChange(Side.DESTINATION, Access.NONE)));
    }

    /** The topic looks like a fence that is half closed, but no run closes a topic that has not left the source. */
    @Test
    void reportsAFifoTopicThatSomeoneElseClosedAtTheSourceAsForeign() {
        source.with("order-events", topic(8).withAccess(Access.READ));
        destination.nameServer("10.0.1.11:9876", source.build());
        ChangeSet absent = shop.plan("traffic: { routing: join }\n" + PlannedShop.PLAN);
        assertThat(absent.impossible()).extracting(Impossible::reason).containsExactly(Cause.FOREIGN_STATE);
        assertThat(absent.changes()).noneMatch(Change.MoveTopic.class::isInstance);

        destination.with("order-events", topic(4).withType("FIFO").withAccess(Access.NONE));
        assertThat(shop.plan("traffic: { routing: join }\n" + PlannedShop.PLAN).changes())
                .describedAs("a fence may have been begun, as far as anybody remembers")
                .anyMatch(Change.MoveTopic.class::isInstance);
        SortedMap<String, MigrationRecord.RecordedObject> objects = new TreeMap<>(Map.of(
                SettingsHash.topicKey("order-events"),
                new MigrationRecord.RecordedObject(
                        Optional.of(Stage.SOURCE), "as it was", MigrationRecord.Ownership.CREATED)));
        MigrationRecord recorded = new MigrationRecord(
                new TreeMap<>(Map.of("orders", new MigrationRecord.RecordedBatch(1, objects))),
                Map.of(),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                1);
        Situation back = Situations.recording(
                Situations.of("traffic: { routing: join }\n" + PlannedShop.PLAN, source, destination), recorded);
        assertThat(Planner.plan(back).impossible())
                .extracting(Impossible::reason)
                .containsExactly(Cause.FOREIGN_STATE);
    }

    private ChangeSet planWithOrderlyReader(String stage, Access atDestination) {
        destination
                .nameServer("10.0.1.11:9876", source.build())
                .with("user-events", topic(16).withAccess(atDestination));
        ConsumerOffsets offsets = new ConsumerOffsets(Map.of(
                "order-fulfilment", Map.of("user-events", Map.of(new QueueKey("old-a", 0), 7L))));
        return Planner.plan(Situations.of(
                Plans.plan("traffic: { routing: join }\n"
                        + PlannedShop.PLAN
                                .replace("topics:", "stage: " + stage + "\n    topics:")
                                .replace("type: FIFO", "type: FIFO, stage: source")),
                Selection.ALL,
                source.build(),
                destination.build(),
                offsets,
                QueueOffsets.NONE));
    }

    @Test
    void aTopicThatAGroupConsumesInOrderPassesTheFence() {
        assertThat(planWithOrderlyReader("write-destination", Access.READ).changes())
                .filteredOn(change -> change instanceof Change.MoveTopic move
                        && move.subject().name().equals("user-events"))
                .singleElement()
                .satisfies(move -> assertThat(((Change.MoveTopic) move).rung().isFor(Purpose.CLOSE_FENCE))
                        .isTrue());
    }

    @Test
    void aTopicThatAGroupConsumesInOrderIsNeverOpenForWritingInBothClusters() {
        assertThat(planWithOrderlyReader("write-both", Access.READ).impossible())
                .singleElement()
                .satisfies(impossible -> {
                    assertThat(impossible.reason()).isEqualTo(Cause.ORDER_AT_WRITE_BOTH);
                    assertThat(impossible.what())
                            .isEqualTo("topic 'user-events' is planned at write-both but is consumed in order by group"
                                    + " order-fulfilment: producers would send the messages of one key to both"
                                    + " clusters");
                });
    }

    @Test
    void anOrderlyGroupThatAppearsAtWriteBothBlocksWithBothWaysOut() {
        assertThat(planWithOrderlyReader("write-destination", Access.READ_WRITE).impossible())
                .singleElement()
                .satisfies(impossible -> {
                    assertThat(impossible.reason()).isEqualTo(Cause.FOREIGN_STATE);
                    assertThat(impossible.what())
                            .isEqualTo("topic 'user-events' is consumed in order by group order-fulfilment and open"
                                    + " for writing in both clusters");
                    assertThat(impossible.fix())
                            .isEqualTo(
                                    "Stop its producers, wait until both clusters are consumed, and set the permissions"
                                            + " of read-both by hand. If their order does not matter, set order: CONCURRENT"
                                            + " instead.");
                });
    }

    @Test
    void createsAGroupAtOnceIfItsTopicIsAlreadyAtTheDestination() {
        destination
                .nameServer("10.0.1.11:9876", source.build())
                .with("user-events", topic(16).withAccess(Access.READ));
        ConsumerOffsets offsets =
                new ConsumerOffsets(Map.of("audit", Map.of("user-events", Map.of(new QueueKey("old-a", 0), 7L))));
        ChangeSet changes = Planner.plan(Situations.of(
                Plans.plan("traffic: { routing: join }\n"
                        + PlannedShop.PLAN.replace("topics:", "stage: write-destination\n    topics:")),
                Selection.ALL,
                source.build(),
                destination.build(),
                offsets,
                QueueOffsets.NONE));
        assertThat(changes.changes())
                .filteredOn(change -> change.subject().name().equals("audit"))
                .singleElement()
                .satisfies(change -> assertThat(change.neededBy()).isEmpty());
    }
}
