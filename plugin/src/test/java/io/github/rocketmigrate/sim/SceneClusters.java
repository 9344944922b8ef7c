package io.github.rocketmigrate.sim;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads and changes the clusters of a scene with the product's own reader and writer, and puts what it reads into words. */
final class SceneClusters {
    private static final String NOTHING = "none";
    /** Brokers that have just started do not answer all requests. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final SceneWorld world;
    private final Map<Side, Metadata> metadata = new EnumMap<>(Side.class);

    SceneClusters(SceneWorld world) {
        this.world = world;
    }

    private ClusterWriter writer(Side side) {
        return world.cluster(side);
    }

    private ClusterReader reader(Side side) {
        return world.cluster(side).reader();
    }

    /** Reads what brokers have. */
    void readMetadata() throws InterruptedException {
        Set<String> ofSource = new TreeSet<>();
        for (Side side : Side.values()) {
            read(side, ofSource).ifPresent(read -> metadata.put(side, read));
            if (metadata.containsKey(side)) {
                metadata.get(side).servers().map(Server::address).forEach(ofSource::add);
            }
        }
    }

    /** Reads one cluster; nothing while its broker does not answer, and then what was read before is still true. */
    private Optional<Metadata> read(Side side, Set<String> foreign) throws InterruptedException {
        try {
            return Optional.of(reader(side).metadata(reader(side).nameServers(), foreign));
        } catch (Fault unreachable) {
            return Optional.empty();
        }
    }

    private Metadata metadata(Side side) throws InterruptedException {
        Duration begin = world.now();
        while (!metadata.containsKey(side)) {
            readMetadata();
            if (world.now().minus(begin).compareTo(PATIENCE) > 0) {
                throw new IllegalStateException("The " + side.word() + " cannot be read.");
            }
            world.pause(BETWEEN_TRIES);
        }
        return metadata.get(side);
    }

    private Broker master(Side side) throws InterruptedException {
        return metadata(side).brokers().get(SceneWorld.broker(side));
    }

    /** Creates a topic, or changes it. */
    void topic(Side side, String topic, int queues, Access access) throws InterruptedException {
        write(side, topic, TopicSettings.of(queues, access));
    }

    private void write(Side side, String topic, TopicSettings settings) throws InterruptedException {
        Broker master = master(side);
        writer(side).topics(master);
        accepted(writer(side).writeTopics(master, Map.of(topic, settings)));
    }

    private static void accepted(Claim claim) {
        if (!(claim instanceof Claim.Accepted)) {
            throw new IllegalStateException(claim.toString());
        }
    }

    void access(Side side, String topic, Access access) throws InterruptedException {
        Broker master = master(side);
        write(side, topic, writer(side).topics(master).get(topic).withAccess(access));
    }

    void group(Side side, String group) throws InterruptedException {
        writer(side).groups(master(side));
        accepted(writer(side).writeGroups(master(side), Map.of(group, GroupSettings.DEFAULT)));
    }

    /** Removes a topic. A broker may answer with a failure and have done it: 5.5.0 does so without a timer. */
    Claim remove(Side side, String topic) throws InterruptedException {
        return writer(side).removeTopic(master(side), topic);
    }

    void setRoute(Side side, String topic, int queues, Access access) throws InterruptedException {
        accepted(writer(side)
                .setRoute(
                        writer(side).nameServers().get(0),
                        topic,
                        Map.of(SceneWorld.broker(side), TopicSettings.of(queues, access))));
    }

    void setOffset(Side side, String group, String topic, int queue, long offset) throws InterruptedException {
        accepted(writer(side).setOffset(master(side), group, topic, queue, offset));
    }

    /** Lets the broker of the source register with both name servers, or with its own only. */
    void join(boolean both) throws InterruptedException {
        Server server = metadata(Side.SOURCE).servers().findFirst().orElseThrow();
        Set<String> addresses = new LinkedHashSet<>(writer(Side.SOURCE).nameServers());
        if (both) {
            addresses.addAll(writer(Side.DESTINATION).nameServers());
        }
        accepted(writer(Side.SOURCE).setNameServers(server, Server.list(addresses)));
    }

    String route(Side side, String topic) throws InterruptedException {
        Map<String, RouteEntry> brokers =
                reader(side).routes(Set.of(topic)).values().iterator().next().getOrDefault(topic, Map.of());
        return words(new TreeMap<>(brokers)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().readQueues() + "/"
                                + entry.getValue().writeQueues() + " "
                                + entry.getValue().access().brief())
                        .toList());
    }

    private static String words(List<String> parts) {
        return parts.isEmpty() ? NOTHING : String.join(", ", parts);
    }

    /** The brokers that a name server lists. */
    String listed(Side side) throws InterruptedException {
        return words(List.copyOf(reader(side).nameServers().get(0).brokers().keySet()));
    }

    String settings(Side side, String topic) throws InterruptedException {
        TopicSettings found = writer(side).topics(master(side)).get(topic);
        return found == null
                ? NOTHING
                : found.queues() + " queues, " + found.access().brief();
    }

    private Clients clients(Side side, String group) throws InterruptedException {
        return reader(side).clients(metadata(side), Set.of(group));
    }

    String members(Side side, String group) throws InterruptedException {
        return words(List.copyOf(clients(side, group).group(group).members().keySet().stream()
                .map(SceneClusters::member)
                .toList()));
    }

    /** The topics to which a broker says that a group subscribes. */
    String subscriptions(Side side, String group) throws InterruptedException {
        return words(List.copyOf(clients(side, group).group(group).topics()));
    }

    /** Real client ids begin with the address of the client. */
    private static String member(String id) {
        return id.substring(id.indexOf('@') + 1);
    }

    /** The groups that a broker lists for a topic. */
    String groups(Side side, String topic) throws InterruptedException {
        return words(List.copyOf(
                reader(side).subscribers(metadata(side), Set.of(topic)).of(topic)));
    }

    /** What a member says of its queues when it is asked through one of the brokers of a side. */
    String report(Side side, String group, String member, String topic) throws InterruptedException {
        Clients clients = clients(side, group);
        Set<String> ids = clients.group(group).members().keySet().stream()
                .filter(id -> member(id).equals(member))
                .collect(toCollection(TreeSet::new));
        if (ids.isEmpty()) {
            return "not listed";
        }
        return reader(side)
                .clientReports(metadata(side), clients, Map.of(group, ids))
                .member(group, ids.iterator().next())
                .map(report -> words(report, topic))
                .orElse("no report");
    }

    private String words(ClientReport report, String topic) {
        return (report.isOrderly() ? "orderly, " : "") + "uses the name server of the "
                + report.nameServers().stream().map(this::side).collect(joining(" and ")) + ", reads "
                + queues(report.queues(topic).keySet());
    }

    private String side(String nameServer) {
        return List.of(Side.values()).stream()
                .filter(side -> writer(side).nameServers().contains(nameServer))
                .map(Side::word)
                .findFirst()
                .orElse(nameServer);
    }

    private static String queues(Set<QueueKey> queues) {
        return words(new TreeSet<>(queues)
                .stream().map(queue -> queue.broker() + " " + queue.queue()).toList());
    }

    /** The offsets of the first message of each queue of a topic, and of the next one. */
    String queueOffsets(Side side, String topic) throws InterruptedException {
        return words(new TreeMap<>(reader(side)
                        .queueOffsets(metadata(side), Set.of(topic))
                        .topics()
                        .getOrDefault(topic, Map.of()))
                .entrySet().stream()
                        .map(queue ->
                                queue.getKey().queue() + ": " + queue.getValue().first() + " to "
                                        + queue.getValue().next())
                        .toList());
    }

    /** The offsets that a group has committed. */
    String offsets(Side side, String group, String topic) throws InterruptedException {
        return words(new TreeMap<>(reader(side)
                        .consumerOffsets(metadata(side))
                        .groups()
                        .getOrDefault(group, Map.of())
                        .getOrDefault(topic, Map.of()))
                .entrySet().stream()
                        .map(queue -> queue.getKey().queue() + ": " + queue.getValue())
                        .toList());
    }
}
