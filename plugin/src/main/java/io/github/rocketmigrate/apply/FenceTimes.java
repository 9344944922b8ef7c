package io.github.rocketmigrate.apply;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FenceEstimate;
import io.github.rocketmigrate.observe.PassedFence;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures how long the fences of a run are closed, and remembers what was expected of each when it closed. */
final class FenceTimes {
    private final Map<String, Closing> closings = new HashMap<>();
    private final List<PassedFence> passed = new ArrayList<>();

    private record Closing(Side side, Duration beganAt, FenceEstimate expected) {}

    /** The fences that this run has closed and opened again, in the order in which they opened. */
    List<PassedFence> passed() {
        return List.copyOf(passed);
    }

    /** Takes the changes that were made in a situation. */
    void after(Situation before, List<AppliedChange> made) {
        made.stream()
                .filter(one -> one.outcome() == WriteOutcome.CONFIRMED && one.change() instanceof MoveTopic)
                .forEach(one -> after(before, (MoveTopic) one.change(), one));
    }

    private void after(Situation before, MoveTopic move, AppliedChange one) {
        if (one.endedAt().isEmpty()) {
            return;
        }
        String topic = move.subject().name();
        Duration endedAt = one.endedAt().get();
        if (move.rung().closesFirst()) {
            Side side = move.rung().writes().get(0).side();
            FenceEstimate.in(before, side, topic)
                    .ifPresent(expected -> closings.putIfAbsent(
                            topic, new Closing(side, endedAt.minus(one.took().orElse(Duration.ZERO)), expected)));
        } else if (move.rung().isFor(Purpose.OPEN_FENCE) || move.rung().isFor(Purpose.OPEN_REVERSE_FENCE)) {
            Closing closing = closings.remove(topic);
            if (closing != null) {
                passed.add(
                        new PassedFence(topic, closing.side(), endedAt.minus(closing.beganAt()), closing.expected()));
            }
        }
    }
}
