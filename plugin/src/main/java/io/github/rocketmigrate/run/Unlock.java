package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the goal {@code unlock}: releases the leases of a dead run, which holds one of each cluster that it changes. */
public final class Unlock {
    private final Timing timing;
    private final ClusterOpener opener;

    public Unlock(Accounts accounts, Timing timing) {
        this(timing, plan -> Connections.openForWriting(plan, accounts, Timeouts.USUAL.answer(), timing));
    }

    /** Releases leases of clusters that are opened in another way, such as those in the memory of a test. */
    Unlock(Timing timing, ClusterOpener opener) {
        this.timing = requireNonNull(timing, "timing is null");
        this.opener = requireNonNull(opener, "opener is null");
    }

    /**
     * What is known of the lease of one run, or what became of it.
     *
     * @param command releases a lease
     */
    public record Paragraph(String what, Optional<String> command) {
        private Paragraph(String what) {
            this(what, Optional.empty());
        }

        private String words() {
            return what + command.map(it -> " " + it).orElse("");
        }
    }

    /** Releases all leases with {@code leaseId}, or finds the holders if it is empty. */
    public List<Paragraph> run(Invocation invocation, MigrationPlan plan, Optional<String> leaseId) {
        try (Connections clusters = opener.open(plan)) {
            List<HeldCluster> held = read(clusters);
            List<Paragraph> holders = holders(held, invocation);
            return leaseId.isPresent() ? List.of(release(held, leaseId.get(), holders)) : holders;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Releasing the lease was interrupted.", "Run again.", e);
        }
    }

    /**
     * A cluster with the leases that its name servers have.
     *
     * @param leases one for each name server that has one
     */
    private record HeldCluster(String name, ClusterWriter writer, List<LeaseNote> leases) {
        long count(String id) {
            return leases.stream().filter(lease -> lease.id().equals(id)).count();
        }
    }

    private static List<HeldCluster> read(Connections clusters) throws InterruptedException {
        Map<Side, Metadata> metadata = clusters.metadata();
        List<HeldCluster> held = new ArrayList<>();
        for (Side side : List.of(Side.DESTINATION, Side.SOURCE)) {
            // Without traffic, nothing is ever written at the source.
            Optional<ClusterWriter> writer =
                    Optional.ofNullable(clusters.writers().get(side));
            if (writer.isPresent()) {
                String name = metadata.get(side).cluster();
                held.add(new HeldCluster(name, writer.get(), Lease.holders(writer.get(), name)));
            }
        }
        return held;
    }

    /** Each run once, with the clusters whose lease it holds. */
    private List<Paragraph> holders(List<HeldCluster> held, Invocation invocation) {
        Map<String, LeaseNote> runs = new TreeMap<>();
        held.forEach(cluster -> cluster.leases().forEach(lease -> runs.put(lease.id(), lease)));
        return runs.isEmpty()
                ? List.of(new Paragraph("No run holds the lease of " + names(held.stream(), "or") + "."))
                : runs.values().stream()
                        .map(run -> holder(held, run, invocation))
                        .toList();
    }

    private Paragraph holder(List<HeldCluster> held, LeaseNote run, Invocation invocation) {
        Instant now = timing.clock().instant();
        return new Paragraph(
                "The lease of " + names(held.stream().filter(cluster -> cluster.count(run.id()) > 0), "and")
                        + " is held by " + run.words() + ". " + run.lastHeartbeat(now, Lease.Terms.USUAL) + ". "
                        + (run.seemsAlive(now, Lease.Terms.USUAL)
                                ? "Wait until it ends. If you know that it is dead, release its lease:"
                                : "Make sure that it no longer runs, then release its lease:"),
                Optional.of(invocation.unlock(run.id())));
    }

    private static String names(Stream<HeldCluster> clusters, String word) {
        return clusters.map(HeldCluster::name).collect(Collectors.joining(" " + word + " "));
    }

    private static Paragraph release(List<HeldCluster> held, String id, List<Paragraph> holders)
            throws InterruptedException {
        Optional<LeaseNote> run = held.stream()
                .flatMap(cluster -> cluster.leases().stream())
                .filter(lease -> lease.id().equals(id))
                .findFirst();
        if (run.isEmpty()) {
            throw new Fault(
                    "There is no lease " + id + " of " + names(held.stream(), "or") + ".",
                    holders.stream().map(Paragraph::words).collect(Collectors.joining(" ")));
        }
        String whose = "Lease " + id + " of " + names(held.stream().filter(cluster -> cluster.count(id) > 0), "and");
        long all = held.stream().mapToLong(cluster -> cluster.count(id)).sum();
        long released = 0;
        for (HeldCluster cluster : held) {
            released += Lease.release(cluster.writer(), cluster.name(), id);
        }
        if (released < all) {
            throw new Fault(
                    whose + " was released on only " + released + " of " + Counts.of(all, "name server") + ".",
                    "Check the other name servers, then run again.");
        }
        return new Paragraph(
                whose + ", " + run.get().words() + ", was released on " + Counts.of(released, "name server") + ".");
    }
}
