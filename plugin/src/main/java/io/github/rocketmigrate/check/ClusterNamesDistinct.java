package io.github.rocketmigrate.check;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.observe.Situation;

/** Joined clusters of one name are one cluster for tools that write to a cluster by its name. */
final class ClusterNamesDistinct implements Check {
    @Override
    public CheckName name() {
        return CheckName.CLUSTER_NAMES_DISTINCT;
    }

    @Override
    public Verdict judge(Situation situation) {
        String source = situation.source().cluster();
        String destination = situation.destination().cluster();
        return source.equals(destination)
                ? new Failed(
                        "both clusters are called " + source,
                        "Rename the destination (brokerClusterName), or waive this and address brokers, not clusters,"
                                + " with other tools.")
                : new Passed("they are called " + source + " and " + destination);
    }
}
