package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.JOIN;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import java.util.Set;

/** After the join, a tool that addresses a cluster by its name writes to both clusters of that name. */
final class ClusterNamesDistinct implements ClusterCheck {
    @Override
    public String name() {
        return "cluster-names-distinct";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "the two clusters have different names";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(JOIN);
    }

    @Override
    public Findings judge(Situation situation) {
        String source = situation.source().cluster();
        String destination = situation.destination().cluster();
        return source.equals(destination)
                ? new Findings()
                        .failed(
                                "both clusters are named " + source,
                                "Rename the destination (brokerClusterName), or waive this check and let other tools"
                                        + " address brokers instead of clusters.")
                : Findings.passed("the clusters are named " + source + " and " + destination);
    }
}
