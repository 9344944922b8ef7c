package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static io.github.rocketmigrate.model.ConsumeOrder.ORDERLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.rocketmigrate.change.Impossible.Reason;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Given this plan and these clusters, then this is to be done. */
final class PlannerTest {
    private static final String SHOP = """
            batches:
              - name: orders
                topics:
                  - { name: order-events, type: FIFO, queues: 4 }
                  - { name: user-events, type: NORMAL }
                groups:
                  - { name: order-fulfilment, order: ORDERLY, retries: 3 }
                  - { name: audit, order: CONCURRENT }
            """;

    private static final String COMPLETE =
            "traffic: { routing: join, complete: true }\n" + SHOP.replace("topics:", "stage: destination\n    topics:");

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a", "old-b")
            .with("order-events", topic(8))
            .with("old-a", "user-events", topic(4))
            .with("old-b", "user-events", topic(16))
            .with("order-fulfilment", group(CONCURRENT, 16))
            .with("audit", group(CONCURRENT, 5));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b");

    @Test
    void whatIsMissingIsCreatedOnEveryMasterAsThePlanSaysAndElseAsAtTheSource() {
        ChangeSet changes = plan(SHOP);
        assertThat(changes.changes())
                .extracting(change -> change.word() + " " + change.subject().name())
                .containsExactly(
                        "create-group audit",
                        "create-group order-fulfilment",
                        "create-topic order-events",
                        "create-topic user-events");
        Change.AlignObject userEvents = (Change.AlignObject) changes.changes().get(3);
        assertThat(userEvents.after().keySet()).containsExactly("new-a", "new-b");
        assertThat(userEvents.after().get("new-b"))
                .describedAs("with the queues of the source broker that has the most")
                .isEqualTo(topic(16).withType("NORMAL"));
        Change.AlignObject fulfilment = (Change.AlignObject) changes.changes().get(1);
        assertThat(fulfilment.after().get("new-a")).isEqualTo(group(ORDERLY, 3));
        Change.AlignObject audit = (Change.AlignObject) changes.changes().get(0);
        assertThat(audit.after().get("new-a")).isEqualTo(group(CONCURRENT, 5));
    }

    /** No perpetual differences: what brokers add by themselves, or leave out because it is usual, is no change. */
    @Test
    void whatFitsIsUnchanged() {
        destination
                .with("order-events", topic(4).withType("FIFO"))
                .with("user-events", topic(16))
                .with("order-fulfilment", group(ORDERLY, 3))
                .with("audit", group(CONCURRENT, 5));
        ChangeSet changes = plan(SHOP);
        assertThat(changes.changes()).isEmpty();
        assertThat(changes.impossible()).isEmpty();
        assertThat(changes.unchanged()).hasSize(4);
    }

    @Test
    void aMasterThatLacksATopicOrDiffersGetsItAndTheOthersAreLeftAlone() {
        destination
                .with("new-a", "order-events", topic(4).withType("FIFO"))
                .with("user-events", topic(16))
                .with("new-a", "audit", group(CONCURRENT, 5))
                .with("new-b", "audit", group(CONCURRENT, 6))
                .with("order-fulfilment", group(ORDERLY, 3));
        ChangeSet changes =
                Planner.plan(Situations.of(SHOP, source, destination).withQueueOffsets(held(0)));
        assertThat(changes.changes()).hasSize(2);
        assertThat(Differences.of((Change.AlignObject) changes.changes().get(0)))
                .extracting(
                        Difference::attribute,
                        Difference::from,
                        Difference::to,
                        it -> it.brokers().first())
                .containsExactly(tuple("retries", "6", "5", "new-b"));
        Change.AlignObject events = (Change.AlignObject) changes.changes().get(1);
        assertThat(events.before()).isEmpty();
        assertThat(events.after().keySet()).containsExactly("new-b");
    }

    @Test
    void attributesThatTheDestinationHasBesidesAreKept() {
        TopicSettings found = topic(8).withType("NORMAL").withAttributes(Map.of("max.age", "9"));
        destination.with("order-events", found);
        Change.AlignObject align = (Change.AlignObject) plan("""
                batches:
                  - name: orders
                    topics: [{ name: order-events, type: NORMAL, queues: 12 }]
                """).changes().get(0);
        assertThat(align.after().get("new-a")).isEqualTo(found.withQueues(12));
        assertThat(align.inverse()).contains("queues shrink again only while the added ones are empty");
    }

    @Test
    void aTypeWithMessagesInItCannotChange() {
        destination.with("order-events", topic(4).withType("NORMAL"));
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: FIFO, queues: 4 }] }]\n";
        Situation situation = Situations.of(lines, source, destination);
        assertThat(Planner.inQuestion(situation)).containsExactly("order-events");

        assertThat(Planner.plan(situation).impossible())
                .describedAs("unknown is not zero")
                .extracting(Impossible::what)
                .allSatisfy(what -> assertThat(what).contains("holds an unknown number of messages"));
        assertThat(Planner.plan(situation.withQueueOffsets(held(3))).impossible())
                .extracting(Impossible::reason)
                .containsOnly(Reason.TYPE_HAS_MESSAGES);
        ChangeSet empty = Planner.plan(situation.withQueueOffsets(held(0)));
        assertThat(empty.impossible()).isEmpty();
        assertThat(((Change.AlignObject) empty.changes().get(0))
                        .after(TopicSettings.class)
                        .get("new-a")
                        .type())
                .isEqualTo("FIFO");
    }

    /** A topic with two types would take a message or refuse it, whichever master a client asks. */
    @Test
    void aMasterThatLacksATopicGetsWhatCannotChangeOnTheOthers() {
        TopicSettings found = topic(4).withType("FIFO").withAttributes(Map.of("queue.type", "BatchCQ"));
        destination.with("new-a", "order-events", found);
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: NORMAL, queues: 4 }] }]\n";
        ChangeSet changes =
                Planner.plan(Situations.of(lines, source, destination).withQueueOffsets(held(3)));
        assertThat(changes.impossible())
                .extracting(Impossible::reason)
                .containsExactlyInAnyOrder(Reason.TYPE_HAS_MESSAGES, Reason.FIXED_ATTRIBUTE);
        Change.AlignObject align = (Change.AlignObject) changes.changes().get(0);
        assertThat(align.after()).containsOnly(Map.entry("new-b", found));
    }

    @Test
    void queuesThatHoldMessagesCannotGo() {
        destination.with("order-events", topic(8).withType("NORMAL"));
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: NORMAL, queues: 4 }] }]\n";
        Situation situation = Situations.of(lines, source, destination);
        assertThat(Planner.inQuestion(situation)).containsExactly("order-events");
        ChangeSet full = Planner.plan(situation.withQueueOffsets(held(1)));
        assertThat(full.impossible()).extracting(Impossible::reason).containsOnly(Reason.QUEUES_HOLD_MESSAGES);
        assertThat(full.changes()).isEmpty();
        assertThat(full.unchanged()).isEmpty();
        Change.AlignObject shrink = (Change.AlignObject)
                Planner.plan(situation.withQueueOffsets(held(0))).changes().get(0);
        assertThat(shrink.after(TopicSettings.class).get("new-a").readQueues()).isEqualTo(4);
    }

    /** {@code count} messages in queue 5 of each master. */
    static QueueOffsets held(int count) {
        QueueOffsets.QueueRange range = new QueueOffsets.QueueRange(10, 10 + count);
        return new QueueOffsets(
                Map.of("order-events", Map.of(new QueueKey("new-a", 5), range, new QueueKey("new-b", 5), range)));
    }

    @Test
    void whatTheSourceDoesNotHaveIsToldWithWhatWasMeant() {
        ChangeSet changes = plan("""
                batches:
                  - name: orders
                    topics: [{ name: order-event, type: FIFO }]
                    groups: [{ name: audits, order: CONCURRENT }]
                """);
        assertThat(changes.impossible())
                .extracting(Impossible::what)
                .containsExactly(
                        "the source has no consumer group 'audits'; did you mean audit?",
                        "the source has no topic 'order-event'; did you mean order-events?");
    }

    @Test
    void aNameThatIsTakenByTheOtherKindIsTold() {
        destination.with("order-events", GroupSettings.DEFAULT).with("audit", topic(4));
        ChangeSet changes = plan(SHOP);
        assertThat(changes.impossible())
                .extracting(it -> it.subject().kind(), Impossible::reason)
                .containsExactly(
                        tuple(Subject.Kind.GROUP, Reason.NAME_TAKEN), tuple(Subject.Kind.TOPIC, Reason.NAME_TAKEN));
    }

    @Test
    void mixedTopicsNeedABrokerThatAllowsThem() {
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: MIXED }] }]\n";
        destination.setting("new-b", "enableMixedMessageType", "false");
        assertThat(plan(lines).impossible()).extracting(Impossible::reason).containsExactly(Reason.MIXED_NOT_ENABLED);
        destination.setting("new-b", "enableMixedMessageType", "true");
        assertThat(plan(lines).impossible()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5.3.3, 0", "5.4.0, 1"})
    void longGroupNamesAreRefusedFrom54On(String version, int refused) {
        String name = "g".repeat(121);
        ChangeSet changes = Planner.plan(Situations.of(
                "batches: [{ name: b, groups: [{ name: " + name + ", order: CONCURRENT }] }]\n",
                source.with(name, GroupSettings.DEFAULT),
                cluster("new", version, "new-a")));
        assertThat(changes.impossible()).hasSize(refused);
    }

    @Test
    void whatThePlanDoesNotNameIsCountedAndNeverTouched() {
        destination
                .with("somebody-elses", topic(4))
                .with("theirs", GroupSettings.DEFAULT)
                .with("TBW102", topic(8));
        source.with("forgotten", topic(4)).with("%RETRY%audit", topic(1));
        ChangeSet changes = plan(SHOP);
        assertThat(changes.unmanaged().topics()).containsExactly("somebody-elses");
        assertThat(changes.unmanaged().groups()).containsExactly("theirs");
        assertThat(changes.unplanned().topics()).containsExactly("forgotten");
        assertThat(changes.changes())
                .noneMatch(change -> change.subject().name().startsWith("somebody"));
    }

    @Test
    void theOrderOfThePlanDoesNotMatter() {
        String reversed = """
                # another order, other lines
                batches:
                  - name: orders
                    groups:
                      - { name: audit, order: CONCURRENT }
                      - { name: order-fulfilment, order: ORDERLY, retries: 3 }
                    topics:
                      - { name: user-events, type: NORMAL }
                      - { name: order-events, type: FIFO, queues: 4 }
                """;
        assertThat(text(reversed)).isEqualTo(text(SHOP));
    }

    @Test
    void theFingerprintFollowsWhatIsSelectedAndNothingElse() {
        String before = plan(SHOP).fingerprint();
        source.with("forgotten", topic(4));
        assertThat(plan(SHOP).fingerprint()).describedAs("another topic").isEqualTo(before);
        destination.with("new-a", "audit", group(CONCURRENT, 9));
        assertThat(plan(SHOP).fingerprint())
                .describedAs("the group at the destination")
                .isNotEqualTo(before);
    }

    @Test
    void aPartTakesInTheGroupsThatConsumeItsTopics() {
        ConsumerOffsets progress = new ConsumerOffsets(Map.of(
                "audit", Map.of("user-events", Map.of(new QueueKey("old-a", 0), 7L)),
                "order-fulfilment", Map.of("order-events", Map.of(new QueueKey("old-a", 0), 7L))));
        ChangeSet changes = Planner.plan(Situations.of(
                Plans.plan(SHOP),
                Selection.of(null, "user-*", null),
                source.build(),
                destination.build(),
                progress,
                QueueOffsets.NONE));
        assertThat(changes.partial()).isTrue();
        assertThat(changes.changes())
                .extracting(change -> change.subject().name())
                .containsExactly("audit", "user-events");
    }

    @Test
    void joiningComesFirstAndCreatesNothingWhileEverythingIsAtTheSource() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876").setting("old-b", "namesrvAddr", "10.0.0.11:9876");
        ChangeSet changes = plan("traffic: { routing: join }\n" + SHOP);
        assertThat(changes.changes()).hasSize(2).allSatisfy(change -> {
            assertThat(change).isInstanceOf(Change.RegisterBroker.class);
            assertThat(((Change.RegisterBroker) change).after()).isEqualTo("10.0.0.11:9876;new:9876");
        });
        assertThat(changes.unchanged()).describedAs("topics and groups").hasSize(4);
    }

    @Test
    void whoCannotBeJoinedFromOutsideIsTold() {
        ChangeSet old = Planner.plan(Situations.of(
                "traffic: { routing: join }\n" + SHOP,
                cluster("old", "4.9.3", "old-a")
                        .with("order-events", topic(8))
                        .with("user-events", topic(4))
                        .with("order-fulfilment", GroupSettings.DEFAULT)
                        .with("audit", GroupSettings.DEFAULT)
                        .setting("old-a", "namesrvAddr", "10.0.0.11:9876"),
                destination));
        assertThat(old.impossible()).extracting(Impossible::reason).containsExactly(Reason.JOIN_NEEDS_RESTART);
        assertThat(old.impossible().get(0).fix()).contains("namesrvAddr=10.0.0.11:9876;new:9876");
        assertThat(plan("traffic: { routing: join }\n" + SHOP).impossible())
                .extracting(Impossible::reason)
                .containsOnly(Reason.JOIN_BY_ADDRESS_SERVER);
    }

    /** A broker that has name servers of its own never asks an address server. */
    @Test
    void whoHasNameServersJoinsThoughItMayAskAnAddressServer() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876")
                .setting("old-a", "fetchNamesrvAddrByAddressServer", "true")
                .setting("old-b", "fetchNamesrvAddrByAddressServer", "true");
        ChangeSet changes = plan("traffic: { routing: join }\n" + SHOP);
        assertThat(changes.changes())
                .extracting(change -> change.subject().name())
                .containsExactly("old-a");
        assertThat(changes.impossible())
                .extracting(it -> it.subject().name(), Impossible::reason)
                .containsExactly(tuple("old-b", Reason.JOIN_BY_ADDRESS_SERVER));
    }

    /** Clients of a slave ask the name servers for it too, and it has settings of its own. */
    @Test
    void aSlaveJoinsAndLeavesByItself() {
        for (String broker : List.of("old-a", "old-b")) {
            source.setting(broker, "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876");
        }
        ServerVersion version = ServerVersion.of("4.9.7").orElseThrow();
        destination.nameServer("10.0.1.11:9876", source.build());
        source.replica(
                "old-a",
                new Broker.Replica(1, "old.old-a-s:10911", version, Map.of("namesrvAddr", "10.0.0.11:9876"), Map.of()));
        Change.RegisterBroker join = (Change.RegisterBroker)
                plan("traffic: { routing: join }\n" + SHOP).changes().get(0);
        assertThat(join.subject().name()).isEqualTo("old-a slave 1");
        assertThat(join.address()).isEqualTo("old.old-a-s:10911");
        assertThat(join.after()).isEqualTo("10.0.0.11:9876;10.0.1.11:9876");
        assertThat(plan("traffic: { routing: join }\n" + SHOP).changes()).hasSize(1);

        source.replica(
                "old-b",
                new Broker.Replica(1, "old.old-b-s:10911", version, Map.of("namesrvAddr", join.after()), Map.of()));
        arrived();
        assertThat(plan(COMPLETE).changes())
                .extracting(change -> change.subject().name())
                .describedAs("the slave that never joined has nothing to leave")
                .containsExactly("old-a", "old-b", "old-b slave 1");
    }

    /** Who only takes the last step with a join that was lost would cut off what is left at the source. */
    @Test
    void whatIsOnItsWayToTheEndNeedsTheJoin() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876").setting("old-b", "namesrvAddr", "10.0.0.11:9876");
        destination.with("order-events", topic(4).withType("FIFO").withAccess(Access.READ));
        assertThat(plan(COMPLETE).changes())
                .filteredOn(Change.RegisterBroker.class::isInstance)
                .hasSize(2);
    }

    /** Clients of the other plan find the source through the join only. */
    @Test
    void theJoinStaysWhileAnotherPlanNeedsIt() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                .setting("old-b", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876");
        destination.nameServer("10.0.1.11:9876", source.build());
        arrived();
        Situation situation = Situations.of(COMPLETE, source, destination);
        assertThat(Planner.plan(situation).changes())
                .filteredOn(Change.RegisterBroker.class::isInstance)
                .hasSize(2);
        MigrationRecord shared = new MigrationRecord(
                new TreeMap<>(), Map.of(), new TreeSet<>(), false, new TreeSet<>(List.of("mail-to-5x")), 0);
        assertThat(Planner.plan(Situations.recording(situation, shared)).changes())
                .isEmpty();
    }

    @Test
    void whoCannotLeaveFromOutsideIsTold() {
        source.version("old-a", "4.7.1").setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876");
        destination.nameServer("10.0.1.11:9876", source.build());
        arrived();
        ChangeSet changes = plan(COMPLETE);
        assertThat(changes.changes()).isEmpty();
        assertThat(changes.impossible())
                .extracting(it -> it.subject().name(), Impossible::reason)
                .containsExactly(
                        tuple("old-a", Reason.JOIN_NEEDS_RESTART), tuple("old-b", Reason.JOIN_BY_ADDRESS_SERVER));
        assertThat(changes.impossible().get(0).fix())
                .isEqualTo("Set namesrvAddr=10.0.0.11:9876 in its configuration and restart it.");
        assertThat(changes.impossible().get(1).fix())
                .startsWith("Let the address server tell it of the source's name servers only");
    }

    /** The plan calls the destination's name servers otherwise than the brokers' owners do. */
    @Test
    void whoKnowsTheDestinationByAnotherNameForgetsThatToo() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876;rocketmq5.internal:9876")
                .setting("old-b", "namesrvAddr", "10.0.0.11:9876");
        destination.nameServer("10.0.1.11:9876", source.build());
        arrived();
        ChangeSet changes = Planner.plan(Situations.of(
                Plans.whole("""
                        version: 1
                        name: names
                        source: { nameServers: ["10.0.0.11:9876"] }
                        destination:
                          nameServers: ["10.0.1.11:9876"]
                          clientAddresses: ["rocketmq5.internal:9876"]
                        """ + COMPLETE),
                Selection.ALL,
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE));
        assertThat(changes.changes())
                .extracting(
                        change -> ((Change.RegisterBroker) change).before(),
                        change -> ((Change.RegisterBroker) change).after())
                .containsExactly(
                        tuple("10.0.0.11:9876;rocketmq5.internal:9876", "10.0.0.11:9876"),
                        tuple("10.0.0.11:9876", "10.0.0.11:9876"));
    }

    @Test
    void whoHasLeftIsUnchanged() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876").setting("old-b", "namesrvAddr", "10.0.0.11:9876");
        arrived();
        ChangeSet changes = plan(COMPLETE);
        assertThat(changes.changes()).isEmpty();
        assertThat(changes.unchanged())
                .filteredOn(subject -> subject.kind() == Subject.Kind.BROKER)
                .hasSize(2);
    }

    /** Every topic at its last stage, and every group at the destination. */
    private void arrived() {
        source.with("order-events", topic(8).withAccess(Access.NONE))
                .with("user-events", topic(16).withAccess(Access.NONE));
        destination
                .with("order-events", topic(4).withType("FIFO"))
                .with("user-events", topic(16))
                .with("order-fulfilment", group(ORDERLY, 3))
                .with("audit", group(CONCURRENT, 5));
    }

    @Test
    void leavingTheSourceBringsTheTopicWithoutAccessAndItsGroups() {
        destination.nameServer("10.0.1.11:9876", source.build());
        ChangeSet changes =
                plan("traffic: { routing: join }\n" + SHOP.replace("topics:", "stage: read-both\n    topics:"));
        Change.AlignObject create = changes.changes().stream()
                .filter(change -> change.word().equals("create-topic"))
                .map(Change.AlignObject.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(create.after(TopicSettings.class).get("new-a").access()).isEqualTo(Access.NONE);
        assertThat(create.movers()).containsExactly("order-events");
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
    void withClientsThatConnectToBothEverythingComesAtOnceAndWithoutAccess() {
        ChangeSet changes = plan("traffic: { routing: client }\n" + SHOP);
        assertThat(changes.changes()).hasSize(4).noneMatch(Change.MoveTopic.class::isInstance);
        assertThat(((Change.AlignObject) changes.changes().get(2))
                        .after(TopicSettings.class)
                        .get("new-a")
                        .access())
                .isEqualTo(Access.NONE);
    }

    @Test
    void whatBrokersDisagreeOnIsFinishedAndStatesOfNobodyAreTold() {
        destination.nameServer("10.0.1.11:9876", source.build());
        destination
                .with("new-a", "order-events", topic(4).withType("FIFO").withAccess(Access.READ))
                .with("new-b", "order-events", topic(4).withType("FIFO").withAccess(Access.NONE))
                .with("user-events", topic(16).withAccess(Access.WRITE));
        ChangeSet changes = plan("traffic: { routing: join }\n" + SHOP);
        assertThat(changes.impossible()).extracting(Impossible::reason).containsExactly(Reason.FOREIGN_STATE);
        assertThat(changes.impossible().get(0).what())
                .contains("'user-events' stands at no stage: read and write in the source, write in the destination");
        assertThat(changes.changes())
                .filteredOn(Change.MoveTopic.class::isInstance)
                .singleElement()
                .satisfies(move -> assertThat(((Change.MoveTopic) move).rung().writes())
                        .containsExactly(new Rung.AccessChange(Side.DESTINATION, Access.NONE)));
    }

    /** It looks like a fence that is half closed; but nobody has begun one of a topic that has not left the source. */
    @Test
    void aFifoTopicThatSomebodyHasClosedAtTheSourceIsNotFinishedAsAFence() {
        source.with("order-events", topic(8).withAccess(Access.READ));
        destination.nameServer("10.0.1.11:9876", source.build());
        ChangeSet absent = plan("traffic: { routing: join }\n" + SHOP);
        assertThat(absent.impossible()).extracting(Impossible::reason).containsExactly(Reason.FOREIGN_STATE);
        assertThat(absent.changes()).noneMatch(Change.MoveTopic.class::isInstance);

        destination.with("order-events", topic(4).withType("FIFO").withAccess(Access.NONE));
        assertThat(plan("traffic: { routing: join }\n" + SHOP).changes())
                .describedAs("a fence may have been begun, as far as anybody remembers")
                .anyMatch(Change.MoveTopic.class::isInstance);
        SortedMap<String, MigrationRecord.RecordedObject> objects = new TreeMap<>(Map.of(
                SettingsHash.topicKey("order-events"),
                new MigrationRecord.RecordedObject(Optional.of(Stage.SOURCE), "as it was")));
        MigrationRecord recorded = new MigrationRecord(
                new TreeMap<>(Map.of("orders", new MigrationRecord.RecordedBatch(1, objects))),
                Map.of(),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                1);
        Situation back = Situations.recording(
                Situations.of("traffic: { routing: join }\n" + SHOP, source, destination), recorded);
        assertThat(Planner.plan(back).impossible())
                .extracting(Impossible::reason)
                .containsExactly(Reason.FOREIGN_STATE);
    }

    @Test
    void aCompletePlanLeavesTheJoinOnceEverythingHasArrived() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                .setting("old-b", "namesrvAddr", "10.0.0.12:9876;10.0.1.11:9876");
        destination.nameServer("10.0.1.11:9876", source.build());
        assertThat(plan(COMPLETE).changes())
                .describedAs("nothing has arrived")
                .noneMatch(Change.RegisterBroker.class::isInstance);

        arrived();
        assertThat(plan(COMPLETE).changes())
                .filteredOn(Change.RegisterBroker.class::isInstance)
                .extracting(change -> ((Change.RegisterBroker) change).after())
                .containsExactly("10.0.0.11:9876", "10.0.0.12:9876");
        Situation part = Situations.of(
                Plans.plan(COMPLETE),
                Selection.of("orders", null, null),
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE);
        assertThat(Planner.plan(part).changes())
                .describedAs("a part cannot tell")
                .isEmpty();
    }

    /** Who takes the stages out of a plan after the switch must not close what everybody uses by now. */
    @Test
    void aPlanWithoutStagesNeverTakesAccessAway() {
        source.with("order-events", topic(8).withAccess(Access.NONE))
                .with("old-a", "user-events", topic(4).withAccess(Access.READ))
                .with("old-b", "user-events", topic(16).withAccess(Access.WRITE));
        destination.with("order-events", topic(4).withType("FIFO"));
        ChangeSet changes = plan(SHOP);
        assertThat(changes.unchanged()).extracting(Subject::name).containsExactly("order-events");
        Change.AlignObject create = (Change.AlignObject) changes.changes().get(2);
        assertThat(create.after(TopicSettings.class).get("new-a").access())
                .describedAs("what one master of the source closes, the other may open")
                .isEqualTo(Access.READ_WRITE);
    }

    @Test
    void whatABrokerNeverChangesIsImpossibleAlsoWhereOnlyTheDestinationHasIt() {
        destination.with("user-events", topic(16).withAttributes(Map.of("cleanup.policy", "COMPACTION")));
        assertThat(plan(SHOP).impossible())
                .extracting(Impossible::what)
                .containsExactly(
                        "topic 'user-events' has cleanup.policy=DELETE in the source and COMPACTION on the"
                                + " destination's broker new-a, which a broker never changes",
                        "topic 'user-events' has cleanup.policy=DELETE in the source and COMPACTION on the"
                                + " destination's broker new-b, which a broker never changes");
    }

    @Test
    void aGroupIsNeededAtOnceWhereItsTopicIsThereAlready() {
        destination
                .nameServer("10.0.1.11:9876", source.build())
                .with("user-events", topic(16).withAccess(Access.READ));
        ConsumerOffsets progress =
                new ConsumerOffsets(Map.of("audit", Map.of("user-events", Map.of(new QueueKey("old-a", 0), 7L))));
        ChangeSet changes = Planner.plan(Situations.of(
                Plans.plan("traffic: { routing: join }\n"
                        + SHOP.replace("topics:", "stage: write-destination\n    topics:")),
                Selection.ALL,
                source.build(),
                destination.build(),
                progress,
                QueueOffsets.NONE));
        assertThat(changes.changes())
                .filteredOn(change -> change.subject().name().equals("audit"))
                .singleElement()
                .satisfies(change -> assertThat(change.movers()).isEmpty());
    }

    @Test
    void topicsThatBeginLikeTheClusterAreTopics() {
        destination.with("new_things", topic(1)).with("new_REPLY_TOPIC", topic(1));
        assertThat(plan(SHOP).unmanaged().topics()).containsExactly("new_things");
    }

    private ChangeSet plan(String lines) {
        return Planner.plan(Situations.of(lines, source, destination));
    }

    private String text(String lines) {
        Situation situation = Situations.of(lines, source, destination);
        return ChangeSetFile.text(Planner.plan(situation), situation);
    }

    @Test
    void tenThousandTopicsNeedNoSearching() {
        StringBuilder lines = new StringBuilder("batches:\n  - name: all\n    topics:\n");
        for (int i = 0; i < 10_000; i++) {
            lines.append("      - { name: topic-").append(i).append(", type: NORMAL }\n");
            source.with("topic-" + i, topic(8));
            destination.with("topic-" + i, i % 2 == 0 ? topic(8) : topic(4));
        }
        Map<String, Integer> kinds = new TreeMap<>();
        ChangeSet changes = plan(lines.toString());
        changes.changes().forEach(change -> kinds.merge(change.word(), 1, Integer::sum));
        assertThat(kinds).isEqualTo(Map.of("align-topic", 5_000));
        assertThat(changes.unchanged()).hasSize(5_000);
        assertThat(changes.changes().get(0).subject().name()).isEqualTo("topic-1");
    }
}
