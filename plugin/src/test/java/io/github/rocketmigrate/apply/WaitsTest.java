package io.github.rocketmigrate.apply;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.observe.TrafficFixture.due;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A person who watches a run wait reads whether the wait is normal, and when it can end. */
final class WaitsTest {
    private final ClusterFixture source =
            cluster("old", "4.9.7", "old-a").with("orders", topic(4).withAccess(Access.READ));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a")
            .nameServer("10.0.1.11:9876", source.build())
            .with("orders", topic(4).withType("NORMAL").withAccess(Access.READ_WRITE));

    /** What the run says of source-drained while a message is due after {@code delay}. */
    private String why(Duration delay, Duration maxWait) {
        return why(HeldKind.DELAYED, due("orders", 3, Situations.NOON.plus(delay)), maxWait);
    }

    /** What the run says of source-drained while the source holds messages back. */
    private String why(HeldKind kind, Amount amount, Duration maxWait) {
        Situation situation = Situations.withMasters(Situations.of("""
                        traffic: { routing: join }
                        batches:
                          - name: all
                            stage: destination
                            topics: [{ name: orders, type: NORMAL }]
                        """, source, destination))
                .withTraffic(TrafficFixture.of("orders")
                        .queue(Side.SOURCE, "orders", "old-a", 0, 0, 0)
                        .keeps(Side.SOURCE, kind, amount)
                        .build());
        Waits waits = new Waits(FencePolicy.USUAL, maxWait, new VirtualTiming(1));
        List<WaitReason> reasons = waits.now(Assessment.of(situation), Set.of()).get("orders");
        return reasons.stream()
                .filter(reason -> reason.kind().equals("source-drained"))
                .map(WaitReason::why)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWaitForMessagesThatAreDueInHoursIsNotCalledNormal() {
        assertThat(why(Duration.ofHours(2), Duration.ZERO))
                .isEqualTo("It cannot end before 14:00 UTC (in 2 h); this run waits for up to 1 min 40 s");
        assertThat(why(Duration.ofHours(2), Duration.ofHours(3)))
                .isEqualTo("It cannot end before 14:00 UTC (in 2 h); this run waits for up to 3 h");
    }

    /** No consumer reads them, so waiting for consumers would be in vain. */
    @Test
    void halfMessagesWaitForTheirProducers() {
        Amount half = new Amount(1, new TreeMap<>(Map.of("orders", 1L)), Optional.empty());
        assertThat(why(HeldKind.HALF, half, Duration.ZERO))
                .isEqualTo(
                        "Half messages stay until their producers commit or roll back; this run waits for up to 1 min"
                                + " 40 s");
    }

    /** The user has said how often clients ask for routes. */
    @Test
    void waitsForClientsLastAsLongAsTheirRoutePoll() {
        FencePolicy fast = new FencePolicy(Duration.ofSeconds(4), Duration.ofSeconds(60), false);
        assertThat(CheckRegistry.of("source-quiet").orElseThrow().whyAwaited(fast))
                .isEqualTo("producers write to a closed topic until they poll its route, within 4 s");
    }

    /** The checks are named after the way forward; at night nobody should look at the wrong cluster. */
    @Test
    void theReverseFenceSaysFirstThatTheDestinationIsAwaited() {
        source.with("orders", topic(4).withAccess(Access.WRITE));
        destination.with("orders", topic(4).withType("FIFO").withAccess(Access.READ));
        Situation situation = Situations.leftByRuns(Situations.of("""
                        traffic: { routing: join }
                        batches:
                          - name: all
                            stage: read-both
                            topics: [{ name: orders, type: FIFO }]
                            groups: [{ name: billing, order: ORDERLY }]
                        """, source, destination))
                .withTraffic(TrafficFixture.of("orders")
                        .queue(Side.DESTINATION, "orders", "new-a", 0, 0, 7)
                        .offset(Side.DESTINATION, "billing", "orders", "new-a", 0, 5)
                        .seen(Set.of(Side.SOURCE))
                        .build());
        Waits waits = new Waits(FencePolicy.USUAL, Duration.ZERO, new VirtualTiming(1));
        assertThat(waits.now(Assessment.of(situation), Set.of()).get("orders"))
                .extracting(WaitReason::what)
                .contains(
                        "the destination to become quiet (source-quiet): the closed topic at the"
                                + " destination was read for the first time, and needs 35 s without new messages",
                        "the destination to be consumed (source-drained): 2 messages of the topic at the destination"
                                + " are unread by billing");
    }

    /** It is Saturday, 12:00 UTC, and the topic is at {@code read-both}. */
    private Optional<String> whyFrozen(Duration maxWait) {
        source.with("orders", topic(4));
        destination.with("orders", topic(4).withType("NORMAL").withAccess(Access.READ));
        Situation situation = Situations.withMasters(Situations.of("""
                        traffic: { routing: join, freeze: [{ weekly: "Fri 18:00-Sat 14:00", zone: UTC }] }
                        batches:
                          - name: all
                            stage: write-destination
                            topics: [{ name: orders, type: NORMAL }]
                        """, source, destination))
                .withTraffic(TrafficFixture.of("orders").build());
        Waits waits = new Waits(FencePolicy.USUAL, maxWait, new VirtualTiming(1));
        return Optional.ofNullable(waits.now(Assessment.of(situation), Set.of()).get("orders")).stream()
                .flatMap(List::stream)
                .filter(reason -> reason.kind().equals("freeze"))
                .map(WaitReason::why)
                .findFirst();
    }

    @Test
    void aRunWaitsForTheEndOfAFreezeIfThatComesInTime() {
        assertThat(whyFrozen(Duration.ofHours(3)))
                .contains("It ends by itself, not before 14:00 UTC (in 2 h); this run waits for up to 3 h");
        assertThat(whyFrozen(Duration.ofHours(1))).isEmpty();
        assertThat(whyFrozen(Duration.ZERO)).isEmpty();
    }

    @Test
    void aWaitForMessagesThatAreDueSoonIsNormal() {
        assertThat(why(Duration.ofSeconds(10), Duration.ZERO)).startsWith("Normal for up to 1 min 40 s: ");
    }
}
