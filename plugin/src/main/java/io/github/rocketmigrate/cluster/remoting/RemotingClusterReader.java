package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Broker.Replica;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterMembers;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Answer;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import io.github.rocketmigrate.wire.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/** Reads a cluster over RocketMQ's own protocol: every server itself, many requests at once. */
public final class RemotingClusterReader implements ClusterReader {
    /** Where name servers keep what migrations leave there. */
    static final String NAMESPACE = "ROCKETMIGRATE";

    static final String NAMESPACE_FIELD = "namespace";

    private static final String VERSION = "brokerVersionDesc";

    private final Target target;
    private final ReadingConnection connection;

    /**
     * Which cluster.
     *
     * @param who whose it is, as in "source", for messages
     * @param nameServers all of them, {@code host:port}
     * @param cluster its name; may be left out where there is one only
     */
    public record Target(String who, List<String> nameServers, Optional<String> cluster) {
        public Target {
            requireNonNull(who, "who is null");
            nameServers = List.copyOf(nameServers);
            requireNonNull(cluster, "cluster is null");
        }
    }

    public RemotingClusterReader(Target target, ReadingConnection connection) {
        this.target = requireNonNull(target, "target is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    @Override
    public List<NameServer> nameServers() throws InterruptedException {
        RequestGroup asking = asking();
        Map<String, Asked<byte[]>> brokers = new HashMap<>();
        Map<String, Asked<byte[]>> topics = new HashMap<>();
        for (String address : target.nameServers()) {
            brokers.put(address, asking.ask(address, ReadRequest.BROKERS, Answer::body));
            topics.put(address, asking.ask(address, ReadRequest.TOPIC_NAMES, Answer::body));
        }
        asking.await();
        return target.nameServers().stream()
                .map(address -> ResponseDecoder.nameServer(
                        address,
                        brokers.get(address).value(),
                        topics.get(address).value()))
                .toList();
    }

    @Override
    public Metadata metadata(List<NameServer> nameServers, Set<String> foreign) throws InterruptedException {
        ClusterMembers members = ClusterMembers.of(target.who(), target.cluster(), nameServers, foreign);
        RequestGroup asking = asking();
        List<Reading> readings = members.brokers().entrySet().stream()
                .map(broker -> new Reading(asking, broker.getKey(), broker.getValue()))
                .toList();
        asking.await();
        SortedMap<String, Broker> brokers = new TreeMap<>();
        for (Reading reading : readings) {
            brokers.put(reading.name, reading.broker());
        }
        return new Metadata(members.cluster(), nameServers, brokers);
    }

    /** What is asked of one master and of its replicas. */
    private final class Reading {
        private final String name;
        private final String master;
        private final Asked<Map<String, String>> runtime;
        private final Asked<Map<String, String>> settings;
        private final Asked<Map<String, TopicSettings>> topics;
        private final Asked<Map<String, GroupSettings>> groups;
        private final SortedMap<Long, ReplicaReading> replicas = new TreeMap<>();

        private record ReplicaReading(
                Asked<Map<String, String>> runtime,
                Asked<Map<String, String>> settings,
                Asked<Map<String, TopicSettings>> topics) {}

        Reading(RequestGroup asking, String name, Map<Long, String> addresses) {
            this.name = name;
            this.master = addresses.get(0L);
            runtime = asking.ask(master, ReadRequest.RUNTIME, answer -> ResponseDecoder.runtime(answer.body()));
            settings = asking.ask(master, ReadRequest.SETTINGS, answer -> ResponseDecoder.settings(answer.body()));
            topics = asking.ask(master, ReadRequest.TOPICS, answer -> ResponseDecoder.topics(answer.body()));
            groups = asking.ask(master, ReadRequest.GROUPS, answer -> ResponseDecoder.groups(answer.body()));
            addresses.forEach((id, address) -> {
                if (id != 0) {
                    replicas.put(
                            id,
                            new ReplicaReading(
                                    asking.ask(
                                            address,
                                            ReadRequest.RUNTIME,
                                            answer -> ResponseDecoder.runtime(answer.body())),
                                    asking.ask(
                                            address,
                                            ReadRequest.SETTINGS,
                                            answer -> ResponseDecoder.settings(answer.body())),
                                    asking.ask(
                                            address,
                                            ReadRequest.TOPICS,
                                            answer -> ResponseDecoder.topics(answer.body()))));
                }
            });
        }

        Broker broker() {
            List<Replica> slaves = new ArrayList<>();
            replicas.forEach((id, reading) -> slaves.add(new Replica(
                    id,
                    reading.topics().address(),
                    version(reading.runtime()),
                    reading.settings().value(),
                    reading.topics().value())));
            return new Broker(name, master, version(runtime), settings.value(), topics.value(), groups.value(), slaves);
        }

        private ServerVersion version(Asked<Map<String, String>> asked) {
            String described = asked.value().getOrDefault(VERSION, "nothing");
            return ServerVersion.described(described)
                    .orElseThrow(() -> new Fault(
                            "The " + target.who() + "'s broker " + asked.address() + " says that its version is "
                                    + described + ".",
                            "RocketMigrate knows brokers that say it as in V4_9_7 or V5_5_0."));
        }
    }

    @Override
    public ConsumerOffsets consumerOffsets(Metadata of) throws InterruptedException {
        RequestGroup asking = asking();
        List<Asked<Map<String, Map<String, Map<QueueKey, Long>>>>> asked = of.masters()
                .map(broker -> asking.ask(
                        broker.address(),
                        ReadRequest.OFFSETS,
                        answer -> ResponseDecoder.consumerOffsets(broker.name(), answer.body())))
                .toList();
        asking.await();
        Map<String, Map<String, Map<QueueKey, Long>>> all = new HashMap<>();
        asked.forEach(one -> one.value().forEach((group, topics) -> {
            Map<String, Map<QueueKey, Long>> known = all.computeIfAbsent(group, key -> new HashMap<>());
            topics.forEach((topic, queues) -> known.merge(topic, queues, RemotingClusterReader::both));
        }));
        return new ConsumerOffsets(all);
    }

    private static <K, V> Map<K, V> both(Map<K, V> one, Map<K, V> other) {
        Map<K, V> both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }

    @Override
    public QueueOffsets queueOffsets(Metadata of, Collection<String> topics) throws InterruptedException {
        RequestGroup asking = asking();
        Map<String, List<Asked<Map<QueueKey, QueueRange>>>> asked = new HashMap<>();
        for (String topic : topics) {
            of.topic(topic)
                    .forEach((broker, settings) -> asked.computeIfAbsent(topic, key -> new ArrayList<>())
                            .add(asking.ask(
                                    of.brokers().get(broker).address(),
                                    ReadRequest.TOPIC_OFFSETS,
                                    Map.of("topic", topic),
                                    answer -> ResponseDecoder.queueOffsets(broker, answer.body()),
                                    CompletableFuture::failedFuture)));
        }
        asking.await();
        Map<String, Map<QueueKey, QueueRange>> ranges = new HashMap<>();
        asked.forEach((topic, answers) -> ranges.put(
                topic,
                answers.stream()
                        .map(Asked::value)
                        .reduce(RemotingClusterReader::both)
                        .orElseThrow()));
        addForgotten(of, ranges);
        return new QueueOffsets(ranges);
    }

    /** 4.x brokers tell of the queues that can be written only, so the others are asked for one by one. */
    private void addForgotten(Metadata of, Map<String, Map<QueueKey, QueueRange>> ranges) throws InterruptedException {
        RequestGroup asking = asking();
        Map<String, Map<QueueKey, List<Asked<Long>>>> asked = new HashMap<>();
        ranges.forEach((topic, known) -> of.topic(topic).forEach((broker, settings) -> {
            for (int queue = 0; queue < settings.queues(); queue++) {
                QueueKey key = new QueueKey(broker, queue);
                if (!known.containsKey(key)) {
                    String address = of.brokers().get(broker).address();
                    Map<String, String> fields = Map.of("topic", topic, "queueId", Integer.toString(queue));
                    asked.computeIfAbsent(topic, it -> new HashMap<>())
                            .put(
                                    key,
                                    List.of(
                                            offset(asking, address, ReadRequest.FIRST_OFFSET, fields),
                                            offset(asking, address, ReadRequest.NEXT_OFFSET, fields)));
                }
            }
        }));
        asking.await();
        asked.forEach((topic, queues) -> queues.forEach((key, offsets) -> ranges.get(topic)
                .put(key, new QueueRange(offsets.get(0).value(), offsets.get(1).value()))));
    }

    private static Asked<Long> offset(
            RequestGroup asking, String address, ReadRequest request, Map<String, String> fields) {
        return asking.ask(
                address,
                request,
                fields,
                answer -> Long.parseLong(answer.fields().get("offset")),
                CompletableFuture::failedFuture);
    }

    @Override
    public Clients clients(Metadata of, Collection<String> groups) throws InterruptedException {
        return live().clients(of, groups);
    }

    @Override
    public Clients members(Metadata of, Collection<String> groups) throws InterruptedException {
        return live().members(of, groups);
    }

    @Override
    public ClientReports clientReports(Metadata of, Clients clients, Map<String, ? extends Collection<String>> members)
            throws InterruptedException {
        return live().clientReports(of, clients, members);
    }

    @Override
    public Subscribers subscribers(Metadata of, Collection<String> topics) throws InterruptedException {
        return live().subscribers(of, topics);
    }

    @Override
    public HeldMessages heldMessages(
            Metadata of, ConsumerOffsets offsets, QueueOffsets queues, Collection<String> groups)
            throws InterruptedException {
        return new HeldMessagesReading(this::asking, connection).read(of, offsets, queues, groups);
    }

    private LiveReading live() {
        return new LiveReading(this::asking);
    }

    @Override
    public Map<String, Map<String, Map<String, RouteEntry>>> routes(Collection<String> names)
            throws InterruptedException {
        RequestGroup asking = asking();
        Map<String, Map<String, Asked<Map<String, RouteEntry>>>> asked = new LinkedHashMap<>();
        for (String address : target.nameServers()) {
            Map<String, Asked<Map<String, RouteEntry>>> ofOne = new HashMap<>();
            for (String topic : names) {
                ofOne.put(
                        topic,
                        asking.ask(
                                address,
                                ReadRequest.ROUTE,
                                // Without it, brokers' ids would not be in quotes.
                                Map.of("topic", topic, "acceptStandardJsonOnly", "true"),
                                answer -> ResponseDecoder.route(answer.body()),
                                RemotingClusterReader::orNowhere));
            }
            asked.put(address, ofOne);
        }
        asking.await();
        Map<String, Map<String, Map<String, RouteEntry>>> routes = new LinkedHashMap<>();
        asked.forEach((address, ofOne) -> routes.put(
                address,
                ofOne.entrySet().stream()
                        .collect(toMap(
                                Map.Entry::getKey, topic -> topic.getValue().value()))));
        return routes;
    }

    private static CompletableFuture<Map<String, RouteEntry>> orNowhere(Throwable failure) {
        return failure instanceof Refused refused && refused.code() == ResponseCode.TOPIC_NOT_EXIST
                ? CompletableFuture.completedFuture(Map.of())
                : CompletableFuture.failedFuture(failure);
    }

    @Override
    public Map<String, Map<String, String>> notes() throws InterruptedException {
        return ofNameServers(
                ReadRequest.NOTES,
                Map.of(NAMESPACE_FIELD, NAMESPACE),
                answer -> ResponseDecoder.runtime(answer.body()));
    }

    @Override
    public Map<String, String> note(String key) throws InterruptedException {
        Map<String, String> notes = new LinkedHashMap<>();
        ofNameServers(ReadRequest.NOTE, Map.of(NAMESPACE_FIELD, NAMESPACE, "key", key), Answer::fields)
                .forEach((address, fields) -> {
                    if (fields.containsKey("value")) {
                        notes.put(address, fields.get("value"));
                    }
                });
        return notes;
    }

    /** The same asked of every name server; one that has nothing says so by refusing. */
    private Map<String, Map<String, String>> ofNameServers(
            ReadRequest request, Map<String, String> fields, Function<Answer, Map<String, String>> understand)
            throws InterruptedException {
        RequestGroup asking = asking();
        Map<String, Asked<Map<String, String>>> asked = new LinkedHashMap<>();
        for (String address : target.nameServers()) {
            asked.put(address, asking.ask(address, request, fields, understand, RemotingClusterReader::orNothing));
        }
        asking.await();
        Map<String, Map<String, String>> answers = new LinkedHashMap<>();
        asked.forEach((address, answer) -> answers.put(address, answer.value()));
        return answers;
    }

    private static CompletableFuture<Map<String, String>> orNothing(Throwable failure) {
        return failure instanceof Refused refused && refused.code() == ResponseCode.QUERY_NOT_FOUND
                ? CompletableFuture.completedFuture(Map.of())
                : CompletableFuture.failedFuture(failure);
    }

    @Override
    public Map<String, Long> requests() {
        return connection.asked().entrySet().stream()
                .collect(toMap(asked -> asked.getKey().name().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    private RequestGroup asking() {
        return new RequestGroup(target.who(), connection);
    }

    @Override
    public void close() {
        connection.close();
    }
}
