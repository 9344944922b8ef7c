package io.github.rocketmigrate.check;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.observe.Situation;
import java.util.SortedSet;
import java.util.TreeSet;

/** Brokers of one name at one name server take each other's address away, and routes are lost. */
final class BrokerNamesDistinct implements Check {
    @Override
    public CheckName name() {
        return CheckName.BROKER_NAMES_DISTINCT;
    }

    @Override
    public Verdict judge(Situation situation) {
        SortedSet<String> both = new TreeSet<>(situation.source().brokers().keySet());
        both.retainAll(situation.destination().brokers().keySet());
        return both.isEmpty()
                ? new Passed("no broker name stands in both clusters")
                : new Failed(
                        "both clusters have a broker " + String.join(", ", both),
                        "Rename the destination's (brokerName) before it holds data.");
    }
}
