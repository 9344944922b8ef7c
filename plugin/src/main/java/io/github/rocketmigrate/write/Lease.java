package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.model.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * Lets one run at a time change a cluster. The lease is a note at all name servers of the cluster; its holder counts up in
 * it to show that the run is alive.
 *
 * <p>Name servers have no compare-and-set, so the lease keeps cooperating runs apart but is not a lock. The documentation
 * of the goal says what it cannot guarantee.
 */
public final class Lease implements AutoCloseable {
    private final LeaseNotes notes;
    private final Terms terms;
    private final boolean waited;
    private final Timing timing;
    /** Keeps a heartbeat and a write from reading the lease at the same time. */
    private final Lock lock;

    private final Timing.PeriodicTask heart;
    private LeaseNote mine;
    private Lost lost;
    private boolean closed;

    /**
     * The times by which runs keep apart.
     *
     * @param beat the time between two heartbeats
     * @param term the time without a heartbeat after which a holder counts as dead
     * @param settle the time that a new holder waits for another run that asked at the same moment
     */
    public record Terms(Duration beat, Duration term, Duration settle) {
        /** Heartbeats are rare because name servers log each note. */
        public static final Terms USUAL =
                new Terms(Duration.ofSeconds(30), Duration.ofSeconds(100), Duration.ofSeconds(1));

        private static final int LOOKS = 50;

        Duration betweenLooks() {
            return term.dividedBy(LOOKS);
        }
    }

    /** Keeps alive what a {@link LeaseRequest} has acquired. */
    public Lease(LeaseNotes notes, LeaseNote mine, Terms terms, boolean waited, Timing timing) {
        this.notes = requireNonNull(notes, "notes is null");
        this.mine = requireNonNull(mine, "mine is null");
        this.terms = requireNonNull(terms, "terms is null");
        this.waited = waited;
        this.timing = requireNonNull(timing, "timing is null");
        this.lock = timing.lock();
        this.heart = timing.every(terms.beat(), "migrate-lease", this::beat);
    }

    /**
     * Acquires the lease. If another run holds it, this waits until that run has sent no heartbeat for a full term; while
     * heartbeats come, it waits at most {@code patience}.
     */
    public static Lease take(LeaseNotes notes, LeaseNote mine, Terms terms, Duration patience, RunControl control)
            throws InterruptedException {
        return new LeaseRequest(notes, mine, terms, patience, control).take();
    }

    /** Reads who holds the lease of a cluster: one note from each name server that has one. */
    public static List<LeaseNote> holders(Notes notes, String cluster) throws InterruptedException {
        return new LeaseNotes(notes, cluster)
                .all().values().stream().flatMap(Optional::stream).toList();
    }

    /** Removes a lease of any run, and returns from how many name servers. */
    public static int release(Notes notes, String cluster, String id) throws InterruptedException {
        return new LeaseNotes(notes, cluster).remove(id);
    }

    /** Returns whether another run held the lease meanwhile, so that earlier readings may be outdated. */
    public boolean hasWaited() {
        return waited;
    }

    /** A failed heartbeat does no harm: {@link #confirm} reads the lease before each write. */
    private void beat() {
        lock.lock();
        try {
            move();
        } catch (RuntimeException e) {
            // The next heartbeat tries again; an exception would end all heartbeats.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void move() throws InterruptedException {
        if (closed) {
            return;
        }
        try {
            readAgain();
        } catch (Lost e) {
            // A process that was suspended must not overwrite its successor, nor return after it.
            return;
        }
        mine = mine.moved();
        Timing.Stopwatch putting = timing.stopwatch();
        notes.putEverywhere(mine);
        if (putting.isOver(terms.term().dividedBy(2))) {
            // If the process was suspended here, it may have overwritten its successor: both runs stop.
            lost = new Lost(
                    "This run was suspended during a heartbeat, and another run may have taken over its lease.");
            int unused = notes.remove(mine.id());
        }
    }

    /**
     * Makes sure that this run still holds the lease; called before every write. A lost lease stays lost. If some name
     * servers have lost the note and others have it, the note is restored.
     */
    public void confirm() throws InterruptedException, Lost {
        lock.lock();
        try {
            readAgain();
        } finally {
            lock.unlock();
        }
    }

    private void readAgain() throws InterruptedException, Lost {
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
                        + note.getValue().get().words() + ": this run sent no heartbeat for too long.");
                throw lost;
            }
        }
        if (forgetful.size() == all.size()) {
            lost = new Lost(
                    "The lease is gone from all name servers: another run took it over and returned it, somebody"
                            + " released it, or the name servers were restarted without their files.");
            throw lost;
        }
        for (String nameServer : forgetful) {
            notes.put(nameServer, mine);
        }
    }

    /** Returns whether the lease is known to be lost. */
    public boolean isLost() {
        lock.lock();
        try {
            return lost != null;
        } finally {
            lock.unlock();
        }
    }

    /** Reads whether this run still holds the lease. */
    public boolean isOurs() throws InterruptedException {
        try {
            confirm();
            return true;
        } catch (Lost e) {
            return false;
        }
    }

    /** Says that another run may be writing now. */
    public static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;

        Lost(String message) {
            super(message);
        }
    }

    /** Returns the lease. If that fails, heartbeats end, and the next run takes the lease over after a term. */
    @Override
    public void close() {
        heart.close();
        lock.lock();
        try {
            closed = true;
            int unused = notes.remove(mine.id());
        } catch (Fault fault) {
            // A name server that does not answer keeps the note for a term.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
