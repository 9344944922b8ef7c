package io.github.rocketmigrate.apply;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.Timing;
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
import java.util.function.Supplier;

/**
 * Assesses both clusters, makes what is ready, and assesses them again, until nothing more is ready and nothing is worth
 * waiting for. Topics go side by side: one that waits holds up no other.
 */
public final class ApplyLoop {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final Duration PATIENCE_WITH_LOOKS = Duration.ofSeconds(60);
    private static final int MOST_NAMED = 3;

    private final Supplier<Assessment> assessments;
    private final TopicSteps steps;
    private final Waits waits;
    private final RunControl control;

    /**
     * Begins.
     *
     * @param assessments reads both clusters anew each time it is asked
     */
    public ApplyLoop(Supplier<Assessment> assessments, TopicSteps steps, Waits waits, RunControl control) {
        this.assessments = requireNonNull(assessments, "assessments is null");
        this.steps = requireNonNull(steps, "steps is null");
        this.waits = requireNonNull(waits, "waits is null");
        this.control = requireNonNull(control, "control is null");
    }

    /**
     * How a run went.
     *
     * @param last what was seen last
     * @param all what has become of every change
     * @param since what was made after that last assessment
     * @param overdue the topics that were waited for in vain, with why
     */
    public record LoopResult(
            Assessment last, AppliedChanges all, AppliedChanges since, SortedMap<String, String> overdue) {
        public LoopResult {
            requireNonNull(last, "last is null");
            requireNonNull(all, "all is null");
            requireNonNull(since, "since is null");
            overdue = unmodifiableSortedMap(overdue);
        }

        /** A run of one assessment. */
        public static LoopResult of(Assessment assessment, AppliedChanges applied) {
            return new LoopResult(assessment, applied, applied, new TreeMap<>());
        }
    }

    public LoopResult run(Assessment first) throws InterruptedException {
        Assessment now = first;
        AppliedChanges all = AppliedChanges.NONE;
        Set<Subject> stuck = new HashSet<>();
        Set<Change> idle = new HashSet<>();
        boolean isEnding = false;
        while (true) {
            AppliedChanges made = steps.make(now, due(now, stuck, isEnding));
            all = all.and(made);
            made.changes().stream()
                    .filter(one -> !one.outcome().isDone() || isIdle(one, idle))
                    .forEach(one -> stuck.add(one.change().subject()));
            tell(made, now.judgements());
            boolean hasStopped = made.stopped().isPresent();
            boolean mayOpenFences = !isEnding && steps.mayGoOn() && isAnyFenceClosed(now, made);
            if ((hasStopped && !mayOpenFences) || !now.isAboutTraffic()) {
                return new LoopResult(now, all, made, waits.overdue());
            }
            isEnding |= hasStopped;
            if (made.changes().isEmpty()) {
                SortedMap<String, String> waiting = waits.now(now);
                if (isEnding) {
                    waiting.keySet().retainAll(now.changes().fenced());
                }
                waiting.keySet()
                        .removeIf(
                                topic -> stuck.stream().anyMatch(it -> it.name().equals(topic)));
                if (waiting.isEmpty()) {
                    return new LoopResult(now, all, made, waits.overdue());
                }
                control.progress().waiting(words(waiting));
                control.pause(BETWEEN_LOOKS);
                if (control.isStopping()) {
                    return stopped(now, all, made, Halt.onRequest().stop());
                }
            }
            try {
                now = assessAgain();
            } catch (Fault fault) {
                return stopped(now, all, made, new Stop(fault.getMessage() + fenced(now), fault.nextStep()));
            }
        }
    }

    private LoopResult stopped(Assessment last, AppliedChanges all, AppliedChanges since, Stop stop) {
        return new LoopResult(last, all.and(new AppliedChanges(List.of(), Optional.of(stop))), since, waits.overdue());
    }

    /** What can be made now; of a run that something has stopped, only what must not stay half done. */
    private static List<Decision> due(Assessment now, Set<Subject> stuck, boolean isEnding) {
        if (!now.stale().isEmpty()) {
            return List.of();
        }
        return now.decisions().stream()
                .filter(decision -> !stuck.contains(decision.change().subject()))
                .filter(decision -> !isEnding || isPressed(decision.change()))
                .toList();
    }

    private static boolean isPressed(Change change) {
        return change instanceof MoveTopic move && !move.rung().mayWait();
    }

    private static boolean isAnyFenceClosed(Assessment before, AppliedChanges made) {
        return !before.changes().fenced().isEmpty()
                || made.changes().stream()
                        .anyMatch(one -> one.outcome() == WriteOutcome.CONFIRMED
                                && one.change() instanceof MoveTopic move
                                && move.rung().closesFirst());
    }

    /** Whether a change was made in vain before: everything was as it should be, and still there was something to do. */
    private static boolean isIdle(AppliedChange one, Set<Change> idle) {
        return one.outcome() == WriteOutcome.UNCHANGED && !idle.add(one.change());
    }

    /** A server that does not answer for a moment, as when it restarts, is no reason to leave topics where they are. */
    private Assessment assessAgain() throws InterruptedException {
        Timing.Stopwatch tried = control.timing().stopwatch();
        while (true) {
            try {
                return assessments.get();
            } catch (Fault fault) {
                boolean tooLong = tried.isOver(PATIENCE_WITH_LOOKS);
                if (tooLong || control.isStopping()) {
                    throw fault;
                }
                control.progress()
                        .waiting("both clusters to be read: "
                                + fault.getMessage().replaceFirst("\\.$", ""));
                control.pause(BETWEEN_LOOKS);
            }
        }
    }

    /** Which topics may be in a fence, where nobody gets their new messages. */
    private static String fenced(Assessment now) {
        List<String> topics = now.changes().changes().stream()
                .filter(change -> change instanceof MoveTopic move
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
            if (one.outcome() == WriteOutcome.CONFIRMED && one.change() instanceof MoveTopic move) {
                steps.computeIfAbsent(
                                move.found().brief() + " → " + move.after().brief(), key -> new ArrayList<>())
                        .add(move.subject().name());
                moved.add(move.subject().name());
            }
        }
        steps.forEach((step, topics) -> control.progress()
                .moved((topics.size() == 1 ? "topic " : topics.size() + " topics, ") + Names.of(topics, MOST_NAMED)
                        + ": " + step));
        judgements.stream()
                .filter(judgement -> judgement.verdict() instanceof Verdict.Overruled
                        && judgement.topic().filter(moved::contains).isPresent())
                .forEach(judgement -> control.progress()
                        .overruled("topic "
                                + judgement.topic().get() + ": "
                                + judgement.check().name() + ", "
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
