package io.github.rocketmigrate.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A broker that leaves the join keeps a name server of the source: without one, its own cluster loses it. */
final class LastNameServersTest {
    private static final String OWN = "10.0.0.11:9876";
    private static final String THERE = "10.0.1.11:9876";
    /** What the plan calls an address of the destination. */
    private static final String MOVED = "mq.shop:9876";

    private final PlannedShop shop = new PlannedShop();
    private final ClusterFixture source = shop.source();
    private final ClusterFixture destination = shop.destination();

    @BeforeEach
    void joined() {
        source.nameServer(OWN).setting("old-b", "namesrvAddr", OWN + ";" + THERE);
        destination.nameServer(THERE, source.build());
    }

    @Test
    void aBrokerDoesNotLeaveWithoutAnyNameServer() {
        source.setting("old-a", "namesrvAddr", MOVED + ";" + THERE);
        shop.arrive();
        ChangeSet changes = plan();
        assertThat(leaving(changes)).containsExactly(tuple("old-b", OWN));
        assertThat(changes.impossible())
                .extracting(it -> it.subject().name(), Impossible::reason, Impossible::what, Impossible::fix)
                .containsExactly(tuple(
                        "old-a",
                        Cause.NO_NAME_SERVER_LEFT,
                        "the source's broker old-a (old.old-a:10911) would have no name server after it has left the"
                                + " join: by the plan, its namesrvAddr lists addresses of the destination only"
                                + " (mq.shop:9876, 10.0.1.11:9876)",
                        "If mq.shop:9876 belongs to the source, remove it from destination.clientAddresses. Otherwise"
                                + " give the broker the source's name servers first: mqadmin updateBrokerConfig -b"
                                + " old.old-a:10911 -k namesrvAddr -v '10.0.0.11:9876;10.0.1.11:9876'."));
    }

    @Test
    void aBrokerDoesNotLeaveWithoutANameServerOfTheSource() {
        source.setting("old-a", "namesrvAddr", "10.0.9.9:9876;" + MOVED + ";" + THERE);
        shop.arrive();
        ChangeSet changes = plan();
        assertThat(leaving(changes)).containsExactly(tuple("old-b", OWN));
        assertThat(changes.impossible())
                .extracting(Impossible::reason, Impossible::what)
                .containsExactly(tuple(
                        Cause.NO_NAME_SERVER_LEFT,
                        "the source's broker old-a (old.old-a:10911) would keep only 10.0.9.9:9876 after it has left"
                                + " the join, which is not known as a name server of the source"));
    }

    @Test
    void anAddressThatNowLeadsToTheDestinationIsNoNameServerOfTheSource() {
        PlannedShop moved = new PlannedShop();
        moved.destination().nameServer(THERE, source.build());
        moved.source()
                .nameServer(MOVED, destination.build())
                .setting("old-a", "namesrvAddr", MOVED + ";" + THERE)
                .setting("old-b", "namesrvAddr", MOVED);
        moved.arrive();
        ChangeSet changes = moved.plan(PlannedShop.COMPLETE);
        assertThat(leaving(changes)).isEmpty();
        assertThat(changes.impossible())
                .extracting(it -> it.subject().name(), Impossible::reason, Impossible::fix)
                .containsExactly(
                        tuple(
                                "old-a",
                                Cause.NO_NAME_SERVER_LEFT,
                                "Set source.nameServers to the source's own name servers: mq.shop:9876 lists brokers of"
                                        + " the destination."),
                        tuple(
                                "old-b",
                                Cause.NO_NAME_SERVER_LEFT,
                                "Set source.nameServers to the source's own name servers: mq.shop:9876 lists brokers of"
                                        + " the destination."));
    }

    /** The source's name server lists the broker, so it is behind the address that is left. */
    @Test
    void theBrokerMayKnowTheSourceByAnotherAddressThanThePlan() {
        source.setting("old-a", "namesrvAddr", "mq-old.shop:9876;" + THERE);
        shop.arrive();
        ChangeSet changes = plan();
        assertThat(changes.impossible()).isEmpty();
        assertThat(leaving(changes)).containsExactly(tuple("old-a", "mq-old.shop:9876"), tuple("old-b", OWN));
    }

    @Test
    void topicsOnTheirWayDoNotWaitForThat() {
        source.setting("old-a", "namesrvAddr", MOVED + ";" + THERE);
        ChangeSet changes = plan();
        assertThat(changes.impossible()).isEmpty();
        assertThat(leaving(changes)).containsExactly(tuple("old-b", OWN));
    }

    private ChangeSet plan() {
        return Planner.plan(Situations.of(
                Plans.whole("""
                        version: 1
                        name: moved
                        source: { nameServers: ["10.0.0.11:9876"] }
                        destination: { nameServers: ["10.0.1.11:9876"], clientAddresses: ["mq.shop:9876"] }
                        """ + PlannedShop.COMPLETE),
                Selection.ALL,
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE));
    }

    private static List<Tuple> leaving(ChangeSet changes) {
        return changes.changes().stream()
                .filter(Change::leavesJoin)
                .map(change -> tuple(change.subject().name(), ((RegisterBroker) change).after()))
                .toList();
    }
}
