package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Name servers of the clients of a topic. */
final class ConsumersSwitchedTest extends StepStory {
    ConsumersSwitchedTest() {
        super(new ConsumersSwitched());
    }

    @Test
    void clientsOfTheDestinationsNameServersHaveSwitched() {
        passes(judge(LEAVE), "no group consumes the topic");
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .consumes(DESTINATION, "audit", TOPIC, "a@1")
                .uses("audit", "a@1", NEW_SERVER)
                .uses("audit", "a@2", "10.0.1.11:9876 ")
                .offset(SOURCE, "gone", TOPIC, "old-a", 0, 3);
        passes(judge(LEAVE), "2 of 2 clients of audit use the destination");
    }

    @Test
    void twoNamesOfOneAddressAreOneNameServer() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .uses("audit", "a@1", "mq.shop:9876")
                .isAt("mq.shop:9876", "10.0.1.11:9876")
                .isAt(NEW_SERVER, "10.0.1.11:9876");
        assertThat(judge(LEAVE).word()).isEqualTo("passed");
    }

    @Test
    void clientsThatHaveNotSwitchedAreNamed() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2", "a@3")
                .uses("audit", "a@1", OLD_SERVER)
                .uses("audit", "a@2", NEW_SERVER)
                .uses("audit", "a@3", NEW_SERVER, OLD_SERVER);
        fails(judge(LEAVE), "2 of 3 clients of audit still use 10.0.0.11:9876: a@1, a@3");
        assertThat(((Failed) judge(LEAVE)).fix())
                .describedAs("before the join, a client of the destination's name servers would not see the topic")
                .isEqualTo("Apply the join first. Then configure them to use only the destination's name servers"
                        + " (10.0.1.11:9876), and restart them.");
    }

    @Test
    void afterTheJoinClientsCanSwitch() {
        destination.nameServer(NEW_SERVER, source.build());
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1").uses("audit", "a@1", OLD_SERVER);
        assertThat(((Failed) judge(LEAVE)).fix())
                .isEqualTo("Configure it to use only the destination's name servers (10.0.1.11:9876), and restart it.");
    }

    /** With an old image, perhaps: from then on it shares no queues with the rest of its group. */
    @Test
    void aClientThatReturnsToTheOldEndpointStopsEachStepForward() {
        destination.nameServer(NEW_SERVER, source.build());
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .uses("audit", "a@1", NEW_SERVER)
                .uses("audit", "a@2", OLD_SERVER);
        for (Rung rung : List.of(LEAVE, FENCE, LAST)) {
            assertThat(new ConsumersSwitched().before()).contains(rung.purpose().orElseThrow());
            fails(judge(rung), "1 of 2 clients of audit still uses 10.0.0.11:9876: a@2");
        }
        assertThat(new ConsumersSwitched().before())
                .doesNotContain(Purpose.BACK, Purpose.FINISH, Purpose.OPEN_SOURCE, Purpose.OPEN_REVERSE_FENCE);
    }

    @Test
    void aGroupThatFailsHidesNeitherAnOfflineGroupNorOneThatHasSwitched() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .uses("audit", "a@1", OLD_SERVER)
                .uses("audit", "a@2", NEW_SERVER)
                .subscribes(SOURCE, "billing", TOPIC)
                .consumes(SOURCE, "mail", TOPIC, "m@1")
                .uses("mail", "m@1", NEW_SERVER);
        fails(
                judge(LEAVE),
                "1 failed: 1 of 2 clients of audit still uses 10.0.0.11:9876: a@1;"
                        + " 1 unknown: group billing is offline, so its name servers are unknown; 1 passed: mail");
    }

    @Test
    void offlineGroupsAndSilentClientsAreUnknown() {
        traffic.subscribes(SOURCE, "audit", TOPIC)
                .consumes(SOURCE, "mail", TOPIC, "m@1", "m@2")
                .uses("mail", "m@1", NEW_SERVER)
                .isSilent("mail", "m@2", "it did not answer within 5 s");
        Verdict verdict = judge(LEAVE);
        assertThat(verdict.word()).isEqualTo("unknown");
        assertThat(verdict.what())
                .isEqualTo("group audit is offline, so its name servers are unknown; 1 of 2 clients of mail did not"
                        + " report name servers: m@2 (it did not answer within 5 s)");
    }

    /** No broker lists them; before, such a group was called offline. */
    @Test
    void clientsBehindAProxyUseTheClusterOfTheProxy() {
        destination.nameServer(NEW_SERVER, source.build());
        traffic.subscribes(SOURCE, "audit", TOPIC)
                .isBehindProxy(DESTINATION, "audit", TOPIC, "web-1@321@0@x2lqkfwd9", "10.0.1.30");
        passes(judge(LEAVE), "1 of 1 client of audit uses the destination");
        traffic.isBehindProxy(SOURCE, "audit", TOPIC, "web-2@321@0@x2lqkfwd9", "10.0.0.30");
        fails(judge(LEAVE), "1 of 2 clients of audit still uses the proxy 10.0.0.30: web-2@321@0@x2lqkfwd9");
        assertThat(((Failed) judge(LEAVE)).fix())
                .isEqualTo("Configure it to use only the destination's name servers (10.0.1.11:9876) or proxies, and"
                        + " restart it.");
    }

    @Test
    void clientsBehindAProxyThatWereNotReadAreUnknown() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .uses("audit", "a@1", NEW_SERVER)
                .hidesClients(DESTINATION, "new-a did not return all of them (busy)");
        Verdict verdict = judge(LEAVE);
        assertThat(verdict.word()).isEqualTo("unknown");
        assertThat(verdict.what())
                .isEqualTo(
                        "not all clients behind the proxies of the destination were read: new-a did not return all of"
                                + " them (busy)");
    }

    @Test
    void withoutAJoinAPeerMayBeBehindAProxy() {
        routing = "client";
        traffic.consumes(SOURCE, "audit", TOPIC, "10.8.8.8@1")
                .isBehindProxy(DESTINATION, "audit", TOPIC, "web-1@321@0@x2lqkfwd9", "10.0.1.30");
        passes(judge(LEAVE), "audit has clients in both clusters");
    }

    @Test
    void aWaiverPassesOverAPartOfAGroupAndNeverOverAWholeOne() {
        waivers = waiver("");
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .uses("audit", "a@1", OLD_SERVER)
                .uses("audit", "a@2", NEW_SERVER);
        assertThat(judge(LEAVE).word()).isEqualTo("waived");
        traffic.uses("audit", "a@2", OLD_SERVER);
        fails(judge(LEAVE), "2 of 2 clients of audit still use 10.0.0.11:9876: a@1, a@2");
    }

    @Test
    void aWaiverOfAGroupIsForThatGroup() {
        waivers = waiver("groups: [mailer],");
        traffic.subscribes(SOURCE, "mailer", TOPIC);
        assertThat(judge(LEAVE).word()).isEqualTo("waived");
        traffic.subscribes(SOURCE, "audit", TOPIC);
        Verdict verdict = judge(LEAVE);
        assertThat(verdict.word()).isEqualTo("unknown");
        assertThat(verdict.what())
                .isEqualTo("1 unknown: group audit is offline, so its name servers are unknown; 1 waived: mailer");
        assertThat(verdict.fix()).isEqualTo("Start it, add it to ignoredGroups if nobody runs it, or waive the check.");
    }

    /** The published procedure of dual reads: some nodes move, and the others follow once messages flow. */
    @Test
    void withoutAJoinSomeProcessesOfAGroupMayStayAtTheSource() {
        routing = "client";
        traffic.consumes(SOURCE, "audit", TOPIC, "10.1.1.1@1", "10.1.1.2@1")
                .consumes(DESTINATION, "audit", TOPIC, "10.1.1.1@2");
        passes(
                judge(LEAVE),
                "audit has clients in both clusters; 1 of 2 clients of audit at the source has no peer at the"
                        + " destination: 10.1.1.2@1");
        traffic.consumes(DESTINATION, "audit", TOPIC, "10.1.1.2@2");
        passes(judge(LEAVE), "audit has clients in both clusters");
    }

    /** Each process of a broadcasting group has to read every message. */
    @Test
    void withoutAJoinEachProcessOfABroadcastingGroupNeedsAPeer() {
        routing = "client";
        traffic.consumes(SOURCE, "audit", TOPIC, true, ConsumeMode.PUSH, "10.1.1.1@1", "10.1.1.2@1")
                .consumes(DESTINATION, "audit", TOPIC, true, ConsumeMode.PUSH, "10.1.1.1@2");
        fails(judge(LEAVE), "1 of 2 clients of audit at the source has no peer at the destination: 10.1.1.2@1");
        traffic.consumes(DESTINATION, "audit", TOPIC, true, ConsumeMode.PUSH, "10.1.1.2@2");
        assertThat(judge(LEAVE).word()).isEqualTo("passed");
    }

    /** Until the topic has left it, messages are written at the source. */
    @Test
    void withoutAJoinTheSourceNeedsReadersBeforeATopicLeavesIt() {
        routing = "client";
        traffic.consumes(DESTINATION, "audit", TOPIC, "10.1.1.1@2");
        fails(judge(LEAVE), "no client of audit reads the source, where the topic is written");
        assertThat(judge(LAST).word()).isEqualTo("passed");
    }

    /** Two processes behind one address translation, or on one host: brokers see the same address. */
    @Test
    void clientsArePairedByTheHostThatBrokersSee() {
        routing = "client";
        traffic.consumes(SOURCE, "audit", TOPIC, "payments-1").consumes(DESTINATION, "audit", TOPIC, "payments-2");
        passes(judge(LEAVE), "audit has clients in both clusters");
    }

    @Test
    void withoutAJoinNoWaiverPassesOverAGroupThatIsAtTheSourceOnly() {
        routing = "client";
        waivers = waiver("");
        traffic.consumes(SOURCE, "audit", TOPIC, true, ConsumeMode.PUSH, "10.1.1.1@1", "10.1.1.2@1");
        fails(
                judge(LEAVE),
                "2 of 2 clients of audit at the source have no peer at the destination: 10.1.1.1@1, 10.1.1.2@1");
        traffic.consumes(DESTINATION, "audit", TOPIC, true, ConsumeMode.PUSH, "10.1.1.1@2");
        assertThat(judge(LEAVE).word()).isEqualTo("waived");
    }
}
