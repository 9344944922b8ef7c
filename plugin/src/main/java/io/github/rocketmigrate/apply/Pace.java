package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;

/**
 * How long a run waits until it looks at both clusters again. Each look reads both of them, so looks become rarer the
 * longer nothing changes, and the longer it is known that nothing can change: a wait lasts at most a tenth longer than it
 * must. While a fence is closed, consumers get no new
 * messages. A run then looks every second, or every few seconds while the fence cannot open yet, because producers may
 * still write behind it.
 */
final class Pace {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int PART = 10;
    private static final Duration LONGEST_IN_FENCE = Duration.ofSeconds(3);
    private static final int PART_IN_FENCE = 5;

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
            return inFence(now);
        }
        Set<Awaited> found = reasons.stream()
                .map(reason -> new Awaited(reason.kind(), reason.topics()))
                .collect(toSet());
        if (!found.equals(awaited)) {
            awaited = found;
            restart();
        }
        return least(Stream.concat(
                Stream.of(same.passed().plus(left(now, reasons)).dividedBy(PART), LONGEST),
                now.changes().changes().stream()
                        .filter(MoveTopic.class::isInstance)
                        .flatMap(move -> quietIn(now, move.subject().name()).stream())));
    }

    /** How long the wait lasts at least: until the first topic can move for which the run waits, as far as that is known. */
    private static Duration left(Assessment now, List<WaitReason> reasons) {
        Set<String> topics =
                reasons.stream().flatMap(reason -> reason.topics().stream()).collect(toSet());
        boolean isForTopicsOnly =
                reasons.stream().noneMatch(reason -> reason.topics().isEmpty());
        return now.decisions().stream()
                .filter(decision -> isForTopicsOnly
                        && decision.change() instanceof MoveTopic move
                        && topics.contains(move.subject().name()))
                .map(decision -> left(decision, now.situation().readAt()))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** A topic waits for all of its reasons. */
    private static Duration left(Decision decision, Instant readAt) {
        return decision.reasons().stream()
                .flatMap(reason -> reason.notBefore().stream())
                .map(at -> Duration.between(readAt, at))
                .filter(left -> !left.isNegative())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Duration inFence(Assessment now) {
        List<Duration> left = now.changes().fenced().stream()
                .flatMap(topic -> quietIn(now, topic).stream())
                .toList();
        if (left.size() < now.changes().fenced().size()) {
            return SHORTEST;
        }
        Duration quiet =
                now.situation().traffic().orElseThrow().policy().quiet().minus(Collections.max(left));
        return least(Stream.concat(Stream.of(quiet.dividedBy(PART_IN_FENCE), LONGEST_IN_FENCE), left.stream()));
    }

    private static Duration least(Stream<Duration> pauses) {
        return pauses.min(Duration::compareTo)
                .filter(pause -> pause.compareTo(SHORTEST) > 0)
                .orElse(SHORTEST);
    }

    private static Optional<Duration> quietIn(Assessment now, String topic) {
        return now.situation().traffic().flatMap(traffic -> traffic.quietIn(topic));
    }
}
