package io.github.rocketmigrate.model;

import static io.github.rocketmigrate.model.Access.NONE;
import static io.github.rocketmigrate.model.Access.READ;
import static io.github.rocketmigrate.model.Access.READ_WRITE;
import static io.github.rocketmigrate.model.Access.WRITE;
import static io.github.rocketmigrate.model.Purpose.BACK;
import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;
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

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The next step of a topic from where it stands to a wanted stage: a total function, the same after every kill.
 *
 * <p>Forward, the destination is opened before the source is closed, and back the other way round, so that producers
 * always find an open queue. FIFO topics are never writable in both, which would let keys change their queue.
 */
public final class Ladder {
    /** A reverse fence that is being closed: what came in behind it must not be delivered before the rest. */
    private static final Set<Access> CLOSING = Set.of(READ, WRITE);

    /** A fence that is being opened for writing: it was closed for reading just before. */
    private static final Set<Access> OPENING = Set.of(NONE, WRITE);

    private static final int TOO_MANY = 20;

    private Ladder() {}

    /**
     * The next step from where the masters of both clusters have it. Where those of a side disagree, a write was made on
     * some of them only: it is finished on the others first, towards what is nearest to what is wanted.
     */
    public static Rung next(Standing found, Stage wanted, boolean fifo) {
        if (found.pair().isPresent()) {
            return next(found.pair().get(), wanted, fifo);
        }
        if (!isOfOneWrite(found.source(), fifo) || !isOfOneWrite(found.destination(), fifo)) {
            return new Rung.Foreign();
        }
        return found.pairs().stream()
                .filter(pair -> !found.source().equals(CLOSING) || pair.source() == WRITE)
                .filter(pair -> steps(pair, wanted, fifo) < TOO_MANY)
                .min(comparingInt((Pair pair) -> steps(pair, wanted, fifo))
                        .thenComparing(pair -> pair.source().isWritable() ? 0 : 1))
                .<Rung>map(pair -> new Rung.Writes(finishing(found, pair), FINISH))
                .orElseGet(Rung.Foreign::new);
    }

    /** Through a fence that the name servers show, and not all brokers: what opens comes first. */
    public static Rung through(Pair fence) {
        Rung.AccessChange source = new Rung.AccessChange(SOURCE, fence.source());
        Rung.AccessChange destination = new Rung.AccessChange(DESTINATION, fence.destination());
        return new Rung.Writes(
                fence.source().isWritable() ? List.of(source, destination) : List.of(destination, source), FINISH);
    }

    /**
     * Whether one write, made on some brokers only, leaves this: none opens a closed side for writing at once, but for
     * that of a fence.
     */
    private static boolean isOfOneWrite(Set<Access> accesses, boolean fifo) {
        return accesses.size() == 1
                || (accesses.size() == 2
                        && !(accesses.contains(NONE) && accesses.stream().anyMatch(Access::isWritable)))
                || (fifo && accesses.equals(OPENING));
    }

    /** What opens comes before what closes. */
    private static List<Rung.AccessChange> finishing(Standing found, Pair target) {
        return Stream.of(
                        new Rung.AccessChange(SOURCE, target.source()),
                        new Rung.AccessChange(DESTINATION, target.destination()))
                .filter(write -> found.at(write.side()).size() > 1)
                .sorted(comparingInt(write -> write.access().isWritable() ? 0 : 1))
                .toList();
    }

    /** Whether a topic that has set out for a stage from one place comes by another. */
    public static boolean isOnWay(Standing from, Standing place, Stage wanted, boolean fifo) {
        Standing at = from;
        for (int steps = 0; steps < TOO_MANY; steps++) {
            if (at.equals(place)) {
                return true;
            }
            for (Rung.AccessChange write : next(at, wanted, fifo).writes()) {
                at = at.with(write.side(), write.access());
                if (at.equals(place)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How many writes it is from a pair to a stage. */
    private static int steps(Pair from, Stage wanted, boolean fifo) {
        Pair at = from;
        for (int steps = 0; steps < TOO_MANY; ) {
            Rung rung = next(at, wanted, fifo);
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

    public static Rung next(Pair found, Stage wanted, boolean fifo) {
        if (found.equals(Pair.of(wanted))) {
            return new Rung.Arrived();
        }
        return switch (found.source()) {
            case READ_WRITE ->
                switch (found.destination()) {
                    case NONE -> writes(LEAVE_SOURCE, DESTINATION, READ);
                    case READ -> fromReadBoth(wanted, fifo);
                    case READ_WRITE -> fromBothOpen(wanted, fifo);
                    // The fence was opened, and the source with it when the answer did not come.
                    case WRITE -> finish(fifo, SOURCE, READ);
                };
            case READ ->
                switch (found.destination()) {
                    case READ_WRITE -> fromWriteDestination(wanted, fifo);
                    // Only FIFO topics come here: fence and reverse fence begin alike.
                    case READ -> writes(FINISH, DESTINATION, WRITE);
                    case WRITE -> new Rung.Wait(SOURCE, new Rung.AccessChange(DESTINATION, READ_WRITE), OPEN_FENCE);
                    // Closed for the fence on both sides, and not opened yet.
                    case NONE -> finish(fifo, DESTINATION, WRITE);
                };
            case WRITE ->
                switch (found.destination()) {
                    case READ ->
                        new Rung.Wait(DESTINATION, new Rung.AccessChange(SOURCE, READ_WRITE), OPEN_REVERSE_FENCE);
                    case READ_WRITE -> finish(fifo, DESTINATION, READ);
                    case NONE, WRITE -> new Rung.Foreign();
                };
            case NONE ->
                switch (found.destination()) {
                    // Wanted is another stage than the last.
                    case READ_WRITE -> writes(BACK, SOURCE, READ);
                    case READ -> finish(fifo, SOURCE, WRITE);
                    case NONE, WRITE -> new Rung.Foreign();
                };
        };
    }

    /** What a fence leaves on its way, which only FIFO topics go. */
    private static Rung finish(boolean fifo, Side side, Access access) {
        return fifo ? writes(FINISH, side, access) : new Rung.Foreign();
    }

    private static Rung fromReadBoth(Stage wanted, boolean fifo) {
        return switch (wanted) {
            case SOURCE -> writes(BACK, DESTINATION, NONE);
            case READ_BOTH -> new Rung.Arrived();
            case WRITE_BOTH -> writes(OPEN_BOTH, DESTINATION, READ_WRITE);
            case WRITE_DESTINATION, DESTINATION ->
                fifo
                        ? both(CLOSE_FENCE, SOURCE, READ, DESTINATION, WRITE)
                        : both(TO_DESTINATION, DESTINATION, READ_WRITE, SOURCE, READ);
        };
    }

    private static Rung fromBothOpen(Stage wanted, boolean fifo) {
        if (fifo) {
            // Keys are on both sides already: nobody can put them in order again.
            return new Rung.Foreign();
        }
        return switch (wanted) {
            case SOURCE, READ_BOTH -> writes(BACK, DESTINATION, READ);
            case WRITE_BOTH -> new Rung.Arrived();
            case WRITE_DESTINATION, DESTINATION -> writes(TO_DESTINATION, SOURCE, READ);
        };
    }

    private static Rung fromWriteDestination(Stage wanted, boolean fifo) {
        return switch (wanted) {
            case DESTINATION -> writes(LEAVE_BEHIND, SOURCE, NONE);
            case WRITE_DESTINATION -> new Rung.Arrived();
            case WRITE_BOTH -> fifo ? new Rung.Foreign() : writes(BACK, SOURCE, READ_WRITE);
            case SOURCE, READ_BOTH ->
                fifo ? both(BACK, DESTINATION, READ, SOURCE, WRITE) : both(BACK, SOURCE, READ_WRITE, DESTINATION, READ);
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
