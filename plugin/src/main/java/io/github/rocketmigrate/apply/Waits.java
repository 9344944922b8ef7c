package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DueTime;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import io.github.rocketmigrate.write.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Measures how long topics wait and ends waits that take too long. */
public final class Waits {
    /** After polling routes, clients need some time to rebalance queues and to register with brokers. */
    private static final Duration AFTER_POLLS = Duration.ofSeconds(30);

    private final Duration maxWait;
    private final Timing timing;
    private final Timing.Stopwatch run;
    private final Map<String, TopicWait> waits = new HashMap<>();
    private final SortedMap<String, String> overdue = new TreeMap<>();
    private FencePolicy policy;

    private record TopicWait(Standing at, Timing.Stopwatch lasts) {}

    /** Waits at most {@code maxWait} for the actions of other people. */
    public Waits(FencePolicy policy, Duration maxWait, Timing timing) {
        this.policy = requireNonNull(policy, "policy is null");
        this.maxWait = requireNonNull(maxWait, "maxWait is null");
        this.timing = requireNonNull(timing, "timing is null");
        this.run = timing.stopwatch();
    }

    /** The topics whose wait took too long, with the reasons. */
    public SortedMap<String, String> overdue() {
        return overdue;
    }

    /**
     * The topics to wait for, with the reasons; empty if no wait is left.
     *
     * @param halfClosed the topics whose fence may be closed, for which the run waits as for those in a fence
     */
    SortedMap<String, List<WaitReason>> now(Assessment assessment, Set<String> halfClosed) {
        SortedMap<String, List<WaitReason>> waiting = new TreeMap<>();
        overdue.clear();
        if (assessment.situation().traffic().filter(Traffic::hasProxies).isPresent()) {
            policy = policy.behindProxies();
        }
        Instant readAt = assessment.situation().readAt();
        for (Decision decision : assessment.decisions()) {
            if (decision.change() instanceof MoveTopic move) {
                if (decision.isWorthWaitingFor()) {
                    wait(move, decision.reasons(), readAt, halfClosed, waiting);
                } else if (decision.isWaitingForPeople() && isTimeForOthers() && canEndInTime(decision, readAt)) {
                    waiting.put(move.subject().name(), reasons(move, decision.reasons(), readAt, Optional.empty()));
                }
            }
        }
        return waiting;
    }

    /** How long a fence may stay closed. */
    Duration longestFence() {
        return policy.fence();
    }

    /** What the owners of brokers have to do, while it is worth waiting for. */
    List<WaitReason> forOwners(Assessment assessment) {
        return isTimeForOthers()
                ? assessment.changes().byHand().stream()
                        .map(one -> WaitReason.ofRun(one.reason().word(), one.what(), whileOthersAct(one.fix())))
                        .toList()
                : List.of();
    }

    /** A run of minutes does not wait for the end of a freeze in days. */
    private boolean canEndInTime(Decision decision, Instant readAt) {
        Instant end = readAt.plus(maxWait.minus(run.passed()));
        return decision.reasons().stream()
                .filter(reason -> !reason.mayClear())
                .flatMap(reason -> reason.notBefore().stream())
                .noneMatch(end::isBefore);
    }

    /** Somebody who watches the run at night has to know what to do while it still waits. */
    private String whileOthersAct(String fix) {
        String first = fix.split("\\.( |$)", 2)[0];
        return (first.isEmpty() ? "Somebody has to act" : first) + "; this run waits for it for up to "
                + Counts.span(maxWait);
    }

    private boolean isTimeForOthers() {
        return run.passed().compareTo(maxWait) < 0;
    }

    /**
     * Reasons for people who watch the run.
     *
     * @param usual how long the wait usually takes at most; empty if it is longer already, or if people have to act
     */
    private List<WaitReason> reasons(MoveTopic move, List<Reason> reasons, Instant readAt, Optional<Duration> usual) {
        return reasons.stream()
                .map(reason -> new WaitReason(
                        reason.brief(), reason.words(move.rung()), why(reason, readAt, usual), new TreeSet<>()))
                .toList();
    }

    private String why(Reason reason, Instant readAt, Optional<Duration> usual) {
        if (!reason.mayClear()) {
            return reason.notBefore()
                    .map(at -> "It ends by itself, not before " + DueTime.words(at, readAt)
                            + "; this run waits for up to " + Counts.span(maxWait))
                    .orElseGet(() -> whileOthersAct(reason.fix()));
        }
        Optional<Instant> late = reason.notBefore().filter(at -> at.isAfter(readAt.plus(usual.orElse(Duration.ZERO))));
        Duration longest = usual.filter(most -> most.compareTo(maxWait) > 0).orElse(maxWait);
        String limit = "; this run waits for up to " + Counts.span(longest);
        if (late.isPresent()) {
            return "It cannot end before " + DueTime.words(late.get(), readAt) + limit;
        }
        if (reason.stays().isPresent()) {
            return reason.stays().get() + limit;
        }
        return usual.map(most -> "Normal for up to " + Counts.span(most) + ": ").orElse("Longer than usual: ")
                + reason.whyAwaited(policy);
    }

    private void wait(
            MoveTopic move,
            List<Reason> reasons,
            Instant readAt,
            Set<String> halfClosed,
            SortedMap<String, List<WaitReason>> waiting) {
        String topic = move.subject().name();
        TopicWait wait = waits.get(topic);
        if (wait == null || !wait.at().equals(move.found())) {
            wait = new TopicWait(move.found(), timing.stopwatch());
            waits.put(topic, wait);
        }
        boolean pause = move.rung().isFor(Purpose.END_PAUSE);
        boolean fence = move.rung() instanceof Rung.Wait && !pause;
        Duration step = pause ? policy.fence() : policy.quiet().plus(policy.routePoll());
        Duration most = fence || halfClosed.contains(topic) ? policy.fence() : longest(step.plus(AFTER_POLLS), reasons);
        boolean isUsual = wait.lasts().passed().compareTo(most) < 0;
        if (isUsual || isTimeForOthers()) {
            waiting.put(topic, reasons(move, reasons, readAt, Optional.of(most).filter(it -> isUsual)));
        } else {
            overdue.put(
                    topic,
                    (fence
                                    ? "it is still " + move.found().place() + " after " + Counts.span(most)
                                            + ", so its consumers get no new messages. It waits for "
                                    : "it has not moved for " + Counts.span(most) + ", because it waits for ")
                            + Reason.words(reasons, move.rung()));
        }
    }

    /** A topic that waits for several reasons waits for the slowest. */
    private Duration longest(Duration usual, List<Reason> reasons) {
        return reasons.stream()
                .map(reason -> reason.usuallyEndsWithin(policy))
                .filter(most -> most.compareTo(usual) > 0)
                .max(Duration::compareTo)
                .orElse(usual);
    }

    /** Each reason once, with the topics that wait for it. */
    static List<WaitReason> byReason(SortedMap<String, List<WaitReason>> waiting) {
        Map<WaitReason, SortedSet<String>> topics = new LinkedHashMap<>();
        waiting.forEach((topic, reasons) ->
                reasons.forEach(reason -> topics.computeIfAbsent(reason.of(new TreeSet<>()), key -> new TreeSet<>())
                        .add(topic)));
        return topics.entrySet().stream()
                .map(reason -> reason.getKey().of(reason.getValue()))
                .toList();
    }
}
