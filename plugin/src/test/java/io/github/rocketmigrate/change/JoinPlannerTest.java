package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Plans which brokers join the name servers of the destination, and when they leave. */
final class JoinPlannerTest {
    private final PlannedShop shop = new PlannedShop();
    private final ClusterFixture source = shop.source();
    private final ClusterFixture destination = shop.destination();

    @Test
    void joinsFirstAndCreatesNothingWhileEveryTopicIsAtTheSource() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876").setting("old-b", "namesrvAddr", "10.0.0.11:9876");
        ChangeSet changes = shop.plan("traffic: { routing: join }\n" + PlannedShop.PLAN);
        assertThat(changes.changes()).hasSize(2).allSatisfy(change -> {
            assertThat(change).isInstanceOf(Change.RegisterBroker.class);
            assertThat(((Change.RegisterBroker) change).after()).isEqualTo("10.0.0.11:9876;new:9876");
        });
        assertThat(changes.unchanged()).describedAs("topics and groups").hasSize(4);
    }

    @Test
    void reportsBrokersThatCannotJoinWithoutTheirOwners() {
        ChangeSet old = Planner.plan(Situations.of(
                "traffic: { routing: join }\n" + PlannedShop.PLAN,
                cluster("old", "4.9.3", "old-a")
                        .with("order-events", topic(8))
                        .with("user-events", topic(4))
                        .with("order-fulfilment", GroupSettings.DEFAULT)
                        .with("audit", GroupSettings.DEFAULT)
                        .setting("old-a", "namesrvAddr", "10.0.0.11:9876"),
                destination));
        assertThat(old.impossible()).extracting(Impossible::reason).containsExactly(Cause.JOIN_NEEDS_RESTART);
        assertThat(old.impossible().get(0).fix()).contains("namesrvAddr=10.0.0.11:9876;new:9876");
        source.setting("old-a", "fetchNamesrvAddrByAddressServer", "true")
                .setting("old-b", "fetchNamesrvAddrByAddressServer", "true");
        assertThat(shop.plan("traffic: { routing: join }\n" + PlannedShop.PLAN).impossible())
                .extracting(Impossible::reason)
                .containsOnly(Cause.JOIN_BY_ADDRESS_SERVER);
    }

    @Test
    void joinsABrokerThatHasNameServersEvenIfItMayAskAnAddressServer() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876")
                .setting("old-a", "fetchNamesrvAddrByAddressServer", "true")
                .setting("old-b", "fetchNamesrvAddrByAddressServer", "true");
        ChangeSet changes = shop.plan("traffic: { routing: join }\n" + PlannedShop.PLAN);
        assertThat(changes.changes())
                .extracting(change -> change.subject().name())
                .containsExactly("old-a");
        assertThat(changes.impossible())
                .extracting(it -> it.subject().name(), Impossible::reason)
                .containsExactly(tuple("old-b", Cause.JOIN_BY_ADDRESS_SERVER));
    }

    /** Clients get the address of a slave from the name servers too, and a slave has its own settings. */
    @Test
    void joinsAndLeavesSlavesOneByOne() {
        for (String broker : List.of("old-a", "old-b")) {
            source.setting(broker, "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876");
        }
        ServerVersion version = ServerVersion.of("4.9.7").orElseThrow();
        destination.nameServer("10.0.1.11:9876", source.build());
        source.replica(
                "old-a",
                new Broker.Replica(1, "old.old-a-s:10911", version, Map.of("namesrvAddr", "10.0.0.11:9876"), Map.of()));
        Change.RegisterBroker join =
                (Change.RegisterBroker) shop.plan("traffic: { routing: join }\n" + PlannedShop.PLAN)
                        .changes()
                        .get(0);
        assertThat(join.subject().name()).isEqualTo("old-a slave 1");
        assertThat(join.address()).isEqualTo("old.old-a-s:10911");
        assertThat(join.after()).isEqualTo("10.0.0.11:9876;10.0.1.11:9876");
        assertThat(shop.plan("traffic: { routing: join }\n" + PlannedShop.PLAN).changes())
                .hasSize(1);

        source.replica(
                "old-b",
                new Broker.Replica(1, "old.old-b-s:10911", version, Map.of("namesrvAddr", join.after()), Map.of()));
        shop.arrive();
        assertThat(shop.plan(PlannedShop.COMPLETE).changes())
                .extracting(change -> change.subject().name())
                .describedAs("the slave that never joined has nothing to leave")
                .containsExactly("old-a", "old-b", "old-b slave 1");
    }

    /** The last step without the join would cut clients off from the messages that are left at the source. */
    @Test
    void restoresALostJoinBeforeTheLastStep() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876").setting("old-b", "namesrvAddr", "10.0.0.11:9876");
        destination.with("order-events", topic(4).withType("FIFO").withAccess(Access.READ));
        assertThat(shop.plan(PlannedShop.COMPLETE).changes())
                .filteredOn(Change.RegisterBroker.class::isInstance)
                .extracting(change -> change.subject().name() + " " + change.word(), Change::inverse)
                .describedAs("each broker joins, and leaves what it has joined at the end")
                .containsExactly(
                        tuple(
                                "old-a join-broker",
                                "run mqadmin updateBrokerConfig -b old.old-a:10911 -k namesrvAddr -v"
                                        + " '10.0.0.11:9876'"),
                        tuple(
                                "old-a leave-broker",
                                "run mqadmin updateBrokerConfig -b old.old-a:10911 -k namesrvAddr -v"
                                        + " '10.0.0.11:9876;new:9876'"),
                        tuple(
                                "old-b join-broker",
                                "run mqadmin updateBrokerConfig -b old.old-b:10911 -k namesrvAddr -v"
                                        + " '10.0.0.11:9876'"),
                        tuple(
                                "old-b leave-broker",
                                "run mqadmin updateBrokerConfig -b old.old-b:10911 -k namesrvAddr -v"
                                        + " '10.0.0.11:9876;new:9876'"));
    }

    /** Clients of the other plan find the source only through the join. */
    @Test
    void keepsTheJoinWhileAnotherPlanNeedsIt() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                .setting("old-b", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876");
        destination.nameServer("10.0.1.11:9876", source.build());
        shop.arrive();
        Situation situation = Situations.of(PlannedShop.COMPLETE, source, destination);
        assertThat(Planner.plan(situation).changes())
                .filteredOn(Change.RegisterBroker.class::isInstance)
                .hasSize(2);
        MigrationRecord shared = new MigrationRecord(
                new TreeMap<>(), Map.of(), new TreeSet<>(), false, new TreeSet<>(List.of("mail-to-5x")), 0);
        ChangeSet kept = Planner.plan(Situations.recording(situation, shared));
        assertThat(kept.changes()).isEmpty();
        assertThat(kept.unchanged()).extracting(Subject::name).contains("old-a", "old-b");
    }

    @Test
    void reportsBrokersThatCannotLeaveWithoutTheirOwners() {
        source.version("old-a", "4.7.1")
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                .setting("old-b", "fetchNamesrvAddrByAddressServer", "true");
        destination.nameServer("10.0.1.11:9876", source.build());
        shop.arrive();
        ChangeSet changes = shop.plan(PlannedShop.COMPLETE);
        assertThat(changes.changes()).isEmpty();
        assertThat(changes.impossible())
                .extracting(it -> it.subject().name(), Impossible::reason)
                .containsExactly(
                        tuple("old-a", Cause.JOIN_NEEDS_RESTART), tuple("old-b", Cause.JOIN_BY_ADDRESS_SERVER));
        assertThat(changes.impossible().get(0).fix())
                .startsWith("Set namesrvAddr=10.0.0.11:9876 in its configuration and restart it.");
        assertThat(changes.impossible().get(1).fix()).startsWith("Remove 10.0.1.11:9876 from its answer");
    }

    /** The plan and the owners of the brokers use different addresses for the destination. */
    @Test
    void removesTheOtherAddressesOfTheDestinationToo() {
        source.nameServer("10.0.0.11:9876")
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876;rocketmq5.internal:9876")
                .setting("old-b", "namesrvAddr", "10.0.0.11:9876");
        destination.nameServer("10.0.1.11:9876", source.build());
        shop.arrive();
        ChangeSet changes = Planner.plan(Situations.of(
                Plans.whole("""
                        version: 1
                        name: names
                        source: { nameServers: ["10.0.0.11:9876"] }
                        destination:
                          nameServers: ["10.0.1.11:9876"]
                          clientAddresses: ["rocketmq5.internal:9876"]
                        """ + PlannedShop.COMPLETE),
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
    void leavesBrokersThatHaveLeftUnchanged() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876").setting("old-b", "namesrvAddr", "10.0.0.11:9876");
        shop.arrive();
        ChangeSet changes = shop.plan(PlannedShop.COMPLETE);
        assertThat(changes.changes()).isEmpty();
        assertThat(changes.unchanged())
                .filteredOn(subject -> subject.kind() == Subject.Kind.BROKER)
                .hasSize(2);
    }

    @Test
    void plansTheEndOfTheJoinBeforeTopicsHaveArrived() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                .setting("old-b", "namesrvAddr", "10.0.0.12:9876;10.0.1.11:9876");
        destination.nameServer("10.0.1.11:9876", source.build());
        assertThat(shop.plan(PlannedShop.COMPLETE).changes())
                .describedAs("nothing has arrived")
                .filteredOn(Change::leavesJoin)
                .hasSize(2);
        source.version("old-a", "4.9.3");
        ChangeSet byHand = shop.plan(PlannedShop.COMPLETE);
        assertThat(byHand.impossible()).describedAs("not due while topics move").isEmpty();
        assertThat(byHand.changes())
                .filteredOn(Change::leavesJoin)
                .extracting(change -> change.subject().name())
                .containsExactly("old-b");
        source.version("old-a", "4.9.7");

        shop.arrive();
        assertThat(shop.plan(PlannedShop.COMPLETE).changes())
                .filteredOn(Change.RegisterBroker.class::isInstance)
                .extracting(change -> ((Change.RegisterBroker) change).after())
                .containsExactly("10.0.0.11:9876", "10.0.0.12:9876");
        Situation part = Situations.of(
                Plans.plan(PlannedShop.COMPLETE),
                Selection.of("orders", null, null),
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE);
        assertThat(Planner.plan(part).changes())
                .describedAs("a part cannot tell")
                .isEmpty();
    }
}
