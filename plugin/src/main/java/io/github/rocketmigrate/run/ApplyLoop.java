package io.github.rocketmigrate.run;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.apply.TopicSteps;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Looks, makes what can be made, and looks again, until nothing more can be made. Topics go side by side: whoever waits
 * holds up nobody else.
 */
final class ApplyLoop {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration PATIENCE_WITH_LOOKS = Duration.ofSeconds(60);
    private static final int MOST_NAMED = 3;

    private final LookSource looking;
    private final TopicSteps round;
    private final Waits waits;
    private final StopSignal stopping;
    private final ApplyProgress progress;

    /** A look at both clusters. */
    @FunctionalInterface
    interface LookSource {
        Look now();
    }

    ApplyLoop(LookSource looking, TopicSteps round, Waits waits, StopSignal stopping, ApplyProgress progress) {
        this.looking = requireNonNull(looking, "looking is null");
        this.round = requireNonNull(round, "round is null");
        this.waits = requireNonNull(waits, "waits is null");
        this.stopping = requireNonNull(stopping, "stopping is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * How it went.
     *
     * @param last what was seen last
     * @param application all that was made
     * @param since what was made after that last look
     * @param overdue the topics that were waited for in vain, with why
     */
    record LoopResult(Look last, AppliedChanges application, AppliedChanges since, SortedMap<String, String> overdue) {
        LoopResult {
            requireNonNull(last, "last is null");
            requireNonNull(application, "application is null");
            requireNonNull(since, "since is null");
            overdue = unmodifiableSortedMap(overdue);
        }

        /** Of one look only. */
        static LoopResult of(Look look, AppliedChanges application) {
            return new LoopResult(look, application, application, new TreeMap<>());
        }
    }

    LoopResult go(Look first) throws InterruptedException {
        Look look = first;
        AppliedChanges all = AppliedChanges.NONE;
        Set<Subject> stuck = new HashSet<>();
        Set<Change> idle = new HashSet<>();
        boolean isEnding = false;
        while (true) {
            List<Change> free = free(look, stuck, isEnding);
            TopicSteps.StepResults result = round.make(
                    look.planning().situation(), free, look.planning().judgements());
            AppliedChanges made = result.application();
            all = all.and(made);
            made.changes().stream()
                    .filter(one -> !one.ending().isDone() || isIdle(one, idle))
                    .forEach(one -> stuck.add(one.change().subject()));
            tell(made, look.planning().judgements());
            boolean hasStopped = made.stopped().isPresent();
            boolean mayOpenFences = !isEnding && round.mayGoOn() && isAnyFenceClosed(look, made);
            if ((hasStopped && !mayOpenFences) || !look.isAboutTraffic()) {
                return new LoopResult(look, all, made, waits.overdue());
            }
            isEnding |= hasStopped;
            if (made.changes().isEmpty()) {
                SortedMap<String, String> waiting = waits.now(look, result.waiting());
                if (isEnding) {
                    waiting.keySet().retainAll(look.planning().fenced());
                }
                waiting.keySet()
                        .removeIf(
                                topic -> stuck.stream().anyMatch(it -> it.name().equals(topic)));
                if (waiting.isEmpty()) {
                    return new LoopResult(look, all, made, waits.overdue());
                }
                progress.waiting(words(waiting));
                stopping.pause(BETWEEN_LOOKS);
                if (stopping.isRequested()) {
                    Stop stop = new Stop("It was told to stop.", "Run again: it goes on from here.");
                    AppliedChanges stopped = all.and(new AppliedChanges(List.of(), Optional.of(stop)));
                    return new LoopResult(look, stopped, made, waits.overdue());
                }
            }
            try {
                look = lookAgain();
            } catch (Fault fault) {
                Stop stop = new Stop(fault.getMessage() + fenced(look), fault.nextStep());
                AppliedChanges stopped = all.and(new AppliedChanges(List.of(), Optional.of(stop)));
                return new LoopResult(look, stopped, made, waits.overdue());
            }
        }
    }

    /** What can be made now; of a run that something has stopped, only what must not stay half done. */
    private static List<Change> free(Look look, Set<Subject> stuck, boolean isEnding) {
        Set<String> pressed = look.todo().changes().changes().stream()
                .filter(ApplyLoop::isPressed)
                .map(change -> change.subject().name())
                .collect(toSet());
        return look.free().stream()
                .filter(change -> !stuck.contains(change.subject()))
                .filter(change -> !isEnding || isPressed(change))
                // Who is in a fence, or goes back, does not wait for other settings.
                .filter(change -> change.kind() != Change.ChangeKind.ALIGN_TOPIC
                        || !pressed.contains(change.subject().name()))
                .toList();
    }

    private static boolean isPressed(Change change) {
        return change instanceof Change.MoveTopic move && !move.rung().mayWait();
    }

    private static boolean isAnyFenceClosed(Look before, AppliedChanges made) {
        return !before.planning().fenced().isEmpty()
                || made.changes().stream()
                        .anyMatch(one -> one.ending() == WriteOutcome.CONFIRMED
                                && one.change() instanceof Change.MoveTopic move
                                && move.rung().closesFirst());
    }

    /** Whether a change was made in vain before: everything was as it should be, and still there was something to do. */
    private static boolean isIdle(AppliedChange one, Set<Change> idle) {
        return one.ending() == WriteOutcome.UNCHANGED && !idle.add(one.change());
    }

    /** A server that does not answer for a moment, as when it restarts, is no reason to leave topics where they are. */
    private Look lookAgain() throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            try {
                return looking.now();
            } catch (Fault fault) {
                boolean tooLong = System.nanoTime() - begin > PATIENCE_WITH_LOOKS.toNanos();
                if (tooLong || stopping.isRequested()) {
                    throw fault;
                }
                progress.waiting(
                        "both clusters to be read: " + fault.getMessage().replaceFirst("\\.$", ""));
                stopping.pause(BETWEEN_LOOKS);
            }
        }
    }

    /** Which topics may be in a fence, where nobody gets their new messages. */
    private static String fenced(Look look) {
        List<String> topics = look.todo().changes().changes().stream()
                .filter(change -> change instanceof Change.MoveTopic move
                        && (move.rung() instanceof Rung.Wait || move.rung().closesFirst()))
                .map(change -> change.subject().name())
                .toList();
        return topics.isEmpty()
                ? ""
                : " In or before a fence, where new messages are withheld: " + Names.of(topics, MOST_NAMED) + ".";
    }

    /** Topics that have taken the same step are told together, and each with what was overruled for it. */
    private void tell(AppliedChanges made, List<Judgement> judgements) {
        Set<String> moved = new HashSet<>();
        Map<String, List<String>> steps = new LinkedHashMap<>();
        for (AppliedChange one : made.changes()) {
            if (one.ending() == WriteOutcome.CONFIRMED && one.change() instanceof Change.MoveTopic move) {
                steps.computeIfAbsent(
                                move.found().brief() + " → " + move.after().brief(), key -> new ArrayList<>())
                        .add(move.subject().name());
                moved.add(move.subject().name());
            }
        }
        steps.forEach((step, topics) -> progress.moved((topics.size() == 1 ? "topic " : topics.size() + " topics, ")
                + Names.of(topics, MOST_NAMED) + ": " + step));
        judgements.stream()
                .filter(judgement -> judgement.verdict() instanceof Verdict.Overruled
                        && judgement.topic().filter(moved::contains).isPresent())
                .forEach(judgement -> progress.overruled("topic "
                        + judgement.topic().get() + ": " + judgement.check().name() + ", "
                        + judgement.verdict().what()));
    }

    /** What is waited for, the same reason told once. */
    private static String words(SortedMap<String, String> waiting) {
        Map.Entry<String, String> first = waiting.entrySet().iterator().next();
        return (waiting.size() == 1
                        ? "topic " + first.getKey()
                        : waiting.size() + " topics, " + Names.of(waiting.keySet(), MOST_NAMED))
                + ": " + first.getValue();
    }
}
