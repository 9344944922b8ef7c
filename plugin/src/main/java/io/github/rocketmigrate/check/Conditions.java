package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.StepConditions;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the checks of a company's conditions share: they hold steps forward, and are left out where no plan sets them. */
final class Conditions {
    /** Every step of a topic forward, the join, and the end of the join. */
    static final Set<Purpose> BEFORE_STEPS_AND_JOIN = Arrays.stream(Purpose.values())
            .filter(purpose -> purpose.mayWait() && purpose != Purpose.WRITE_OBJECTS)
            .collect(toUnmodifiableSet());

    /** Every step of a topic forward. */
    static final Set<Purpose> BEFORE_STEPS = BEFORE_STEPS_AND_JOIN.stream()
            .filter(purpose -> purpose != Purpose.JOIN && purpose != Purpose.LEAVE_JOIN)
            .collect(toUnmodifiableSet());

    private Conditions() {}

    /** Whether neither the plan nor one of its batches sets a condition. */
    static boolean areUnset(Situation situation, Predicate<StepConditions> isSet) {
        return Stream.concat(
                        Stream.of(situation.plan().conditions()),
                        situation.plan().batches().stream().map(Batch::conditions))
                .noneMatch(isSet);
    }
}
