package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.JOIN;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Brokers of one name at one name server take each other's address away, and routes are lost. */
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
        return "no broker of the source has the name of a broker of the destination";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(JOIN);
    }

    @Override
    public Findings judge(Situation situation) {
        SortedSet<String> both = new TreeSet<>(situation.source().brokers().keySet());
        both.retainAll(situation.destination().brokers().keySet());
        return both.isEmpty()
                ? Findings.passed("no broker name stands in both clusters")
                : new Findings()
                        .failed(
                                "both clusters have a broker " + String.join(", ", both),
                                "Rename the destination's (brokerName) before it holds data.");
    }
}
