package io.github.rocketmigrate.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.Plans;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A topic passes the fence if anybody depends on its order, whatever its type. */
final class PlannedTopicTest {
    private static final MigrationPlan PLAN = Plans.plan("""
            batches:
              - name: orders
                topics: [{ name: order-events, type: FIFO }, { name: payments, type: NORMAL }]
                groups: [{ name: fulfilment, order: ORDERLY }, { name: audit, order: CONCURRENT }]
            """);

    private static List<String> fenced(Scope scope) {
        return scope.topics().stream()
                .filter(PlannedTopic::isFenced)
                .map(PlannedTopic::name)
                .toList();
    }

    private static ConsumerOffsets consumedBy(String group) {
        return new ConsumerOffsets(Map.of(group, Map.of("payments", Map.of(new QueueKey("a", 0), 1L))));
    }

    @Test
    void aTopicWithoutOrderlyGroupsIsFencedByItsType() {
        assertThat(fenced(Selection.ALL.in(PLAN, consumedBy("audit")))).containsExactly("order-events");
    }

    @Test
    void anOrderlyGroupOfThePlanFencesWhatItHasConsumed() {
        assertThat(fenced(Selection.ALL.in(PLAN, consumedBy("fulfilment"))))
                .containsExactly("order-events", "payments");
    }

    /** A group that has just started has no offsets yet. */
    @Test
    void anOrderlyGroupOfThePlanFencesWhatItSubscribesTo() {
        Traffic traffic = TrafficFixture.of("payments")
                .consumes(Side.SOURCE, "fulfilment", "payments", "f@1")
                .build();
        assertThat(fenced(Selection.ALL.in(PLAN, ConsumerOffsets.NONE).withTraffic(PLAN, traffic)))
                .containsExactly("order-events", "payments");
    }

    @Test
    void aGroupWhoseMembersConsumeInOrderFencesATopicWhateverThePlanSays() {
        TrafficFixture traffic = TrafficFixture.of("payments").consumes(Side.SOURCE, "audit", "payments", "a@1", "a@2");
        assertThat(fenced(Selection.ALL.in(PLAN, ConsumerOffsets.NONE).withTraffic(PLAN, traffic.build())))
                .containsExactly("order-events");
        traffic.isOrderly("audit", "a@2");
        assertThat(fenced(Selection.ALL.in(PLAN, ConsumerOffsets.NONE).withTraffic(PLAN, traffic.build())))
                .containsExactly("order-events", "payments");
    }

    @Test
    void aTopicStaysFencedOnceARunHasBegunItsFence() {
        assertThat(fenced(Selection.ALL.in(PLAN, ConsumerOffsets.NONE).withFences(Set.of("payments"))))
                .containsExactly("order-events", "payments");
    }
}
