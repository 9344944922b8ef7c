package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.JOIN;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
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
                ? Findings.passed("no broker name is used in both clusters")
                : new Findings()
                        .failed(
                                Counts.of(both.size(), "broker name is", "broker names are")
                                        + " used in both clusters: " + String.join(", ", both),
                                "Rename the destination's brokers (brokerName) before they hold data.");
    }
}
