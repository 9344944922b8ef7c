package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.JOIN;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Topics and groups that a broker creates automatically have the wrong type, queues and order. */
final class NoAutoCreate implements ClusterCheck {
    private static final List<String> SETTINGS = List.of("autoCreateTopicEnable", "autoCreateSubscriptionGroup");

    @Override
    public String name() {
        return "no-auto-create";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "no broker of either cluster creates topics or groups automatically";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(JOIN);
    }

    @Override
    public Findings judge(Situation situation) {
        List<String> found = new ArrayList<>();
        for (Side side : Side.values()) {
            situation.at(side).masters().forEach(broker -> found.addAll(found(side, broker)));
        }
        return found.isEmpty()
                ? Findings.passed("no broker creates topics or groups automatically")
                : new Findings()
                        .failed(
                                String.join("; ", found),
                                "Set it to false on the broker: topics and groups that it creates have the wrong type and queues.");
    }

    private static List<String> found(Side side, Broker broker) {
        return SETTINGS.stream()
                .filter(broker::has)
                .map(setting -> "the " + side.word() + "'s broker " + broker.name() + " has " + setting + "=true")
                .toList();
    }
}
