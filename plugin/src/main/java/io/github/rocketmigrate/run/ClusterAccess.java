package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterReader;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.PlannedCluster;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.util.OptionalInt;

/**
 * Opens one cluster alone for reading: to discover the source or export a side, the other cluster need not exist.
 *
 * @param maxRequestsPerSecond to each cluster; empty means as fast as it answers
 */
public record ClusterAccess(Accounts accounts, OptionalInt maxRequestsPerSecond) {
    public ClusterAccess {
        requireNonNull(accounts, "accounts is null");
        requireNonNull(maxRequestsPerSecond, "maxRequestsPerSecond is null");
    }

    /** Opens a side without sending anything. Faults have no position: the plan may not exist yet. */
    ClusterReader open(Side side, MigrationPlan plan) {
        PlannedCluster planned = plan.at(side);
        return new RemotingClusterReader(
                Connections.target(side, planned, PlanPositions.NONE),
                ReadingConnection.open(
                        new Encryption(planned.tls(), accounts.trustedCertificates()),
                        planned.credentials().map(Located::value).map(accounts::find),
                        Connections.READ_TIMEOUT,
                        maxRequestsPerSecond));
    }
}
