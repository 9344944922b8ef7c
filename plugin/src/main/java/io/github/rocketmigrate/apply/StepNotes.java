package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Rung.AccessChange;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.StepNote;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Keeps at the destination's name servers which steps a run has begun. After a crash, the next run finishes these and no
 * others: somebody else may have set the same permissions on purpose.
 */
final class StepNotes {
    /**
     * The order of parts when steps are added, which pushes others into later parts: a run that is killed in between must
     * not leave a step in no part at all. When steps are removed, the order is reversed.
     */
    static final Comparator<String> LAST_FIRST = Comparator.comparingInt(String::length)
            .thenComparing(Comparator.naturalOrder())
            .reversed();

    private final ClusterWriter writer;
    private final WriteGuard guard;
    private final String plan;
    private final Situation situation;
    private final LateWrites late;
    private final SortedMap<String, BegunStep> begun;

    /** Begins with the steps of earlier runs that a situation shows. */
    StepNotes(ClusterWriter writer, WriteGuard guard, Situation situation, LateWrites late) {
        this.writer = requireNonNull(writer, "writer is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.situation = requireNonNull(situation, "situation is null");
        this.late = requireNonNull(late, "late is null");
        this.plan = situation.plan().name().value();
        this.begun = new TreeMap<>(situation.recorded().begun());
    }

    /** Notes steps on every name server before their first write. */
    void begin(Collection<MoveTopic> moves) throws InterruptedException, Halt {
        SortedMap<String, BegunStep> before = new TreeMap<>(begun);
        moves.forEach(move -> begin(begun, move, situation));
        List<Claim> refused = write(before, guard, LAST_FIRST);
        if (!refused.isEmpty()) {
            throw Fence.halt(refused);
        }
    }

    /**
     * Adds the note of a step. One that only registers again what an earlier step has written keeps the note of that step,
     * and one that follows a step without an answer also explains what that one may still write.
     */
    static void begin(Map<String, BegunStep> begun, MoveTopic move, Situation situation) {
        BegunStep earlier = begun.get(move.subject().name());
        if (move.isForNameServers() && earlier != null) {
            return;
        }
        boolean fence =
                move.rung().closesFirst() || move.rung() instanceof Rung.Wait || (earlier != null && earlier.fence());
        BegunStep step = step(move, fence, situation).paused(pause(move, earlier));
        boolean isLate = earlier != null && earlier.unanswered().isPresent();
        begun.put(move.subject().name(), isLate ? step.and(earlier) : step);
    }

    /** What a step writes, and what it finds. */
    private static BegunStep step(MoveTopic move, boolean fence, Situation situation) {
        BegunStep step = new BegunStep(move.found(), fence);
        for (AccessChange write : move.rung().writes()) {
            step = step.and(write.side(), write.access());
        }
        Optional<Side> covered = covered(move.rung()).filter(side -> situation.isJoining());
        return covered.isPresent() ? step.and(covered.get(), Access.NONE) : step;
    }

    /** The side that a fence closes for reading before producers turn to it; in a join, until the routes are set. */
    private static Optional<Side> covered(Rung rung) {
        boolean turns = (rung.closesFirst() && !(rung instanceof Rung.Pause)) || rung.isFor(Purpose.END_PAUSE);
        return turns ? Optional.of(rung.writes().get(rung.writes().size() - 1).side()) : Optional.empty();
    }

    /** The side that is closed after the step for a pause; the write that closes it may have reached some masters only. */
    private static Optional<Side> pause(MoveTopic move, BegunStep earlier) {
        if (move.rung() instanceof Rung.Pause pause) {
            return Optional.of(pause.closing().side());
        }
        if (move.rung() instanceof Rung.Wait wait && wait.why() == Purpose.END_PAUSE) {
            return Optional.of(wait.until());
        }
        return move.after().pair().filter(Pair::isReadOnly).isPresent()
                ? Optional.ofNullable(earlier).flatMap(BegunStep::paused)
                : Optional.empty();
    }

    /**
     * Forgets the steps that have led to a stage, but not those of which a broker may still make a write. A note
     * that stays behind does no harm: the end of the run or the next run removes it.
     */
    void end(List<AppliedChange> applied) throws InterruptedException, Halt {
        SortedMap<String, BegunStep> before = new TreeMap<>(begun);
        applied.forEach(this::endOnWay);
        List<Claim> unused = write(before, guard.urgent(), LAST_FIRST.reversed());
    }

    /**
     * Keeps the note of a topic that opens at the destination on its way to another stage, until that is recorded: the
     * record knows only where the topic was and where it is heading. A fence to the destination opens before its topic
     * goes back.
     */
    private void endOnWay(AppliedChange applied) {
        end(begun, applied, situation);
        if (applied.change() instanceof MoveTopic move && applied.outcome().isDone()) {
            BegunStep opened = new BegunStep(move.after(), false);
            if (opened.opens() && !move.after().equals(Standing.of(Pair.of(move.wanted())))) {
                begun.putIfAbsent(move.subject().name(), opened);
            }
        }
    }

    /** What is left of the note of a topic after its step. */
    static void end(Map<String, BegunStep> begun, AppliedChange applied, Situation situation) {
        if (!(applied.change() instanceof MoveTopic move)) {
            return;
        }
        String topic = move.subject().name();
        if (applied.outcome() == WriteOutcome.UNKNOWN || applied.late()) {
            begun.computeIfPresent(topic, (same, step) -> step.unanswered(situation.readAt()));
        }
        if (!applied.outcome().isDone()) {
            return;
        }
        Optional<BegunStep> late =
                Optional.ofNullable(begun.get(topic)).filter(step -> step.mayComeLate(situation.readAt()));
        if (move.after().pair().flatMap(Pair::stage).isEmpty()) {
            boolean isPaused = move.after().pair().filter(Pair::isReadOnly).isPresent();
            Optional<Side> paused = pause(move, begun.get(topic)).filter(side -> isPaused);
            BegunStep after = new BegunStep(move.after(), true).paused(paused);
            begun.put(topic, late.map(after::and).orElse(after));
        } else if (late.isPresent()) {
            begun.put(topic, late.get().outsideFence());
        } else {
            begun.remove(topic);
        }
    }

    /**
     * Notes topics whose settings some master may still write: they include the permissions of this time, and the topic may
     * have moved by then.
     */
    AppliedChanges noting(AppliedChanges made) throws InterruptedException {
        SortedMap<String, BegunStep> before = new TreeMap<>(begun);
        made.changes().forEach(one -> noteSettings(begun, one, situation));
        try {
            List<Claim> unused = write(before, guard.urgent(), LAST_FIRST);
            return made;
        } catch (Halt stop) {
            return made.and(new AppliedChanges(List.of(), Optional.of(stop.stop())));
        }
    }

    /** Adds the note of a topic whose settings some master may write late. */
    static void noteSettings(Map<String, BegunStep> begun, AppliedChange applied, Situation situation) {
        if (applied.change() instanceof AlignObject object
                && object.isOfTopic()
                && applied.outcome() == WriteOutcome.UNKNOWN
                && situation.plan().traffic().isPresent()) {
            String topic = object.subject().name();
            BegunStep step = new BegunStep(situation.standing(topic), false).unanswered(situation.readAt());
            for (TopicSettings settings : object.after(TopicSettings.class).values()) {
                step = step.and(Side.DESTINATION, settings.access());
            }
            begun.merge(topic, step, BegunStep::and);
        }
    }

    /** The parts that have changed, in the order in which they have to be written. */
    static SortedSet<String> changed(Map<String, String> old, Map<String, String> now, Comparator<String> order) {
        SortedSet<String> keys = new TreeSet<>(order);
        keys.addAll(old.keySet());
        keys.addAll(now.keySet());
        keys.removeIf(key -> old.containsKey(key) && old.get(key).equals(now.get(key)));
        return keys;
    }

    /** Writes the parts that have changed, and returns the answers that are not acceptance. */
    private List<Claim> write(SortedMap<String, BegunStep> before, WriteGuard by, Comparator<String> order)
            throws InterruptedException, Halt {
        Map<String, String> old = StepNote.all(plan, before);
        Map<String, String> now = StepNote.all(plan, begun);
        SortedSet<String> keys = changed(old, now, order);
        if (!keys.isEmpty()) {
            late.awaitNote();
        }
        List<Claim> refused = new ArrayList<>();
        WriteGuard next = by;
        for (String nameServer : writer.nameServers()) {
            for (String key : keys) {
                Claim claim = next.send(
                        "note",
                        nameServer,
                        List.of(key),
                        () -> now.containsKey(key)
                                ? writer.put(nameServer, key, now.get(key))
                                : writer.remove(nameServer, key));
                next = guard.urgent();
                if (claim instanceof Claim.Unanswered) {
                    late.rememberNote();
                }
                if (!(claim instanceof Claim.Accepted)) {
                    refused.add(claim);
                }
            }
        }
        return refused;
    }
}
