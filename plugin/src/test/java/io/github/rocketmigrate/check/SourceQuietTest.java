package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Messages that arrive in a topic after it was closed. */
final class SourceQuietTest extends StepStory {
    SourceQuietTest() {
        super(new SourceQuiet());
    }

    @Test
    void aTopicIsQuietOnlyAfterItWasClosed() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7).seen(Set.of(SOURCE));
        assertThat(judge(LAST)).isEqualTo(new Unknown("the topic is still open for writing at the source"));
        traffic.then(Duration.ofMinutes(5)).seen(Set.of());
        assertThat(judge(LAST))
                .isEqualTo(
                        new Unknown(
                                "the closed topic at the source was read for the first time, and needs 35 s without new messages"));
        traffic.then(Duration.ofSeconds(12)).seen(Set.of());
        assertThat(judge(LAST).what())
                .isEqualTo("the topic's offsets at the source have not changed for 12 s (35 s required)");
        traffic.then(Duration.ofSeconds(23)).seen(Set.of());
        passes(judge(LAST), "the topic's offsets at the source have not changed for 35 s (35 s required)");
    }

    @Test
    void clientsBehindProxiesFollowLater() {
        traffic.within(FencePolicy.USUAL.behindProxies()).queue(SOURCE, TOPIC, "old-a", 0, 0, 7);
        traffic.seen(Set.of());
        assertThat(judge(LAST))
                .isEqualTo(new Unknown(
                        "the closed topic at the source was read for the first time, and needs 335 s without new"
                                + " messages, because proxies keep routes for up to 5 min"));
        traffic.then(Duration.ofSeconds(334)).seen(Set.of());
        assertThat(judge(LAST))
                .isEqualTo(new Unknown("the topic's offsets at the source have not changed for 334 s (335 s required,"
                        + " because proxies keep routes for up to 5 min)"));
        traffic.then(Duration.ofSeconds(1)).seen(Set.of());
        assertThat(judge(LAST).word()).isEqualTo("passed");
    }

    @Test
    void messagesThatArriveInAClosedTopicAreCounted() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7).seen(Set.of()).then(Duration.ofSeconds(30));
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 10).seen(Set.of());
        fails(judge(LAST), "3 messages arrived at the source just now: producers still follow the old route");
        traffic.then(Duration.ofSeconds(2)).seen(Set.of());
        fails(judge(LAST), "3 messages arrived at the source 2 s ago: producers still follow the old route");
        traffic.then(Duration.ofSeconds(33)).seen(Set.of());
        assertThat(judge(LAST).word()).isEqualTo("passed");
    }

    @Test
    void aBrokerThatHasNotDispatchedItsLogIsNotQuiet() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7).seen(Set.of());
        traffic.then(Duration.ofMinutes(5))
                .seen(Set.of())
                .isBehind(SOURCE, "broker old-a has not put 9 bytes into queues");
        assertThat(judge(LAST))
                .isEqualTo(new Unknown("messages may be on their way to the topic: at the source, broker old-a has not"
                        + " put 9 bytes into queues"));
    }

    @Test
    void behindTheReverseFenceTheDestinationHasToBeQuiet() {
        destination.with(TOPIC, topic(1));
        traffic.within(new FencePolicy(Duration.ofSeconds(5), Duration.ofSeconds(9), false))
                .queue(DESTINATION, TOPIC, "new-a", 0, 0, 7)
                .seen(Set.of(SOURCE))
                .then(Duration.ofSeconds(5))
                .seen(Set.of(SOURCE));
        passes(judge(REVERSE), "the topic's offsets at the destination have not changed for 5 s (5 s required)");
        assertThat(judge(LAST).word()).isEqualTo("unknown");
    }

    /** No send succeeds in a pause: a producer that never follows must not keep all others from writing. */
    @Test
    void aPauseDoesNotLastLongerThanAFence() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7).seen(Set.of()).then(Duration.ofSeconds(94));
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 10).seen(Set.of());
        fails(judge(PAUSED), "3 messages arrived at the source just now: producers still follow the old route");
        traffic.then(Duration.ofSeconds(1)).seen(Set.of());
        fails(judge(LAST), "3 messages arrived at the source 1 s ago: producers still follow the old route");
        traffic.then(Duration.ofSeconds(1));
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 11).seen(Set.of());
        passes(judge(PAUSED), "producers have found no queue for 96 s (at most 95 s)");
    }

    @Test
    void offsetsThatWereNotReadAreUnknown() {
        assertThat(judge(LAST)).isEqualTo(new Unknown("the topic's offsets at the source were not read"));
    }

    /** Messages of producers that were allowed to write then are none of producers that have an old route. */
    @Test
    void messagesThatArrivedBeforeTheTopicWasClosedDoNotCount() {
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 7).seen(Set.of(SOURCE)).then(Duration.ofSeconds(5));
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 10).seen(Set.of(SOURCE)).then(Duration.ofSeconds(5));
        traffic.seen(Set.of()).then(Duration.ofSeconds(5)).seen(Set.of());
        assertThat(judge(LAST))
                .isEqualTo(new Unknown("the topic's offsets at the source have not changed for 5 s (35 s required)"));
    }

    @Test
    void aClusterWithoutTheTopicIsQuiet() {
        Situation situation = Situations.of(plan(), cluster("old", "4.9.7", "old-a"), destination)
                .withTraffic(traffic.build());
        passes(judge(situation, LAST), "the source does not have the topic");
    }
}
