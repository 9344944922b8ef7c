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

/** Opens the source alone: to discover it, the destination need not exist. */
final class SourceConnection {
    private SourceConnection() {}

    /** Opens the source for reading, without sending anything. Faults have no position: the plan may not exist yet. */
    static ClusterReader open(MigrationPlan plan, Accounts accounts) {
        PlannedCluster source = plan.source();
        return new RemotingClusterReader(
                Connections.target(Side.SOURCE, source, PlanPositions.NONE),
                ReadingConnection.open(
                        new Encryption(source.tls(), accounts.trustedCertificates()),
                        source.credentials().map(Located::value).map(accounts::find),
                        Connections.READ_TIMEOUT));
    }
}
