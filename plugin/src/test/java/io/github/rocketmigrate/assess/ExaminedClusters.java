package io.github.rocketmigrate.assess;

import io.github.rocketmigrate.cluster.AclTable;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Consumers;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.MigrationRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the examination reads of two clusters, built by hand: a healthy 4.9.7 and a healthy 5.5.0, which a story then
 * spoils.
 *
 * <p>Longer than 300 lines: it has a method for each thing that is read.
 */
final class ExaminedClusters {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private static final int BYTES = 300;

    private final Map<Side, ClusterFixture> clusters = new EnumMap<>(Side.class);
    private final Map<Side, Map<String, AclTable>> acls = new EnumMap<>(Side.class);
    private final Map<Side, Map<String, Map<String, String>>> runtime = new EnumMap<>(Side.class);
    private final Map<Side, Map<String, ConsumerGroup>> groups = new EnumMap<>(Side.class);
    private final Map<Side, Map<String, Map<String, Map<QueueKey, Long>>>> offsets = new EnumMap<>(Side.class);
    private final Map<Side, TreeSet<String>> ordered = new EnumMap<>(Side.class);
    private final SortedMap<String, SortedSet<String>> others = new TreeMap<>();
    private final Map<String, MessageSample> samples = new HashMap<>();
    private final Map<String, TopicSenders> senders = new HashMap<>();
    private final Map<String, Map<String, ClientReport>> reports = new HashMap<>();
    private final Map<String, Map<String, String>> silent = new HashMap<>();
    private final Map<String, Map<QueueKey, QueueRange>> queues = new HashMap<>();
    private final Map<HeldKind, Amount> held = new EnumMap<>(HeldKind.class);
    private final Map<Side, String> unread = new EnumMap<>(Side.class);
    private final Map<Side, List<NameServer>> nameServers = new EnumMap<>(Side.class);
    private Optional<Map<String, Set<Client>>> producers = Optional.of(Map.of());
    private Measured<ObservedLoad> load = load(60, 0);
    private ProxiedClients proxied = ProxiedClients.NONE;
    private boolean isOfFiles;
    private boolean isAlone;
    private String plan = "batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]";
    private String destination = "";
    private String address = "10.0.1.11:9876";

    ExaminedClusters() {
        this("4.9.7", "5.5.0");
    }

    ExaminedClusters(String source, String destination) {
        for (Side side : Side.values()) {
            runtime.put(side, new HashMap<>());
            acls.put(side, new HashMap<>());
            groups.put(side, new HashMap<>());
            offsets.put(side, new HashMap<>());
            ordered.put(side, new TreeSet<>());
        }
        cluster(Side.SOURCE, "DefaultCluster", source, "old-a", "10.0.0.11:9876");
        cluster(Side.DESTINATION, "rocketmq5", destination, "new-a", "10.0.1.11:9876");
        setting(Side.DESTINATION, Broker.PROPERTY_FILTER, "true");
        topic("clicks", MessageType.NORMAL, BYTES);
        group("audit", "clicks").member("audit", "10.0.0.1@1", ConsumeOrder.CONCURRENT, "TAG *");
        for (HeldKind kind : HeldKind.values()) {
            held.put(kind, Amount.NOTHING);
        }
    }

    private void cluster(Side side, String name, String version, String broker, String nameServer) {
        clusters.put(side, ClusterFixture.cluster(name, version, broker).nameServer(nameServer));
        setting(side, "brokerPermission", "6");
        setting(side, "autoCreateTopicEnable", "false");
        setting(side, Broker.MOST_BYTES, "4194304");
        setting(side, Broker.RETENTION, "72");
        setting(side, Broker.DELAY_LEVELS, "1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h");
        setting(side, Server.NAME_SERVERS, nameServer);
        runtime(side, "commitLogDiskRatio", "0.21");
        runtime(side, "commitLogDirCapacity", "Total : 100.0 GiB, Free : 79.0 GiB.");
    }

    private static String broker(Side side) {
        return side == Side.SOURCE ? "old-a" : "new-a";
    }

    ExaminedClusters plan(String lines) {
        plan = lines;
        return this;
    }

    ClusterFixture cluster(Side side) {
        return clusters.get(side);
    }

    /** The broker of a cluster requires these accounts. */
    ExaminedClusters acl(Side side, AclTable table) {
        acl(side, broker(side), table);
        if (table.isPlain()) {
            return setting(side, Broker.ACL, "true");
        }
        return setting(side, Broker.AUTHENTICATION, "true").setting(side, Broker.AUTHORIZATION, "true");
    }

    /** Another broker of a cluster has these accounts. */
    ExaminedClusters acl(Side side, String broker, AclTable table) {
        acls.get(side).put(broker, table);
        return this;
    }

    ExaminedClusters setting(Side side, String name, String value) {
        clusters.get(side).setting(broker(side), name, value);
        return this;
    }

    ExaminedClusters runtime(Side side, String name, String value) {
        runtime.get(side).computeIfAbsent(broker(side), key -> new HashMap<>()).put(name, value);
        return this;
    }

    /** A topic of the source with 64 sampled messages, the last of which came just now. */
    ExaminedClusters topic(String name, MessageType type, int bytes) {
        clusters.get(Side.SOURCE).with(name, ClusterFixture.topic(4));
        samples.put(name, new MessageSample(Map.of(type, 64), new TreeSet<>(), bytes, Optional.empty()));
        queues.put(name, Map.of(new QueueKey("old-a", 0), new QueueRange(0, 64)));
        return sent(name, NOON);
    }

    ExaminedClusters sample(String topic, MessageSample sample) {
        samples.put(topic, sample);
        return this;
    }

    ExaminedClusters sent(String topic, Instant last) {
        senders.put(topic, new TopicSenders(new TreeMap<>(Map.of("10.0.0.9:1", last)), Optional.empty()));
        return this;
    }

    ExaminedClusters empty(String topic) {
        queues.put(topic, Map.of());
        return this;
    }

    ExaminedClusters held(HeldKind kind, Amount amount) {
        held.put(kind, amount);
        return this;
    }

    /** A group that has consumed a topic to its end. */
    ExaminedClusters group(String name, String topic) {
        clusters.get(Side.SOURCE).with(name, GroupSettings.DEFAULT);
        offsets.get(Side.SOURCE)
                .computeIfAbsent(name, key -> new HashMap<>())
                .put(topic, Map.of(new QueueKey("old-a", 0), 64L));
        return this;
    }

    /** The same group at the destination, with an offset. */
    ExaminedClusters groupThere(String name) {
        clusters.get(Side.DESTINATION).with(name, GroupSettings.DEFAULT);
        offsets.get(Side.DESTINATION).put(name, Map.of("other", Map.of(new QueueKey("new-a", 0), 1L)));
        return this;
    }

    /** A topic of a group with messages that nobody has read. */
    ExaminedClusters unread(String topic, long messages) {
        clusters.get(Side.SOURCE).with(topic, ClusterFixture.topic(1));
        queues.put(topic, Map.of(new QueueKey("old-a", 0), new QueueRange(0, messages)));
        return this;
    }

    ExaminedClusters member(String group, String id, ConsumeOrder order, String expression) {
        online(Side.SOURCE, group, id, false, ConsumeMode.PUSH, Set.of());
        reports.computeIfAbsent(group, key -> new HashMap<>())
                .put(
                        id,
                        new ClientReport(
                                new TreeSet<>(Set.of("10.0.0.11:9876")),
                                Optional.of(order),
                                Map.of(),
                                Map.of("clicks", expression)));
        return this;
    }

    /** A member to which brokers hand out messages; they list it as one that pushes. */
    ExaminedClusters popping(String group, String id) {
        online(Side.SOURCE, group, id, false, ConsumeMode.PUSH, Set.of());
        reports.computeIfAbsent(group, key -> new HashMap<>())
                .put(
                        id,
                        new ClientReport(
                                new TreeSet<>(Set.of("10.0.0.11:9876")),
                                Optional.of(ConsumeOrder.CONCURRENT),
                                Map.of("clicks", Map.of(new QueueKey("old-a", 0), QueuePosition.ofPop()))));
        return this;
    }

    ExaminedClusters silent(String group, String id) {
        online(Side.SOURCE, group, id, false, ConsumeMode.PUSH, Set.of());
        silent.computeIfAbsent(group, key -> new HashMap<>()).put(id, "it did not answer");
        return this;
    }

    ExaminedClusters online(
            Side side, String group, String id, boolean broadcasts, ConsumeMode mode, Set<String> filtered) {
        SortedMap<String, GroupMember> members = new TreeMap<>();
        members.put(
                id,
                new GroupMember(new Client(id, "10.0.0.1:4", "JAVA", "4.9.7"), new TreeSet<>(Set.of(broker(side)))));
        groups.get(side)
                .merge(
                        group,
                        new ConsumerGroup(
                                broadcasts,
                                false,
                                Optional.of(mode),
                                new TreeSet<>(Set.of("clicks")),
                                new TreeSet<>(filtered),
                                members),
                        ConsumerGroup::and);
        return this;
    }

    /** A running member with another SDK. */
    ExaminedClusters client(String group, String language, String version, ConsumeMode mode) {
        SortedMap<String, GroupMember> members = new TreeMap<>();
        members.put(
                group + "@1",
                new GroupMember(
                        new Client(group + "@1", "10.0.0.7:41", language, version), new TreeSet<>(Set.of("old-a"))));
        groups.get(Side.SOURCE)
                .put(group, new ConsumerGroup(false, Optional.of(mode), new TreeSet<>(Set.of("clicks")), members));
        return group(group, "clicks");
    }

    /** Consumers behind the proxies of the source. */
    ExaminedClusters proxied(ProxiedClients consumers) {
        proxied = consumers;
        return this;
    }

    ExaminedClusters producer(String group, String language, String version) {
        Map<String, Set<Client>> all = new TreeMap<>(producers.orElseThrow());
        all.put(group, Set.of(new Client(group + "@2", "10.0.0.8:42", language, version)));
        producers = Optional.of(all);
        return this;
    }

    /** The brokers of the source cannot list their producers. */
    ExaminedClusters withoutProducers() {
        producers = Optional.empty();
        return this;
    }

    /** The source got so many messages of a mebibyte in ten seconds. */
    ExaminedClusters load(long messages) {
        load = load(10, messages);
        return this;
    }

    private static Measured<ObservedLoad> load(long seconds, long messages) {
        return Measured.of(new ObservedLoad(
                Map.of("old-a", Map.of("msgPutTotalTodayNow", "5", "commitLogMaxOffset", "1000")),
                Map.of(
                        "old-a",
                        Map.of(
                                "msgPutTotalTodayNow",
                                Long.toString(5 + messages),
                                "commitLogMaxOffset",
                                Long.toString(1000 + messages * (1 << 20)))),
                Duration.ofSeconds(seconds)));
    }

    ExaminedClusters ordered(Side side, String topic) {
        ordered.get(side).add(topic);
        return this;
    }

    ExaminedClusters unread(Side side, String why) {
        unread.put(side, why);
        return this;
    }

    /** Name servers that list another broker besides, of which there are slaves only. */
    ExaminedClusters slavesOnly(Side side) {
        Metadata seen = clusters.get(side).build();
        SortedMap<String, Map<Long, String>> brokers =
                new TreeMap<>(seen.nameServers().get(0).brokers());
        brokers.put("headless", Map.of(1L, "10.0.9.9:10911"));
        nameServers.put(
                side,
                List.of(new NameServer(
                        seen.nameServers().get(0).address(),
                        seen.nameServers().get(0).clusters(),
                        brokers,
                        Set.of())));
        return this;
    }

    /** Another plan has recorded an object at the destination. */
    ExaminedClusters recorded(String otherPlan, String key) {
        others.computeIfAbsent(otherPlan, plan -> new TreeSet<>()).add(key);
        return this;
    }

    ExaminedClusters ofFiles() {
        isOfFiles = true;
        return this;
    }

    /** The destination is managed: only its profile is known. */
    ExaminedClusters managed(String name) {
        isAlone = true;
        destination = ", profile: " + name;
        return this;
    }

    /** Both clusters and their brokers have one name. */
    ExaminedClusters sameNames() {
        clusters.put(
                Side.DESTINATION,
                ClusterFixture.cluster("DefaultCluster", "5.5.0", "old-a").nameServer("10.0.1.11:9876"));
        return this;
    }

    /** The plan names a name server that only its own machine reaches. */
    ExaminedClusters loopback() {
        address = "127.0.0.1:9876";
        return this;
    }

    Observation seen() {
        return new Observation(
                Plans.whole("""
                        version: 1
                        name: shop-to-5x
                        source: { nameServers: ["10.0.0.11:9876"] }
                        destination: { nameServers: ["%s"]%s }
                        """.formatted(address, destination) + plan),
                source(),
                destination(),
                Measured.of(new RecordedPlans(MigrationRecord.NOTHING, others)),
                NOON);
    }

    private ClusterObservation source() {
        if (unread.containsKey(Side.SOURCE)) {
            return ClusterObservation.unread(unread.get(Side.SOURCE));
        }
        Metadata metadata = clusters.get(Side.SOURCE).build();
        if (isOfFiles) {
            return ClusterObservation.absent("only files were read").withMetadata(metadata);
        }
        return new ClusterObservation(
                Optional.empty(),
                Measured.of(nameServers.getOrDefault(Side.SOURCE, metadata.nameServers())),
                Measured.of(metadata),
                Measured.of(consumers(Side.SOURCE)),
                Measured.of(new Clients(groups.get(Side.SOURCE), producers, senders).behindProxies(proxied)),
                Measured.of(new ClientReports(reports, silent)),
                Measured.of(new QueueOffsets(queues)),
                Measured.of(samples),
                Measured.of(new HeldMessages(held, Map.of())),
                Measured.of(ordered.get(Side.SOURCE)),
                Measured.of(runtime.get(Side.SOURCE)),
                Measured.of(acls.get(Side.SOURCE)),
                load);
    }

    private ClusterObservation destination() {
        if (isAlone) {
            return ClusterObservation.absent("a managed destination has no admin protocol");
        }
        if (unread.containsKey(Side.DESTINATION)) {
            return ClusterObservation.unread(unread.get(Side.DESTINATION));
        }
        Metadata metadata = clusters.get(Side.DESTINATION).build();
        return new ClusterObservation(
                Optional.empty(),
                Measured.of(nameServers.getOrDefault(Side.DESTINATION, metadata.nameServers())),
                Measured.of(metadata),
                Measured.of(consumers(Side.DESTINATION)),
                Measured.of(new Clients(groups.get(Side.DESTINATION), Optional.of(Map.of()))),
                Measured.unread("read of the source only"),
                Measured.unread("read of the source only"),
                Measured.unread("read of the source only"),
                Measured.unread("read of the source only"),
                Measured.of(ordered.get(Side.DESTINATION)),
                Measured.of(runtime.get(Side.DESTINATION)),
                Measured.of(acls.get(Side.DESTINATION)),
                Measured.unread("read of the source only"));
    }

    private Consumers consumers(Side side) {
        return new Consumers(Subscribers.NONE, new ConsumerOffsets(offsets.get(side)));
    }

    List<AssessedRow> rows() {
        return Rows.of(seen());
    }
}
