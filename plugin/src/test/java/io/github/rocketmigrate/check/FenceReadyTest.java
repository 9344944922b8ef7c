package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Side.SOURCE;
import static io.github.rocketmigrate.observe.TrafficFixture.amount;
import static io.github.rocketmigrate.observe.TrafficFixture.retried;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.observe.FencePolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The time for which a fence would withhold messages. */
final class FenceReadyTest extends StepStory {
    FenceReadyTest() {
        super(new FenceReady());
    }

    @Test
    void aGroupThatHasReadEverythingIsReadyForTheFence() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 100)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 100);
        passes(
                judge(FENCE),
                "new messages would wait for up to 70 s: up to 35 s until producers have followed, then about 35 s (limit 60 s)");
    }

    /** It may be stuck at the last message, and the fence would close over it. */
    @Test
    void oneUnreadMessageNeedsASecondReading() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 100)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 99);
        assertThat(judge(FENCE))
                .isEqualTo(new Unknown("audit is 1 message behind, and its speed needs a second reading"));
        traffic.then(Duration.ofSeconds(10));
        assertThat(judge(FENCE)).isEqualTo(new Unknown("audit is 1 message behind and consumed none in 10 s"));
        assertThat(new FenceReady().needsAnotherLook(judge(FENCE)))
                .describedAs("it may have just got its queues back")
                .isTrue();
    }

    @Test
    void theTimeIsMeasuredFromTwoReadings() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 2_000)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 100)
                .then(Duration.ofSeconds(10));
        traffic.offset(SOURCE, "audit", TOPIC, "old-a", 0, 400);
        passes(
                judge(FENCE),
                "new messages would wait for up to 88 s: up to 35 s until producers have followed, then about 53 s (limit 60 s)");
        traffic.offset(SOURCE, "audit", TOPIC, "old-a", 0, 300);
        fails(
                judge(FENCE),
                "audit is 1700 messages behind and consumed 200 in 10 s: the topic would be closed for about 85 s"
                        + " (limit 60 s)");
    }

    @Test
    void offlineGroupsAndDelayedMessagesAreNamed() {
        traffic.subscribes(SOURCE, "audit", TOPIC).keeps(SOURCE, HeldKind.DELAYED, amount(1, Map.of(TOPIC, 1L)));
        fails(
                judge(FENCE),
                "group audit is offline, so the fence would never open; 1 delayed message of the topic is at the"
                        + " source");
    }

    @Test
    void retriesDoNotKeepAFenceFromClosing() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 100)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 100)
                .keeps(SOURCE, HeldKind.DELAYED, retried(TOPIC, 2))
                .keeps(SOURCE, "audit", amount(3, Map.of(TOPIC, 3L)));
        assertThat(judge(FENCE).word()).isEqualTo("passed");
    }

    @Test
    void theBacklogOfAGroupThatWasNotReadIsUnknown() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1");
        assertThat(judge(FENCE)).isEqualTo(new Unknown("the backlog of audit is not known"));
    }

    @Test
    void aTopicThatNobodyConsumesWithholdsNothing() {
        passes(judge(FENCE), "no group consumes the topic");
    }

    @Test
    void theSlowestGroupDecidesAndTheLimitIsIncluded() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .consumes(SOURCE, "mailer", TOPIC, "m@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 1_700)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 300)
                .offset(SOURCE, "mailer", TOPIC, "old-a", 0, 0)
                .then(Duration.ofSeconds(10))
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 500)
                .offset(SOURCE, "mailer", TOPIC, "old-a", 0, 900);
        passes(
                judge(FENCE),
                "new messages would wait for up to 95 s: up to 35 s until producers have followed, then about 60 s (limit 60 s)");
    }

    @Test
    void aSpeedNeedsTheTimeOfTwoCommits() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 1_000)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 0)
                .then(Duration.ofSeconds(9))
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 500);
        assertThat(judge(FENCE).what()).endsWith("its speed needs a second reading");
    }

    /** The topic becomes quiet while its groups consume what is left, not after that. */
    @Test
    void aGroupThatIsFastEnoughDelaysNothing() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 1_000)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 0)
                .then(Duration.ofSeconds(10))
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 300);
        passes(
                judge(FENCE),
                "new messages would wait for up to 70 s: up to 35 s until producers have followed, then about 35 s (limit 60 s)");
    }

    @Test
    void tenSecondsAreEnoughForASpeed() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 3_000)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 0)
                .then(Duration.ofSeconds(10))
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 500);
        passes(
                judge(FENCE),
                "new messages would wait for up to 85 s: up to 35 s until producers have followed, then about 50 s (limit 60 s)");
    }

    /** A rare sender behind a proxy may use a route that is five minutes old. */
    @Test
    void behindProxiesAFenceLastsLongerThanUsual() {
        FencePolicy proxies = FencePolicy.USUAL.behindProxies();
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 7)
                .offset(SOURCE, "audit", TOPIC, "old-a", 0, 7)
                .within(proxies);
        fails(
                judge(FENCE),
                "proxies keep routes for up to 5 min, so the topic would be closed for at least 335 s (limit 60 s)");
        assertThat(judge(FENCE).fix())
                .isEqualTo("Stop the proxies until the topic has moved, or raise the limit, for example with"
                        + " -Dmigrate.maxFence=670s.");
        traffic.within(new FencePolicy(proxies.routePoll(), Duration.ofSeconds(335), false).behindProxies());
        passes(
                judge(FENCE),
                "new messages would wait for up to 370 s: up to 35 s until producers have followed, then about 335 s (limit 335 s)");
    }

    /** Members of a broadcasting group keep their offsets themselves, and need no fence to keep an order between them. */
    @Test
    void aBroadcastingGroupIsNotWaitedFor() {
        traffic.consumes(SOURCE, "audit", TOPIC, true, ConsumeMode.PUSH, "a@1")
                .queue(SOURCE, TOPIC, "old-a", 0, 0, 1_000);
        passes(
                judge(FENCE),
                "new messages would wait for up to 70 s: up to 35 s until producers have followed, then about 35 s (limit 60 s)");
    }
}
