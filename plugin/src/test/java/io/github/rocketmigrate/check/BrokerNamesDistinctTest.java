package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import org.junit.jupiter.api.Test;

/** Brokers of one name in both clusters. */
final class BrokerNamesDistinctTest extends ClusterStory {
    BrokerNamesDistinctTest() {
        super(new BrokerNamesDistinct());
    }

    @Test
    void aBrokerNameOfBothClustersIsNamed() {
        assertThat(judge()).isInstanceOf(Passed.class);
        Verdict verdict = judge(cluster("old", "4.9.7", "broker-a"), cluster("new", "5.5.0", "broker-a"));
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what()).isEqualTo("1 broker name is used in both clusters: broker-a");
    }
}
