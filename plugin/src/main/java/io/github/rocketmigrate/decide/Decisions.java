package io.github.rocketmigrate.decide;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.Change.Remove;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.decide.Decision.Awaited;
import io.github.rocketmigrate.decide.Decision.Held;
import io.github.rocketmigrate.decide.Decision.Later;
import io.github.rocketmigrate.decide.Decision.Ready;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.Situation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Decides which changes of a change set can be made now, and what the others wait for. */
public final class Decisions {
    private final Situation situation;
    private final Map<String, List<Judgement>> failedByTopic;
    private final List<Judgement> failedClusterChecks;
    private final Map<String, Impossible> impossibleTopics;
    private final Optional<Impossible> impossibleJoin;
    private final Optional<Change> join;
    private final Optional<Change> lastBeforeLeaving;
    private final Map<String, MoveTopic> moves;
    private final Map<String, AlignObject> aligned;
    private final Removals removals;
    private final Map<String, Decision> decided = new HashMap<>();

    private Decisions(Situation situation, ChangeSet changes, List<Judgement> judgements, boolean mayRemove) {
        this.situation = situation;
        this.removals = new Removals(situation.toRemove(), changes, mayRemove);
        this.failedByTopic = judgements.stream()
                .filter(judgement ->
                        judgement.topic().isPresent() && !judgement.verdict().letsPass())
                .collect(groupingBy(judgement -> judgement.topic().get(), mapping(Function.identity(), toList())));
        this.failedClusterChecks = judgements.stream()
                .filter(judgement ->
                        judgement.topic().isEmpty() && !judgement.verdict().letsPass())
                .toList();
        this.moves = of(changes, MoveTopic.class, Subject.Kind.TOPIC);
        this.aligned = of(changes, AlignObject.class, Subject.Kind.TOPIC);
        this.impossibleTopics = changes.impossible().stream()
                .filter(one -> one.subject().kind() == Subject.Kind.TOPIC)
                .collect(toMap(one -> one.subject().name(), Function.identity(), (one, other) -> one));
        this.impossibleJoin = changes.impossible().stream()
                .filter(one -> one.subject().kind() == Subject.Kind.BROKER)
                .findFirst();
        this.join = changes.changes().stream()
                .filter(change -> change instanceof RegisterBroker register && register.joins())
                .findFirst();
        this.lastBeforeLeaving = changes.lastBeforeLeaving();
    }

    private static <C extends Change> Map<String, C> of(ChangeSet changes, Class<C> type, Subject.Kind kind) {
        return changes.changes().stream()
                .filter(change -> type.isInstance(change) && change.subject().kind() == kind)
                .map(type::cast)
                .collect(toMap(change -> change.subject().name(), Function.identity()));
    }

    /**
     * One decision for each change, in the order of the changes.
     *
     * @param mayRemove whether the user allows to remove empty objects of this plan before the join
     */
    public static List<Decision> of(
            Situation situation, ChangeSet changes, List<Judgement> judgements, boolean mayRemove) {
        Decisions decisions = new Decisions(situation, changes, judgements, mayRemove);
        return changes.changes().stream().map(decisions::decide).toList();
    }

    private Decision decide(Change change) {
        if (change instanceof Remove removal) {
            return decideRemoval(removal);
        }
        if (change instanceof RegisterBroker register) {
            return decideRegistration(register);
        }
        if (change instanceof AlignObject object) {
            return decideObject(object);
        }
        if (change instanceof MoveTopic move) {
            return decisionOf(move);
        }
        // Offsets are seeded right before their topic moves, so they share its decision.
        return copyFor(decisionOf(moves.get(change.subject().name())), change);
    }

    /** Nothing is removed for a join that cannot be made. */
    private Decision decideRemoval(Remove removal) {
        Optional<Reason> reason = removals.against(removal);
        if (reason.isPresent()) {
            return new Held(removal, List.of(reason.get()));
        }
        List<Reason> held = Stream.of(Purpose.WRITE_OBJECTS, Purpose.JOIN)
                .flatMap(purpose -> clusterChecksBefore(purpose).stream())
                .distinct()
                .toList();
        return held.isEmpty() ? new Ready(removal) : new Held(removal, held);
    }

    private Decision decideRegistration(RegisterBroker register) {
        if (register.leavesJoin() && lastBeforeLeaving.isPresent()) {
            return new Later(register, lastBeforeLeaving.get());
        }
        List<Reason> held = clusterChecksBefore(register.joins() ? Purpose.JOIN : Purpose.LEAVE_JOIN);
        if (!held.isEmpty()) {
            return new Held(register, held);
        }
        if (register.leavesJoin()) {
            return new Ready(register);
        }
        Optional<Reason> unremoved = removals.againstJoin();
        if (unremoved.isPresent()) {
            return new Held(register, List.of(unremoved.get()));
        }
        return removals.last()
                .<Decision>map(removal -> new Later(register, removal))
                .orElseGet(() -> new Ready(register));
    }

    private static Decision copyFor(Decision decision, Change change) {
        if (decision instanceof Later later) {
            return new Later(change, later.after());
        }
        if (decision instanceof Awaited awaited) {
            return new Awaited(change, awaited.reasons());
        }
        return decision instanceof Held held ? new Held(change, held.reasons()) : new Ready(change);
    }

    private Decision decideObject(AlignObject object) {
        List<Reason> reasons = reasonsAgainst(object);
        if (!reasons.isEmpty()) {
            return new Held(object, reasons);
        }
        List<Reason> held = clusterChecksBefore(Purpose.WRITE_OBJECTS);
        if (!held.isEmpty()) {
            return new Held(object, held);
        }
        if (!object.neededBy().isEmpty() && join.isPresent()) {
            return new Later(object, join.get());
        }
        MoveTopic own = object.isOfTopic() ? moves.get(object.subject().name()) : null;
        if (own == null) {
            return new Ready(object);
        }
        if (!own.rung().mayWait() && !object.isNew()) {
            // A topic in a fence or on its way back does not wait for settings.
            return new Later(object, own);
        }
        return object.isNew() && isWaitingForGroups(decisionOf(own))
                ? copyFor(decisionOf(own), object)
                : new Ready(object);
    }

    private static boolean isWaitingForGroups(Decision decision) {
        return decision instanceof Awaited awaited
                && awaited.reasons().stream().anyMatch(Reason.OfGroups.class::isInstance);
    }

    /** An object that topics need is held while none of them can leave the source. */
    private List<Reason> reasonsAgainst(AlignObject object) {
        if (object.neededBy().isEmpty()) {
            return List.of();
        }
        if (impossibleJoin.isPresent()) {
            return List.of(reason(impossibleJoin.get()));
        }
        List<List<Reason>> ofTopics =
                object.neededBy().stream().map(this::reasonsAgainst).toList();
        // All of them are held; the reasons of the first one are enough to act on.
        return ofTopics.stream().anyMatch(List::isEmpty) ? List.of() : ofTopics.get(0);
    }

    private static Reason reason(Impossible one) {
        return new Reason.OfPlan(one.reason().word(), one.what());
    }

    private List<Reason> reasonsAgainst(String topic) {
        MoveTopic move = moves.get(topic);
        if (move != null) {
            return isHeldByChecks(move) ? failedChecks(move) : List.of();
        }
        return impossibleTopics.containsKey(topic) ? List.of(reason(impossibleTopics.get(topic))) : List.of();
    }

    private Decision decisionOf(MoveTopic move) {
        Decision known = decided.get(move.subject().name());
        if (known == null) {
            known = decideMove(move);
            decided.put(move.subject().name(), known);
        }
        return known;
    }

    private Decision decideMove(MoveTopic move) {
        List<Reason> failed = failedChecks(move);
        if (impossibleJoin.isPresent()) {
            Stream<Reason> first = Stream.of(reason(impossibleJoin.get()));
            return new Held(move, Stream.concat(first, failed.stream()).toList());
        }
        if (isHeldByChecks(move)) {
            return new Held(move, failed);
        }
        List<Reason> held = checksOfClustersBefore(move.rung());
        if (!held.isEmpty()) {
            return new Held(move, held);
        }
        if (join.isPresent()) {
            return new Later(move, join.get());
        }
        if (!failed.isEmpty()) {
            return new Awaited(move, failed);
        }
        return isLeavingSource(move) ? decideLeavingSource(move) : afterSettings(move);
    }

    private static boolean isLeavingSource(MoveTopic move) {
        return move.rung().purpose().equals(Optional.of(Purpose.LEAVE_SOURCE));
    }

    /** Waits until each group of the topic is complete at the destination. */
    private Decision decideLeavingSource(MoveTopic move) {
        GroupReadiness readiness = GroupReadiness.of(situation, move.subject().name());
        return readiness.waitsFor().isPresent()
                ? new Awaited(move, List.of(new Reason.OfGroups(readiness)))
                : afterSettings(move);
    }

    /** A step rewrites all settings of a topic, so the settings are aligned first. */
    private Decision afterSettings(MoveTopic move) {
        AlignObject settings = aligned.get(move.subject().name());
        return settings == null || !move.rung().mayWait() ? new Ready(move) : new Later(move, settings);
    }

    private boolean isHeldByChecks(MoveTopic move) {
        return failedChecks(move).stream()
                .anyMatch(reason -> reason instanceof Reason.OfCheck check && !check.endsByItself());
    }

    private List<Reason> failedChecks(MoveTopic move) {
        return failedByTopic.getOrDefault(move.subject().name(), List.of()).stream()
                .<Reason>map(judgement -> new Reason.OfCheck(
                        judgement,
                        judgement.check().endsByItself(move.rung())
                                || judgement.outlook().endsByItself()))
                .toList();
    }

    /** The checks of the clusters as a whole that have to pass before a purpose and have not. */
    private List<Reason> clusterChecksBefore(Purpose purpose) {
        return failedClusterChecks.stream()
                .filter(judgement -> holds(judgement.check(), purpose))
                .<Reason>map(judgement -> new Reason.OfCheck(judgement, false))
                .toList();
    }

    /** The same before a step of a topic, without checks that know which steps they do not hold. */
    private List<Reason> checksOfClustersBefore(Rung rung) {
        Purpose purpose = rung.purpose().orElseThrow();
        return failedClusterChecks.stream()
                .filter(judgement -> !judgement.check().knowsStep() && holds(judgement.check(), purpose))
                .<Reason>map(judgement ->
                        new Reason.OfCheck(judgement, judgement.check().endsByItself(rung)))
                .toList();
    }

    private boolean holds(Check check, Purpose purpose) {
        return check.before().contains(purpose) || (check.isDueAnyway(situation) && !check.isAlarm());
    }
}
