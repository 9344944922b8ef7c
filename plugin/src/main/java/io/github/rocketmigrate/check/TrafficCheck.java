package io.github.rocketmigrate.check;

import io.github.rocketmigrate.observe.Situation;
import java.util.Optional;

/** A check that judges the traffic of one topic, and is unknown where that traffic was not read. */
interface TrafficCheck extends Check {
    /** Judges a topic whose traffic was read. */
    Findings judge(TopicStep step);

    @Override
    default Findings judge(Situation situation, Optional<TopicStep> step) {
        return step.filter(TopicStep::isObserved)
                .map(this::judge)
                .orElseGet(() -> new Findings().unknown("the topic's traffic was not read"));
    }
}
