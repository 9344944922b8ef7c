package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Rung.AccessChange;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.BulkWrite;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.ObjectUpdate;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Moves many topics one step. If a step has two writes, the second follows the first at once; if it fails, the first is
 * undone.
 */
final class Mover {
    private final StepContext context;
    private Optional<Halt> halt = Optional.empty();

    Mover(StepContext context) {
        this.context = requireNonNull(context, "context is null");
    }

    /** Moves each topic its step and returns the results. */
    List<AppliedChange> move(List<MoveTopic> moves) throws InterruptedException {
        Map<Rung, List<MoveTopic>> alike = new LinkedHashMap<>();
        moves.forEach(move ->
                alike.computeIfAbsent(move.rung(), key -> new ArrayList<>()).add(move));
        List<AppliedChange> applied = new ArrayList<>();
        for (Map.Entry<Rung, List<MoveTopic>> step : alike.entrySet()) {
            for (List<MoveTopic> some : BulkWrite.slices(step.getValue())) {
                applied.addAll(move(step.getKey(), some));
            }
        }
        return applied;
    }

    /** Moves topics that make the same step, between a note that they begin and a note that they have ended. */
    private List<AppliedChange> move(Rung rung, List<MoveTopic> moves) throws InterruptedException {
        begin(rung, moves);
        if (halt.isPresent()) {
            return moves.stream().map(this::notTried).toList();
        }
        List<MoveTopic> again =
                moves.stream().filter(MoveTopic::isForNameServers).toList();
        List<MoveTopic> others =
                moves.stream().filter(move -> !again.contains(move)).toList();
        List<AppliedChange> applied = new ArrayList<>(new RouteRenewal(context).renew(again));
        boolean isFence = rung.closesFirst() || rung.isFor(Purpose.END_PAUSE);
        applied.addAll(isFence ? throughFence(rung, others) : oneAfterTheOther(rung.writes(), others));
        try {
            context.notes().end(applied);
        } catch (Halt stop) {
            halt = halt.or(() -> Optional.of(stop));
        }
        return applied;
    }

    /** A brake holds a step before its first write: what has begun is finished. */
    private void begin(Rung rung, List<MoveTopic> moves) throws InterruptedException {
        if (halt.isPresent()) {
            return;
        }
        if (rung.mayWait() && context.isBraked()) {
            halt = Optional.of(Halt.braked());
            return;
        }
        try {
            context.notes().begin(moves);
        } catch (Halt stop) {
            halt = Optional.of(stop);
        }
    }

    Optional<Halt> halt() {
        return halt;
    }

    private AppliedChange notTried(MoveTopic move) {
        Halt why = halt.orElseThrow();
        return new AppliedChange(
                move, WriteOutcome.NOT_ATTEMPTED, why.getMessage(), why.stop().fix());
    }

    private List<AppliedChange> throughFence(Rung rung, List<MoveTopic> moves) throws InterruptedException {
        Side closing = rung instanceof Rung.Wait wait
                ? wait.until()
                : rung.writes().get(0).side();
        List<Fence.Passage> passages = new ArrayList<>();
        for (MoveTopic move : moves) {
            passages.add(new Fence.Passage(closing, update(move, closing), update(move, closing.other())));
        }
        Fence fence = new Fence(context);
        List<AppliedChange> applied = fence.pass(passages);
        halt = fence.halt();
        return applied;
    }

    /** Opens one side and reads it back before the other side is closed, so producers always find an open queue. */
    private List<AppliedChange> oneAfterTheOther(List<AccessChange> writes, List<MoveTopic> moves)
            throws InterruptedException {
        Map<MoveTopic, AppliedChange> ended = new LinkedHashMap<>();
        Map<MoveTopic, Timing.Stopwatch> written = new HashMap<>();
        List<MoveTopic> going = moves;
        for (int i = 0; i < writes.size() && halt.isEmpty(); i++) {
            List<MoveTopic> stuck = new ArrayList<>();
            List<MoveTopic> done = new ArrayList<>();
            for (AppliedChange one : write(
                    writes.get(i),
                    going,
                    i == 0 ? context.guard() : context.guard().urgent())) {
                MoveTopic move = (MoveTopic) one.change();
                one.took().ifPresent(took -> written.putIfAbsent(move, beganBefore(took)));
                if (one.outcome().isDone()) {
                    done.add(move);
                } else {
                    ended.put(move, one);
                    stuck.add(move);
                }
            }
            if (i > 0 && !stuck.isEmpty()) {
                takeBack(writes.get(0), writes.get(i), stuck, ended);
            }
            going = done;
            if (i == writes.size() - 1) {
                going.forEach(move -> ended.put(
                        move,
                        written.containsKey(move)
                                ? AppliedChange.confirmed(move, Optional.of(written.get(move)))
                                : new AppliedChange(move, WriteOutcome.UNCHANGED, "", "")));
            }
        }
        for (MoveTopic move : moves) {
            ended.computeIfAbsent(move, this::openInBoth);
        }
        return moves.stream().map(ended::get).toList();
    }

    /** Continues to measure the time of a step whose first write has just been confirmed. */
    private Timing.Stopwatch beganBefore(Duration took) {
        return new Timing.Stopwatch(context.timing(), context.timing().elapsed().minus(took));
    }

    private AppliedChange openInBoth(MoveTopic move) {
        AppliedChange applied = notTried(move);
        return new AppliedChange(
                move, applied.outcome(), "it stays open in both clusters for now: " + applied.why(), applied.fix());
    }

    private List<AppliedChange> write(AccessChange write, List<MoveTopic> moves, WriteGuard by)
            throws InterruptedException {
        List<ObjectUpdate<TopicSettings>> updates = new ArrayList<>();
        List<AppliedChange> applied = new ArrayList<>();
        for (MoveTopic move : moves) {
            Optional<ObjectUpdate<TopicSettings>> update = update(move, write);
            update.ifPresent(updates::add);
            if (update.isEmpty()) {
                applied.add(new AppliedChange(move, WriteOutcome.UNCHANGED, "", ""));
            }
        }
        applied.addAll(write(write.side(), updates, by));
        return applied;
    }

    private List<AppliedChange> write(Side side, List<ObjectUpdate<TopicSettings>> updates, WriteGuard by)
            throws InterruptedException {
        if (updates.isEmpty()) {
            return List.of();
        }
        try {
            new BulkWrite<>(
                            context.store(side),
                            context.cluster(side).brokers(),
                            updates,
                            context.writing().with(by))
                    .run(Map.of());
        } catch (Halt stop) {
            halt = Optional.of(stop);
        }
        return updates.stream().map(ObjectUpdate::applied).toList();
    }

    /**
     * Undoes the step of topics whose second side could not be written. First reopens the masters of that side that
     * have closed the topic, so that producers always find an open queue.
     */
    private void takeBack(
            AccessChange first, AccessChange second, List<MoveTopic> stuck, Map<MoveTopic, AppliedChange> ended)
            throws InterruptedException {
        List<MoveTopic> refused = stuck.stream()
                .filter(move -> ended.get(move).outcome() == WriteOutcome.FAILED)
                .toList();
        Optional<Halt> why = halt;
        Map<MoveTopic, String> left = new LinkedHashMap<>();
        for (AccessChange write : List.of(second, first)) {
            List<ObjectUpdate<TopicSettings>> back = refused.stream()
                    .filter(move -> !left.containsKey(move))
                    .flatMap(move -> back(move, write).stream())
                    .toList();
            halt = Optional.empty();
            for (AppliedChange one : write(write.side(), back, context.guard().urgent())) {
                if (!one.outcome().isDone()) {
                    left.put(
                            (MoveTopic) one.change(),
                            "the " + write.side().word() + " could not be put back as it was, and the other side"
                                    + " stays open: " + one.why());
                }
            }
        }
        halt = why.isPresent() ? why : halt;
        for (MoveTopic move : refused) {
            AppliedChange cause = ended.get(move);
            String where = left.getOrDefault(move, "everything was put back as it was");
            ended.put(move, new AppliedChange(move, cause.outcome(), cause.why() + "; " + where, cause.fix()));
        }
        if (halt.isEmpty()) {
            AppliedChange cause = ended.get(stuck.get(0));
            halt = Optional.of(new Halt(
                    "The " + second.side().word() + " could not be switched: " + cause.why() + ".", cause.fix()));
        }
    }

    /** A pause writes the closing side first, and the other one at its end. */
    private ObjectUpdate<TopicSettings> update(MoveTopic move, Side side) {
        return move.rung().writes().stream()
                .filter(write -> write.side() == side)
                .flatMap(write -> update(move, write).stream())
                .findFirst()
                .orElseGet(() -> AccessUpdate.none(move, context.cluster(side)));
    }

    private Optional<ObjectUpdate<TopicSettings>> update(MoveTopic move, AccessChange write) {
        return AccessUpdate.of(move, write, context.cluster(write.side()));
    }

    /** The update that undoes a write, from the settings that brokers store. */
    private Optional<ObjectUpdate<TopicSettings>> back(MoveTopic move, AccessChange write) {
        return update(move, write).map(there -> {
            SortedMap<String, TopicSettings> after = new TreeMap<>();
            there.after()
                    .forEach((broker, settings) -> after.put(
                            broker, settings.withAccess(there.before(broker).access())));
            return new ObjectUpdate<>(move, there.after(), after);
        });
    }
}
