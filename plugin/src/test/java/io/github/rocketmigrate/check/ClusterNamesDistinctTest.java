package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import org.junit.jupiter.api.Test;

/** Clusters of one name. */
final class ClusterNamesDistinctTest extends ClusterStory {
    ClusterNamesDistinctTest() {
        super(new ClusterNamesDistinct());
    }

    @Test
    void twoClustersOfOneNameFail() {
        assertThat(judge()).isInstanceOf(Passed.class);
        assertThat(judge(cluster("one", "4.9.7", "a"), cluster("one", "5.5.0", "b")))
                .isInstanceOf(Failed.class);
    }
}
