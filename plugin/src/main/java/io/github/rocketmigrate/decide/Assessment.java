package io.github.rocketmigrate.decide;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.ChangeSetFile;
import io.github.rocketmigrate.change.ChangeSetNotes;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.change.SavedChangeSet;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Checks;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.ForeignRecord;
import io.github.rocketmigrate.observe.LostRecord;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.PlanRevision;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Compares a plan with both clusters: the situation, the changes, the judgements of the checks, and the decisions.
 *
 * @param judgements of the checks that are due
 * @param decisions one for each change, in the order of the changes
 * @param unchanged the objects that match the whole plan, whatever part of it is selected
 * @param stale why a saved change set no longer fits; then nothing is applied
 * @param mayRemove whether the user allows to remove empty objects of this plan before the join
 */
public record Assessment(
        Situation situation,
        ChangeSet changes,
        List<Judgement> judgements,
        List<Decision> decisions,
        List<Subject> unchanged,
        List<Stale> stale,
        boolean mayRemove) {
    public Assessment {
        requireNonNull(situation, "situation is null");
        requireNonNull(changes, "changes is null");
        judgements = List.copyOf(judgements);
        decisions = List.copyOf(decisions);
        unchanged = List.copyOf(unchanged);
        stale = List.copyOf(stale);
    }

    public static Assessment of(Situation situation) {
        return of(situation, Planner.plan(situation));
    }

    public static Assessment of(Situation situation, ChangeSet changes) {
        return of(situation, changes, judge(situation, changes));
    }

    /** An assessment with judgements that were made before. */
    public static Assessment of(Situation situation, ChangeSet changes, List<Judgement> judgements) {
        return of(situation, changes, judgements, changes.unchanged(), List.of(), false);
    }

    private static Assessment of(
            Situation situation,
            ChangeSet changes,
            List<Judgement> judgements,
            List<Subject> unchanged,
            List<Stale> stale,
            boolean mayRemove) {
        return new Assessment(
                situation,
                changes,
                judgements,
                Decisions.of(situation, changes, judgements, mayRemove),
                unchanged,
                stale,
                mayRemove);
    }

    /** The same assessment, but empty objects of this plan may be removed before the join. */
    public Assessment allowingRemovals() {
        return of(situation, changes, judgements, unchanged, stale, true);
    }

    /** Runs only the checks that have to pass before these changes. */
    private static List<Judgement> judge(Situation situation, ChangeSet changes) {
        Checks checks = new Checks(situation);
        Map<String, PlannedTopic> topics =
                situation.scope().topics().stream().collect(toMap(PlannedTopic::name, Function.identity()));
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        List<Judgement> judgements = new ArrayList<>();
        for (Change change : changes.changes()) {
            if (change instanceof AlignObject || change instanceof Change.Remove) {
                purposes.add(Purpose.WRITE_OBJECTS);
            } else if (change instanceof RegisterBroker register && register.joins()) {
                purposes.add(Purpose.JOIN);
            } else if (change.leavesJoin() && changes.lastBeforeLeaving().isEmpty()) {
                purposes.add(Purpose.LEAVE_JOIN);
            } else if (change instanceof MoveTopic move) {
                judgements.addAll(checks.ofTopic(topics.get(change.subject().name()), move.rung()));
            }
        }
        // What owners do by hand needs the same checks as what a run does.
        changes.byHand().forEach(one -> purposes.add(one.byHand().orElseThrow()));
        judgements.addAll(0, checks.ofClusters(purposes));
        return judgements;
    }

    /**
     * The same assessment, but these fences open although older messages are unread. The findings are still reported.
     *
     * @param topics whose fences were closed before the run
     */
    public Assessment allowingReordering(Set<String> topics) {
        List<Judgement> overruled = judgements.stream()
                .map(judgement -> isOverruled(judgement, topics)
                        ? judgement.overruled(new Verdict.Overruled(judgement.verdict(), "-Dmigrate.allowReordering"))
                        : judgement)
                .toList();
        return of(situation, changes, overruled, unchanged, stale, mayRemove);
    }

    private boolean isOverruled(Judgement judgement, Set<String> topics) {
        return judgement.check().canBeOverruled()
                && !judgement.verdict().letsPass()
                && judgement.topic().filter(topics::contains).isPresent()
                && changes.fenced().contains(judgement.topic().get());
    }

    /** Narrows the assessment to a saved change set, with the reasons if that set no longer fits. */
    public Assessment narrowedTo(SavedChangeSet saved) {
        ChangeSet part = saved.narrow(changes);
        return of(situation, part, judge(situation, part), unchanged, Stale.in(saved, situation, changes), mayRemove);
    }

    /**
     * Whether the result can be recorded: not while a master is absent, because its settings cannot be read, not in place
     * of what another plan of the same name has recorded, and not over a record that is lost, because a master that is down
     * now would be forgotten.
     */
    public boolean mayRecord() {
        return situation.isWhole()
                && ForeignRecord.in(situation).isEmpty()
                && LostRecord.proof(situation).isEmpty();
    }

    /** Whether some change concerns traffic, and not only the settings of topics and groups. */
    public boolean changesTraffic() {
        return changes.changes().stream().anyMatch(change -> !(change instanceof AlignObject));
    }

    /** The change set as its reviewers read it, with what holds each change. */
    public String changeSetText(PlanRevision revision) {
        IdentityHashMap<Change, List<String>> heldBy = new IdentityHashMap<>();
        IdentityHashMap<Change, List<String>> waitsFor = new IdentityHashMap<>();
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Held held) {
                heldBy.put(held.change(), held.codes());
            } else if (decision instanceof Decision.Awaited awaited) {
                waitsFor.put(awaited.change(), awaited.codes());
            } else if (decision instanceof Decision.Later later) {
                waitsFor.put(
                        later.change(),
                        List.of(later.after().word() + " "
                                + later.after().subject().name()));
            }
        }
        return ChangeSetFile.text(changes, situation, new ChangeSetNotes(revision, heldBy, waitsFor));
    }

    /** The changes that a run makes unless a write fails: those that are ready, and those that follow at once. */
    public List<Change> executable() {
        return stale.isEmpty()
                ? decisions.stream()
                        .filter(Assessment::isExecutable)
                        .map(Decision::change)
                        .filter(change -> !(change instanceof Change.SeedOffsets))
                        .toList()
                : List.of();
    }

    /** Topics take a while after the join, and the join ends only when all of them have arrived. */
    private static boolean followsAtOnce(Decision.Later later) {
        return !(later.after() instanceof RegisterBroker) && !later.change().leavesJoin();
    }

    private static boolean isExecutable(Decision decision) {
        return decision instanceof Decision.Ready
                || (decision instanceof Decision.Later later && followsAtOnce(later))
                || decision.reasons().stream().anyMatch(Reason.OfGroups.class::isInstance);
    }
}
