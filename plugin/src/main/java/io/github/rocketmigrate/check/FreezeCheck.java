package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.FreezeTime;
import io.github.rocketmigrate.plan.FreezeTime.Occurrence;
import io.github.rocketmigrate.plan.StepConditions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The company changes nothing in these times. What has begun is finished, and the way back is open. */
final class FreezeCheck implements Check {
    /** Weekly times that begin as others end may hold forever. */
    private static final int MOST_FOLLOWED = 10;

    @Override
    public String name() {
        return "freeze";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String whenFailed() {
        return "frozen";
    }

    @Override
    public String passesWhen() {
        return "the time is outside every `freeze` of the topic's batch, or of the plan if the batch has none; for "
                + "the join, outside every `freeze` of the plan; the check never blocks steps that have begun, or "
                + "steps back";
    }

    @Override
    public boolean holdsBegunSteps() {
        return false;
    }

    @Override
    public Set<Purpose> before() {
        return Conditions.BEFORE_STEPS_AND_JOIN;
    }

    @Override
    public boolean knowsStep() {
        return true;
    }

    @Override
    public boolean isMoot(Situation situation) {
        return Conditions.areUnset(situation, conditions -> conditions.freeze().isPresent());
    }

    @Override
    public Outlook outlook(TopicStep step) {
        List<Occurrence> frozen = frozen(conditions(step), step.situation().readAt());
        return frozen.isEmpty() || frozen.size() == MOST_FOLLOWED
                ? Outlook.UNKNOWN
                : new Outlook(Optional.of(frozen.get(frozen.size() - 1).end()), Optional.empty(), false);
    }

    @Override
    public Findings judge(Situation situation, Optional<TopicStep> step) {
        StepConditions conditions = step.map(FreezeCheck::conditions)
                .orElseGet(() -> situation.plan().conditions());
        List<Occurrence> frozen = frozen(conditions, situation.readAt());
        if (frozen.isEmpty()) {
            return Findings.passed("the time is outside every freeze"
                    + next(conditions, situation.readAt())
                            .map(it -> "; the next begins " + it.from() + line(it))
                            .orElse(""));
        }
        Occurrence last = frozen.get(frozen.size() - 1);
        return new Findings()
                .failed(
                        words(frozen),
                        frozen.size() == MOST_FOLLOWED
                                ? "Leave time between the freezes."
                                : "Run again after " + last.until() + ".");
    }

    private static StepConditions conditions(TopicStep step) {
        return step.situation().plan().conditionsOf(step.topic().batch());
    }

    private static String words(List<Occurrence> frozen) {
        return frozen.stream()
                .map(one -> "until " + one.until() + line(one))
                .collect(joining(", then ", "frozen ", ""));
    }

    private static String line(Occurrence one) {
        return " (line " + one.line() + ")";
    }

    /** The freezes that hold one after the other from a moment on: each holds when the one before it ends. */
    private static List<Occurrence> frozen(StepConditions conditions, Instant moment) {
        List<FreezeTime> times = conditions.frozen();
        List<Occurrence> frozen = new ArrayList<>();
        Optional<Occurrence> holding = holding(times, moment);
        while (holding.isPresent() && frozen.size() < MOST_FOLLOWED) {
            frozen.add(holding.get());
            holding = holding(times, holding.get().end());
        }
        return frozen;
    }

    /** The one that ends last. */
    private static Optional<Occurrence> holding(List<FreezeTime> times, Instant moment) {
        return times.stream().flatMap(time -> time.at(moment).stream()).max(Comparator.comparing(Occurrence::end));
    }

    private static Optional<Occurrence> next(StepConditions conditions, Instant moment) {
        return conditions.frozen().stream()
                .flatMap(time -> time.after(moment).stream())
                .min(Comparator.comparing(Occurrence::begin));
    }
}
