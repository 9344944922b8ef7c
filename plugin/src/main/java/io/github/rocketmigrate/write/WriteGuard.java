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
 * Lets one write after the other out: while nobody has asked to stop, while the lease is ours, and never unrecorded. Only
 * what must not stay half done goes on where it can neither be asked whose the lease is nor be written down.
 */
public final class WriteGuard {
    private final List<Lease> leases;
    private final Journal journal;
    private final StopSignal stopping;
    private final boolean isUrgent;
    private final Set<String> accepted;

    private WriteGuard(
            List<Lease> leases, Journal journal, StopSignal stopping, boolean isUrgent, Set<String> accepted) {
        this.leases = List.copyOf(leases);
        this.journal = requireNonNull(journal, "journal is null");
        this.stopping = requireNonNull(stopping, "stopping is null");
        this.isUrgent = isUrgent;
        this.accepted = requireNonNull(accepted, "accepted is null");
    }

    public WriteGuard(List<Lease> leases, Journal journal, StopSignal stopping) {
        this(leases, journal, stopping, false, ConcurrentHashMap.newKeySet());
    }

    /** The same for what must not stay half done, even when somebody has asked to stop. */
    public WriteGuard urgent() {
        return new WriteGuard(leases, journal, stopping, true, accepted);
    }

    /** A request that changes something. */
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
            throw new Halt("It was told to stop.", "Run again: it goes on from here.");
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

    /** What is urgent is sent although a name server does not say whose the lease is: nobody else has it that we know. */
    private void confirm(Lease lease) throws InterruptedException, Halt {
        try {
            lease.confirm();
        } catch (Lease.Lost lost) {
            throw new Halt(lost.getMessage(), "Run again: it looks at what is there and goes on.");
        } catch (Fault fault) {
            if (!isUrgent) {
                throw Halt.of(fault);
            }
        }
    }

    /** What is urgent is sent although it cannot be written down: a topic without open queues is worse. */
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

    /** A write to a name server. */
    public Claim send(String what, String nameServer, Collection<String> names, GuardedWrite write)
            throws InterruptedException, Halt {
        return send(what, "name server", nameServer, names, write);
    }

    /** Whether some server has taken such a thing of this run; before, each write may be one too many. */
    public boolean isAccepted(String what) {
        return accepted.contains(what);
    }

    /** The same of one master. */
    public boolean isAccepted(String what, String master) {
        return accepted.contains(what + " at " + master);
    }

    public boolean isStopping() {
        return !isUrgent && stopping.isRequested();
    }
}
