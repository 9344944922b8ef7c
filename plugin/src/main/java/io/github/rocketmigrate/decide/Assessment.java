package io.github.rocketmigrate.decide;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.change.SavedChangeSet;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Checks;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A plan held against both clusters: what is, what is to be done, what the checks say of it, and what is decided.
 *
 * @param judgements of the checks that are due
 * @param decisions one for each change, in the order of the changes
 * @param settled the objects that are as the whole plan wants them, whatever part of it is asked for
 * @param stale why a saved change set does not fit; nothing is made then
 */
public record Assessment(
        Situation situation,
        ChangeSet changes,
        List<Judgement> judgements,
        List<Decision> decisions,
        List<Subject> settled,
        List<Stale> stale) {
    public Assessment {
        requireNonNull(situation, "situation is null");
        requireNonNull(changes, "changes is null");
        judgements = List.copyOf(judgements);
        decisions = List.copyOf(decisions);
        settled = List.copyOf(settled);
        stale = List.copyOf(stale);
    }

    public static Assessment of(Situation situation) {
        return of(situation, Planner.plan(situation));
    }

    public static Assessment of(Situation situation, ChangeSet changes) {
        return of(situation, changes, judge(situation, changes));
    }

    /** An assessment of a situation that has been judged. */
    public static Assessment of(Situation situation, ChangeSet changes, List<Judgement> judgements) {
        return of(situation, changes, judgements, changes.unchanged(), List.of());
    }

    private static Assessment of(
            Situation situation,
            ChangeSet changes,
            List<Judgement> judgements,
            List<Subject> settled,
            List<Stale> stale) {
        return new Assessment(
                situation, changes, judgements, Decisions.of(situation, changes, judgements), settled, stale);
    }

    /** Judges by the checks that stand before the changes, and by no others. */
    private static List<Judgement> judge(Situation situation, ChangeSet changes) {
        Checks checks = new Checks(situation);
        Map<String, PlannedTopic> topics =
                situation.scope().topics().stream().collect(toMap(PlannedTopic::name, Function.identity()));
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        List<Judgement> judgements = new ArrayList<>();
        for (Change change : changes.changes()) {
            if (change instanceof AlignObject) {
                purposes.add(Purpose.WRITE_OBJECTS);
            } else if (change instanceof RegisterBroker register) {
                purposes.add(register.joins() ? Purpose.JOIN : Purpose.LEAVE_JOIN);
            } else if (change instanceof MoveTopic move) {
                judgements.addAll(checks.ofTopic(topics.get(change.subject().name()), move.rung()));
            }
        }
        judgements.addAll(0, checks.ofClusters(purposes));
        return judgements;
    }

    /**
     * The same where fences need not wait for what is in front of them; the findings are reported all the same.
     *
     * @param topics whose fences a run has found closed
     */
    public Assessment overruling(Set<String> topics) {
        List<Judgement> overruled = judgements.stream()
                .map(judgement -> isOverruled(judgement, topics)
                        ? new Judgement(
                                judgement.check(),
                                judgement.topic(),
                                new Verdict.Overruled(judgement.verdict(), "-Dmigrate.allowReordering"))
                        : judgement)
                .toList();
        return of(situation, changes, overruled, settled, stale);
    }

    private boolean isOverruled(Judgement judgement, Set<String> topics) {
        return judgement.check().canBeOverruled()
                && !judgement.verdict().letsPass()
                && judgement.topic().filter(topics::contains).isPresent()
                && changes.fenced().contains(judgement.topic().get());
    }

    /** The part that a saved change set holds too, and why that set does not fit any more. */
    public Assessment narrowedTo(SavedChangeSet saved) {
        ChangeSet part = saved.narrow(changes);
        return of(situation, part, judge(situation, part), settled, Stale.in(saved, situation, changes));
    }

    /** Whether what is there can be recorded: not while a master is absent, whose part cannot be seen. */
    public boolean mayRecord() {
        return situation.isWhole();
    }

    /** Whether something is to be done to traffic, and not to topics and groups alone. */
    public boolean isAboutTraffic() {
        return changes.changes().stream().anyMatch(change -> !(change instanceof AlignObject));
    }

    /** The changes that a run makes unless something goes wrong: what is ready, and what follows it at once. */
    public List<Change> executable() {
        return stale.isEmpty()
                ? decisions.stream()
                        .filter(Assessment::isExecutable)
                        .map(Decision::change)
                        .filter(change -> !(change instanceof Change.SeedOffsets))
                        .toList()
                : List.of();
    }

    private static boolean isExecutable(Decision decision) {
        return decision instanceof Decision.Ready
                || (decision instanceof Decision.Later later && !(later.after() instanceof RegisterBroker))
                || decision.reasons().stream().anyMatch(Obstacle.OfGroups.class::isInstance);
    }
}
