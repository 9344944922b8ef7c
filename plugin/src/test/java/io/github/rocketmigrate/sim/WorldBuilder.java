package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sim.Scenario.Cluster;
import io.github.rocketmigrate.sim.Scenario.Group;
import io.github.rocketmigrate.sim.Scenario.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Sets up the servers of a scenario; the source has the topics and groups, and each group has read everything. */
final class WorldBuilder {
    private final World world;
    private final Scenario scenario;

    WorldBuilder(World world, Scenario scenario) {
        this.world = world;
        this.scenario = scenario;
    }

    void build() {
        scenario.clusters().forEach(this::build);
        scenario.topics().forEach(this::build);
        scenario.groups().forEach(this::build);
    }

    private void build(Side side, Cluster cluster) {
        ServerVersion version = ServerVersion.of(cluster.version()).orElseThrow();
        List<String> nameServers = scenario.nameServers(side);
        nameServers.forEach(address -> world.add(side, new SimNameServer(address, version)));
        for (int i = 0; i < cluster.masters(); i++) {
            String name = cluster.name() + "-" + (char) ('a' + i);
            List<SimServer> servers = new ArrayList<>();
            servers.add(new SimServer(0, Scenario.network(side) + (10 + i) + ":10911", new TreeSet<>(nameServers)));
            if (cluster.slaves()) {
                servers.add(new SimServer(1, Scenario.network(side) + (20 + i) + ":10911", new TreeSet<>(nameServers)));
            }
            world.add(side, new SimBroker(cluster.name(), name, version, servers));
        }
    }

    private void build(Topic topic) {
        world.sends(topic.name(), topic.type());
        TopicSettings settings = TopicSettings.of(topic.queues(), Access.READ_WRITE)
                .withType(topic.type().name());
        for (SimBroker broker : world.brokers(Side.SOURCE)) {
            for (int queue = 0; queue < topic.queues(); queue++) {
                SimQueue unused = broker.queue(topic.name(), queue, topic.first());
            }
            world.put(broker, topic.name(), settings);
        }
    }

    private void build(Group group) {
        ConsumeOrder order = group.orderly() ? ConsumeOrder.ORDERLY : ConsumeOrder.CONCURRENT;
        for (SimBroker broker : world.brokers(Side.SOURCE)) {
            world.put(broker, group.name(), GroupSettings.DEFAULT.with(order, 16));
            if (scenario.isBroadcasting(group)) {
                continue;
            }
            group.topics()
                    .forEach(topic -> broker.ranges(topic)
                            .forEach((queue, range) -> broker.commit(group.name(), topic, queue, range.next())));
        }
        group.topics()
                .forEach(topic -> scenario.readers(group)
                        .forEach(reader -> world.ledger().reads(topic, reader, group.orderly())));
    }
}
