package io.github.rocketmigrate.check;

import io.github.rocketmigrate.observe.Situation;
import java.util.Optional;

/** A check that judges the traffic of one topic: of a topic whose traffic was not read it knows nothing. */
interface TrafficCheck extends Check {
    /** Judges a topic whose traffic was read. */
    Findings judge(TopicStep step);

    @Override
    default Findings judge(Situation situation, Optional<TopicStep> step) {
        return step.filter(TopicStep::isObserved)
                .map(this::judge)
                .orElseGet(() -> new Findings().unknown("it was not read what goes on with the topic"));
    }
}
