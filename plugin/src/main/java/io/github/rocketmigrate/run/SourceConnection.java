package io.github.rocketmigrate.run;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterReader;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.PlannedCluster;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;

/** Opens one cluster alone: to discover the source or export a side, the other cluster need not exist. */
final class SourceConnection {
    private SourceConnection() {}

    /** Opens the source for reading, without sending anything. Faults have no position: the plan may not exist yet. */
    static ClusterReader open(MigrationPlan plan, Accounts accounts) {
        return open(Side.SOURCE, plan, accounts);
    }

    /** Opens one side. */
    static ClusterReader open(Side side, MigrationPlan plan, Accounts accounts) {
        PlannedCluster planned = plan.at(side);
        return new RemotingClusterReader(
                Connections.target(side, planned, PlanPositions.NONE),
                ReadingConnection.open(
                        new Encryption(planned.tls(), accounts.trustedCertificates()),
                        planned.credentials().map(Located::value).map(accounts::find),
                        Connections.READ_TIMEOUT));
    }
}
