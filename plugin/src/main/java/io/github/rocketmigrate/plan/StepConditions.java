package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Position;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The conditions of a company for steps forward, as the plan or a batch sets them.
 *
 * @param freeze the times without steps forward; an empty list in a batch lifts those of the plan
 * @param soak how long a topic stays at each stage; zero in a batch lifts that of the plan
 * @param gates what has to hold outside RocketMQ; an empty list in a batch lifts those of the plan
 * @param written where the first of them is, if one is set
 */
public record StepConditions(
        Optional<List<Freeze>> freeze,
        Optional<Located<String>> soak,
        Optional<List<Gate>> gates,
        Optional<Position> written) {
    public static final StepConditions NONE =
            new StepConditions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public StepConditions {
        requireNonNull(freeze, "freeze is null");
        requireNonNull(soak, "soak is null");
        requireNonNull(gates, "gates is null");
        requireNonNull(written, "written is null");
    }

    /** The same, and where a condition is not set, that of the whole plan. */
    StepConditions orElse(StepConditions ofPlan) {
        return new StepConditions(
                freeze.or(ofPlan::freeze), soak.or(ofPlan::soak), gates.or(ofPlan::gates), written.or(ofPlan::written));
    }

    /** The times without steps forward, in the order of the plan. */
    public List<FreezeTime> frozen() {
        return freeze.stream().flatMap(List::stream).map(FreezeTime::of).toList();
    }

    /** How long a topic stays at each stage; empty if it need not. */
    public Optional<Duration> soaking() {
        return soak.flatMap(text -> PlannedDuration.of(text.value())).filter(time -> !time.isZero());
    }

    /** The gates, in the order of the plan. */
    public Stream<Gate> gateList() {
        return gates.stream().flatMap(List::stream);
    }
}
