package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
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
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plans the steps of topics to their stages.
 *
 * <p>Longer than 300 lines: every test plans the same shop, with other permissions and notes.
 */
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

    private static final String AT_SOURCE = "traffic: { routing: join }\n" + PlannedShop.PLAN;

    private Situation situation(String lines) {
        return Situations.of(lines, source, destination);
    }

    private static Map<String, String> foreign(Situation situation) {
        Map<String, String> found = new TreeMap<>();
        Planner.plan(situation).impossible().stream()
                .filter(impossible -> impossible.reason() == Cause.FOREIGN_STATE)
                .forEach(impossible -> found.put(impossible.subject().name(), impossible.what()));
        return found;
    }

    private static List<Rung.AccessChange> writes(Situation situation) {
        return Planner.plan(situation).changes().stream()
                .filter(Change.MoveTopic.class::isInstance)
                .flatMap(move -> ((Change.MoveTopic) move).rung().writes().stream())
                .toList();
    }

    @Test
    void aStepThatOnlySomeBrokersTookIsFinishedIfARunHasBegunIt() {
        destination.nameServer("10.0.1.11:9876", source.build());
        destination
                .with("new-a", "user-events", topic(16).withAccess(Access.READ))
                .with("new-b", "user-events", topic(16).withAccess(Access.NONE));
        Situation found = situation(AT_SOURCE);
        assertThat(foreign(found))
                .containsExactly(entry(
                        "user-events",
                        "topic 'user-events' is at no stage: source: old-a read and write, old-b read and write;"
                                + " destination: new-a read, new-b no access. No run of this plan left it so"));
        assertThat(writes(found)).isEmpty();
        assertThat(writes(Situations.leftByRuns(found)))
                .containsExactly(new Rung.AccessChange(Side.DESTINATION, Access.NONE));
    }

    /** An operator drains a master; the pipeline that runs every night has to leave it alone. */
    @Test
    void aMasterThatAnOperatorClosedStaysClosed() {
        source.with("old-a", "user-events", topic(4).withAccess(Access.READ));
        destination.nameServer("10.0.1.11:9876", source.build());
        assertThat(foreign(situation(AT_SOURCE))).containsOnlyKeys("user-events");
        assertThat(writes(situation(AT_SOURCE))).isEmpty();
    }

    @Test
    void aNoteExplainsOnlyWhatItsStepCouldLeave() {
        destination
                .nameServer("10.0.1.11:9876", source.build())
                .with("user-events", topic(16).withAccess(Access.READ));
        Situation before = situation(AT_SOURCE);
        SortedMap<String, BegunStep> begun = new TreeMap<>(Map.of(
                "user-events",
                new BegunStep(before.standing("user-events"), false).and(Side.DESTINATION, Access.NONE)));
        source.with("old-a", "user-events", topic(4).withAccess(Access.READ));
        assertThat(foreign(Situations.begun(situation(AT_SOURCE), begun))).containsOnlyKeys("user-events");
    }

    @ParameterizedTest
    @CsvSource({"READ, READ", "READ, NONE", "NONE, READ", "READ_WRITE, WRITE"})
    void permissionsOfAFenceAreForeignWithoutANote(Access atSource, Access atDestination) {
        source.with("order-events", topic(8).withAccess(atSource)).with("user-events", topic(4).withAccess(atSource));
        destination
                .nameServer("10.0.1.11:9876", source.build())
                .with("order-events", topic(4).withType("FIFO").withAccess(atDestination))
                .with("user-events", topic(16).withAccess(atDestination));
        Situation found = situation(AT_SOURCE);
        assertThat(foreign(found)).containsOnlyKeys("order-events", "user-events");
        assertThat(writes(found)).isEmpty();
        assertThat(foreign(Situations.leftByRuns(found)))
                .as("topics that are not fenced never have them")
                .containsOnlyKeys("user-events");
    }

    /** The permissions of any stage would strand messages, so none is named. */
    @Test
    void whoOpensABrokerOfAClosedFenceIsToldToCloseItAgain() {
        source.with("old-a", "order-events", topic(8).withAccess(Access.READ))
                .with("old-b", "order-events", topic(8).withAccess(Access.READ));
        destination
                .nameServer("10.0.1.11:9876", source.build())
                .with("order-events", topic(4).withType("FIFO").withAccess(Access.WRITE));
        Situation closed = situation(AT_SOURCE);
        SortedMap<String, BegunStep> fence =
                new TreeMap<>(Map.of("order-events", new BegunStep(closed.standing("order-events"), true)));
        source.with("old-b", "order-events", topic(8));
        destination.nameServer("10.0.1.11:9876", source.build());
        Situation opened = Situations.begun(situation(AT_SOURCE), fence);
        assertThat(Planner.plan(opened).impossible())
                .filteredOn(one -> one.subject().name().equals("order-events"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.what())
                            .isEqualTo(
                                    "topic 'order-events' is in the fence, and somebody changed its permissions:"
                                            + " source: old-a read, old-b read and write; destination: new-a write, new-b write");
                    assertThat(one.fix())
                            .isEqualTo("Set its permission to read again on old-b (mqadmin updateTopicPerm -p 4), and"
                                    + " run again: the fence opens once the source is quiet and consumed.");
                });
    }

    /** A run that was killed in a pause, with or without the parameter the next time. */
    @ParameterizedTest
    @CsvSource({"SOURCE, DESTINATION", "DESTINATION, SOURCE"})
    void aPauseEndsOnTheSideThatItHasNotClosed(Side closed, Side opens) {
        source.with("order-events", topic(8).withAccess(Access.READ)).with("user-events", topic(4));
        destination
                .nameServer("10.0.1.11:9876", source.build())
                .with("order-events", topic(4).withType("FIFO").withAccess(Access.READ))
                .with("user-events", topic(16).withAccess(Access.NONE));
        Situation found = situation(AT_SOURCE);
        BegunStep step = new BegunStep(found.standing("order-events"), true).and(closed, Access.READ_WRITE);
        Rung end =
                rung(Situations.begun(found, new TreeMap<>(Map.of("order-events", step.paused(Optional.of(closed))))));
        assertThat(end).isEqualTo(new Rung.Wait(closed, new Rung.AccessChange(opens, Access.WRITE), Purpose.END_PAUSE));
        assertThat(rung(Situations.begun(found, new TreeMap<>(Map.of("order-events", step)))))
                .as("without a pause, the fence opens at once")
                .isEqualTo(new Rung.Writes(
                        List.of(new Rung.AccessChange(Side.DESTINATION, Access.WRITE)), Purpose.FINISH));
    }

    private static Rung rung(Situation situation) {
        return Planner.plan(situation).changes().stream()
                .filter(change -> change instanceof Change.MoveTopic
                        && change.subject().name().equals("order-events"))
                .map(move -> ((Change.MoveTopic) move).rung())
                .findFirst()
                .orElseThrow();
    }

    /** Name servers may lose notes, and groups get no new messages until the fence is opened. */
    @ParameterizedTest
    @CsvSource({"READ, WRITE, DESTINATION", "WRITE, READ, SOURCE"})
    void aClosedFenceIsOpenedEvenWithoutANote(Access atSource, Access atDestination, Side opens) {
        source.with("order-events", topic(8).withAccess(atSource)).with("user-events", topic(4).withAccess(atSource));
        destination
                .nameServer("10.0.1.11:9876", source.build())
                .with("order-events", topic(4).withType("FIFO").withAccess(atDestination))
                .with("user-events", topic(16).withAccess(atDestination));
        Situation found = situation(AT_SOURCE);
        assertThat(foreign(found)).as("only fenced topics have a fence").containsOnlyKeys("user-events");
        assertThat(writes(found)).containsExactly(new Rung.AccessChange(opens, Access.READ_WRITE));
    }

    /** A plan without traffic, or somebody else, has opened the topic, and clients use it there. */
    @Test
    void aDestinationThatOthersOpenedIsNotClosed() {
        destination.with("user-events", topic(16).withAccess(Access.READ_WRITE));
        String plan = "traffic: { routing: client }\n" + PlannedShop.PLAN;
        QueueOffsets used =
                new QueueOffsets(Map.of("user-events", Map.of(new QueueKey("new-a", 0), new QueueRange(7, 7))));
        QueueOffsets unused =
                new QueueOffsets(Map.of("user-events", Map.of(new QueueKey("new-a", 0), new QueueRange(0, 0))));
        assertThat(foreign(situation(plan).withQueueOffsets(used)))
                .containsExactly(entry(
                        "user-events",
                        "topic 'user-events' is at write-both, but no run of this plan has opened it for writing at the"
                                + " destination"));
        assertThat(writes(situation(plan).withQueueOffsets(used))).isEmpty();
        assertThat(Planner.inQuestion(situation(plan))).contains("user-events");
        assertThat(writes(situation(plan).withQueueOffsets(unused)))
                .containsExactly(new Rung.AccessChange(Side.DESTINATION, Access.READ));
        assertThat(writes(Situations.leftByRuns(situation(plan)).withQueueOffsets(used)))
                .containsExactly(new Rung.AccessChange(Side.DESTINATION, Access.READ));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRecordIsEvidenceTooAndSoIsTheStageThatARunWasHeadingFor(boolean recorded) {
        source.with("user-events", topic(4).withAccess(Access.READ));
        destination
                .nameServer("10.0.1.11:9876", source.build())
                .with("user-events", topic(16).withAccess(Access.READ_WRITE));
        RecordedObject entry = recorded
                ? new RecordedObject(Optional.of(Stage.WRITE_DESTINATION), "as it was", Ownership.CREATED)
                : new RecordedObject(Optional.of(Stage.READ_BOTH), "as it was", Ownership.CREATED)
                        .withHeading(Stage.WRITE_DESTINATION);
        MigrationRecord record = new MigrationRecord(
                new TreeMap<>(Map.of(
                        "orders",
                        new RecordedBatch(1, new TreeMap<>(Map.of(SettingsHash.topicKey("user-events"), entry))))),
                Map.of(),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                1);
        assertThat(foreign(situation(AT_SOURCE))).containsOnlyKeys("user-events");
        assertThat(foreign(Situations.recording(situation(AT_SOURCE), record))).isEmpty();
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

    /** Groups get no new messages inside a fence, so it opens before the plan is refused. */
    @ParameterizedTest
    @CsvSource({"READ, WRITE, DESTINATION", "READ, READ, DESTINATION", "WRITE, READ, SOURCE"})
    void aFenceIsFinishedAlthoughThePlanNowAsksForBothOpen(Access atSource, Access atDestination, Side opens) {
        source.with("user-events", topic(4).withAccess(atSource));
        destination
                .nameServer("10.0.1.11:9876", source.build())
                .with("user-events", topic(16).withAccess(atDestination));
        Situation inFence = Situations.leftByRuns(situation(AT_SOURCE
                .replace("topics:", "stage: write-both\n    topics:")
                .replace("type: FIFO", "type: FIFO, stage: source")));
        Situation found = new Situation(
                inFence.plan(),
                inFence.scope().withFences(Set.of("user-events")),
                inFence.source(),
                inFence.destination(),
                inFence.offsets(),
                inFence.queueOffsets(),
                inFence.recorded(),
                inFence.unfinishedSteps(),
                inFence.traffic(),
                inFence.readAt());
        assertThat(writes(found)).extracting(Rung.AccessChange::side).containsExactly(opens);
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
