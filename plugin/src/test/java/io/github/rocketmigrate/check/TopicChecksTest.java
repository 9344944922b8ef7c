package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static io.github.rocketmigrate.observe.TrafficFixture.amount;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each check says of a topic before which step, given what goes on. */
final class TopicChecksTest {
    private static final String TOPIC = "orders";
    private static final String OLD_SERVER = "10.0.0.11:9876";
    private static final String NEW_SERVER = "10.0.1.11:9876";

    private static final Rung LEAVE =
            new Rung.Writes(List.of(new Rung.AccessChange(DESTINATION, Access.READ)), Purpose.LEAVE_SOURCE);
    private static final Rung FENCE = new Rung.Writes(
            List.of(new Rung.AccessChange(SOURCE, Access.READ), new Rung.AccessChange(DESTINATION, Access.WRITE)),
            Purpose.CLOSE_FENCE);
    private static final Rung LAST =
            new Rung.Writes(List.of(new Rung.AccessChange(SOURCE, Access.NONE)), Purpose.LEAVE_BEHIND);
    private static final Rung REVERSE =
            new Rung.Wait(DESTINATION, new Rung.AccessChange(SOURCE, Access.READ_WRITE), Purpose.OPEN_REVERSE_FENCE);
    private static final Rung HOME =
            new Rung.Writes(List.of(new Rung.AccessChange(DESTINATION, Access.NONE)), Purpose.BACK);

    private final ClusterFixture source =
            cluster("old", "4.9.7", "old-a", "old-b").with(TOPIC, topic(2));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a");
    private final TrafficFixture traffic = TrafficFixture.of(TOPIC);
    private String routing = "join";
    private String waivers = "";

    @Test
    void whatWasNotReadIsNotKnown() {
        Situation situation = Situations.of(plan(), source, destination);
        assertThat(judge(situation, "groups-planned", LEAVE))
                .isEqualTo(new Verdict.Unknown("the topic's traffic was not read"));
        assertThat(judge(situation.withTraffic(TrafficFixture.of("others").build()), "groups-planned", LEAVE)
                        .word())
                .isEqualTo("unknown");
    }

    @Test
    void groupsOfThePlanAndThoseThatNobodyRunsAreNoSurprise() {
        assertThat(judge("groups-planned", LEAVE).what()).isEqualTo("no group consumes the topic");
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .offset(SOURCE, "gone", TOPIC, "old-a", 0, 3)
                .offset(SOURCE, "CID_RMQ_SYS_TRANS", TOPIC, "old-a", 0, 3)
                .offset(SOURCE, "TOOLS_CONSUMER", TOPIC, "old-a", 0, 3);
        passes(judge("groups-planned", LEAVE), "2 groups are in the plan: audit, gone");
    }

    @Test
    void groupsThatThePlanForgetsAreNamed() {
        traffic.consumes(SOURCE, "mail", TOPIC, "m@1", "m@2").offset(DESTINATION, "report", TOPIC, "new-a", 0, 3);
        fails(
                judge("groups-planned", LEAVE),
                "group mail consumes the topic with 2 clients and is not in the plan; group report has offsets of the"
                        + " topic and is not in the plan");
    }

    @Test
    void aGroupThatIsIgnoredAndRunsIsNamed() {
        traffic.consumes(SOURCE, "gone", TOPIC, "g@1");
        fails(judge("groups-planned", LEAVE), "group gone is in ignoredGroups but consumes the topic with 1 client");
    }

    @Test
    void clientsOfTheDestinationsNameServersHaveSwitched() {
        passes(judge("consumers-switched", LEAVE), "no group consumes the topic");
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .consumes(DESTINATION, "audit", TOPIC, "a@1")
                .uses("audit", "a@1", NEW_SERVER)
                .uses("audit", "a@2", "10.0.1.11:9876 ")
                .offset(SOURCE, "gone", TOPIC, "old-a", 0, 3);
        passes(judge("consumers-switched", LEAVE), "2 of 2 clients of audit use the destination");
    }

    @Test
    void aNameThatIsTheSamePlaceIsTheSameNameServer() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .uses("audit", "a@1", "mq.shop:9876")
                .isAt("mq.shop:9876", "10.0.1.11:9876")
                .isAt(NEW_SERVER, "10.0.1.11:9876");
        assertThat(judge("consumers-switched", LEAVE).word()).isEqualTo("passed");
    }

    @Test
    void clientsThatHaveNotSwitchedAreNamed() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2", "a@3")
                .uses("audit", "a@1", OLD_SERVER)
                .uses("audit", "a@2", NEW_SERVER)
                .uses("audit", "a@3", NEW_SERVER, OLD_SERVER);
        fails(judge("consumers-switched", LEAVE), "2 of 3 clients of audit still use 10.0.0.11:9876: a@1, a@3");
        assertThat(((Failed) judge("consumers-switched", LEAVE)).fix())
                .isEqualTo(
                        "Configure them to use only the destination's name servers (10.0.1.11:9876), and restart them.");
    }

    @Test
    void offlineGroupsAndSilentClientsAreNotKnown() {
        traffic.subscribes(SOURCE, "audit", TOPIC)
                .consumes(SOURCE, "mail", TOPIC, "m@1", "m@2")
                .uses("mail", "m@1", NEW_SERVER)
                .isSilent("mail", "m@2", "it did not answer within 5 s");
        Verdict verdict = judge("consumers-switched", LEAVE);
        assertThat(verdict.word()).isEqualTo("unknown");
        assertThat(verdict.what())
                .isEqualTo("group audit is offline, so its name servers are unknown; 1 of 2 clients of mail did not"
                        + " report name servers: m@2 (it did not answer within 5 s)");
    }

    @Test
    void aWaiverPassesOverAPartOfAGroupAndNeverOverAWholeOne() {
        waivers = waiver("consumers-switched", "");
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .uses("audit", "a@1", OLD_SERVER)
                .uses("audit", "a@2", NEW_SERVER);
        assertThat(judge("consumers-switched", LEAVE).word()).isEqualTo("waived");
        traffic.uses("audit", "a@2", OLD_SERVER);
        fails(judge("consumers-switched", LEAVE), "2 of 2 clients of audit still use 10.0.0.11:9876: a@1, a@2");
    }

    @Test
    void aWaiverOfAGroupIsForThatGroup() {
        waivers = waiver("consumers-switched", "groups: [mailer],");
        traffic.subscribes(SOURCE, "mailer", TOPIC);
        assertThat(judge("consumers-switched", LEAVE).word()).isEqualTo("waived");
        traffic.subscribes(SOURCE, "audit", TOPIC);
        Verdict verdict = judge("consumers-switched", LEAVE);
        assertThat(verdict.word()).isEqualTo("unknown");
        assertThat(verdict.what()).doesNotContain("mailer");
    }

    @Test
    void withoutAJoinEachProcessHasAClientInEachCluster() {
        routing = "client";
        traffic.consumes(SOURCE, "audit", TOPIC, "10.1.1.1@1", "10.1.1.2@1")
                .consumes(DESTINATION, "audit", TOPIC, "10.1.1.1@2");
        fails(
                judge("consumers-switched", LEAVE),
                "1 of 2 clients of audit at the source has no peer at the destination: 10.1.1.2@1");
        traffic.consumes(DESTINATION, "audit", TOPIC, "10.1.1.2@2");
        assertThat(judge("consumers-switched", LEAVE).word()).isEqualTo("passed");
    }

    @Test
    void everyQueueOfBothClustersHasItsClient() {
        destination.with(TOPIC, topic(1));
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .takes("audit", "a@1", TOPIC, "old-a", 3, 0, 1)
                .takes("audit", "a@2", TOPIC, "old-b", 3, 0, 1);
        fails(judge("queues-assigned", FENCE), "1 of 5 queues is not read by any client of audit: new-a 0");
        traffic.takes("audit", "a@1", TOPIC, "new-a", 0, 0);
        passes(judge("queues-assigned", FENCE), "5 queues are read by audit");
        traffic.takes("audit", "a@2", TOPIC, "old-a", 3, 0);
        fails(
                judge("queues-assigned", FENCE),
                "1 of 5 queues is read by several clients of audit: old-a 0 by a@1 and a@2");
    }

    @Test
    void queuesThatCannotBeReadNeedNoClient() {
        destination.with(TOPIC, topic(8).withAccess(Access.WRITE));
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .takes("audit", "a@1", TOPIC, "old-a", 3, 0, 1)
                .takes("audit", "a@1", TOPIC, "old-b", 3, 0, 1);
        assertThat(judge("queues-assigned", FENCE).word()).isEqualTo("passed");
    }

    @Test
    void eachClientOfABroadcastingGroupTakesEachQueue() {
        traffic.consumes(SOURCE, "audit", TOPIC, true, ConsumeMode.PUSH, "a@1", "a@2")
                .takes("audit", "a@1", TOPIC, "old-a", 3, 0, 1)
                .takes("audit", "a@1", TOPIC, "old-b", 3, 0, 1)
                .takes("audit", "a@2", TOPIC, "old-a", 3, 0, 1)
                .takes("audit", "a@2", TOPIC, "old-b", 3, 1);
        fails(judge("queues-assigned", FENCE), "1 of 4 queues is not read by every client of audit: old-b 0");
    }

    @Test
    void whoTakesQueuesIsNotKnownOfOfflineSilentAndPullingClients() {
        traffic.subscribes(SOURCE, "audit", TOPIC)
                .consumes(SOURCE, "mail", TOPIC, "m@1")
                .isSilent("mail", "m@1", "too old")
                .consumes(SOURCE, "pull", TOPIC, false, ConsumeMode.PULL, "p@1")
                .uses("pull", "p@1", NEW_SERVER);
        assertThat(judge("queues-assigned", FENCE))
                .isEqualTo(new Verdict.Unknown(
                        "group audit is offline, so nobody reads its messages; 1 of 1 client of mail did not report"
                                + " assigned queues: m@1 (too old); pull clients of pull did not report whether they"
                                + " read 4 queues: old-a 0, old-a 1, old-b 0, old-b 1"));
    }

    @Test
    void aTopicIsQuietOnlyOnceItIsClosed() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7).seen(Set.of(SOURCE));
        assertThat(judge("source-quiet", LAST))
                .isEqualTo(new Verdict.Unknown("the topic is still open for writing at the source"));
        traffic.then(Duration.ofMinutes(5)).seen(Set.of());
        assertThat(judge("source-quiet", LAST))
                .isEqualTo(new Verdict.Unknown(
                        "the topic's offsets at the source have not changed for 0 s (35 s required)"));
        traffic.then(Duration.ofSeconds(12)).seen(Set.of());
        assertThat(judge("source-quiet", LAST).what())
                .isEqualTo("the topic's offsets at the source have not changed for 12 s (35 s required)");
        traffic.then(Duration.ofSeconds(23)).seen(Set.of());
        passes(
                judge("source-quiet", LAST),
                "the topic's offsets at the source have not changed for 35 s (35 s required)");
    }

    @Test
    void messagesThatComeThoughATopicIsClosedAreCounted() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7).seen(Set.of()).then(Duration.ofSeconds(30));
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 10).seen(Set.of());
        fails(
                judge("source-quiet", LAST),
                "3 messages arrived at the source just now, though the topic is closed for writing there");
        traffic.then(Duration.ofSeconds(2)).seen(Set.of());
        fails(
                judge("source-quiet", LAST),
                "3 messages arrived at the source 2 s ago, though the topic is closed for writing there");
        traffic.then(Duration.ofSeconds(33)).seen(Set.of());
        assertThat(judge("source-quiet", LAST).word()).isEqualTo("passed");
    }

    @Test
    void behindTheReverseFenceItIsTheDestinationThatMustBeQuiet() {
        destination.with(TOPIC, topic(1));
        traffic.within(new FencePolicy(Duration.ofSeconds(5), Duration.ofSeconds(9), false))
                .queue(DESTINATION, TOPIC, "new-a", 0, 0, 7)
                .seen(Set.of(SOURCE))
                .then(Duration.ofSeconds(5))
                .seen(Set.of(SOURCE));
        passes(
                judge("source-quiet", REVERSE),
                "the topic's offsets at the destination have not changed for 5 s (5 s required)");
        assertThat(judge("source-quiet", LAST).word()).isEqualTo("unknown");
    }

    @Test
    void aTopicIsDrainedWhenEveryGroupHasConsumedEveryQueue() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7)
                .queue(SOURCE, TOPIC, "old-b", 1, 4, 9)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 7)
                .offset(SOURCE, "audit", TOPIC, "old-b", 1, 8)
                .subscribes(SOURCE, "mail", TOPIC)
                .offset(SOURCE, "gone", TOPIC, "old-a", 0, 1);
        fails(
                judge("source-drained", LAST),
                "1 message of the topic at the source is unread by audit; 12 messages of the topic at the source are"
                        + " unread by mail");
        traffic.offset(SOURCE, "audit", TOPIC, "old-b", 1, 9)
                .offset(SOURCE, "mail", TOPIC, "old-a", 0, 7)
                .offset(SOURCE, "mail", TOPIC, "old-b", 1, 9);
        passes(judge("source-drained", LAST), "no message of the topic is left at the source");
    }

    @Test
    void membersOfBroadcastingGroupsSayThemselvesHowFarTheyAre() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7)
                .consumes(SOURCE, "audit", TOPIC, true, ConsumeMode.PUSH, "a@1", "a@2")
                .takes("audit", "a@1", TOPIC, "old-a", 7, 0)
                .takes("audit", "a@2", TOPIC, "old-a", 5, 0);
        fails(judge("source-drained", LAST), "2 messages of the topic at the source are unread by audit");
        traffic.takes("audit", "a@2", TOPIC, "old-a", 7, 0);
        assertThat(judge("source-drained", LAST).word()).isEqualTo("passed");
        traffic.takes("audit", "a@2", TOPIC, "old-a", -1, 0);
        assertThat(judge("source-drained", LAST))
                .isEqualTo(
                        new Verdict.Unknown("the progress of clients of the broadcasting group audit is not known: a@2"
                                + " (it did not report its offset in queue 0 of old-a)"));
    }

    @Test
    void whatBrokersKeepBackOfATopicCounts() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0).keeps(SOURCE, HeldKind.DELAYED, amount(9, Map.of("others", 9L)));
        assertThat(judge("source-drained", LAST).word()).isEqualTo("passed");
        traffic.keeps(SOURCE, HeldKind.DELAYED, amount(9, Map.of("others", 8L, TOPIC, 1L)))
                .keeps(SOURCE, HeldKind.HALF, amount(2, Map.of(TOPIC, 2L)));
        fails(
                judge("source-drained", LAST),
                "1 delayed message of the topic is at the source; 2 half messages of the topic are at the source");
    }

    @Test
    void ofTooManyItIsNotKnownWhatTheyAre() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0)
                .keeps(
                        SOURCE,
                        HeldKind.DELAYED,
                        amount(5_000, Map.of("others", 2_000L), "only 2000 of 5000 were looked at"));
        assertThat(judge("source-drained", LAST))
                .isEqualTo(new Verdict.Unknown(
                        "5000 delayed messages of all topics at the source: only 2000 of 5000 were" + " looked at"));
        traffic.keeps(SOURCE, HeldKind.DELAYED, amount(0, Map.of()))
                .keeps(SOURCE, HeldKind.HALF, amount(3, Map.of(TOPIC, 3L), "old-a did not show them all (x)"));
        assertThat(judge("source-drained", LAST).word())
                .describedAs("they may have ended")
                .isEqualTo("unknown");
    }

    @Test
    void messagesThatAreConsumedAgainCountForTheTopicThatTheyCameFrom() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0)
                .subscribes(SOURCE, "audit", TOPIC)
                .keeps(SOURCE, "audit", amount(3, Map.of("others", 3L)));
        assertThat(judge("source-drained", LAST).word()).isEqualTo("passed");
        traffic.keeps(SOURCE, "audit", amount(3, Map.of("%RETRY%audit", 3L)));
        assertThat(judge("source-drained", LAST))
                .isEqualTo(
                        new Verdict.Unknown("3 retry messages of audit at the source: 3 messages do not name a topic"));
        traffic.keeps(SOURCE, "audit", amount(3, Map.of(TOPIC, 1L, "others", 2L)));
        fails(judge("source-drained", LAST), "1 message of the topic at the source waits for a retry by audit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%RETRY%audit_orders", "%RETRY%audit+orders"})
    void popKeepsThemInTopicsOfItsOwn(String retries) {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0)
                .subscribes(SOURCE, "audit", TOPIC)
                .queue(SOURCE, retries, "old-a", 0, 2, 4)
                .offset(SOURCE, "audit", retries, "old-a", 0, 4);
        assertThat(judge("source-drained", LAST).word()).isEqualTo("passed");
        traffic.offset(SOURCE, "audit", retries, "old-a", 0, 2);
        fails(judge("source-drained", LAST), "2 messages of the topic at the source wait for a retry by audit");
    }

    @Test
    void aWaiverOfAGroupThatIsBehindIsForThatGroup() {
        waivers = waiver("source-drained", "groups: [mailer],");
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7)
                .subscribes(SOURCE, "mailer", TOPIC)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 7);
        assertThat(judge("source-drained", LAST).word()).isEqualTo("waived");
        traffic.keeps(SOURCE, HeldKind.DELAYED, amount(1, Map.of(TOPIC, 1L)));
        fails(judge("source-drained", LAST), "1 delayed message of the topic is at the source");
    }

    @Test
    void aGroupThatKeepsUpIsReadyForTheFence() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 100)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 0);
        passes(judge("fence-ready", FENCE), "the topic would be closed for about 35 s (limit 60 s)");
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 101);
        assertThat(judge("fence-ready", FENCE))
                .isEqualTo(new Verdict.Unknown(
                        "audit is 101 messages behind (limit 100), and its speed needs a second reading"));
    }

    @Test
    void howLongTheFenceWouldBeClosedIsMeasured() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 1_000)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 100)
                .then(Duration.ofSeconds(10));
        fails(judge("fence-ready", FENCE), "audit is 900 messages behind and consumed none in 10 s");
        traffic.offset(SOURCE, "audit", TOPIC, "old-a", 0, 400);
        passes(judge("fence-ready", FENCE), "the topic would be closed for about 55 s (limit 60 s)");
        traffic.offset(SOURCE, "audit", TOPIC, "old-a", 0, 300);
        fails(
                judge("fence-ready", FENCE),
                "audit is 700 messages behind and consumed 200 in 10 s: the topic would be closed for about 70 s"
                        + " (limit 60 s)");
    }

    @Test
    void theFenceWouldWaitForOfflineGroupsAndDelayedMessages() {
        traffic.subscribes(SOURCE, "audit", TOPIC).keeps(SOURCE, HeldKind.DELAYED, amount(1, Map.of(TOPIC, 1L)));
        fails(
                judge("fence-ready", FENCE),
                "group audit is offline, so the fence would never open; 1 delayed message of the topic is at the"
                        + " source");
    }

    @Test
    void aStepBackThatTakesReadingAwayStrandsNothing() {
        destination.with(TOPIC, topic(1));
        traffic.queue(DESTINATION, TOPIC, "new-a", 0, 0, 7).offset(DESTINATION, "audit", TOPIC, "new-a", 0, 5);
        fails(judge("nothing-stranded", HOME), "2 messages of the topic at the destination are unread by audit");
        Rung readable = new Rung.Writes(List.of(new Rung.AccessChange(DESTINATION, Access.READ)), Purpose.BACK);
        passes(judge("nothing-stranded", readable), "messages at the destination can still be read");
        traffic.offset(DESTINATION, "audit", TOPIC, "new-a", 0, 7).seen(Set.of(SOURCE));
        assertThat(judge("nothing-stranded", HOME))
                .describedAs("a producer may still send there by its old route")
                .isEqualTo(new Verdict.Unknown(
                        "the topic's offsets at the destination have not changed for 0 s (35 s required)"));
        traffic.then(Duration.ofSeconds(35)).seen(Set.of(SOURCE));
        passes(judge("nothing-stranded", HOME), "no message of the topic is left at the destination");
    }

    @Test
    void whatPopClientsHoldIsNotKnown() {
        destination.with(TOPIC, topic(1));
        traffic.queue(DESTINATION, TOPIC, "new-a", 0, 0, 0)
                .consumes(DESTINATION, "audit", TOPIC, false, ConsumeMode.POP, "a@1")
                .seen(Set.of(SOURCE))
                .then(Duration.ofSeconds(35))
                .seen(Set.of(SOURCE));
        assertThat(judge("nothing-stranded", HOME))
                .isEqualTo(new Verdict.Unknown(
                        "messages in flight to POP clients of audit at the destination are not known"));
    }

    @Test
    void gRpcClientsAndProxiesThatMayHideThemAreNamed() {
        traffic.consumes(SOURCE, "audit", TOPIC, "10.1.1.1@7#1234567");
        assertThat(judge("no-grpc-clients", LEAVE).word()).isEqualTo("passed");
        traffic.consumes(DESTINATION, "CID_DefaultHeartBeatSyncerTopic", "DefaultHeartBeatSyncerTopic", "10.1.9.9@3#1");
        assertThat(judge("no-grpc-clients", LEAVE))
                .isEqualTo(new Verdict.Unknown(
                        "the destination has 1 proxy, whose clients are not visible to brokers: 10.1.9.9@3#1"));
        traffic.consumes(DESTINATION, "audit", TOPIC, "web-1@321@0@x2lqkfwd9")
                .produces(DESTINATION, TOPIC, "web-2@321@1@x2lqkfwda")
                .produces(DESTINATION, "others", "web-3@321@1@x2lqkfwdb");
        fails(
                judge("no-grpc-clients", LEAVE),
                "2 clients of the topic use gRPC: web-1@321@0@x2lqkfwd9, web-2@321@1@x2lqkfwda");
    }

    @Test
    void whereNoOldBrokerHasTheTopicGRpcIsFine() {
        ClusterFixture five = cluster("old", "5.1.4", "old-a").with(TOPIC, topic(2));
        traffic.consumes(SOURCE, "audit", TOPIC, "web-1@321@0@x2lqkfwd9");
        Situation situation = Situations.of(plan(), five, destination).withTraffic(traffic.build());
        passes(judge(situation, "no-grpc-clients", LEAVE), "no 4.x broker has the topic");
    }

    @Test
    void mastersThatDisagreeAreNamed() {
        assertThat(judge("brokers-present", LEAVE).word()).isEqualTo("passed");
        source.with("old-b", TOPIC, topic(2).withAccess(Access.READ));
        fails(
                judge("brokers-present", LEAVE),
                "the source's masters give different access to the topic: old-a read and write, old-b read");
        Rung finishing = new Rung.Writes(List.of(new Rung.AccessChange(SOURCE, Access.READ)), Purpose.FINISH);
        assertThat(judge("brokers-present", finishing).word())
                .describedAs("that is what it mends")
                .isEqualTo("passed");
    }

    private static void passes(Verdict verdict, String what) {
        assertThat(verdict).isEqualTo(new Verdict.Passed(what));
    }

    private static void fails(Verdict verdict, String what) {
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what()).isEqualTo(what);
    }

    private Verdict judge(String name, Rung rung) {
        return judge(Situations.of(plan(), source, destination).withTraffic(traffic.build()), name, rung);
    }

    private static Verdict judge(Situation situation, String name, Rung rung) {
        PlannedTopic topic = situation.scope().topics().get(0);
        return new Checks(situation)
                .judge(CheckRegistry.of(name).orElseThrow(), Optional.of(new TopicStep(situation, topic, rung)))
                .verdict();
    }

    private String plan() {
        return """
                traffic: { routing: %s }
                ignoredGroups: [{ name: gone, reason: nobody runs it }]
                batches:
                  - name: all
                    stage: source
                    topics: [{ name: orders, type: NORMAL }]
                    groups: [{ name: audit, order: CONCURRENT }, { name: mailer, order: CONCURRENT }]
                %s""".formatted(routing, waivers);
    }

    private static String waiver(String check, String narrowing) {
        return "    waivers: [{ check: " + check + ", " + narrowing
                + " reason: it is known, owner: me, expires: 2026-12-31 }]\n";
    }
}
