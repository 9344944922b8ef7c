package io.github.rocketmigrate.model;

import static io.github.rocketmigrate.model.Access.NONE;
import static io.github.rocketmigrate.model.Access.READ;
import static io.github.rocketmigrate.model.Access.READ_WRITE;
import static io.github.rocketmigrate.model.Access.WRITE;
import static io.github.rocketmigrate.model.Purpose.BACK;
import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;
import static io.github.rocketmigrate.model.Purpose.END_PAUSE;
import static io.github.rocketmigrate.model.Purpose.FINISH;
import static io.github.rocketmigrate.model.Purpose.LEAVE_BEHIND;
import static io.github.rocketmigrate.model.Purpose.LEAVE_SOURCE;
import static io.github.rocketmigrate.model.Purpose.OPEN_BOTH;
import static io.github.rocketmigrate.model.Purpose.OPEN_FENCE;
import static io.github.rocketmigrate.model.Purpose.OPEN_REVERSE_FENCE;
import static io.github.rocketmigrate.model.Purpose.TO_DESTINATION;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the next step of a topic from its present accesses to its planned stage. The function is total, so that a run
 * can continue wherever an earlier one was killed.
 *
 * <p>Forward, the destination opens before the source closes; backward, the source opens first. So producers always
 * find a writable queue. A fenced topic is never writable in both clusters,
 * because a key could then change its queue.
 *
 * <p>Longer than 300 lines: the next step of every pair of accesses stands in one table.
 */
public final class Ladder {
    /** Left by a reverse fence half closed: messages behind the fence must not be delivered before those in front of it. */
    private static final Set<Access> CLOSING = Set.of(READ, WRITE);

    /** Left by a fence half opened for writing, after it was closed for reading. */
    private static final Set<Access> OPENING = Set.of(NONE, WRITE);

    private static final int TOO_MANY = 20;

    private Ladder() {}

    /**
     * Finds the next step from the accesses that the masters of both clusters report. If the masters of a side disagree,
     * an earlier write reached only some of them. The step then finishes that write, towards the nearest pair on the way.
     */
    public static Rung next(Standing found, Stage wanted, boolean fenced) {
        if (found.pair().isPresent()) {
            return next(found.pair().get(), wanted, fenced);
        }
        return isOfOneWrite(found.source(), fenced) && isOfOneWrite(found.destination(), fenced)
                ? nearest(found, wanted, fenced)
                : new Rung.Foreign();
    }

    /** Finishes the writes of a side on which masters disagree, towards the nearest pair on the way. */
    private static Rung nearest(Standing found, Stage wanted, boolean fenced) {
        return found.pairs().stream()
                .filter(pair -> !found.source().equals(CLOSING) || pair.source() == WRITE)
                .filter(pair -> steps(pair, wanted, fenced) < TOO_MANY)
                .min(comparingInt((Pair pair) -> steps(pair, wanted, fenced))
                        .thenComparing(pair -> pair.source().isWritable() ? 0 : 1))
                .<Rung>map(pair -> new Rung.Writes(finishing(found, pair), finished(found, pair)))
                .orElseGet(Rung.Foreign::new);
    }

    /**
     * Finds the next step if some masters may have made a write of ours late, after other steps, or if a run opened the
     * source on some masters while the destination was down. Without a fence, the side opens to which the topic is heading,
     * and groups can read both: nobody knows which side has unread messages.
     */
    public static Rung afterLateWrite(Standing found, Stage wanted, boolean fenced) {
        Rung usual = next(found, wanted, fenced);
        if (!(usual instanceof Rung.Foreign)
                || found.pair().flatMap(Pair::stage).isPresent()) {
            return usual;
        }
        if (fenced) {
            return found.pair().isPresent() ? usual : nearest(found, wanted, true);
        }
        boolean ahead = wanted == Stage.WRITE_DESTINATION || wanted == Stage.DESTINATION;
        Stage target = ahead ? Stage.WRITE_DESTINATION : Stage.READ_BOTH;
        return new Rung.Writes(
                Stream.of(SOURCE, DESTINATION)
                        .map(side -> new Rung.AccessChange(side, target.at(side)))
                        .filter(write -> !found.at(write.side()).equals(Set.of(write.access())))
                        .sorted(comparingInt(write -> write.access().isWritable() ? 0 : 1))
                        .toList(),
                FINISH);
    }

    /**
     * A step that takes away what groups can still read needs its checks again when it is finished. A fence only withholds
     * it for a while.
     */
    private static Purpose finished(Standing found, Pair target) {
        if (target.source() == NONE && isReadable(found.source())) {
            return LEAVE_BEHIND;
        }
        return !target.destination().isReadable()
                        && isReadable(found.destination())
                        && !target.destination().isWritable()
                ? BACK
                : FINISH;
    }

    private static boolean isReadable(Set<Access> accesses) {
        return accesses.stream().anyMatch(Access::isReadable);
    }

    /** Finishes a fence that the name servers show but not all brokers have; the side that opens comes first. */
    public static Rung through(Pair fence) {
        Rung.AccessChange source = new Rung.AccessChange(SOURCE, fence.source());
        Rung.AccessChange destination = new Rung.AccessChange(DESTINATION, fence.destination());
        return new Rung.Writes(
                fence.source().isWritable() ? List.of(source, destination) : List.of(destination, source), FINISH);
    }

    /**
     * Whether one write that reached only some brokers explains these accesses. No single write opens a closed side for
     * writing, except the one of a fence.
     */
    private static boolean isOfOneWrite(Set<Access> accesses, boolean fenced) {
        return accesses.size() == 1
                || (accesses.size() == 2
                        && !(accesses.contains(NONE) && accesses.stream().anyMatch(Access::isWritable)))
                || (fenced && accesses.equals(OPENING));
    }

    /** Orders the writes so that a side opens before the other closes. */
    private static List<Rung.AccessChange> finishing(Standing found, Pair target) {
        return Stream.of(
                        new Rung.AccessChange(SOURCE, target.source()),
                        new Rung.AccessChange(DESTINATION, target.destination()))
                .filter(write -> found.at(write.side()).size() > 1)
                .sorted(comparingInt(write -> write.access().isWritable() ? 0 : 1))
                .toList();
    }

    /** Whether a topic passes {@code place} on its way from {@code from} to the wanted stage. */
    public static boolean isOnWay(Standing from, Standing place, Stage wanted, boolean fenced) {
        Standing at = from;
        for (int steps = 0; steps < TOO_MANY; steps++) {
            if (at.equals(place)) {
                return true;
            }
            for (Rung.AccessChange write : next(at, wanted, fenced).writes()) {
                at = at.with(write.side(), write.access());
                if (at.equals(place)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the steps from a place to a stage are for, beginning with {@code first}. */
    public static Set<Purpose> purposes(Standing from, Rung first, Stage wanted, boolean fenced) {
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        purposes.addAll(way(from, first, wanted, fenced));
        return purposes;
    }

    /** The same step by step, in the order in which a run makes them. */
    public static List<Purpose> way(Standing from, Rung first, Stage wanted, boolean fenced) {
        List<Purpose> way = new ArrayList<>();
        Standing at = from;
        Rung rung = first;
        for (int steps = 0; steps < TOO_MANY && rung.purpose().isPresent(); steps++) {
            way.add(rung.purpose().get());
            for (Rung.AccessChange write : rung.writes()) {
                at = at.with(write.side(), write.access());
            }
            rung = next(at, wanted, fenced);
        }
        return way;
    }

    /**
     * The stages that a topic passes to a stage, which is the last. A topic whose order is kept passes the same ones, with
     * fences between them; a fence that has begun can only be finished as one.
     */
    public static List<Stage> stages(Standing from, Rung first, Stage wanted) {
        List<Stage> stages = stages(from, first, wanted, false);
        return stages.contains(wanted) ? stages : stages(from, first, wanted, true);
    }

    private static List<Stage> stages(Standing from, Rung first, Stage wanted, boolean fenced) {
        List<Stage> stages = new ArrayList<>();
        Standing at = from;
        Rung rung = first;
        for (int steps = 0; steps < TOO_MANY && rung.purpose().isPresent(); steps++) {
            for (Rung.AccessChange write : rung.writes()) {
                at = at.with(write.side(), write.access());
            }
            at.pair()
                    .flatMap(Pair::stage)
                    .filter(stage -> !stages.contains(stage))
                    .ifPresent(stages::add);
            rung = next(at, wanted, fenced);
        }
        return stages;
    }

    /** The step with a pause before the other side opens, if it is one that closes a side first. */
    public static Rung pausing(Rung rung) {
        return rung instanceof Rung.Writes writes && writes.closesFirst()
                ? new Rung.Pause(writes.writes().get(0), writes.why())
                : rung;
    }

    /** Opens the other side for writing once no producer has an old route; the rest is the fence as usual. */
    public static Rung endOfPause(Side closed) {
        return new Rung.Wait(closed, new Rung.AccessChange(closed.other(), WRITE), END_PAUSE);
    }

    /** Counts the writes from a pair to a stage. */
    private static int steps(Pair from, Stage wanted, boolean fenced) {
        Pair at = from;
        for (int steps = 0; steps < TOO_MANY; ) {
            Rung rung = next(at, wanted, fenced);
            if (rung instanceof Rung.Arrived) {
                return steps;
            }
            for (Rung.AccessChange write : rung.writes()) {
                at = at.with(write.side(), write.access());
                steps++;
            }
            if (rung instanceof Rung.Foreign) {
                return TOO_MANY;
            }
        }
        return TOO_MANY;
    }

    public static Rung next(Pair found, Stage wanted, boolean fenced) {
        if (found.equals(Pair.of(wanted))) {
            return new Rung.Arrived();
        }
        return switch (found.source()) {
            case READ_WRITE ->
                switch (found.destination()) {
                    case NONE -> writes(LEAVE_SOURCE, DESTINATION, READ);
                    case READ -> fromReadBoth(wanted, fenced);
                    case READ_WRITE -> fromBothOpen(wanted, fenced);
                    // The fence was opened, and then the source, but the answer was lost.
                    case WRITE -> finish(fenced, SOURCE, READ);
                };
            case READ ->
                switch (found.destination()) {
                    case READ_WRITE -> fromWriteDestination(wanted, fenced);
                    // Fence and reverse fence begin in the same way.
                    case READ -> finish(fenced, DESTINATION, WRITE);
                    case WRITE ->
                        fenced
                                ? new Rung.Wait(SOURCE, new Rung.AccessChange(DESTINATION, READ_WRITE), OPEN_FENCE)
                                : new Rung.Foreign();
                    // The fence has closed both sides and not opened one yet.
                    case NONE -> finish(fenced, DESTINATION, WRITE);
                };
            case WRITE ->
                switch (found.destination()) {
                    case READ ->
                        fenced
                                ? new Rung.Wait(
                                        DESTINATION, new Rung.AccessChange(SOURCE, READ_WRITE), OPEN_REVERSE_FENCE)
                                : new Rung.Foreign();
                    case READ_WRITE, NONE -> finish(fenced, DESTINATION, READ);
                    case WRITE -> new Rung.Foreign();
                };
            case NONE ->
                switch (found.destination()) {
                    // The wanted stage is not destination.
                    case READ_WRITE -> writes(BACK, SOURCE, READ);
                    case READ -> finish(fenced, SOURCE, WRITE);
                    // A broker has made a write of a fence late. The fence opens once the source is drained.
                    case NONE, WRITE -> finish(fenced, SOURCE, READ);
                };
        };
    }

    /** Finishes a fence; other topics have none. */
    private static Rung finish(boolean fenced, Side side, Access access) {
        return fenced ? writes(FINISH, side, access) : new Rung.Foreign();
    }

    private static Rung fromReadBoth(Stage wanted, boolean fenced) {
        return switch (wanted) {
            case SOURCE -> writes(BACK, DESTINATION, NONE);
            case READ_BOTH -> new Rung.Arrived();
            case WRITE_BOTH -> writes(OPEN_BOTH, DESTINATION, READ_WRITE);
            case WRITE_DESTINATION, DESTINATION ->
                fenced
                        ? both(CLOSE_FENCE, SOURCE, READ, DESTINATION, WRITE)
                        : both(TO_DESTINATION, DESTINATION, READ_WRITE, SOURCE, READ);
        };
    }

    private static Rung fromBothOpen(Stage wanted, boolean fenced) {
        if (fenced) {
            // Messages of one key may be in both clusters, and nothing can restore their order.
            return new Rung.Foreign();
        }
        return switch (wanted) {
            case SOURCE, READ_BOTH -> writes(BACK, DESTINATION, READ);
            case WRITE_BOTH -> new Rung.Arrived();
            case WRITE_DESTINATION, DESTINATION -> writes(TO_DESTINATION, SOURCE, READ);
        };
    }

    private static Rung fromWriteDestination(Stage wanted, boolean fenced) {
        return switch (wanted) {
            case DESTINATION -> writes(LEAVE_BEHIND, SOURCE, NONE);
            case WRITE_DESTINATION -> new Rung.Arrived();
            case WRITE_BOTH -> fenced ? new Rung.Foreign() : writes(BACK, SOURCE, READ_WRITE);
            case SOURCE, READ_BOTH ->
                fenced
                        ? both(BACK, DESTINATION, READ, SOURCE, WRITE)
                        : both(BACK, SOURCE, READ_WRITE, DESTINATION, READ);
        };
    }

    private static Rung writes(Purpose purpose, Side side, Access access) {
        return new Rung.Writes(List.of(new Rung.AccessChange(side, access)), purpose);
    }

    private static Rung both(Purpose purpose, Side first, Access access, Side second, Access secondAccess) {
        return new Rung.Writes(
                List.of(new Rung.AccessChange(first, access), new Rung.AccessChange(second, secondAccess)), purpose);
    }
}
