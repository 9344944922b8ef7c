package io.github.rocketmigrate.cluster.remoting;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import java.time.Instant;
import java.util.Optional;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.Test;

/** A broker delivers a delayed message when the span of its level has passed since it stored the message. */
final class DelayLevelsTest {
    private static Optional<Instant> due(ClusterFixture cluster, int queue) {
        MessageExt message = new MessageExt();
        message.setStoreTimestamp(Instant.parse("2026-11-21T12:00:00Z").toEpochMilli());
        return DelayLevels.of(cluster.build().brokers().get("old-a")).due(message, queue);
    }

    @Test
    void theUsualLevelsGoFromASecondToTwoHours() {
        ClusterFixture usual = cluster("old", "4.9.7", "old-a");
        assertThat(due(usual, 0)).contains(Instant.parse("2026-11-21T12:00:01Z"));
        assertThat(due(usual, 17)).contains(Instant.parse("2026-11-21T14:00:00Z"));
        assertThat(due(usual, 18)).isEmpty();
    }

    @Test
    void aBrokerMayHaveOtherLevels() {
        ClusterFixture other = cluster("old", "4.9.7", "old-a").setting("old-a", "messageDelayLevel", "5m 3d");
        assertThat(due(other, 0)).contains(Instant.parse("2026-11-21T12:05:00Z"));
        assertThat(due(other, 1)).contains(Instant.parse("2026-11-24T12:00:00Z"));
        ClusterFixture strange = cluster("old", "4.9.7", "old-a").setting("old-a", "messageDelayLevel", "soon 1h");
        assertThat(due(strange, 1)).isEmpty();
    }
}
