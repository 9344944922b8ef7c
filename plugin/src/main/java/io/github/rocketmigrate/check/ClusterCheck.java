package io.github.rocketmigrate.check;

import io.github.rocketmigrate.observe.Situation;
import java.util.Optional;

/** A check that judges both clusters as a whole: before a step of a topic it finds the same as without one. */
interface ClusterCheck extends Check {
    Findings judge(Situation situation);

    @Override
    default boolean isOfClusters() {
        return true;
    }

    @Override
    default Findings judge(Situation situation, Optional<TopicStep> step) {
        return judge(situation);
    }
}
