package io.github.rocketmigrate.observe;

import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Backlogs that reports show. */
final class TrafficTest {
    @Test
    void aBacklogIsUnknownIfThatOfOneGroupIs() {
        TrafficFixture traffic = TrafficFixture.of("orders")
                .queue(SOURCE, "orders", "old-a", 0, 0, 7)
                .offset(SOURCE, "mail", "orders", "old-a", 0, 4);
        assertThat(traffic.build().backlogOf(SOURCE, "orders")).hasValue(3);
        traffic.offset(SOURCE, "audit", "orders", "old-a", 0, 500);
        assertThat(traffic.build().backlogOf(SOURCE, "orders"))
                .describedAs("the offset of audit is of an earlier topic")
                .isEmpty();
    }
}
