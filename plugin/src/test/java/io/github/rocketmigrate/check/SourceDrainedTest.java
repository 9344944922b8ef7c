package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static io.github.rocketmigrate.observe.TrafficFixture.amount;
import static io.github.rocketmigrate.observe.TrafficFixture.due;
import static io.github.rocketmigrate.observe.TrafficFixture.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a topic that are left in the cluster that it leaves. */
final class SourceDrainedTest extends StepStory {
    SourceDrainedTest() {
        super(new SourceDrained());
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
                judge(LAST),
                "1 message of the topic at the source is unread by audit; 12 messages of the topic at the source are"
                        + " unread by mail");
        traffic.offset(SOURCE, "audit", TOPIC, "old-b", 1, 9)
                .offset(SOURCE, "mail", TOPIC, "old-a", 0, 7)
                .offset(SOURCE, "mail", TOPIC, "old-b", 1, 9);
        passes(judge(LAST), "no message of the topic is left at the source");
    }

    @Test
    void aSecondReadingTellsHowLongAGroupStillNeeds() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 10_000)
                .queue(SOURCE, TOPIC, "old-b", 0, 0, 2_000)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 0)
                .offset(SOURCE, "audit", TOPIC, "old-b", 0, 1_000)
                .then(Duration.ofSeconds(20))
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 600)
                .offset(SOURCE, "audit", TOPIC, "old-b", 0, 2_000);
        fails(
                judge(LAST),
                "9400 messages of the topic at the source are unread by audit, which consumed 1600 in 20 s: about 1 min"
                        + " 57 s left");
        traffic.then(Duration.ofSeconds(10));
        fails(judge(LAST), "9400 messages of the topic at the source are unread by audit, which consumed none in 10 s");
    }

    @Test
    void theFirstOffsetOfAQueueTellsNoSpeed() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 100)
                .subscribes(SOURCE, "audit", TOPIC)
                .then(Duration.ofSeconds(20))
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 40);
        fails(judge(LAST), "60 messages of the topic at the source are unread by audit");
    }

    /** Somebody has stopped it where it had nothing to read, and then the topic went back. */
    @Test
    void aGroupThatIsDisabledAtABrokerIsToBeEnabledThere() {
        source.with("audit", GroupSettings.DEFAULT.withEnabled(false));
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7).offset(SOURCE, "audit", TOPIC, "old-a", 0, 3);
        assertThat(judge(LAST).fix())
                .isEqualTo(
                        "Wait until the group has consumed them. Enable the group on old-a, old-b, where it is disabled.");
    }

    @Test
    void membersOfBroadcastingGroupsReportTheirOffsets() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7)
                .consumes(SOURCE, "audit", TOPIC, true, ConsumeMode.PUSH, "a@1", "a@2")
                .takes("audit", "a@1", TOPIC, "old-a", 7, 0)
                .takes("audit", "a@2", TOPIC, "old-a", 5, 0)
                .then(Duration.ofSeconds(20));
        fails(judge(LAST), "2 messages of the topic at the source are unread by audit");
        traffic.takes("audit", "a@2", TOPIC, "old-a", 7, 0);
        assertThat(judge(LAST).word()).isEqualTo("passed");
        traffic.takes("audit", "a@2", TOPIC, "old-a", -1, 0);
        assertThat(judge(LAST))
                .isEqualTo(new Unknown("the progress of clients of the broadcasting group audit is not known: a@2"
                        + " (it did not report its offset in queue 0 of old-a)"));
    }

    /** Brokers call a member that pops one that pulls, and commit what it has not consumed yet. */
    @Test
    void messagesInFlightToPopClientsAreUnknown() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 7)
                .consumes(SOURCE, "audit", TOPIC, false, ConsumeMode.PULL, "a@1", "a@2")
                .takes("audit", "a@1", TOPIC, "old-a", 7, 0);
        assertThat(judge(LAST).word()).isEqualTo("passed");
        traffic.pops("audit", "a@2", "others", "old-a", 1);
        assertThat(judge(LAST).word()).isEqualTo("passed");
        traffic.pops("audit", "a@2", TOPIC, "old-a", 1);
        assertThat(judge(LAST))
                .isEqualTo(new Unknown("messages in flight to POP clients of audit at the source are not known"));
    }

    @Test
    void aGroupWithoutClientsAtBrokersMayHaveSomeBehindProxies() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7).offset(SOURCE, "audit", TOPIC, "old-a", 0, 7);
        assertThat(judge(LAST).word()).isEqualTo("passed");
        traffic.consumes(SOURCE, "CID_DefaultHeartBeatSyncerTopic", "DefaultHeartBeatSyncerTopic", "p@1");
        assertThat(judge(LAST))
                .isEqualTo(new Unknown("audit has no client at a broker, and may have some behind the proxies of the"
                        + " source: messages in flight to them are not known"));
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1");
        assertThat(judge(LAST).word()).isEqualTo("passed");
    }

    @Test
    void delayedAndHalfMessagesOfTheTopicCount() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0).keeps(SOURCE, HeldKind.DELAYED, amount(9, Map.of("others", 9L)));
        assertThat(judge(LAST).word()).isEqualTo("passed");
        traffic.keeps(SOURCE, HeldKind.DELAYED, amount(9, Map.of("others", 8L, TOPIC, 1L)))
                .keeps(SOURCE, HeldKind.HALF, amount(2, Map.of(TOPIC, 2L)));
        fails(
                judge(LAST),
                "1 delayed message of the topic is at the source; 2 half messages of the topic are at the source");
    }

    @Test
    void delayedMessagesSayWhenTheLastOfThemIsDue() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0)
                .keeps(SOURCE, HeldKind.DELAYED, due(TOPIC, 3, Situations.NOON.plus(Duration.ofHours(2))));
        fails(judge(LAST), "3 delayed messages of the topic are at the source, the last due at 14:00 UTC (in 2 h)");
    }

    @Test
    void withTooManyDelayedMessagesTheirTopicsAreUnknown() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0)
                .keeps(
                        SOURCE,
                        HeldKind.DELAYED,
                        amount(5_000, Map.of("others", 2_000L), "only 2000 of 5000 were looked at"));
        assertThat(judge(LAST))
                .isEqualTo(new Unknown(
                        "5000 delayed messages of all topics at the source: only 2000 of 5000 were" + " looked at"));
        traffic.keeps(SOURCE, HeldKind.DELAYED, amount(0, Map.of()))
                .keeps(SOURCE, HeldKind.HALF, amount(3, Map.of(TOPIC, 3L), "old-a did not show them all (x)"));
        assertThat(judge(LAST))
                .describedAs("they may have ended")
                .isEqualTo(new Unknown("3 half messages of all topics at the source: old-a did not show them all (x);"
                        + " up to 3 messages of this topic"));
    }

    /** Some message fails all the time in a busy group; the group gets it again as long as the cluster can be read. */
    @Test
    void aFenceOpensWhileMessagesWaitForARetry() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0)
                .queue(DESTINATION, TOPIC, "new-a", 0, 0, 0)
                .subscribes(SOURCE, "audit", TOPIC)
                .keeps(SOURCE, HeldKind.DELAYED, retried(TOPIC, 2))
                .keeps(SOURCE, "audit", amount(3, Map.of(TOPIC, 3L)))
                .keeps(DESTINATION, HeldKind.DELAYED, retried(TOPIC, 2));
        destination.with(TOPIC, topic(2));
        assertThat(judge(OPEN).word()).isEqualTo("passed");
        assertThat(judge(REVERSE).word()).isEqualTo("passed");
        fails(
                judge(LAST),
                "2 delayed messages of the topic are at the source; 3 messages of the topic at the source wait for a"
                        + " retry by audit");
        traffic.keeps(SOURCE, HeldKind.DELAYED, retried(TOPIC, 2).and(amount(1, Map.of(TOPIC, 1L))));
        fails(judge(OPEN), "1 delayed message of the topic is at the source");
    }

    @Test
    void retriedMessagesCountForTheirOwnTopic() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0)
                .subscribes(SOURCE, "audit", TOPIC)
                .keeps(SOURCE, "audit", amount(3, Map.of("others", 3L)));
        assertThat(judge(LAST).word()).isEqualTo("passed");
        traffic.keeps(SOURCE, "audit", amount(3, Map.of("%RETRY%audit", 3L)));
        assertThat(judge(LAST))
                .isEqualTo(new Unknown("3 retry messages of audit at the source: 3 messages do not name a topic"));
        traffic.keeps(SOURCE, "audit", amount(3, Map.of(TOPIC, 1L, "others", 2L)));
        fails(judge(LAST), "1 message of the topic at the source waits for a retry by audit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%RETRY%audit_orders", "%RETRY%audit+orders"})
    void retriesOfPopAreInTopicsOfTheirOwn(String retries) {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0)
                .subscribes(SOURCE, "audit", TOPIC)
                .queue(SOURCE, retries, "old-a", 0, 2, 4)
                .offset(SOURCE, "audit", retries, "old-a", 0, 4);
        assertThat(judge(LAST).word()).isEqualTo("passed");
        traffic.offset(SOURCE, "audit", retries, "old-a", 0, 2);
        fails(judge(LAST), "2 messages of the topic at the source wait for a retry by audit");
    }

    @Test
    void retriesOfOtherTopicsDoNotCountThoughTheyShareAQueue() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0)
                .subscribes(SOURCE, "audit", TOPIC)
                .queue(SOURCE, "%RETRY%audit", "old-a", 0, 0, 3)
                .offset(SOURCE, "audit", "%RETRY%audit", "old-a", 0, 0)
                .keeps(SOURCE, "audit", amount(3, Map.of("others", 3L)));
        passes(judge(LAST), "no message of the topic is left at the source");
    }

    @Test
    void aWaiverOfAGroupThatIsBehindIsForThatGroup() {
        waivers = waiver("groups: [mailer],");
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7)
                .subscribes(SOURCE, "mailer", TOPIC)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 7);
        assertThat(judge(LAST).word()).isEqualTo("waived");
        traffic.keeps(SOURCE, HeldKind.DELAYED, amount(1, Map.of(TOPIC, 1L)));
        fails(judge(LAST), "1 failed: 1 delayed message of the topic is at the source; 1 waived: mailer");
    }

    @Test
    void aBacklogThatWasNotReadIsUnknown() {
        traffic.subscribes(SOURCE, "audit", TOPIC);
        assertThat(judge(LAST)).isEqualTo(new Unknown("the backlog of audit at the source was not read"));
    }

    @Test
    void heldMessagesThatWereNotReadAreUnknown() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0).hidesHeld(SOURCE);
        assertThat(judge(LAST))
                .isEqualTo(new Unknown("delayed, half and retried messages at the source were not read"));
    }

    /** 4.x brokers keep the offsets of a topic that is deleted, and the next topic of that name begins at 0. */
    @Test
    void offsetsOfADeletedTopicDoNotCount() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7).offset(SOURCE, "audit", TOPIC, "old-a", 0, 500);
        assertThat(judge(LAST))
                .isEqualTo(new Unknown("audit has the offset 500 in queue 0 of old-a at the source, which ends at 7:"
                        + " it is of an earlier topic of this name (RocketMQ 4.0.0 to 4.9.8)"));
    }

    @Test
    void aBrokerThatHasNotDispatchedItsLogIsNotDrained() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 0).isBehind(SOURCE, "broker old-a has not put 9 bytes into queues");
        assertThat(judge(LAST)).isEqualTo(new Unknown("at the source, broker old-a has not put 9 bytes into queues"));
    }

    @Test
    void aSilentMemberOfABroadcastingGroupIsNamed() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7)
                .consumes(SOURCE, "audit", TOPIC, true, ConsumeMode.PUSH, "a@1", "a@2")
                .takes("audit", "a@1", TOPIC, "old-a", 7, 0)
                .isSilent("audit", "a@2", "it did not answer within 5 s");
        assertThat(judge(LAST))
                .isEqualTo(new Unknown("the progress of clients of the broadcasting group audit is not known: a@2"
                        + " (it did not answer within 5 s)"));
    }

    @Test
    void aMemberOfABroadcastingGroupReportsEveryQueueThatHoldsMessages() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7)
                .queue(SOURCE, TOPIC, "old-b", 0, 4, 4)
                .consumes(SOURCE, "audit", TOPIC, true, ConsumeMode.PUSH, "a@1")
                .takes("audit", "a@1", TOPIC, "old-a", 7, 0);
        assertThat(judge(LAST).word()).describedAs("old-b is empty").isEqualTo("passed");
        traffic.takes("audit", "a@1", TOPIC, "old-a", 0, 0);
        fails(judge(LAST), "7 messages of the topic at the source are unread by audit");
        traffic.queue(SOURCE, TOPIC, "old-b", 0, 4, 5).takes("audit", "a@1", TOPIC, "old-a", 7, 0);
        assertThat(judge(LAST).what()).endsWith("a@1 (it did not report its offset in queue 0 of old-b)");
    }

    @Test
    void aClusterWithoutTheTopicIsDrained() {
        Situation situation = Situations.of(plan(), cluster("old", "4.9.7", "old-a"), destination)
                .withTraffic(traffic.hidesHeld(SOURCE).build());
        passes(judge(situation, LAST), "the source does not have the topic");
    }
}
