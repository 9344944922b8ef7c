package io.github.rocketmigrate.run;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.PlaceholderValues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A source in memory, with four topics and three groups. */
final class DiscoveredShop {
    static final PlaceholderValues NO_PROPERTIES = new PlaceholderValues() {
        @Override
        public Optional<String> value(String name) {
            return Optional.empty();
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    };

    private DiscoveredShop() {}

    static MemoryNetwork network() {
        MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
                .topic(Side.SOURCE, "reminders", ClusterFixture.topic(4))
                .topic(Side.SOURCE, "orders", ClusterFixture.topic(4))
                .topic(Side.SOURCE, "payments", ClusterFixture.topic(4))
                .group(Side.SOURCE, "audit", GroupSettings.DEFAULT)
                .group(Side.SOURCE, "ledger", GroupSettings.DEFAULT)
                .group(Side.SOURCE, "forgotten", GroupSettings.DEFAULT);
        network.clients
                .samples("clicks", sample(Map.of(MessageType.NORMAL, 64)))
                .samples("reminders", sample(Map.of(MessageType.NORMAL, 60, MessageType.DELAY, 4)))
                .samples("orders", sample(Map.of(MessageType.TRANSACTION, 64)))
                .samples("payments", sample(Map.of(MessageType.TRANSACTION, 64)))
                .consumedUpTo("ledger", Instant.parse("2026-11-03T14:05:33Z"))
                .consumes(Side.SOURCE, "10.0.0.1@1", "audit", "clicks")
                .uses("10.0.0.1@1", "10.0.0.11:9876");
        MemoryBroker broker = network.broker(Side.SOURCE, "old-a");
        for (String topic : List.of("orders", "payments")) {
            broker.holds(topic, 0, 0, 64);
            broker.commit("ledger", topic, 0, 60);
        }
        return network;
    }

    private static MessageSample sample(Map<MessageType, Integer> types) {
        return new MessageSample(types, new TreeSet<>(), 100, Optional.empty());
    }
}
