package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import com.alibaba.fastjson2.JSONObject;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterReader.Target;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.WriteRequest;
import io.github.rocketmigrate.wire.WritingConnection;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Changes a cluster over RocketMQ's remoting protocol: it writes to every master itself, in lists if possible. */
public final class RemotingClusterWriter implements ClusterWriter {
    private static final byte[] NO_BODY = null;

    private final Target target;
    private final WritingConnection connection;
    private final ClusterReader reader;
    /** The last answer of each master: an update keeps the fields of it that settings do not name. */
    private final Map<String, LastAnswer> topics = new ConcurrentHashMap<>();

    private final Map<String, LastAnswer> groups = new ConcurrentHashMap<>();

    /** An answer and the names of the objects in it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record LastAnswer(byte[] body, Set<String> names) {
        private static final LastAnswer NONE = new LastAnswer(NO_BODY, Set.of());

        /** Objects as the master sent them. Few are ever updated, so the long answer is rarely decoded again. */
        Map<String, JSONObject> raw(
                BiFunction<byte[], Set<String>, Map<String, JSONObject>> decoder, Set<String> wanted) {
            return wanted.stream().anyMatch(names::contains) ? decoder.apply(body, wanted) : Map.of();
        }
    }

    public RemotingClusterWriter(Target target, WritingConnection connection) {
        this.target = requireNonNull(target, "target is null");
        this.connection = requireNonNull(connection, "connection is null");
        this.reader = new RemotingClusterReader(target, connection.reading());
    }

    @Override
    public ClusterReader reader() {
        return reader;
    }

    @Override
    public Map<String, TopicSettings> topics(Broker master) throws InterruptedException {
        return read(master, ReadRequest.TOPICS, BrokerDecoder::topics, topics);
    }

    @Override
    public Map<String, GroupSettings> groups(Broker master) throws InterruptedException {
        return read(master, ReadRequest.GROUPS, BrokerDecoder::groups, groups);
    }

    private <T> Map<String, T> read(
            Broker master,
            ReadRequest request,
            Function<byte[], Map<String, T>> decoder,
            Map<String, LastAnswer> answers)
            throws InterruptedException {
        RequestGroup group = requestGroup();
        Asked<Map<String, T>> asked = group.ask(master.address(), request, answer -> {
            Map<String, T> objects = decoder.apply(answer.body());
            answers.put(master.address(), new LastAnswer(answer.body(), objects.keySet()));
            return objects;
        });
        group.await();
        return asked.value();
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
    public Claim writeTopics(Broker master, Map<String, TopicSettings> wanted) throws InterruptedException {
        Map<String, JSONObject> raw =
                topics.getOrDefault(master.address(), LastAnswer.NONE).raw(BrokerDecoder::rawTopics, wanted.keySet());
        if (wanted.size() == 1) {
            Map.Entry<String, TopicSettings> one = wanted.entrySet().iterator().next();
            JSONObject has = raw.getOrDefault(one.getKey(), new JSONObject());
            Map<String, String> fields = RequestEncoder.topicFields(one.getKey(), one.getValue(), has);
            return broker(master, WriteRequest.TOPIC, fields, NO_BODY);
        }
        return broker(master, WriteRequest.TOPICS, Map.of(), RequestEncoder.topics(wanted, raw));
    }

    @Override
    public Claim writeGroups(Broker master, Map<String, GroupSettings> wanted) throws InterruptedException {
        Map<String, JSONObject> raw =
                groups.getOrDefault(master.address(), LastAnswer.NONE).raw(BrokerDecoder::rawGroups, wanted.keySet());
        if (wanted.size() == 1) {
            Map.Entry<String, GroupSettings> one = wanted.entrySet().iterator().next();
            JSONObject has = raw.getOrDefault(one.getKey(), new JSONObject());
            return broker(
                    master, WriteRequest.GROUP, Map.of(), RequestEncoder.group(one.getKey(), one.getValue(), has));
        }
        return broker(master, WriteRequest.GROUPS, Map.of(), RequestEncoder.groups(wanted, raw));
    }

    @Override
    public Claim removeTopic(Broker master, String topic) throws InterruptedException {
        return broker(master, WriteRequest.REMOVE_TOPIC, Map.of("topic", topic), NO_BODY);
    }

    @Override
    public Claim removeGroup(Broker master, String group) throws InterruptedException {
        return broker(master, WriteRequest.REMOVE_GROUP, Map.of("groupName", group, "cleanOffset", "true"), NO_BODY);
    }

    @Override
    public Claim removeRoute(String nameServer, String topic, String cluster) throws InterruptedException {
        return claim(
                "name server " + nameServer,
                nameServer,
                WriteRequest.REMOVE_ROUTE,
                Map.of("topic", topic, "clusterName", cluster),
                NO_BODY);
    }

    @Override
    public Map<String, String> settings(Server server) throws InterruptedException {
        RequestGroup group = requestGroup();
        Asked<Map<String, String>> asked = group.ask(
                server.address(), ReadRequest.SETTINGS, answer -> BrokerSettingsDecoder.settings(answer.body()));
        group.await();
        return asked.value();
    }

    @Override
    public Claim setNameServers(Server server, String addresses) throws InterruptedException {
        byte[] body = (Server.NAME_SERVERS + "=" + addresses + "\n").getBytes(StandardCharsets.UTF_8);
        return claim("broker " + server.name(), server.address(), WriteRequest.SETTINGS, Map.of(), body);
    }

    @Override
    public Claim setOffset(Broker master, String group, String topic, int queue, long offset)
            throws InterruptedException {
        return broker(
                master,
                WriteRequest.OFFSET,
                Map.of(
                        "consumerGroup",
                        group,
                        "topic",
                        topic,
                        "queueId",
                        Integer.toString(queue),
                        "commitOffset",
                        Long.toString(offset)),
                NO_BODY);
    }

    @Override
    public Claim setRoute(String nameServer, String topic, Map<String, TopicSettings> brokers)
            throws InterruptedException {
        return claim(
                "name server " + nameServer,
                nameServer,
                WriteRequest.ROUTE,
                Map.of("topic", topic),
                RequestEncoder.route(brokers));
    }

    @Override
    public List<String> nameServers() {
        return target.nameServers();
    }

    @Override
    public Map<String, Map<String, String>> notes() throws InterruptedException {
        return reader.notes();
    }

    @Override
    public Map<String, String> note(String key) throws InterruptedException {
        return reader.note(key);
    }

    @Override
    public Claim put(String nameServer, String key, String value) throws InterruptedException {
        return nameServer(nameServer, WriteRequest.PUT_NOTE, Map.of("key", key, "value", value));
    }

    @Override
    public Claim remove(String nameServer, String key) throws InterruptedException {
        return nameServer(nameServer, WriteRequest.REMOVE_NOTE, Map.of("key", key));
    }

    private Claim nameServer(String address, WriteRequest request, Map<String, String> fields)
            throws InterruptedException {
        Map<String, String> all = new HashMap<>(fields);
        all.put(NameServerReading.NAMESPACE_FIELD, NameServerReading.NAMESPACE);
        return claim("name server " + address, address, request, all, NO_BODY);
    }

    private Claim broker(Broker master, WriteRequest request, Map<String, String> fields, byte[] body)
            throws InterruptedException {
        return claim("broker " + master.name(), master.address(), request, fields, body);
    }

    private Claim claim(String server, String address, WriteRequest request, Map<String, String> fields, byte[] body)
            throws InterruptedException {
        try {
            connection.send(address, request, fields, body).get();
            return new Claim.Accepted();
        } catch (ExecutionException e) {
            return new ClaimDecoder(target.side(), connection).failed(server, request, FailureDiagnosis.cause(e));
        }
    }

    @Override
    public Map<String, Long> writes() {
        return connection.sent().entrySet().stream()
                .collect(toMap(sent -> sent.getKey().name().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    private RequestGroup requestGroup() {
        return new RequestGroup(target.side(), target.positions(), connection.reading());
    }

    @Override
    public void close() {
        connection.close();
    }
}
