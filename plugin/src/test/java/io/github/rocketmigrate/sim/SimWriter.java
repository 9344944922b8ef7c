package io.github.rocketmigrate.sim;

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

/** Changes a simulated cluster. Servers answer as real ones do, also where their answer is not true. */
final class SimWriter implements ClusterWriter {
    private static final Claim ACCEPTED = new Claim.Accepted();

    private final World world;
    private final Requests requests;
    private final SimReader reader;

    SimWriter(World world, Requests requests, Side side) {
        this.world = world;
        this.requests = requests;
        this.reader = new SimReader(world, requests, side);
    }

    @Override
    public ClusterReader reader() {
        return reader;
    }

    @Override
    public Map<String, TopicSettings> topics(Broker master) {
        return requests.ask(
                master.address(), "topics", () -> new TreeMap<>(broker(master).topics()));
    }

    @Override
    public Map<String, GroupSettings> groups(Broker master) {
        return requests.ask(
                master.address(), "groups", () -> new TreeMap<>(broker(master).groups()));
    }

    private SimBroker broker(Broker master) {
        return world.broker(master.name());
    }

    @Override
    public boolean takesTopicLists(Broker master) {
        return master.version().isAtLeast(5, 3, 0);
    }

    @Override
    public boolean takesGroupLists(Broker master) {
        return master.version().isAtLeast(5, 3, 1);
    }

    /** Brokers from 5.2.0 on ignore a list of topics, and report success, if one of them is as they have it. */
    @Override
    public Claim writeTopics(Broker master, Map<String, TopicSettings> topics) {
        return requests.tell(master.address(), "topic " + brief(topics), () -> {
            SimBroker broker = broker(master);
            boolean ignored = broker.version().isAtLeast(5, 2, 0)
                    && topics.entrySet().stream()
                            .anyMatch(topic ->
                                    topic.getValue().equals(broker.topics().get(topic.getKey())));
            if (!ignored) {
                world.put(broker, new TreeMap<>(topics));
            }
            return ACCEPTED;
        });
    }

    private static String brief(Map<String, TopicSettings> topics) {
        StringBuilder words = new StringBuilder();
        new TreeMap<>(topics)
                .forEach((name, settings) -> words.append(words.isEmpty() ? "" : ", ")
                        .append(name)
                        .append('=')
                        .append(settings.access().brief()));
        return words.toString();
    }

    @Override
    public Claim writeGroups(Broker master, Map<String, GroupSettings> groups) {
        return requests.tell(master.address(), "group " + new TreeMap<>(groups).keySet(), () -> {
            new TreeMap<>(groups).forEach((name, settings) -> world.put(broker(master), name, settings));
            return ACCEPTED;
        });
    }

    @Override
    public Claim removeTopic(Broker master, String topic) {
        return requests.tell(master.address(), "removal of topic " + topic, () -> {
            world.remove(broker(master), topic);
            return ACCEPTED;
        });
    }

    @Override
    public Claim removeGroup(Broker master, String group) {
        return requests.tell(master.address(), "removal of group " + group, () -> {
            broker(master).removeGroup(group);
            return ACCEPTED;
        });
    }

    @Override
    public Claim removeRoute(String nameServer, String topic, String cluster) {
        return requests.tell(nameServer, "removal of the route of " + topic, () -> {
            world.nameServer(nameServer).removeRoute(topic, cluster);
            return ACCEPTED;
        });
    }

    @Override
    public Map<String, String> settings(Server server) {
        return requests.ask(
                server.address(), "settings", () -> Map.copyOf(server(server).settings()));
    }

    private SimServer server(Server server) {
        return world.broker(server.broker()).servers().stream()
                .filter(it -> it.address().equals(server.address()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Claim setNameServers(Server server, String addresses) {
        return requests.tell(server.address(), Server.NAME_SERVERS + "=" + addresses, () -> {
            server(server).settings().put(Server.NAME_SERVERS, addresses);
            return ACCEPTED;
        });
    }

    @Override
    public Claim setOffset(Broker master, String group, String topic, int queue, long offset) {
        return requests.tell(
                master.address(), "offset " + offset + " of " + group + " in " + topic + " queue " + queue, () -> {
                    broker(master).commit(group, topic, queue, offset);
                    return ACCEPTED;
                });
    }

    @Override
    public Claim setRoute(String nameServer, String topic, Map<String, TopicSettings> brokers) {
        return requests.tell(nameServer, "route of " + topic + " " + brief(brokers), () -> {
            SimNameServer it = world.nameServer(nameServer);
            if (!it.setsRoutes()) {
                return new Claim.Rejected("Name server " + nameServer + " refused", "Upgrade it.", false);
            }
            it.setRoute(topic, brokers);
            return ACCEPTED;
        });
    }

    @Override
    public List<String> nameServers() {
        return reader.addresses();
    }

    @Override
    public Map<String, Map<String, String>> notes() {
        return reader.notes();
    }

    @Override
    public Map<String, String> note(String key) {
        return reader.note(key);
    }

    @Override
    public Claim put(String nameServer, String key, String value) {
        return requests.tell(nameServer, "note " + key, () -> {
            world.nameServer(nameServer).notes().put(key, value);
            return ACCEPTED;
        });
    }

    @Override
    public Claim remove(String nameServer, String key) {
        return requests.tell(nameServer, "removal of note " + key, () -> {
            world.nameServer(nameServer).notes().remove(key);
            return ACCEPTED;
        });
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
