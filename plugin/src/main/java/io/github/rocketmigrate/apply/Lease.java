package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.model.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * The right to change a cluster, which one run at a time has: a note at all its name servers with a counter that its
 * holder moves.
 *
 * <p>Name servers cannot compare and set, so this keeps honest runs apart and is no lock: see the documentation of the
 * goal for what it cannot promise.
 */
public final class Lease implements AutoCloseable {
    private static final int MOST_SETTLES = 5;
    private static final int MOST_TRIES = 20;

    private final Notes notes;
    private final String key;
    private final Terms terms;
    private final ScheduledExecutorService heart;
    private final boolean waited;
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

    private Lease(Notes notes, String key, LeaseNote mine, Terms terms, boolean waited) {
        this.waited = waited;
        this.notes = requireNonNull(notes, "notes is null");
        this.key = requireNonNull(key, "key is null");
        this.mine = requireNonNull(mine, "mine is null");
        this.terms = requireNonNull(terms, "terms is null");
        this.heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "migrate-lease");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Under which key the lease of a cluster is kept. */
    public static String key(String cluster) {
        return "lease:" + cluster;
    }

    /**
     * Takes it. Where somebody else has it, this waits until his counter has stood still for a full term, which says
     * that he is dead; while it moves, only for as long as {@code patience}.
     */
    public static Lease take(
            Notes notes,
            String cluster,
            LeaseNote mine,
            Terms terms,
            Duration patience,
            Stopping stopping,
            ApplyProgress progress)
            throws InterruptedException {
        String key = key(cluster);
        Waiting waiting = new Waiting(cluster, terms, patience, stopping, progress);
        int tries = 0;
        boolean waited = false;
        while (true) {
            long looked = System.nanoTime();
            List<LeaseNote> others = others(notes, key, mine);
            if (!others.isEmpty() && !waiting.areDead(others)) {
                waiting.pause(others.get(0));
                waited = true;
                continue;
            }
            Lease lease = new Lease(notes, key, mine, terms, waited || !others.isEmpty());
            lease.putEverywhere();
            // Whoever has put his note since we looked must still be waiting when ours is there.
            boolean quick =
                    System.nanoTime() - looked < terms.settle().dividedBy(2).toNanos();
            TimeUnit.NANOSECONDS.sleep(terms.settle().toNanos());
            if (quick && lease.isMineAlone()) {
                lease.startBeating();
                return lease;
            }
            lease.giveWay();
            waited = true;
            if (++tries == MOST_TRIES) {
                throw new Fault(
                        "The lease of " + cluster + " cannot be had: "
                                + (quick
                                        ? "other runs come at the same moment, again and again."
                                        : "its name servers take longer than "
                                                + terms.settle().toMillis() / 2 + " ms to take a note."),
                        "Run again a little later, from a machine near the cluster.");
            }
        }
    }

    /** Whether somebody else has had it since it was asked for, so that what was seen before may not be true any more. */
    public boolean hasWaited() {
        return waited;
    }

    /** What others have left at any name server. */
    private static List<LeaseNote> others(Notes notes, String key, LeaseNote mine) throws InterruptedException {
        List<LeaseNote> found = new ArrayList<>();
        for (Map<String, String> ofOne : notes.notes().values()) {
            LeaseNote.parse(ofOne.get(key))
                    .filter(note -> !note.id().equals(mine.id()))
                    .ifPresent(found::add);
        }
        return found;
    }

    private boolean isMineAlone() throws InterruptedException {
        List<Optional<LeaseNote>> all = new ArrayList<>();
        notes.notes().values().forEach(ofOne -> all.add(LeaseNote.parse(ofOne.get(key))));
        return all.stream()
                .allMatch(note -> note.filter(it -> it.id().equals(mine.id())).isPresent());
    }

    /** Of several that came at once, those whose notes were written over go back, and come again at different times. */
    private void giveWay() throws InterruptedException {
        heart.shutdownNow();
        removeMine();
        long settle = terms.settle().toNanos();
        TimeUnit.NANOSECONDS.sleep(settle + ThreadLocalRandom.current().nextLong(MOST_SETTLES * settle));
    }

    private synchronized void putEverywhere() throws InterruptedException {
        for (String nameServer : notes.nameServers()) {
            put(nameServer);
        }
    }

    private void put(String nameServer) throws InterruptedException {
        Claim claim = notes.put(nameServer, key, mine.text());
        if (!(claim instanceof Claim.Accepted)) {
            String why = claim instanceof Claim.Rejected rejected ? rejected.what() : ((Claim.Unanswered) claim).what();
            throw new Fault(
                    why + ", so the lease that keeps two runs apart cannot be kept there.",
                    "All name servers of a cluster that is written to must answer.");
        }
    }

    private void startBeating() {
        ScheduledFuture<?> unused = heart.scheduleAtFixedRate(
                this::beat, terms.beat().toMillis(), terms.beat().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A beat that fails is no loss: {@link #confirm} tells, before anything is written. */
    private void beat() {
        try {
            move();
        } catch (Fault fault) {
            // The next beat tries again.
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
        putEverywhere();
    }

    /**
     * Makes sure that it is still ours, which it must be right before every write: a {@link Lost} says that it is not,
     * and never will be again. Where a name server has forgotten it and another has not, it is put there again.
     */
    synchronized void confirm() throws InterruptedException, Lost {
        if (lost != null) {
            throw lost;
        }
        List<String> forgetful = new ArrayList<>();
        int kept = 0;
        for (Map.Entry<String, Map<String, String>> ofOne : notes.notes().entrySet()) {
            Optional<LeaseNote> note = LeaseNote.parse(ofOne.getValue().get(key));
            if (note.isEmpty()) {
                forgetful.add(ofOne.getKey());
            } else if (note.get().id().equals(mine.id())) {
                kept++;
            } else {
                lost = new Lost("The lease was taken over by " + note.get().words()
                        + ": this run has shown no life for too long.");
                throw lost;
            }
        }
        if (kept == 0) {
            lost = new Lost("The lease is gone from all name servers: somebody has taken it over and given it back, or"
                    + " released it, or they were restarted without their files.");
            throw lost;
        }
        for (String nameServer : forgetful) {
            put(nameServer);
        }
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
    static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;

        Lost(String message) {
            super(message);
        }
    }

    private void removeMine() throws InterruptedException {
        release(notes, key, mine.id());
    }

    /** Takes a lease away, whoever holds it; says from how many name servers. */
    public static int release(Notes notes, String key, String id) throws InterruptedException {
        int released = 0;
        for (Map.Entry<String, Map<String, String>> ofOne : notes.notes().entrySet()) {
            boolean his = LeaseNote.parse(ofOne.getValue().get(key))
                    .filter(note -> note.id().equals(id))
                    .isPresent();
            if (his && notes.remove(ofOne.getKey(), key) instanceof Claim.Accepted) {
                released++;
            }
        }
        return released;
    }

    /** Gives it back. Where that fails, its counter stands still from now on, and the next run takes it over. */
    @Override
    public void close() {
        heart.shutdown();
        try {
            synchronized (this) {
                closed = true;
                removeMine();
            }
        } catch (Fault fault) {
            // A name server that does not answer keeps it for a term.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Watches the holder of a lease that somebody else wants. */
    private static final class Waiting {
        private final String cluster;
        private final Terms terms;
        private final Stopping stopping;
        private final ApplyProgress progress;
        private final long deadline;
        private List<LeaseNote> seen = List.of();
        private long since;
        private boolean alive;

        Waiting(String cluster, Terms terms, Duration patience, Stopping stopping, ApplyProgress progress) {
            this.cluster = cluster;
            this.terms = terms;
            this.stopping = stopping;
            this.progress = progress;
            this.deadline = System.nanoTime() + patience.toNanos();
        }

        /** Whether those who hold it have shown no life for a full term. */
        boolean areDead(List<LeaseNote> others) {
            long now = System.nanoTime();
            if (!seen.equals(others)) {
                alive = !seen.isEmpty();
                since = now;
                seen = others;
            }
            return now - since >= terms.term().toNanos();
        }

        /** Until it is time to look again; throws where waiting has no sense any more. */
        void pause(LeaseNote other) throws InterruptedException {
            if (stopping.isRequested() || (alive && System.nanoTime() >= deadline)) {
                throw new Fault(
                        "Another run may be changing " + cluster + ": " + other.words() + ".",
                        "Wait for its end (-Dmigrate.wait=15m does). If it is dead: mvn migrate:unlock"
                                + " -Dmigrate.leaseId=" + other.id());
            }
            progress.waiting("another run holds the lease of " + cluster + ": " + other.words()
                    + "; it is taken over once it has shown no life for "
                    + terms.term().toSeconds() + " s");
            stopping.pause(terms.betweenLooks());
        }
    }
}
