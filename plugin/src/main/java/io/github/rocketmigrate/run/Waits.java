package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.FencePolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Knows which topics are worth waiting for, and since when: what our own steps have begun, and what others must do. */
final class Waits {
    /** Clients that have asked for routes need a moment more to divide the queues among them, and to tell brokers. */
    private static final Duration AFTER_POLLS = Duration.ofSeconds(30);

    private final FencePolicy limits;
    private final Duration patienceWithOthers;
    private final Clock clock;
    private final Instant begin;
    private final Map<String, Wait> waits = new HashMap<>();
    private final SortedMap<String, String> overdue = new TreeMap<>();

    private record Wait(Standing at, Instant since) {}

    Waits(FencePolicy limits, Duration patienceWithOthers, Clock clock) {
        this.limits = requireNonNull(limits, "limits is null");
        this.patienceWithOthers = requireNonNull(patienceWithOthers, "patienceWithOthers is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.begin = clock.instant();
    }

    /** What was waited for in vain, by topic. */
    SortedMap<String, String> overdue() {
        return overdue;
    }

    /**
     * What is waited for now, by topic; nothing where all of it has taken too long, or where there is nothing.
     *
     * @param arriving topics that wait for their groups
     */
    SortedMap<String, String> now(Look look, Map<String, String> arriving) {
        SortedMap<String, String> waiting = new TreeMap<>();
        overdue.clear();
        Map<String, List<Judgement>> failing = look.todo().failing();
        for (Change change : look.todo().changes().changes()) {
            if (change instanceof MoveTopic move) {
                String topic = move.subject().name();
                List<Judgement> reasons = failing.getOrDefault(topic, List.of());
                if (arriving.containsKey(topic)) {
                    wait(move, arriving.get(topic), waiting);
                } else if (isWorthIt(move, reasons)) {
                    wait(move, words(reasons), waiting);
                } else if (!reasons.isEmpty() && isTimeForOthers()) {
                    waiting.put(topic, words(reasons));
                }
            }
        }
        return waiting;
    }

    /** Whether a topic waits for nothing but what earlier steps have begun, and for clients that follow them. */
    static boolean isWorthIt(MoveTopic move, List<Judgement> reasons) {
        return !reasons.isEmpty()
                && reasons.stream()
                        .allMatch(reason -> reason.check().endsByItself(move.rung())
                                || reason.check().needsAnotherLook(reason.verdict()));
    }

    private boolean isTimeForOthers() {
        return Duration.between(begin, clock.instant()).compareTo(patienceWithOthers) < 0;
    }

    private void wait(MoveTopic move, String why, SortedMap<String, String> waiting) {
        String topic = move.subject().name();
        Wait wait = waits.get(topic);
        if (wait == null || !wait.at().equals(move.found())) {
            wait = new Wait(move.found(), clock.instant());
            waits.put(topic, wait);
        }
        boolean fence = move.rung() instanceof Rung.Wait;
        Duration most =
                fence ? limits.fence() : limits.routePoll().multipliedBy(2).plus(AFTER_POLLS);
        if (Duration.between(wait.since(), clock.instant()).compareTo(most) < 0 || isTimeForOthers()) {
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

    private static String words(List<Judgement> reasons) {
        return reasons.stream()
                .map(judgement ->
                        judgement.check().name() + ", " + judgement.verdict().what())
                .collect(Collectors.joining("; "));
    }
}
