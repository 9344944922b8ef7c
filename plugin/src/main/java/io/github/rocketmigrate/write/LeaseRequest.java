package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import io.github.rocketmigrate.write.Lease.Terms;
import java.time.Duration;
import java.util.List;

/** Asks for a lease until it is acquired, or until waiting is over. */
public final class LeaseRequest {
    private static final int MOST_SETTLES = 5;
    private static final int MOST_TRIES = 20;

    private final LeaseNotes notes;
    private final LeaseNote mine;
    private final Terms terms;
    private final Duration patience;
    private final RunControl control;
    private final Timing timing;
    private final Timing.Stopwatch asking;
    private List<LeaseNote> seen = List.of();
    private Timing.Stopwatch still;
    private boolean alive;
    private boolean waited;

    public LeaseRequest(LeaseNotes notes, LeaseNote mine, Terms terms, Duration patience, RunControl control) {
        this.notes = requireNonNull(notes, "notes is null");
        this.mine = requireNonNull(mine, "mine is null");
        this.terms = requireNonNull(terms, "terms is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.control = requireNonNull(control, "control is null");
        this.timing = control.timing();
        this.asking = timing.stopwatch();
        this.still = asking;
    }

    public Lease take() throws InterruptedException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            awaitFree();
            Timing.Stopwatch looked = timing.stopwatch();
            List<LeaseNote> others = notes.othersThan(mine.id());
            if (!others.isEmpty() && !areDead(others)) {
                continue;
            }
            try {
                // Heartbeats count from the beginning of the run, however long it has waited.
                LeaseNote now = mine.moved(asking.passed().dividedBy(terms.beat()));
                notes.putEverywhere(now);
                // A run that put its note after this one looked must still be settling when this note arrives.
                boolean quick = !looked.isOver(terms.settle().dividedBy(2));
                timing.sleep(terms.settle());
                if (quick && notes.areAllOf(mine.id())) {
                    return new Lease(notes, now, terms, waited, timing);
                }
            } catch (Fault | InterruptedException e) {
                takeBack();
                throw e;
            }
            giveWay();
        }
        throw new Fault(
                "The lease of " + notes.cluster()
                        + " could not be acquired: other runs asked for it at the same time, or its name servers needed"
                        + " longer than " + terms.settle().toMillis() / 2 + " ms to store a note.",
                "Run again later, from a machine near the cluster.");
    }

    private void awaitFree() throws InterruptedException {
        List<LeaseNote> others = notes.othersThan(mine.id());
        while (!others.isEmpty()) {
            waited = true;
            if (areDead(others)) {
                return;
            }
            pause(others.get(0));
            others = notes.othersThan(mine.id());
        }
    }

    /** Removes a note that would make other runs wait for a term. */
    private void takeBack() throws InterruptedException {
        try {
            notes.remove(mine.id());
        } catch (Fault fault) {
            // The reason why the note could not be put says more.
        }
    }

    /** Of several runs that asked at the same time, the overwritten ones withdraw and ask again at different times. */
    private void giveWay() throws InterruptedException {
        waited = true;
        notes.remove(mine.id());
        long more = timing.random().nextLong(MOST_SETTLES * terms.settle().toNanos());
        timing.sleep(terms.settle().plusNanos(more));
    }

    /** Returns whether no other holder has sent a heartbeat for a full term. */
    private boolean areDead(List<LeaseNote> others) {
        if (!seen.equals(others)) {
            alive = !seen.isEmpty();
            still = timing.stopwatch();
            seen = others;
        }
        return still.passed().compareTo(terms.term()) >= 0;
    }

    /** Waits until the next look; throws when waiting is over. */
    private void pause(LeaseNote other) throws InterruptedException {
        if (control.isStopping() || (alive && asking.passed().compareTo(patience) >= 0)) {
            throw new Fault(
                    "Another run may be changing " + notes.cluster() + ": " + words(other) + ".",
                    "Wait until it ends (for example with -Dmigrate.wait=15m). If it is dead: "
                            + notes.unlock(other.id()));
        }
        control.progress()
                .waiting(List.of(WaitReason.ofRun(
                        "lease of " + notes.cluster(),
                        "another run holds the lease of " + notes.cluster() + ": " + words(other),
                        "Normal while that run works; this run takes the lease over after "
                                + terms.term().toSeconds() + " s without a heartbeat")));
        control.pause(terms.betweenLooks());
    }

    /** A heartbeat that this run has seen is measured by its own clock. */
    private String words(LeaseNote other) {
        return other.words() + ". "
                + (alive
                        ? "It sent a heartbeat " + Counts.span(still.passed()) + " ago"
                        : other.lastHeartbeat(timing.clock().instant(), terms));
    }
}
