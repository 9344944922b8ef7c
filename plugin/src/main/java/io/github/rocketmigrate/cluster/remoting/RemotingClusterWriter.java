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
import io.github.rocketmigrate.wire.Refused;
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
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;

/** Changes a cluster over RocketMQ's own protocol: every master itself, in lists where it takes them. */
public final class RemotingClusterWriter implements ClusterWriter {
    private static final byte[] NO_BODY = null;

    private final Target target;
    private final WritingConnection connection;
    private final ClusterReader reader;
    /** What each master answered last, of which an update keeps what settings do not name. */
    private final Map<String, Read> topics = new ConcurrentHashMap<>();

    private final Map<String, Read> groups = new ConcurrentHashMap<>();

    /** An answer, and the names of the objects in it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Read(byte[] body, Set<String> names) {
        private static final Read NOTHING = new Read(NO_BODY, Set.of());

        /** Objects as they came; few are ever updated, so the long answer is seldom read again. */
        Map<String, JSONObject> raw(BiFunction<byte[], Set<String>, Map<String, JSONObject>> reading, Set<String> of) {
            return of.stream().anyMatch(names::contains) ? reading.apply(body, of) : Map.of();
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
        return read(master, ReadRequest.TOPICS, ResponseDecoder::topics, topics);
    }

    @Override
    public Map<String, GroupSettings> groups(Broker master) throws InterruptedException {
        return read(master, ReadRequest.GROUPS, ResponseDecoder::groups, groups);
    }

    private <T> Map<String, T> read(
            Broker master, ReadRequest request, Function<byte[], Map<String, T>> understand, Map<String, Read> kept)
            throws InterruptedException {
        RequestGroup asking = asking();
        Asked<Map<String, T>> asked = asking.ask(master.address(), request, answer -> {
            Map<String, T> objects = understand.apply(answer.body());
            kept.put(master.address(), new Read(answer.body(), objects.keySet()));
            return objects;
        });
        asking.await();
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
                topics.getOrDefault(master.address(), Read.NOTHING).raw(ResponseDecoder::rawTopics, wanted.keySet());
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
                groups.getOrDefault(master.address(), Read.NOTHING).raw(ResponseDecoder::rawGroups, wanted.keySet());
        if (wanted.size() == 1) {
            Map.Entry<String, GroupSettings> one = wanted.entrySet().iterator().next();
            JSONObject has = raw.getOrDefault(one.getKey(), new JSONObject());
            return broker(
                    master, WriteRequest.GROUP, Map.of(), RequestEncoder.group(one.getKey(), one.getValue(), has));
        }
        return broker(master, WriteRequest.GROUPS, Map.of(), RequestEncoder.groups(wanted, raw));
    }

    @Override
    public Map<String, String> settings(Server server) throws InterruptedException {
        RequestGroup asking = asking();
        Asked<Map<String, String>> asked =
                asking.ask(server.address(), ReadRequest.SETTINGS, answer -> ResponseDecoder.settings(answer.body()));
        asking.await();
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
        all.put(RemotingClusterReader.NAMESPACE_FIELD, RemotingClusterReader.NAMESPACE);
        return claim("name server " + address, address, request, all, NO_BODY);
    }

    private Claim broker(Broker master, WriteRequest request, Map<String, String> fields, byte[] body)
            throws InterruptedException {
        return claim("broker " + master.name(), master.address(), request, fields, body);
    }

    private Claim claim(String server, String address, WriteRequest request, Map<String, String> fields, byte[] body)
            throws InterruptedException {
        String name = "The " + target.who() + "'s " + server;
        try {
            connection.tell(address, request, fields, body).get();
            return new Claim.Accepted();
        } catch (ExecutionException e) {
            Throwable failure = FailureDiagnosis.cause(e);
            if (failure instanceof Refused refused) {
                return rejected(name, request, refused);
            }
            return new Claim.Unanswered(
                    failure instanceof RemotingTimeoutException
                            ? name + " did not answer within "
                                    + connection.patience().toSeconds() + " s"
                            : name + " broke the connection before it answered");
        }
    }

    private Claim rejected(String server, WriteRequest request, Refused refused) {
        String reason = FailureDiagnosis.firstSentence(refused.getMessage());
        if (!FailureDiagnosis.isOfRights(refused)) {
            return new Claim.Rejected(
                    server + " refused: " + reason + " (code " + refused.code() + ")",
                    "Its log says more; mend it, then run again.",
                    false);
        }
        return new Claim.Rejected(
                server + " does not allow it: " + reason,
                connection
                        .reading()
                        .user()
                        .map(user -> "Give user '" + user + "' the right to " + right(request) + ".")
                        .orElse("It asks who is calling: name a server of settings.xml as " + target.who()
                                + ".credentials."),
                true);
    }

    /** What an account needs, in the words of both kinds of ACL. */
    private static String right(WriteRequest request) {
        return switch (request) {
            case TOPIC, TOPICS, GROUP, GROUPS ->
                "create and update topics and groups: actions Create, Update of Topic:*, Group:* and the cluster with"
                        + " ACL 2.0, admin: true with that of 4.x";
            case SETTINGS ->
                "change settings of brokers: action Update of the cluster with ACL 2.0, admin: true with that of 4.x";
            case OFFSET -> "set offsets: action Sub of Topic:* and Group:* with ACL 2.0, admin: true with that of 4.x";
            case ROUTE, PUT_NOTE, REMOVE_NOTE -> "write to name servers";
        };
    }

    @Override
    public Map<String, Long> writes() {
        return connection.told().entrySet().stream()
                .collect(toMap(told -> told.getKey().name().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    private RequestGroup asking() {
        return new RequestGroup(target.who(), connection.reading());
    }

    @Override
    public void close() {
        connection.close();
    }
}
