package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.decide.Obstacle;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts how long topics have been waited for, and ends the waits that have taken too long. */
public final class Waits {
    /** Clients that have asked for routes need a moment more to divide the queues among them, and to tell brokers. */
    private static final Duration AFTER_POLLS = Duration.ofSeconds(30);

    private final FencePolicy policy;
    private final Duration maxWait;
    private final Timing timing;
    private final Timing.Stopwatch run;
    private final Map<String, TopicWait> waits = new HashMap<>();
    private final SortedMap<String, String> overdue = new TreeMap<>();

    private record TopicWait(Standing at, Timing.Stopwatch lasts) {}

    /**
     * Begins.
     *
     * @param maxWait how long to wait for what other people have to do
     */
    public Waits(FencePolicy policy, Duration maxWait, Timing timing) {
        this.policy = requireNonNull(policy, "policy is null");
        this.maxWait = requireNonNull(maxWait, "maxWait is null");
        this.timing = requireNonNull(timing, "timing is null");
        this.run = timing.stopwatch();
    }

    /** The topics that were waited for in vain, with why. */
    public SortedMap<String, String> overdue() {
        return overdue;
    }

    /** The topics that are worth waiting for, with why; none where all of them have taken too long. */
    SortedMap<String, String> now(Assessment assessment) {
        SortedMap<String, String> waiting = new TreeMap<>();
        overdue.clear();
        for (Decision decision : assessment.decisions()) {
            if (decision.change() instanceof MoveTopic move) {
                String why = Obstacle.words(decision.reasons());
                if (decision.endsByItself()) {
                    wait(move, why, waiting);
                } else if (decision.isForOthers() && isTimeForOthers()) {
                    waiting.put(move.subject().name(), why);
                }
            }
        }
        return waiting;
    }

    private boolean isTimeForOthers() {
        return run.passed().compareTo(maxWait) < 0;
    }

    private void wait(MoveTopic move, String why, SortedMap<String, String> waiting) {
        String topic = move.subject().name();
        TopicWait wait = waits.get(topic);
        if (wait == null || !wait.at().equals(move.found())) {
            wait = new TopicWait(move.found(), timing.stopwatch());
            waits.put(topic, wait);
        }
        boolean fence = move.rung() instanceof Rung.Wait;
        Duration most =
                fence ? policy.fence() : policy.routePoll().multipliedBy(2).plus(AFTER_POLLS);
        if (wait.lasts().passed().compareTo(most) < 0 || isTimeForOthers()) {
            waiting.put(topic, why);
        } else {
            overdue.put(
                    topic,
                    (fence
                                    ? "it stays in the fence, where its new messages are withheld from its consumers, after "
                                    : "it goes no further after ")
                            + most.toSeconds() + " s: " + why);
        }
    }
}
