package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.model.Fault;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets a write pass only while the run holds its leases and nobody has asked it to stop, and writes a journal entry first.
 * An urgent write finishes what must not stay half done: it passes even if the lease cannot be read or the journal fails.
 */
public final class WriteGuard {
    private final List<Lease> leases;
    private final Journal journal;
    private final StopSignal stopping;
    private final boolean isUrgent;
    private final Set<String> accepted;
    private final Optional<BrakeWatch> brake;

    private WriteGuard(
            List<Lease> leases,
            Journal journal,
            StopSignal stopping,
            boolean isUrgent,
            Set<String> accepted,
            Optional<BrakeWatch> brake) {
        this.leases = List.copyOf(leases);
        this.journal = requireNonNull(journal, "journal is null");
        this.stopping = requireNonNull(stopping, "stopping is null");
        this.isUrgent = isUrgent;
        this.accepted = requireNonNull(accepted, "accepted is null");
        this.brake = requireNonNull(brake, "brake is null");
    }

    public WriteGuard(List<Lease> leases, Journal journal, StopSignal stopping) {
        this(leases, journal, stopping, false, ConcurrentHashMap.newKeySet(), Optional.empty());
    }

    /** Returns a guard for writes that finish what must not stay half done, even after a request to stop. */
    public WriteGuard urgent() {
        return new WriteGuard(leases, journal, stopping, true, accepted, Optional.empty());
    }

    /** Returns a guard for writes of which each is a step of its own: none passes after somebody has put a brake on. */
    public WriteGuard obeying(Optional<BrakeWatch> newBrake) {
        return new WriteGuard(leases, journal, stopping, isUrgent, accepted, newBrake);
    }

    /** Sends a request that changes a server. */
    @FunctionalInterface
    public interface GuardedWrite {
        Claim send() throws InterruptedException;
    }

    public Claim send(String what, Broker master, Collection<String> names, GuardedWrite write)
            throws InterruptedException, Halt {
        return send(what, master.name(), master.address(), names, write);
    }

    public Claim send(String what, String server, String address, Collection<String> names, GuardedWrite write)
            throws InterruptedException, Halt {
        if (isStopping()) {
            throw Halt.onRequest();
        }
        if (brake.isPresent() && brake.get().isPulled()) {
            throw Halt.braked();
        }
        for (Lease lease : leases) {
            confirm(lease);
        }
        Optional<Journal.JournalEntry> entry = entry(what, server + " " + address, names);
        Claim claim = write.send();
        if (entry.isPresent()) {
            answered(entry.get(), claim);
        }
        if (claim instanceof Claim.Accepted) {
            accepted.add(what);
            accepted.add(what + " at " + server);
        }
        return claim;
    }

    /** An urgent write passes if a name server does not answer: no other run is known to hold the lease. */
    private void confirm(Lease lease) throws InterruptedException, Halt {
        try {
            lease.confirm();
        } catch (Lease.Lost lost) {
            throw new Halt(lost.getMessage(), "Run again to continue: the run reads both clusters first.");
        } catch (Fault fault) {
            if (!isUrgent) {
                throw Halt.of(fault);
            }
        }
    }

    /** An urgent write passes without a journal entry: a topic without writable queues is worse. */
    private Optional<Journal.JournalEntry> entry(String what, String server, Collection<String> names) throws Halt {
        try {
            return Optional.of(journal.sending(what, server, names));
        } catch (Fault fault) {
            if (!isUrgent) {
                throw Halt.of(fault);
            }
            return Optional.empty();
        }
    }

    private void answered(Journal.JournalEntry entry, Claim claim) {
        try {
            entry.answered(claim);
        } catch (Fault fault) {
            if (!isUrgent) {
                throw fault;
            }
        }
    }

    /** Sends a write to a name server. */
    public Claim send(String what, String nameServer, Collection<String> names, GuardedWrite write)
            throws InterruptedException, Halt {
        return send(what, "name server", nameServer, names, write);
    }

    /** Returns whether a server has accepted an object of this kind in this run. Before that, send one write at a time. */
    public boolean isAccepted(String what) {
        return accepted.contains(what);
    }

    /** Returns whether this master has accepted an object of this kind in this run. */
    public boolean isAccepted(String what, String master) {
        return accepted.contains(what + " at " + master);
    }

    public boolean isStopping() {
        return !isUrgent && stopping.isRequested();
    }
}
