package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Brokers that do not take their name servers from their setting: nothing is written, and the plan names the lever. */
final class JoinByOwnersTest {
    private static final String OWN = "10.0.0.11:9876";
    private static final String THERE = "10.0.1.11:9876";
    private static final String JOIN = "traffic: { routing: join }\n" + topics("source");
    private static final String COMPLETE = "traffic: { routing: join, complete: true }\n" + topics("destination");
    private static final String ASKS_ADDRESS_SERVER = "fetchNamesrvAddrByAddressServer";
    private static final String ASKS_DNS = "fetchNameSrvAddrByDnsLookup";
    private static final String WAITS_TO_JOIN =
            " A run with -Dmigrate.wait=15m waits until every name server of the destination lists old-a.";

    private String clientAddresses = "[]";

    private static String topics(String stage) {
        return """
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: clicks, type: NORMAL }]
                """.formatted(stage);
    }

    private static ClusterFixture source(String version) {
        return cluster("old", version, "old-a").with("clicks", topic(4)).nameServer(OWN);
    }

    /** The only thing to do is for the owners of the broker. */
    private Impossible only(ClusterFixture source, String plan) {
        return only(source, plan, cluster("new", "5.5.0", "new-a").nameServer(THERE));
    }

    private Impossible only(ClusterFixture source, String plan, ClusterFixture destination) {
        ChangeSet changes = plan(source, plan, destination);
        assertThat(changes.changes()).isEmpty();
        assertThat(changes.impossible()).hasSize(1);
        return changes.impossible().get(0);
    }

    private ChangeSet plan(ClusterFixture source, String plan, ClusterFixture destination) {
        return Planner.plan(Situations.of(
                Plans.whole("""
                        version: 1
                        name: levers
                        source: { nameServers: ["10.0.0.11:9876"] }
                        destination: { nameServers: ["10.0.1.11:9876"], clientAddresses: %s }
                        """.formatted(clientAddresses) + plan),
                Selection.ALL,
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE));
    }

    private static ClusterFixture arrived(ClusterFixture source) {
        return source.with("clicks", topic(4).withAccess(Access.NONE));
    }

    private static ClusterFixture destinationOf(ClusterFixture joined) {
        return cluster("new", "5.5.0", "new-a")
                .with("clicks", topic(4).withType("NORMAL"))
                .nameServer(THERE, joined.build());
    }

    @Test
    void theAnswerOfTheAddressServerIsExtendedEvenForBrokersThatNeverReadTheirSettingAgain() {
        Impossible one = only(
                source("4.7.1")
                        .setting("old-a", ASKS_ADDRESS_SERVER, "true")
                        .setting("old-a", "rmqAddressServerDomain", "names.shop"),
                JOIN);
        assertThat(one.reason()).isEqualTo(Cause.JOIN_BY_ADDRESS_SERVER);
        assertThat(one.what())
                .isEqualTo("the source's broker old-a asks the address server http://names.shop:8080/rocketmq/nsaddr"
                        + " for its name servers");
        assertThat(one.fix())
                .isEqualTo("Once the checks of the join pass, add 10.0.1.11:9876 to its answer." + WAITS_TO_JOIN);
        assertThat(one.byHand()).isEqualTo(Optional.of(Purpose.JOIN));
    }

    @Test
    void portAndSubgroupOfTheAddressServerAreTheConfiguredOnes() {
        Impossible one = only(
                source("5.1.4")
                        .setting("old-a", ASKS_ADDRESS_SERVER, "true")
                        .setting("old-a", "rmqAddressServerDomain", "names.shop:80")
                        .setting("old-a", "rmqAddressServerSubGroup", "nsaddr4broker"),
                JOIN);
        assertThat(one.what()).contains("http://names.shop:80/rocketmq/nsaddr4broker");
    }

    @Test
    void onTheWayOutTheAnswerKeepsTheSourcesOwn() {
        ClusterFixture source = arrived(source("4.9.7")).setting("old-a", ASKS_ADDRESS_SERVER, "true");
        Impossible one = only(source, COMPLETE, destinationOf(source));
        assertThat(one.reason()).isEqualTo(Cause.JOIN_BY_ADDRESS_SERVER);
        assertThat(one.what()).contains("http://jmenv.tbsite.net:8080/rocketmq/nsaddr");
        assertThat(one.fix())
                .isEqualTo("Remove 10.0.1.11:9876 from its answer, and keep 10.0.0.11:9876. A run with"
                        + " -Dmigrate.wait=15m waits until no name server of the destination lists old-a anymore.");
        assertThat(one.byHand()).isEqualTo(Optional.of(Purpose.LEAVE_JOIN));
    }

    /** A list of addresses in place of the name would leave the broker without any name server. */
    @Test
    void theNameThatABrokerAsksDnsForGetsMoreAddresses() {
        Impossible one = only(
                source("5.1.4").setting("old-a", "namesrvAddr", "mq.shop:9876").setting("old-a", ASKS_DNS, "true"),
                JOIN);
        assertThat(one.reason()).isEqualTo(Cause.JOIN_BY_DNS);
        assertThat(one.what())
                .isEqualTo("the source's broker old-a asks DNS for its name servers, all addresses of mq.shop");
        assertThat(one.fix())
                .isEqualTo(
                        "Once the checks of the join pass, add 10.0.1.11 to the addresses of mq.shop." + WAITS_TO_JOIN);
    }

    @Test
    void dnsCannotNameNameServersAtAnotherPort() {
        Impossible one = only(
                source("5.1.4").setting("old-a", "namesrvAddr", "mq.shop:9999").setting("old-a", ASKS_DNS, "true"),
                JOIN);
        assertThat(one.fix())
                .startsWith("DNS cannot name 10.0.1.11:9876, because the port of mq.shop is 9999. Turn DNS off, and set"
                        + " the list at once: mqadmin updateBrokerConfig -b old.old-a:10911 -k"
                        + " fetchNameSrvAddrByDnsLookup -v false and mqadmin updateBrokerConfig -b old.old-a:10911 -k"
                        + " namesrvAddr -v '10.0.0.11:9876'. Then plan again.");
    }

    @Test
    void olderBrokersDoNotKnowDns() {
        ChangeSet changes = plan(
                source("4.9.7").setting("old-a", "namesrvAddr", OWN).setting("old-a", ASKS_DNS, "true"),
                JOIN,
                cluster("new", "5.5.0", "new-a").nameServer(THERE));
        assertThat(changes.impossible()).isEmpty();
        assertThat(changes.changes()).hasSize(1);
    }

    @Test
    void onTheWayOutTheNameLosesTheAddresses() {
        ClusterFixture source = arrived(source("5.1.4"))
                .setting("old-a", "namesrvAddr", "mq.shop:9876")
                .setting("old-a", ASKS_DNS, "true");
        Impossible one = only(source, COMPLETE, destinationOf(source));
        assertThat(one.reason()).isEqualTo(Cause.JOIN_BY_DNS);
        assertThat(one.fix()).startsWith("Remove 10.0.1.11 from the addresses of mq.shop. A run with");
    }

    @Test
    void aNameThatWasMovedToTheDestinationIsNotLeftToTheBroker() {
        clientAddresses = "[\"mq.shop:9876\"]";
        ClusterFixture source = arrived(source("5.1.4"))
                .setting("old-a", "namesrvAddr", "mq.shop:9876")
                .setting("old-a", ASKS_DNS, "true");
        Impossible one = only(source, COMPLETE, destinationOf(source));
        assertThat(one.reason()).isEqualTo(Cause.NO_NAME_SERVER_LEFT);
        assertThat(one.fix())
                .isEqualTo(
                        "If mq.shop:9876 belongs to the source, remove it from destination.clientAddresses. Otherwise"
                                + " give the broker the source's name servers first. Turn DNS off, and set the list at once:"
                                + " mqadmin updateBrokerConfig -b old.old-a:10911 -k fetchNameSrvAddrByDnsLookup -v false and"
                                + " mqadmin updateBrokerConfig -b old.old-a:10911 -k namesrvAddr -v '10.0.0.11:9876'.");
    }

    @Test
    void brokersThatHaveLeftAreUnchanged() {
        ClusterFixture there = cluster("new", "5.5.0", "new-a")
                .with("clicks", topic(4).withType("NORMAL"))
                .nameServer(THERE);
        ClusterFixture byDns = arrived(source("5.1.4"))
                .setting("old-a", "namesrvAddr", "mq.shop:9876")
                .setting("old-a", ASKS_DNS, "true");
        ClusterFixture byAddressServer = arrived(source("4.9.7")).setting("old-a", ASKS_ADDRESS_SERVER, "true");
        assertThat(plan(byDns, COMPLETE, there).impossible()).isEmpty();
        assertThat(plan(byAddressServer, COMPLETE, there).impossible()).isEmpty();
    }

    @Test
    void aBrokerThatReportsNothingIsRestartedWithAList() {
        Impossible one = only(source("5.1.4"), JOIN);
        assertThat(one.reason()).isEqualTo(Cause.JOIN_NEEDS_RESTART);
        assertThat(one.what())
                .isEqualTo(
                        "the source's broker old-a reports neither name servers nor an address server in its settings");
        assertThat(one.fix())
                .isEqualTo("Once the checks of the join pass, set namesrvAddr=10.0.0.11:9876;10.0.1.11:9876 in its"
                        + " configuration and restart it." + WAITS_TO_JOIN);
    }
}
