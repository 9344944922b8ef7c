package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.Timing;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs the goal {@code unlock}: releases the lease of a dead run. */
public final class Unlock {
    private final Accounts accounts;
    private final Timing timing;

    public Unlock(Accounts accounts, Timing timing) {
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.timing = requireNonNull(timing, "timing is null");
    }

    /** Releases {@code leaseId}, or finds its holder if it is empty, and returns the result in words. */
    public String run(MigrationPlan plan, Optional<String> leaseId) {
        try (Connections clusters = Connections.openForWriting(plan, accounts, Timeouts.USUAL.answer(), timing)) {
            ClusterWriter writer = clusters.destination();
            String cluster = clusters.metadata().get(Side.DESTINATION).cluster();
            SortedMap<String, LeaseNote> held = new TreeMap<>();
            List<LeaseNote> notes = Lease.holders(writer, cluster);
            notes.forEach(note -> held.put(note.id(), note));
            if (leaseId.isEmpty()) {
                return held.isEmpty() ? "No run holds the lease of " + cluster + "." : whose(cluster, held);
            }
            if (!held.containsKey(leaseId.get())) {
                throw new Fault(
                        "There is no lease " + leaseId.get() + " of " + cluster + ".",
                        held.isEmpty() ? "No run holds a lease. There is nothing to release." : whose(cluster, held));
            }
            long all = notes.stream()
                    .filter(note -> note.id().equals(leaseId.get()))
                    .count();
            int released = Lease.release(writer, cluster, leaseId.get());
            if (released < all) {
                throw new Fault(
                        "Lease " + leaseId.get() + " of " + cluster + " was released on only " + released + " of "
                                + Counts.of(all, "name server") + ".",
                        "Check the other name servers, then run again.");
            }
            return "Lease " + leaseId.get() + " of " + cluster + ", "
                    + held.get(leaseId.get()).words() + ", was released on " + Counts.of(released, "name server")
                    + ".";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Releasing the lease was interrupted.", "Run again.", e);
        }
    }

    private static String whose(String cluster, SortedMap<String, LeaseNote> held) {
        LeaseNote first = held.get(held.firstKey());
        return "The lease of " + cluster + " is held by " + first.words()
                + ". If that run is dead, release it: mvn migrate:unlock -Dmigrate.leaseId=" + first.id();
    }
}
