package io.github.rocketmigrate.apply;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.PassedFence;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Assesses both clusters, makes the changes that are ready, and assesses again, until nothing is ready and nothing is
 * worth waiting for. Topics move independently: one that waits does not delay others.
 *
 * <p>Longer than 300 lines: it is the one place that says when a run continues, waits, or ends.
 */
public final class ApplyLoop {
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);
    private static final int MOST_NAMED = 3;

    private final Supplier<Assessment> assessments;
    private final TopicSteps steps;
    private final Waits waits;
    private final RunControl control;
    private final Pace pace;
    private final Set<Subject> stuck = new HashSet<>();
    private final Set<Change> unchangedOnce = new HashSet<>();
    private final Map<JudgedTopic, Judgement> beforeMoves = new LinkedHashMap<>();
    private final Map<String, Long> sourceEnds = new HashMap<>();
    private final FenceTimes fences = new FenceTimes();
    /** The topics of which this run does not know whether it has closed their fence. */
    private final Set<String> halfClosed = new HashSet<>();

    private AppliedChanges all = AppliedChanges.NONE;
    private boolean opensFencesOnly;

    /** What a check has judged, once for all steps of a topic. */
    private record JudgedTopic(String check, String topic) {}

    /** Each call of {@code assessments} reads both clusters. */
    public ApplyLoop(Supplier<Assessment> assessments, TopicSteps steps, Waits waits, RunControl control) {
        this.assessments = requireNonNull(assessments, "assessments is null");
        this.steps = requireNonNull(steps, "steps is null");
        this.waits = requireNonNull(waits, "waits is null");
        this.control = requireNonNull(control, "control is null");
        this.pace = new Pace(control.timing());
    }

    /**
     * The end of a run, for its report and its record.
     *
     * @param last the last assessment
     * @param all the results of all changes
     * @param since the results of changes after the last assessment
     * @param overdue the topics whose wait took too long, with the reasons
     * @param beforeMoves the last judgement of each check before a step that was made
     * @param sourceEnds how many messages had come to the source's queues of topics that left the source, by topic
     * @param fences that the run has closed and opened again
     */
    public record LoopResult(
            Assessment last,
            AppliedChanges all,
            AppliedChanges since,
            SortedMap<String, String> overdue,
            List<Judgement> beforeMoves,
            Map<String, Long> sourceEnds,
            List<PassedFence> fences) {
        public LoopResult {
            requireNonNull(last, "last is null");
            requireNonNull(all, "all is null");
            requireNonNull(since, "since is null");
            overdue = unmodifiableSortedMap(overdue);
            beforeMoves = List.copyOf(beforeMoves);
            sourceEnds = Map.copyOf(sourceEnds);
            fences = List.copyOf(fences);
        }

        /** How many messages had come to the source's queues of a topic when it left the source in this run. */
        public OptionalLong sourceEnd(String topic) {
            return sourceEnds.containsKey(topic) ? OptionalLong.of(sourceEnds.get(topic)) : OptionalLong.empty();
        }

        /** The result of a run with one assessment. */
        public static LoopResult of(Assessment assessment, AppliedChanges applied) {
            return new LoopResult(assessment, applied, applied, new TreeMap<>(), List.of(), Map.of(), List.of());
        }
    }

    /** Runs until nothing is ready and nothing is worth waiting for; a loop runs once. */
    public LoopResult run(Assessment first) throws InterruptedException {
        Assessment now = first;
        while (true) {
            Timing.Stopwatch making = control.timing().stopwatch();
            AppliedChanges tried = steps.make(now, decisionsToExecute(now));
            boolean isBraked = tried.isBraked() && now.changesTraffic();
            // The next assessment reads the brake, and its decisions obey it.
            AppliedChanges made = isBraked ? tried.beforeBrake() : tried;
            record(made);
            report(made, making.passed(), now.judgements());
            rememberSourceEnds(made, now.situation());
            fences.after(now.situation(), made.changes());
            if (isOver(now, made)) {
                return ended(now, all, made);
            }
            if (!made.changes().isEmpty() || isBraked) {
                pace.restart();
            } else {
                List<WaitReason> reasons = waiting(now);
                if (reasons.isEmpty()) {
                    return ended(now, all, made);
                }
                control.progress().waiting(reasons);
                control.pause(pace.next(now, reasons));
                if (control.isStopping()) {
                    return stopped(now, made, Halt.onRequest().stop());
                }
            }
            try {
                now = assessAgain(isAnyFenceClosed(now, made) ? waits.longestFence() : LONGEST_RETRY);
            } catch (Fault fault) {
                return stopped(now, made, new Stop(fault.getMessage() + fenceWarning(now), fault.nextStep()));
            }
        }
    }

    private LoopResult stopped(Assessment last, AppliedChanges since, Stop stop) {
        return ended(last, all.and(new AppliedChanges(List.of(), Optional.of(stop))), since);
    }

    private LoopResult ended(Assessment last, AppliedChanges whole, AppliedChanges since) {
        return new LoopResult(
                last, whole, since, waits.overdue(), List.copyOf(beforeMoves.values()), sourceEnds, fences.passed());
    }

    /** Remembers what was made, and the objects that this run leaves alone from now on. */
    private void record(AppliedChanges made) {
        all = all.and(made);
        for (AppliedChange one : made.changes()) {
            String topic = one.change().subject().name();
            if (isHalfClosed(one)) {
                halfClosed.add(topic);
            } else if (one.change() instanceof MoveTopic && one.outcome() != WriteOutcome.NOT_ATTEMPTED) {
                halfClosed.remove(topic);
            }
            boolean secondTimeUnchanged = one.outcome() == WriteOutcome.UNCHANGED && !unchangedOnce.add(one.change());
            if ((!one.outcome().isDone() && !isHalfClosed(one)) || secondTimeUnchanged) {
                stuck.add(one.change().subject());
            }
        }
    }

    /** After a stop the run only opens fences that are closed, while it may still write. */
    private boolean isOver(Assessment now, AppliedChanges made) {
        if (!now.changesTraffic() && now.changes().byHand().isEmpty()) {
            return true;
        }
        if (made.stopped().isEmpty()) {
            return false;
        }
        boolean continues = !opensFencesOnly && steps.mayContinue() && isAnyFenceClosed(now, made);
        opensFencesOnly = true;
        return !continues;
    }

    private static boolean isAnyFenceClosed(Assessment before, AppliedChanges made) {
        return !before.changes().fenced().isEmpty()
                || made.changes().stream()
                        .anyMatch(one ->
                                (one.outcome() == WriteOutcome.CONFIRMED && closesFence(one)) || isHalfClosed(one));
    }

    /** A server does not answer while a fence closes: the next look finds out what it has, and finishes the step. */
    private static boolean isHalfClosed(AppliedChange one) {
        return one.outcome() == WriteOutcome.UNKNOWN && closesFence(one);
    }

    private static boolean closesFence(AppliedChange one) {
        return one.change() instanceof MoveTopic move && move.rung().closesFirst();
    }

    /** What nobody has reviewed is left alone, except that a fence opens: consumers get no new messages in it. */
    private List<Decision> decisionsToExecute(Assessment now) {
        boolean isStale = !now.stale().isEmpty();
        return now.decisions().stream()
                .filter(decision -> !stuck.contains(decision.change().subject()))
                .filter(decision -> !opensFencesOnly || isUrgent(decision.change()) || isHalfClosed(decision.change()))
                .filter(decision -> !isStale || now.changes().fenced().contains(topic(decision.change())))
                .toList();
    }

    private static String topic(Change change) {
        return change instanceof MoveTopic move ? move.subject().name() : "";
    }

    /** A fence that may be closed is finished: what a broker has not answered, it may still be going to write. */
    private boolean isHalfClosed(Change change) {
        return change instanceof MoveTopic move
                && halfClosed.contains(move.subject().name());
    }

    private static boolean isUrgent(Change change) {
        return change instanceof MoveTopic move && !move.rung().mayWait();
    }

    private List<WaitReason> waiting(Assessment now) {
        SortedMap<String, List<WaitReason>> waiting = waits.now(now, halfClosed);
        boolean isForFencesOnly = opensFencesOnly || !now.stale().isEmpty();
        if (isForFencesOnly) {
            Set<String> fences = new HashSet<>(now.changes().fenced());
            if (now.stale().isEmpty()) {
                fences.addAll(halfClosed);
            }
            waiting.keySet().retainAll(fences);
        }
        stuck.forEach(subject -> waiting.remove(subject.name()));
        List<WaitReason> ofOwners = isForFencesOnly ? List.of() : waits.forOwners(now);
        return Stream.concat(ofOwners.stream(), Waits.byReason(waiting).stream())
                .toList();
    }

    /** Retries for a while, because a server may be restarting: as long as a fence may last, where one is closed. */
    private Assessment assessAgain(Duration most) throws InterruptedException {
        Timing.Stopwatch tried = control.timing().stopwatch();
        while (true) {
            try {
                return assessments.get();
            } catch (Fault fault) {
                boolean tooLong = tried.isOver(most);
                if (tooLong || control.isStopping()) {
                    throw fault;
                }
                control.progress()
                        .waiting(List.of(WaitReason.ofRun(
                                "answers",
                                fault.getMessage().replaceFirst("\\.$", ""),
                                "Normal only while a server restarts; this run tries again for up to "
                                        + Counts.span(most))));
                control.pause(RETRY_PAUSE);
            }
        }
    }

    /** Names the topics that may be in a fence, where consumers do not get new messages. */
    private static String fenceWarning(Assessment now) {
        List<String> topics = now.changes().changes().stream()
                .filter(change -> change instanceof MoveTopic move
                        && (move.rung() instanceof Rung.Wait || move.rung().closesFirst()))
                .map(change -> change.subject().name())
                .toList();
        return topics.isEmpty()
                ? ""
                : " These topics are in or before a fence, where consumers get no new messages: "
                        + Names.of(topics, MOST_NAMED) + ".";
    }

    /** Reports what was made, and remembers what was judged of each topic that moved. */
    private void report(AppliedChanges made, Duration took, List<Judgement> judgements) {
        if (!made.changes().isEmpty()) {
            control.progress().made(made.changes(), took);
        }
        Set<String> moved = made.changes().stream()
                .filter(one -> one.outcome() == WriteOutcome.CONFIRMED && one.change() instanceof MoveTopic)
                .map(one -> one.change().subject().name())
                .collect(toSet());
        List<Judgement> before = judgements.stream()
                .filter(judgement -> judgement.topic().filter(moved::contains).isPresent())
                .toList();
        before.forEach(judgement -> beforeMoves.put(
                new JudgedTopic(judgement.check().name(), judgement.topic().orElseThrow()), judgement));
        before.stream()
                .filter(judgement -> judgement.verdict() instanceof Verdict.Overruled)
                .forEach(judgement -> control.progress()
                        .overruled("topic "
                                + judgement.topic().get() + ": "
                                + judgement.check().name() + ", "
                                + judgement.verdict().what()));
    }

    /** Takes the numbers on which the step was decided: what comes between that reading and the step has come too late. */
    private void rememberSourceEnds(AppliedChanges made, Situation before) {
        for (AppliedChange one : made.changes()) {
            if (one.outcome() == WriteOutcome.CONFIRMED
                    && one.change() instanceof MoveTopic move
                    && move.leavesSource()) {
                String topic = move.subject().name();
                before.traffic()
                        .map(traffic -> traffic.at(Side.SOURCE).queues().written(topic))
                        .filter(OptionalLong::isPresent)
                        .ifPresent(written -> sourceEnds.put(topic, written.getAsLong()));
            }
        }
    }
}
