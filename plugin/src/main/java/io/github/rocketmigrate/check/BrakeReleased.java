package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.Brakes.PulledBrake;
import io.github.rocketmigrate.text.GoalCommand;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Somebody has stopped the migration with {@code migrate:brake}. Steps that have begun are finished, and the way back is open. */
final class BrakeReleased implements Check {
    private static final Set<Purpose> BEFORE =
            Arrays.stream(Purpose.values()).filter(Purpose::mayWait).collect(toUnmodifiableSet());

    @Override
    public String name() {
        return "brake";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String protects() {
        return "was put on by a person";
    }

    @Override
    public String whenFailed() {
        return "stopped by the brake";
    }

    @Override
    public String passesWhen() {
        return "the brake is off: nobody has run `migrate:brake`, or `migrate:resume` has released it; a brake on "
                + "batches blocks only their topics; the check never blocks steps that have begun, or steps back";
    }

    @Override
    public boolean holdsBegunSteps() {
        return false;
    }

    @Override
    public Set<Purpose> before() {
        return BEFORE;
    }

    @Override
    public boolean knowsStep() {
        return true;
    }

    @Override
    public boolean isMoot(Situation situation) {
        return situation.brakes().scopes().isEmpty();
    }

    @Override
    public Findings judge(Situation situation, Optional<TopicStep> step) {
        Optional<PulledBrake> brake = step.isPresent()
                ? step.flatMap(it -> situation.brakes().of(batch(it)))
                : situation.brakes().ofPlan();
        return brake.map(on -> new Findings().failed("the brake is on " + on.words(), release(situation, step)))
                .orElseGet(() -> Findings.passed("no brake is on"));
    }

    private static String batch(TopicStep step) {
        return step.topic().batch().name().value();
    }

    private static String release(Situation situation, Optional<TopicStep> step) {
        Optional<String> batch =
                step.filter(it -> situation.brakes().ofPlan().isEmpty()).map(BrakeReleased::batch);
        return "When the reason is gone, release it: "
                + batch.map(name -> situation.plan().command("resume", GoalCommand.parameter("batch", name)))
                        .orElseGet(() -> situation.plan().command("resume"));
    }
}
