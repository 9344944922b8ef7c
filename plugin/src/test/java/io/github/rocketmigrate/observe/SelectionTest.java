package io.github.rocketmigrate.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.Plans;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selects topics and groups of a plan. */
final class SelectionTest {
    private static final MigrationPlan PLAN = Plans.plan("""
            batches:
              - name: low-risk
                topics: [{ name: user-events, type: NORMAL }, { name: page-views, type: NORMAL }]
                groups: [{ name: audit, order: CONCURRENT }, { name: idle, order: CONCURRENT }]
              - name: orders
                topics: [{ name: order-events, type: FIFO }, { name: a.b, type: FIFO }]
                groups: [{ name: fulfilment, order: ORDERLY }]
            """.replace("a.b", "a-b"));

    /** Fulfilment, of another batch, consumes user-events too; the topics of idle are unknown. */
    private static final ConsumerOffsets PROGRESS = new ConsumerOffsets(Map.of(
            "audit", Map.of("page-views", Map.of(new QueueKey("a", 0), 1L)),
            "fulfilment",
                    Map.of(
                            "user-events", Map.of(new QueueKey("a", 0), 1L),
                            "order-events", Map.of(new QueueKey("a", 0), 1L))));

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            -               | -            | -           | user-events page-views order-events a-b | audit idle fulfilment
            low-risk        | -            | -           | user-events page-views                  | audit idle fulfilment
            orders,low-risk | -            | -           | user-events page-views order-events a-b | audit idle fulfilment
            orders          | -            | -           | order-events a-b                        | fulfilment
            -               | *-events     | -           | user-events order-events                | idle fulfilment
            -               | a?b          | -           | a-b                                     |
            -               | -            | *-events    | page-views a-b                          | audit idle
            low-risk        | *            | user-*      | page-views                              | audit idle
            """)
    void selects(String batch, String topic, String exclude, String topics, String groups) {
        Scope scope = Selection.of(batch, topic, exclude).in(PLAN, PROGRESS);
        assertThat(String.join(
                        " ", scope.topics().stream().map(PlannedTopic::name).toList()))
                .isEqualTo(topics);
        assertThat(String.join(
                        " ", scope.groups().stream().map(PlannedGroup::name).toList()))
                .isEqualTo(groups == null ? "" : groups);
        assertThat(scope.partial()).isEqualTo(batch != null || topic != null || exclude != null);
    }

    /** A broadcasting group stores no offsets at brokers, so its topics are known only from its clients. */
    @Test
    void selectsGroupsWhoseClientsConsumeASelectedTopic() {
        Traffic traffic = TrafficFixture.of("order-events")
                .consumes(Side.SOURCE, "audit", "order-events", true, ConsumeMode.PUSH, "a@1")
                .build();
        Scope part = Selection.of("orders", null, null).in(PLAN, PROGRESS);
        assertThat(part.withTraffic(PLAN, traffic).groups())
                .extracting(PlannedGroup::name)
                .containsExactly("fulfilment", "audit");
        Scope whole = Selection.ALL.in(PLAN, PROGRESS);
        assertThat(whole.withTraffic(PLAN, traffic)).isEqualTo(whole);
    }

    @Test
    void suggestsASimilarNameForAnUnknownBatch() {
        assertThatThrownBy(() -> Selection.of("order", null, null).in(PLAN, PROGRESS))
                .isInstanceOf(Fault.class)
                .hasMessage("The plan has no batch 'order'; did you mean orders?");
    }

    @Test
    void reportsAPatternThatMatchesNoTopic() {
        assertThatThrownBy(() -> Selection.of(null, "orders.*", "x").in(PLAN, PROGRESS))
                .hasMessage("No topic of the plan matches migrate.topic=orders.* migrate.excludeTopic=x.");
    }
}
