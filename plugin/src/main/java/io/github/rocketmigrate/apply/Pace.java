package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * How long a run waits until it looks at both clusters again. Each look reads both of them, so looks become rarer the
 * longer nothing changes: a wait lasts at most a tenth longer than it must. While a fence is closed, consumers get no new
 * messages, and a run looks every second.
 */
final class Pace {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int PART = 10;

    private final Timing timing;
    private Timing.Stopwatch same;
    private Set<Awaited> awaited = Set.of();

    /** A check or another reason without its figures, which change all the time, and the topics that wait for it. */
    private record Awaited(String kind, SortedSet<String> topics) {}

    Pace(Timing timing) {
        this.timing = requireNonNull(timing, "timing is null");
        this.same = timing.stopwatch();
    }

    /** Something has changed, so other things may change soon. */
    void restart() {
        same = timing.stopwatch();
    }

    /** The pause before the next look, if this is what the run waits for now. */
    Duration next(Assessment now, List<WaitReason> reasons) {
        if (!now.changes().fenced().isEmpty()) {
            return SHORTEST;
        }
        Set<Awaited> found = reasons.stream()
                .map(reason -> new Awaited(reason.kind(), reason.topics()))
                .collect(toSet());
        if (!found.equals(awaited)) {
            awaited = found;
            restart();
        }
        return Stream.concat(Stream.of(same.passed().dividedBy(PART), LONGEST), quiet(now).stream())
                .min(Duration::compareTo)
                .filter(pause -> pause.compareTo(SHORTEST) > 0)
                .orElse(SHORTEST);
    }

    /** The time until the first topic that is quiet has been quiet for long enough. */
    private static Optional<Duration> quiet(Assessment now) {
        return now.situation()
                .traffic()
                .flatMap(traffic -> now.changes().changes().stream()
                        .filter(MoveTopic.class::isInstance)
                        .flatMap(move -> traffic.quietIn(move.subject().name()).stream())
                        .min(Duration::compareTo));
    }
}
