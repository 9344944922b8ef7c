package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.write.Timing;

/** Finds out whether the addresses of a plan are those of clusters, before a goal complains of what follows from them. */
public final class ClusterProbe {
    private final Accounts accounts;
    private final Timing timing;

    public ClusterProbe(Accounts accounts, Timing timing) {
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.timing = requireNonNull(timing, "timing is null");
    }

    /** Throws the fault of an address at which there is no name server, or of brokers that cannot be reached. */
    public void reach(MigrationPlan plan) {
        try (Connections clusters = Connections.open(plan, accounts, timing)) {
            clusters.metadata();
        }
    }
}
