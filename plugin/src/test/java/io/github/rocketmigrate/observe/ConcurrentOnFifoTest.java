package io.github.rocketmigrate.observe;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.plan.Plans;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans whose FIFO topics are consumed without order. */
final class ConcurrentOnFifoTest {
    private static final String PLAN = """
            traffic: { routing: join }
            batches:
              - name: shop
                stage: source
                topics:
                  - { name: orders, type: FIFO }
                  - { name: payments, type: FIFO }
                  - { name: clicks, type: NORMAL }
                groups:
                  - { name: audit, order: CONCURRENT }
                  - { name: billing, order: ORDERLY }
                  - { name: counter, order: CONCURRENT }
            """;

    private static List<String> warnings(String plan) {
        return Warnings.of(Situations.of(
                Plans.plan(plan),
                Selection.ALL,
                cluster("old", "4.9.7", "old-a")
                        .with("orders", topic(4))
                        .with("payments", topic(4))
                        .with("clicks", topic(4))
                        .build(),
                cluster("new", "5.5.0", "new-a").build(),
                new ConsumerOffsets(Map.of(
                        "audit", Map.of("orders", Map.of(), "payments", Map.of()),
                        "billing", Map.of("orders", Map.of()),
                        "counter", Map.of("clicks", Map.of()))),
                QueueOffsets.NONE));
    }

    @Test
    void aGroupWithoutOrderIsNamedWhileItsFifoTopicsAreAtTheSource() {
        assertThat(warnings(PLAN))
                .containsExactly("Group audit is CONCURRENT (line 14) and consumes the FIFO topics orders, payments."
                        + " Before orders, payments leave the source, set order: ORDERLY and have its clients register"
                        + " an orderly listener, or waive order-matches if it needs no order.");
    }

    @Test
    void aTopicThatIsToLeaveTheSourceHasACheckInstead() {
        assertThat(warnings(PLAN.replace("stage: source", "stage: read-both"))).isEmpty();
    }

    @Test
    void aWaiverSaysThatTheGroupNeedsNoOrder() {
        String waiver = """
                    waivers:
                      - { check: order-matches, groups: [audit], reason: counts only, owner: team, expires: 2999-12-31 }
                """;
        assertThat(warnings(PLAN + waiver)).isEmpty();
        assertThat(warnings(PLAN + waiver.replace("groups: [audit]", "topics: [payments]")))
                .singleElement()
                .asString()
                .contains("consumes the FIFO topic orders.");
    }

    @Test
    void aPlanWithoutTrafficLeavesTopicsAlone() {
        assertThat(warnings(PLAN.replace("traffic: { routing: join }\n", "").replace("    stage: source\n", "")))
                .isEmpty();
    }
}
