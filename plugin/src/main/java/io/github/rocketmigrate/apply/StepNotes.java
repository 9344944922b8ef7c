package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Rung.AccessChange;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.StepNote;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.WriteGuard;
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
    private final boolean isJoined;
    private final SortedMap<String, BegunStep> begun;

    /**
     * Begins with the steps of earlier runs.
     *
     * @param isJoined whether a fence also closes the side that is to be written, until the routes are set
     */
    StepNotes(
            ClusterWriter writer,
            WriteGuard guard,
            String plan,
            SortedMap<String, BegunStep> earlier,
            boolean isJoined) {
        this.writer = requireNonNull(writer, "writer is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.begun = new TreeMap<>(earlier);
        this.isJoined = isJoined;
    }

    /** Notes steps on every name server before their first write. */
    void begin(Collection<MoveTopic> moves) throws InterruptedException, Halt {
        SortedMap<String, BegunStep> before = new TreeMap<>(begun);
        moves.forEach(move -> begin(begun, move, isJoined));
        List<Claim> refused = write(before, guard, LAST_FIRST);
        if (!refused.isEmpty()) {
            throw Fence.halt(refused);
        }
    }

    /** Adds the note of a step. One that only registers again what an earlier step has written keeps the note of that step. */
    static void begin(Map<String, BegunStep> begun, MoveTopic move, boolean isJoined) {
        BegunStep earlier = begun.get(move.subject().name());
        if (move.isForNameServers() && earlier != null) {
            return;
        }
        boolean fence =
                move.rung().closesFirst() || move.rung() instanceof Rung.Wait || (earlier != null && earlier.fence());
        BegunStep step = new BegunStep(move.found(), fence);
        for (AccessChange write : move.rung().writes()) {
            step = step.and(write.side(), write.access());
        }
        Optional<Side> covered = covered(move.rung()).filter(side -> isJoined);
        if (covered.isPresent()) {
            step = step.and(covered.get(), Access.NONE);
        }
        begun.put(move.subject().name(), step.paused(pause(move, earlier)));
    }

    /** The side that a fence closes for reading before producers turn to it. */
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
     * Forgets the steps that have led to a stage. A note that stays behind does no harm: the end of the run or the next
     * run removes it.
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
        end(begun, applied);
        if (applied.change() instanceof MoveTopic move && applied.outcome().isDone()) {
            BegunStep opened = new BegunStep(move.after(), false);
            if (opened.opens() && !move.after().equals(Standing.of(Pair.of(move.wanted())))) {
                begun.putIfAbsent(move.subject().name(), opened);
            }
        }
    }

    /** What is left of the note of a topic after its step. */
    static void end(Map<String, BegunStep> begun, AppliedChange applied) {
        if (!(applied.change() instanceof MoveTopic move) || !applied.outcome().isDone()) {
            return;
        }
        String topic = move.subject().name();
        if (move.after().pair().flatMap(Pair::stage).isPresent()) {
            begun.remove(topic);
        } else {
            boolean isPaused = move.after().pair().filter(Pair::isReadOnly).isPresent();
            Optional<Side> paused = pause(move, begun.get(topic)).filter(side -> isPaused);
            begun.put(topic, new BegunStep(move.after(), true).paused(paused));
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
                if (!(claim instanceof Claim.Accepted)) {
                    refused.add(claim);
                }
            }
        }
        return refused;
    }
}
