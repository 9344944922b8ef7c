package io.github.rocketmigrate.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Situation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What consumers are shown of a topic in a fence. */
final class WithheldRoutesTest {
    private static final TopicSettings TOPIC = ClusterFixture.topic(4).withType("FIFO");

    private final VirtualTiming timing = new VirtualTiming(1);
    private final WithheldRoutes withheld = new WithheldRoutes(timing);
    private Situation situation;
    private ChangeSet changes;

    @BeforeEach
    void closeTheFence() throws Exception {
        MemoryNetwork network = new MemoryNetwork(timing)
                .cluster(Side.SOURCE, "5.1.4", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "orders", TOPIC.withAccess(Access.READ))
                .topic(Side.DESTINATION, "orders", TOPIC.withAccess(Access.WRITE))
                .joined();
        situation = MemorySituation.of(network, MemorySituation.plan(network, """
                traffic: { routing: join }
                batches: [{ name: all, stage: write-destination, topics: [{ name: orders, type: FIFO }] }]
                """));
        changes = Planner.plan(situation);
    }

    private Access shown(String broker) {
        Map<String, Map<String, TopicSettings>> routes = withheld.of(changes, situation, Set.of());
        return routes.get("orders").get(broker).access();
    }

    @Test
    void theSideThatTheFenceIsGoingToOpenIsShownAsOpen() {
        assertThat(shown("new-a")).isEqualTo(Access.READ_WRITE);
        assertThat(shown("old-a")).isEqualTo(Access.READ);
    }

    /** Otherwise consumers log a warning per second for as long as the fence is closed. */
    @Test
    void afterTheTimeThatAFenceMayLastConsumersAreShownWhatTheBrokersHave() {
        assertThat(shown("new-a")).isEqualTo(Access.READ_WRITE);
        timing.sleep(FencePolicy.USUAL.fence().plus(Duration.ofSeconds(1)));
        assertThat(shown("new-a")).isEqualTo(Access.WRITE);
    }

    /** A route that is set after a broker has opened stays: the broker has reported its own one already. */
    @Test
    void theRouteOfATopicThatOpensNowIsLeftToItsBrokers() {
        assertThat(withheld.of(changes, situation, Set.of("orders"))).isEmpty();
    }
}
