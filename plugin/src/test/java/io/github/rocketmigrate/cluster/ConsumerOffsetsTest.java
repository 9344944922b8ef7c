package io.github.rocketmigrate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConsumerOffsetsTest {
    @Test
    void whatBrokersKeepForThemselvesOfABroadcastingGroupIsNoGroup() {
        Map<String, Map<QueueKey, Long>> prices = Map.of("prices", Map.of(new QueueKey("destination-a", 0), 17L));
        ConsumerOffsets offsets = new ConsumerOffsets(Map.of("windows@broadcast", prices, "audit", prices));
        assertThat(offsets.groupsOf("prices")).containsExactly("audit");
    }
}
