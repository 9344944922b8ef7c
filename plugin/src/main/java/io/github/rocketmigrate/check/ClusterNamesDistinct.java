package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.JOIN;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import java.util.Set;

/** Joined clusters of one name are one cluster for tools that write to a cluster by its name. */
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
                                "both clusters are called " + source,
                                "Rename the destination (brokerClusterName), or waive this and address brokers, not clusters,"
                                        + " with other tools.")
                : Findings.passed("they are called " + source + " and " + destination);
    }
}
