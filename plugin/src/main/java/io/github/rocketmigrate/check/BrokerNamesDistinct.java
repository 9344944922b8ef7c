package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.JOIN;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.ThirdClusters;
import io.github.rocketmigrate.observe.ThirdClusters.Namesake;
import io.github.rocketmigrate.text.Counts;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A broker that registers under the name of another replaces its address, and clients lose the route. */
final class BrokerNamesDistinct implements ClusterCheck {
    @Override
    public String name() {
        return "broker-names-distinct";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String passesWhen() {
        return "no broker of the source has the name of another broker that the destination's name servers list, "
                + "in any cluster";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(JOIN);
    }

    @Override
    public Findings judge(Situation situation) {
        Findings findings = new Findings();
        SortedSet<String> both = new TreeSet<>(situation.source().brokers().keySet());
        both.retainAll(situation.destination().brokers().keySet());
        if (!both.isEmpty()) {
            findings.failed(
                    Counts.of(both.size(), "broker name is", "broker names are") + " used in both clusters: "
                            + String.join(", ", both),
                    "Rename the destination's brokers (brokerName) before they hold data.");
        }
        for (Namesake other : new ThirdClusters(situation).namesakes()) {
            findings.failed(
                    words(other),
                    "Rename one of the two brokers (brokerName) before it holds data, or register the other cluster"
                            + " with name servers of its own.");
        }
        return findings.elsePassed(
                "no broker of the source has the name of another broker at the destination's name servers");
    }

    private static String words(Namesake other) {
        return "the source's broker " + other.broker().name() + " ("
                + other.broker().address()
                + ") has the name of another broker: the destination's name server " + other.nameServer() + " lists "
                + other.broker().name() + " of cluster " + other.cluster() + " at "
                + String.join(", ", other.addresses());
    }
}
