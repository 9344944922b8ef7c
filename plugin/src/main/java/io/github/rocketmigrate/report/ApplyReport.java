package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The result of {@code apply} or {@code rollback}: the changes that it made, and why it did not make the others.
 *
 * <p>Longer than 300 lines: what texts and files say of a run is derived here, in one place.
 *
 * @param plan the plan at the beginning of the run
 * @param left the plan at the end of the run
 * @param evidence the folder that keeps the evidence of this run; empty if no change was attempted
 * @param warnings problems beside the changes, for example with the record
 */
public record ApplyReport(
        PlanReport plan, PlanReport left, RunResult run, Optional<String> evidence, List<String> warnings) {
    public static final String GOAL = "apply";
    public static final String ROLLBACK = "rollback";

    private static final String STILL_WRITTEN =
            " Producers still write to the destination; consumers read both clusters.";

    public ApplyReport {
        requireNonNull(plan, "plan is null");
        requireNonNull(left, "left is null");
        requireNonNull(run, "run is null");
        requireNonNull(evidence, "evidence is null");
        warnings = List.copyOf(warnings);
    }

    /** The goal that has run. */
    public String goal() {
        return run.goal();
    }

    public AppliedChanges application() {
        return run.application();
    }

    /** The topics whose wait exceeded its limit, with the reason. */
    public SortedMap<String, String> overdue() {
        return run.overdue();
    }

    List<Stale> stale() {
        return run.stale();
    }

    boolean isDryRun() {
        return run.isDryRun();
    }

    /** All outcomes that apply, worst first. */
    public Set<Outcome> outcomes() {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        if (!stale().isEmpty()) {
            outcomes.add(Outcome.STALE);
            return outcomes;
        }
        boolean leavesFence =
                !overdue().keySet().containsAll(withheld()) && !left.outcomes().contains(Outcome.BLOCKED);
        if (!isDryRun() && (!unfinished().isEmpty() || application().stopped().isPresent() || leavesFence)) {
            outcomes.add(Outcome.INCOMPLETE);
        }
        if (left.outcomes().contains(Outcome.BLOCKED) || !overdue().isEmpty()) {
            outcomes.add(Outcome.BLOCKED);
        }
        if (isDryRun() && plan.outcomes().contains(Outcome.DRIFT)) {
            outcomes.add(Outcome.DRIFT);
        }
        if (isDryRun() ? !run.executable().isEmpty() : !later().isEmpty()) {
            outcomes.add(Outcome.PENDING);
        }
        if (application().count(WriteOutcome.CONFIRMED) > 0) {
            outcomes.add(Outcome.APPLIED);
        }
        if (outcomes.isEmpty()) {
            outcomes.add(Outcome.CLEAN);
        }
        return outcomes;
    }

    /** The removals, joins and moves that another run can make. */
    private List<Change> later() {
        return left.changes().changes().stream()
                .filter(change -> (change instanceof Change.Remove
                                || change instanceof Change.RegisterBroker
                                || change instanceof Change.MoveTopic)
                        && !left.isHeld(change)
                        && !overdue().containsKey(change.subject().name()))
                .toList();
    }

    public Outcome outcome() {
        return outcomes().iterator().next();
    }

    /** The changes that this run was to make and did not make. */
    List<AppliedChange> unfinished() {
        return application().changes().stream()
                .filter(change -> !change.outcome().isDone())
                .toList();
    }

    /** Why the run stopped. Empty if unfinished changes give the reason. */
    Optional<Stop> stopped() {
        return application()
                .stopped()
                .filter(stop -> unfinished().stream()
                        .noneMatch(one -> one.why().equals(stop.what())
                                || Sentences.of(one.why(), one.fix()).equals(Sentences.of(stop.what(), stop.fix()))));
    }

    /** Whether somebody stopped the run, and no change of it has failed. */
    boolean isStoppedOnRequest() {
        return application().stopped().filter(AppliedChanges.Stop::isRequested).isPresent()
                && unfinished().stream().allMatch(one -> one.outcome() == WriteOutcome.NOT_ATTEMPTED);
    }

    ApplyCounts figures() {
        return new ApplyCounts(this);
    }

    /** The counts by their public names. */
    public Map<String, Long> counts() {
        return figures().byName();
    }

    /** The counts in one line. */
    public String summary() {
        return figures().summary();
    }

    /**
     * The steps of one topic in this run.
     *
     * @param from the stage at the beginning
     * @param to the stage now
     * @param end whether this is the stage that the run was to reach, which without the destination is the source's
     */
    record TopicJourney(String from, String to, PlanAction end) {
        boolean hasArrived() {
            return end != PlanAction.MOVE_PARTLY;
        }
    }

    /** The topics that moved, each from its first step to its last; some of them may not have arrived. */
    SortedMap<String, TopicJourney> moved() {
        SortedMap<String, TopicJourney> moved = new TreeMap<>();
        for (AppliedChange one : application().changes()) {
            if (one.outcome() == WriteOutcome.CONFIRMED && one.change() instanceof Change.MoveTopic move) {
                boolean sourceAlone = move.isOfSourceAlone();
                String from = sourceAlone ? move.from() : move.found().place();
                String to = sourceAlone ? move.to() : move.after().place();
                moved.merge(
                        move.subject().name(),
                        new TopicJourney(from, to, move.arrives() ? PlanAction.of(move) : PlanAction.MOVE_PARTLY),
                        (before, last) -> new TopicJourney(before.from(), to, last.end()));
            }
        }
        return moved;
    }

    /** The topics whose consumers get no new messages at the end of the run. */
    SortedSet<String> withheld() {
        return ClosedFences.after(left.changes(), application());
    }

    /** Those of them to which producers cannot send at the end of the run. */
    SortedSet<String> paused() {
        return ClosedFences.pausedAfter(left.changes(), application());
    }

    /**
     * The topics whose wait was exceeded, with the reason. A topic that is blocked too is named only if it also waits for a
     * check that is expected to pass by itself: no list of blocked topics names that check.
     */
    Map<String, String> late() {
        Map<String, String> late = new TreeMap<>(overdue());
        left.changes().changes().stream()
                .filter(left::isHeld)
                .filter(change -> left.decision(change).reasons().stream().noneMatch(ApplyReport::endsByItself))
                .map(change -> change.subject().name())
                .forEach(late::remove);
        return late;
    }

    private static boolean endsByItself(Reason reason) {
        return reason instanceof Reason.OfCheck check && check.endsByItself();
    }

    /** The topics that only an exceeded wait blocks. */
    Set<String> onlyLate() {
        Set<String> topics = new TreeSet<>(late().keySet());
        left.changes().changes().stream()
                .filter(left::isHeld)
                .forEach(change -> topics.remove(change.subject().name()));
        return topics;
    }

    /**
     * The topics that the next run continues with, by what they wait for: none if the change set no longer fits, because
     * the next run is a plan then.
     */
    SortedMap<String, SortedSet<String>> awaited() {
        SortedMap<String, SortedSet<String>> awaited = new TreeMap<>();
        if (outcome() == Outcome.STALE) {
            return awaited;
        }
        for (Change change : left.changes().changes()) {
            if (change instanceof Change.MoveTopic
                    && left.decision(change) instanceof Decision.Awaited waits
                    && !overdue().containsKey(change.subject().name())) {
                waits.reasons()
                        .forEach(reason -> awaited.computeIfAbsent(reason.words(), key -> new TreeSet<>())
                                .add(change.subject().name()));
            }
        }
        return awaited;
    }

    /** {@code clicks is on hold at read-both: …} for each stage to which this run has rolled topics back. */
    List<String> onHold() {
        return heldStages().entrySet().stream()
                .map(stage -> Names.of(stage.getValue(), Counts.MOST_NAMED) + " "
                        + Counts.isOrAre(stage.getValue().size()) + " on hold at "
                        + stage.getKey().word() + ": no apply moves "
                        + Counts.itOrThem(stage.getValue().size())
                        + " forward until somebody releases "
                        + Counts.itOrThem(stage.getValue().size()) + "."
                        + (stage.getKey().isAheadOf(Stage.READ_BOTH) ? STILL_WRITTEN : ""))
                .toList();
    }

    /** The topics that this run has put on hold, by the stage at which they stay. */
    private SortedMap<Stage, SortedSet<String>> heldStages() {
        SortedMap<Stage, SortedSet<String>> stages = new TreeMap<>();
        if (goal().equals(ROLLBACK) && !isDryRun()) {
            left.situation().scope().topics().stream()
                    .filter(PlannedTopic::isRolledBack)
                    .forEach(topic -> topic.hold()
                            .ifPresent(hold -> stages.computeIfAbsent(hold.stage(), key -> new TreeSet<>())
                                    .add(topic.name())));
        }
        return stages;
    }

    /** The next stage back of the topics that have gone back least; empty if all are at the source. */
    Optional<Stage> furtherBack() {
        SortedMap<Stage, SortedSet<String>> stages = heldStages();
        return stages.isEmpty()
                ? Optional.empty()
                : Optional.of(stages.lastKey())
                        .filter(stage -> stage.isAheadOf(Stage.SOURCE))
                        .map(Stage::previous);
    }

    /** Whether the destination was down, so that the run could only open topics at the source. */
    boolean isWithoutDestination() {
        return left.situation().destination().isUnread();
    }

    NextStep next() {
        return NextStep.after(this);
    }

    /** The message of a failed build. */
    public String verdict() {
        return new ApplyVerdict(this).words();
    }

    /** The name servers that applications must use, if this run has completed the join. */
    Optional<String> endpoint() {
        boolean hasJoined = application().changes().stream()
                .anyMatch(one -> one.outcome() == WriteOutcome.CONFIRMED
                        && one.change() instanceof Change.RegisterBroker register
                        && register.joins());
        return left.endpoint().filter(line -> hasJoined);
    }

    static String words(AppliedChange one) {
        return one.change().subject().kind().word() + " "
                + one.change().subject().name();
    }

    /** The judgements before the steps that were made, unless the same check was due again at the end. */
    List<Judgement> checksOfMoved() {
        return ClusterWide.grouped(run.beforeMoves()).stream()
                .filter(before -> left.judgements().stream()
                        .noneMatch(
                                now -> now.check().name().equals(before.check().name())
                                        && now.topic().equals(before.topic())))
                .toList();
    }

    /** The result for pipelines. */
    public Result result() {
        return new Result(
                goal(),
                outcome(),
                plan.file(),
                counts(),
                Result.Details.of(left).and(checksOfMoved()),
                plan.invocation().routePoll());
    }

    public List<JUnitFile.Case> tests() {
        return JUnitCases.of(this);
    }
}
