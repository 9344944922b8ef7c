package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Name servers that brokers register with and that the plan leaves out. */
final class NameServersPlannedTest extends ClusterStory {
    private static final String FIRST = "10.0.0.11:9876";
    private static final String SECOND = "10.0.0.12:9876";
    private static final String THERE = "10.0.1.11:9876";

    NameServersPlannedTest() {
        super(new NameServersPlanned());
    }

    @Test
    void aNameServerThatThePlanLeavesOutIsNamed() {
        source.nameServer(FIRST).setting("old-a", "namesrvAddr", FIRST + ";" + SECOND);
        Verdict verdict = judge();
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what())
                .isEqualTo("the source's broker old-a (old.old-a:10911) registers with 10.0.0.12:9876, which the plan"
                        + " does not list");
        assertThat(((Failed) verdict).fix())
                .isEqualTo("Add 10.0.0.12:9876 to source.nameServers. If this name server is gone, remove it from the"
                        + " broker: mqadmin updateBrokerConfig -b old.old-a:10911 -k namesrvAddr -v '10.0.0.11:9876'.");
        source.nameServer(SECOND);
        assertThat(judge()).isInstanceOf(Passed.class);
    }

    @Test
    void brokersWithTheSameNameServersAreNamedTogether() {
        ClusterFixture two = cluster("new", "5.5.0", "new-a", "new-b")
                .nameServer(THERE)
                .setting("new-a", "namesrvAddr", THERE + ";10.0.1.12:9876")
                .setting("new-b", "namesrvAddr", "10.0.1.12:9876;" + THERE);
        assertThat(judge(source, two).what())
                .isEqualTo("the destination's brokers new-a (new.new-a:10911), new-b (new.new-b:10911) register with"
                        + " 10.0.1.12:9876, which the plan does not list");
    }

    /** Behind it are two name servers, and each request reaches one of them. */
    @Test
    void aVirtualAddressIsOneNameServerAtMost() {
        source.nameServer("mq.shop:9876").setting("old-a", "namesrvAddr", FIRST + ";" + SECOND);
        Verdict verdict = judge();
        assertThat(verdict.what())
                .isEqualTo("the source's broker old-a (old.old-a:10911) registers with 10.0.0.11:9876, 10.0.0.12:9876,"
                        + " of which the plan's mq.shop:9876 can be 1 at most");
        assertThat(((Failed) verdict).fix())
                .isEqualTo("List all of them in source.nameServers, instead of mq.shop:9876.");
    }

    @Test
    void oneNameServerUnderTwoAddressesIsNotHeldAgainstThePlan() {
        source.nameServer("mq.shop:9876").setting("old-a", "namesrvAddr", FIRST);
        assertThat(judge())
                .isEqualTo(
                        new Passed(
                                "no name server is known to be missing from the plan; not compared: old-a lists"
                                        + " 10.0.0.11:9876, which may be the plan's mq.shop:9876; new-a, new-b report no name servers"));
    }

    /** The name may have addresses that the plan does not list, so the plan's do not explain it. */
    @Test
    void aNameThatABrokerAsksDnsForIsNotCompared() {
        ClusterFixture byDns = cluster("old", "5.1.4", "old-a", "old-b")
                .nameServer(FIRST)
                .setting("old-a", "namesrvAddr", "mq.shop:9876")
                .setting("old-a", "fetchNameSrvAddrByDnsLookup", "true")
                .setting("old-b", "namesrvAddr", FIRST);
        assertThat(judge(byDns, destination))
                .isEqualTo(new Passed("no name server is known to be missing from the plan; not compared: new-a, new-b"
                        + " report no name servers; old-a asks DNS for mq.shop:9876"));
    }

    /** A name server that does not list the broker is not one that the broker knows by another address. */
    @Test
    void anAddressOfThePlanThatDoesNotListTheBrokerExplainsNothing() {
        source.nameServer(FIRST)
                .nameServer(ClusterFixture.serving("10.0.0.13:9876"))
                .setting("old-a", "namesrvAddr", FIRST + ";" + SECOND);
        assertThat(judge().what()).contains("registers with 10.0.0.12:9876, which the plan does not list");
    }

    /** After the join, the source's brokers register with the destination's name servers too. */
    @Test
    void nameServersOfTheDestinationAreKnown() {
        source.nameServer(FIRST).setting("old-a", "namesrvAddr", FIRST + ";" + THERE + ";mq5.shop:9876;10.0.1.12:9876");
        destination
                .nameServer(THERE, source.build())
                .nameServer("mq-new:9876")
                .setting("new-a", "namesrvAddr", "10.0.1.12:9876");
        assertThat(judge(Situations.of(
                        Plans.whole("""
                                version: 1
                                name: joined
                                source: { nameServers: ["10.0.0.11:9876"] }
                                destination: { nameServers: ["10.0.1.11:9876"], clientAddresses: ["mq5.shop:9876"] }
                                """ + ONE),
                        Selection.ALL,
                        source.build(),
                        destination.build(),
                        ConsumerOffsets.NONE,
                        QueueOffsets.NONE)))
                .isInstanceOf(Passed.class);
    }

    @Test
    void aSlaveHasItsOwnNameServers() {
        source.nameServer(FIRST)
                .setting("old-a", "namesrvAddr", FIRST)
                .replica(
                        "old-a",
                        new Broker.Replica(
                                1,
                                "old.old-a-s:10911",
                                ServerVersion.of("4.9.7").orElseThrow(),
                                Map.of("namesrvAddr", FIRST + ";" + SECOND),
                                Map.of()));
        assertThat(judge().what())
                .isEqualTo("the source's broker old-a slave 1 (old.old-a-s:10911) registers with 10.0.0.12:9876, which"
                        + " the plan does not list");
    }

    @Test
    void theWayBackAndTheOpeningOfAFenceStayOpen() {
        assertThat(new NameServersPlanned().before())
                .contains(Purpose.CLOSE_FENCE, Purpose.LEAVE_JOIN)
                .doesNotContain(Purpose.BACK, Purpose.OPEN_FENCE, Purpose.OPEN_REVERSE_FENCE, Purpose.FINISH);
    }
}
