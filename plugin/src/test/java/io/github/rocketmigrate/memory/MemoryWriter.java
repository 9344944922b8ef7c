package io.github.rocketmigrate.memory;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Side;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Changes one of the clusters in memory. */
public final class MemoryWriter implements ClusterWriter {
    private final MemoryNetwork network;
    private final Side side;

    MemoryWriter(MemoryNetwork network, Side side) {
        this.network = network;
        this.side = side;
    }

    @Override
    public ClusterReader reader() {
        return network.reader(side);
    }

    private MemoryBroker broker(String name) {
        return network.broker(side, name);
    }

    @Override
    public Map<String, TopicSettings> topics(Broker master) {
        network.reach(master.address());
        return new TreeMap<>(broker(master.name()).topics);
    }

    @Override
    public Map<String, GroupSettings> groups(Broker master) {
        network.reach(master.address());
        return new TreeMap<>(broker(master.name()).groups);
    }

    @Override
    public boolean takesTopicLists(Broker master) {
        return master.version().isAtLeast(5, 3, 0);
    }

    @Override
    public boolean takesGroupLists(Broker master) {
        return master.version().isAtLeast(5, 3, 1);
    }

    @Override
    public Claim writeTopics(Broker master, Map<String, TopicSettings> topics) {
        return network.write(
                "topic",
                master.address(),
                topics.keySet(),
                () -> topics.forEach((topic, settings) -> network.keep(broker(master.name()), topic, settings)));
    }

    @Override
    public Claim writeGroups(Broker master, Map<String, GroupSettings> groups) {
        return network.write(
                "group",
                master.address(),
                groups.keySet(),
                () -> broker(master.name()).groups.putAll(groups));
    }

    @Override
    public Claim removeTopic(Broker master, String topic) {
        return network.write(
                "remove-topic",
                master.address(),
                List.of(topic),
                () -> broker(master.name()).lose(topic));
    }

    @Override
    public Claim removeGroup(Broker master, String group) {
        return network.write("remove-group", master.address(), List.of(group), () -> {
            broker(master.name()).groups.remove(group);
            broker(master.name()).offsets.remove(group);
        });
    }

    @Override
    public Claim removeRoute(String nameServer, String topic, String cluster) {
        return network.write(
                "remove-route",
                nameServer,
                List.of(topic),
                () -> network.nameServer(nameServer).forget(topic, cluster));
    }

    @Override
    public Map<String, String> settings(Server server) {
        network.reach(server.address());
        return Map.copyOf(broker(server.broker()).settings);
    }

    @Override
    public Claim setNameServers(Server server, String addresses) {
        return network.write(
                "settings",
                server.address(),
                List.of(Server.NAME_SERVERS + "=" + addresses),
                () -> network.setNameServers(broker(server.broker()), addresses));
    }

    @Override
    public Claim setOffset(Broker master, String group, String topic, int queue, long offset) {
        return network.write(
                "offsets",
                master.address(),
                List.of(topic + "@" + group),
                () -> broker(master.name()).commit(group, topic, queue, offset));
    }

    @Override
    public Claim setRoute(String nameServer, String topic, Map<String, TopicSettings> brokers) {
        return network.write("route", nameServer, List.of(topic), () -> {
            if (network.nameServer(nameServer).ignoresRoutes()) {
                return;
            }
            brokers.forEach((name, settings) -> {
                for (Side each : Side.values()) {
                    network.brokers(each).stream()
                            .filter(broker -> broker.name().equals(name))
                            .forEach(broker -> network.nameServer(nameServer).route(topic, broker, settings));
                }
            });
        });
    }

    @Override
    public List<String> nameServers() {
        return List.copyOf(network.nameServers(side).keySet());
    }

    @Override
    public Map<String, Map<String, String>> notes() {
        return network.reader(side).notes();
    }

    @Override
    public Map<String, String> note(String key) {
        return network.reader(side).note(key);
    }

    @Override
    public Claim put(String nameServer, String key, String value) {
        return network.write(
                "note",
                nameServer,
                List.of(key),
                () -> network.nameServer(nameServer).notes.put(key, value));
    }

    @Override
    public Claim remove(String nameServer, String key) {
        return network.write(
                "note",
                nameServer,
                List.of(key),
                () -> network.nameServer(nameServer).notes.remove(key));
    }

    @Override
    public Map<String, Long> writes() {
        return Map.of();
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
