package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.model.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The right to change a cluster, which one run at a time has: a note at all its name servers with a counter that its
 * holder moves.
 *
 * <p>Name servers cannot compare and set, so this keeps honest runs apart and is no lock: see the documentation of the
 * goal for what it cannot promise.
 */
public final class Lease implements AutoCloseable {
    private final LeaseNotes notes;
    private final Terms terms;
    private final boolean waited;
    private final Timing timing;
    private final Timing.PeriodicTask heart;
    private LeaseNote mine;
    private Lost lost;
    private boolean closed;

    /**
     * How long things take.
     *
     * @param beat between two moves of the counter
     * @param term for which the counter of somebody else must stand still before he counts as dead
     * @param settle for which a new holder waits to see whether somebody else came at the same moment
     */
    public record Terms(Duration beat, Duration term, Duration settle) {
        /** Name servers write each note to their log, so the counter moves seldom. */
        public static final Terms USUAL =
                new Terms(Duration.ofSeconds(30), Duration.ofSeconds(100), Duration.ofSeconds(1));

        private static final int LOOKS = 50;

        Duration betweenLooks() {
            return term.dividedBy(LOOKS);
        }
    }

    /** Holds what a {@link LeaseRequest} has got. */
    public Lease(LeaseNotes notes, LeaseNote mine, Terms terms, boolean waited, Timing timing) {
        this.notes = requireNonNull(notes, "notes is null");
        this.mine = requireNonNull(mine, "mine is null");
        this.terms = requireNonNull(terms, "terms is null");
        this.waited = waited;
        this.timing = requireNonNull(timing, "timing is null");
        this.heart = timing.every(terms.beat(), "migrate-lease", this::beat);
    }

    /**
     * Takes it. Where somebody else has it, this waits until his counter has stood still for a full term, which says
     * that he is dead; while it moves, only for as long as {@code patience}.
     */
    public static Lease take(LeaseNotes notes, LeaseNote mine, Terms terms, Duration patience, RunControl control)
            throws InterruptedException {
        return new LeaseRequest(notes, mine, terms, patience, control).take();
    }

    /** Who holds the lease of a cluster, as far as its name servers tell. */
    public static List<LeaseNote> holders(Notes notes, String cluster) throws InterruptedException {
        return new LeaseNotes(notes, cluster)
                .all().values().stream().flatMap(Optional::stream).toList();
    }

    /** Takes a lease away, whoever holds it; says from how many name servers. */
    public static int release(Notes notes, String cluster, String id) throws InterruptedException {
        return new LeaseNotes(notes, cluster).remove(id);
    }

    /** Whether somebody else has had it since it was asked for, so that what was seen before may not be true any more. */
    public boolean hasWaited() {
        return waited;
    }

    /** A beat that fails is no loss: {@link #confirm} tells, before anything is written. */
    private void beat() {
        try {
            move();
        } catch (RuntimeException e) {
            // The next beat tries again; an exception that got out would be the end of all beats.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void move() throws InterruptedException {
        if (closed) {
            return;
        }
        try {
            confirm();
        } catch (Lost e) {
            // A process that was suspended must not write over its successor, nor come back after him.
            return;
        }
        mine = mine.moved();
        Timing.Stopwatch putting = timing.stopwatch();
        notes.putEverywhere(mine);
        if (putting.isOver(terms.term().dividedBy(2))) {
            // Suspended just there, it may have written over its successor: both of them stop.
            lost = new Lost("This run stood still while it showed that it lives, and may have been taken over.");
            int unused = notes.remove(mine.id());
        }
    }

    /**
     * Makes sure that it is still ours, which it must be right before every write: a {@link Lost} says that it is not,
     * and never will be again. Where a name server has forgotten it and another has not, it is put there again.
     */
    public synchronized void confirm() throws InterruptedException, Lost {
        if (lost != null) {
            throw lost;
        }
        List<String> forgetful = new ArrayList<>();
        Map<String, Optional<LeaseNote>> all = notes.all();
        for (Map.Entry<String, Optional<LeaseNote>> note : all.entrySet()) {
            if (note.getValue().isEmpty()) {
                forgetful.add(note.getKey());
            } else if (!note.getValue().get().id().equals(mine.id())) {
                lost = new Lost("The lease was taken over by "
                        + note.getValue().get().words() + ": this run has shown no life for too long.");
                throw lost;
            }
        }
        if (forgetful.size() == all.size()) {
            lost = new Lost("The lease is gone from all name servers: somebody has taken it over and given it back, or"
                    + " released it, or they were restarted without their files.");
            throw lost;
        }
        for (String nameServer : forgetful) {
            notes.put(nameServer, mine);
        }
    }

    /** Whether it is known to be somebody else's by now. */
    public synchronized boolean isLost() {
        return lost != null;
    }

    /** Whether it is still ours. */
    public boolean isOurs() throws InterruptedException {
        try {
            confirm();
            return true;
        } catch (Lost e) {
            return false;
        }
    }

    /** That somebody else may be writing now. */
    public static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;

        Lost(String message) {
            super(message);
        }
    }

    /** Gives it back. Where that fails, its counter stands still from now on, and the next run takes it over. */
    @Override
    public void close() {
        heart.close();
        try {
            synchronized (this) {
                closed = true;
                int unused = notes.remove(mine.id());
            }
        } catch (Fault fault) {
            // A name server that does not answer keeps it for a term.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
