package io.github.rocketmigrate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConsumerOffsetsTest {
    @Test
    void whatBrokersKeepForThemselvesOfABroadcastingGroupIsNoGroup() {
        Map<String, Map<QueueKey, Long>> offsets = Map.of("prices", Map.of(new QueueKey("destination-a", 0), 17L));
        ConsumerOffsets progress = new ConsumerOffsets(Map.of("windows@broadcast", offsets, "audit", offsets));
        assertThat(progress.groupsOf("prices")).containsExactly("audit");
    }
}
