package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.util.Optional;

/** Two clusters, and one check that judges them as a whole. */
abstract class ClusterStory {
    static final String ONE = "batches: [{ name: all, topics: [{ name: user-events, type: NORMAL }] }]\n";

    final ClusterFixture source =
            cluster("old", "4.9.7", "old-a").with("user-events", topic(8)).with("shared", topic(8));
    final ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b");

    private final Check check;

    ClusterStory(Check check) {
        assertThat(CheckRegistry.of(check.name()))
                .as("add %s to CheckRegistry", check.getClass().getSimpleName())
                .isPresent();
        this.check = check;
    }

    final Verdict judge() {
        return judge(source, destination);
    }

    final Verdict judge(ClusterFixture from, ClusterFixture to) {
        return judge(Situations.of(ONE, from, to));
    }

    final Verdict judge(Situation situation) {
        StepStory.namesGroupsOnlyWhereAWaiverCan(
                check, check.judge(situation, Optional.empty()).all());
        return new Checks(situation).judge(check, Optional.empty()).verdict();
    }
}
