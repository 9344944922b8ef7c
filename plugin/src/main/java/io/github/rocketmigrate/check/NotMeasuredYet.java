package io.github.rocketmigrate.check;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import java.util.Optional;
import java.util.Set;

/** A check that the plan's format knows and this version does not measure: plans may waive it, and nothing waits for it. */
record NotMeasuredYet(String name, boolean isWaivable) implements Check {
    @Override
    public String passesWhen() {
        return "it is not measured yet";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of();
    }

    @Override
    public boolean isMeasured() {
        return false;
    }

    @Override
    public Findings judge(Situation situation, Optional<TopicStep> step) {
        return new Findings().unknown("not measured by this version of RocketMigrate");
    }
}
