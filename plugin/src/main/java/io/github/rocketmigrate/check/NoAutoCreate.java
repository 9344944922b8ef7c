package io.github.rocketmigrate.check;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
import java.util.List;

/** A broker that creates topics or groups by itself creates them with the wrong type, queues and order. */
final class NoAutoCreate implements Check {
    private static final List<String> SETTINGS = List.of("autoCreateTopicEnable", "autoCreateSubscriptionGroup");

    @Override
    public CheckName name() {
        return CheckName.NO_AUTO_CREATE;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<String> found = new ArrayList<>();
        for (Side side : Side.values()) {
            situation.at(side).masters().forEach(broker -> found.addAll(found(side, broker)));
        }
        return found.isEmpty()
                ? new Passed("neither side creates topics or groups by itself")
                : new Failed(
                        String.join("; ", found),
                        "Set it to false at the broker: what appears by itself has the wrong type and queues.");
    }

    private static List<String> found(Side side, Broker broker) {
        return SETTINGS.stream()
                .filter(broker::has)
                .map(setting -> "the " + side.word() + "'s broker " + broker.name() + " has " + setting + "=true")
                .toList();
    }
}
