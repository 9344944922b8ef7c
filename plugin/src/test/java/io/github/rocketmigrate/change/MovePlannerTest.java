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
