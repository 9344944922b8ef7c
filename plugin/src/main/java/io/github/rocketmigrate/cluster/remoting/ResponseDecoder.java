package io.github.rocketmigrate.cluster.remoting;

import static java.util.Collections.emptySortedMap;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONReader;
import com.alibaba.fastjson2.TypeReference;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.admin.TopicStatsTable;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.body.ConsumerConnection;
import org.apache.rocketmq.remoting.protocol.body.ConsumerRunningInfo;
import org.apache.rocketmq.remoting.protocol.body.GroupList;
import org.apache.rocketmq.remoting.protocol.body.KVTable;
import org.apache.rocketmq.remoting.protocol.body.ProducerTableInfo;
import org.apache.rocketmq.remoting.protocol.body.TopicList;
import org.apache.rocketmq.remoting.protocol.heartbeat.ConsumeType;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;

/** Understands what servers of all versions answer. The long answers are read as a stream, without a tree. */
final class ResponseDecoder {
    /** The settings that a migration looks at; others, some of them secret, are not kept. */
    private static final Set<String> SETTINGS = Set.of(
            Server.NAME_SERVERS,
            "brokerPermission",
            "autoCreateTopicEnable",
            "autoCreateSubscriptionGroup",
            "enableMixedMessageType",
            "timerWheelEnable");

    private static final String TOPICS = "topicConfigTable";
    private static final String GROUPS = "subscriptionGroupTable";
    private static final String SIGN = "+";
    /** Stands between a topic and a group. */
    private static final String OFFSET_OF = "@";

    private static final long UNKNOWN_OFFSET = -1;
    /** A policy without content, which is how a broker writes that there is none. */
    private static final String NO_POLICY = "CUSTOMIZED";

    private ResponseDecoder() {}

    static NameServer nameServer(String address, byte[] brokers, byte[] topics) {
        ClusterInfo info = RemotingSerializable.decode(brokers, ClusterInfo.class);
        SortedMap<String, Set<String>> clusters = new TreeMap<>();
        SortedMap<String, Map<Long, String>> addresses = new TreeMap<>();
        if (info.getClusterAddrTable() != null) {
            clusters.putAll(info.getClusterAddrTable());
        }
        if (info.getBrokerAddrTable() != null) {
            info.getBrokerAddrTable().forEach((name, broker) -> addresses.put(name, broker.getBrokerAddrs()));
        }
        Set<String> names = RemotingSerializable.decode(topics, TopicList.class).getTopicList();
        return new NameServer(address, clusters, addresses, names == null ? Set.of() : names);
    }

    static Map<String, String> runtime(byte[] body) {
        return RemotingSerializable.decode(body, KVTable.class).getTable();
    }

    static Map<String, String> settings(byte[] body) {
        Properties all = new Properties();
        try {
            all.load(new StringReader(new String(body, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.stringPropertyNames().stream()
                .filter(SETTINGS::contains)
                .collect(Collectors.toMap(Function.identity(), all::getProperty));
    }

    static Map<String, TopicSettings> topics(byte[] body) {
        return table(body, TOPICS, ResponseDecoder::topic);
    }

    static Map<String, GroupSettings> groups(byte[] body) {
        return table(body, GROUPS, ResponseDecoder::group);
    }

    /** Topics as they came, with all that {@link TopicSettings} leave out. */
    static Map<String, JSONObject> rawTopics(byte[] body, Set<String> wanted) {
        return raw(body, TOPICS, wanted);
    }

    /** Consumer groups, likewise. */
    static Map<String, JSONObject> rawGroups(byte[] body, Set<String> wanted) {
        return raw(body, GROUPS, wanted);
    }

    private static Map<String, JSONObject> raw(byte[] body, String name, Set<String> wanted) {
        Map<String, JSONObject> found = new HashMap<>();
        try (JSONReader json = JSONReader.of(body)) {
            fields(json, field -> {
                if (field.equals(name)) {
                    fields(json, key -> {
                        if (wanted.contains(key)) {
                            found.put(key, json.readJSONObject());
                        } else {
                            json.skipValue();
                        }
                    });
                } else {
                    json.skipValue();
                }
            });
        }
        return found;
    }

    /** Where a name server sends the clients of a topic, by broker. */
    static Map<String, RouteEntry> route(byte[] body) {
        Map<String, RouteEntry> route = new HashMap<>();
        JSONArray queues = JSON.parseObject(body).getJSONArray("queueDatas");
        for (int i = 0; i < queues.size(); i++) {
            JSONObject queue = queues.getJSONObject(i);
            route.put(
                    queue.getString("brokerName"),
                    new RouteEntry(
                            queue.getIntValue("readQueueNums"),
                            queue.getIntValue("writeQueueNums"),
                            Access.ofPermission(queue.getIntValue("perm"))));
        }
        return route;
    }

    private static <T> Map<String, T> table(byte[] body, String name, Function<JSONReader, T> entry) {
        Map<String, T> table = new HashMap<>();
        try (JSONReader json = JSONReader.of(body)) {
            fields(json, field -> {
                if (field.equals(name)) {
                    fields(json, key -> table.put(key, entry.apply(json)));
                } else {
                    json.skipValue();
                }
            });
        }
        return table;
    }

    /** Walks an object; whoever takes a field's name also takes its value. */
    private static void fields(JSONReader json, Consumer<String> field) {
        if (json.nextIfNull()) {
            return;
        }
        json.nextIfObjectStart();
        while (!json.nextIfObjectEnd()) {
            field.accept(json.readFieldName());
        }
    }

    private static TopicSettings topic(JSONReader json) {
        int read = 0;
        int write = 0;
        int permission = 0;
        int systemFlag = 0;
        boolean order = false;
        SortedMap<String, String> attributes = emptySortedMap();
        json.nextIfObjectStart();
        while (!json.nextIfObjectEnd()) {
            switch (json.readFieldName()) {
                case "readQueueNums" -> read = json.readInt32Value();
                case "writeQueueNums" -> write = json.readInt32Value();
                case "perm" -> permission = json.readInt32Value();
                case "topicSysFlag" -> systemFlag = json.readInt32Value();
                case "order" -> order = json.readBoolValue();
                case "attributes" -> attributes = attributes(json);
                default -> json.skipValue();
            }
        }
        return new TopicSettings(read, write, Access.ofPermission(permission), order, systemFlag, attributes);
    }

    private static GroupSettings group(JSONReader json) {
        GroupSettings usual = GroupSettings.DEFAULT;
        boolean enabled = usual.enabled();
        boolean fromFirst = usual.fromFirst();
        boolean broadcast = usual.broadcast();
        boolean orderly = false;
        boolean notified = usual.notified();
        int retryQueues = usual.retryQueues();
        int retries = usual.retries();
        int systemFlag = usual.systemFlag();
        int timeout = usual.timeoutMinutes();
        long broker = usual.broker();
        long slowBroker = usual.slowBroker();
        String policy = usual.retryPolicy();
        SortedMap<String, String> attributes = emptySortedMap();
        json.nextIfObjectStart();
        while (!json.nextIfObjectEnd()) {
            switch (json.readFieldName()) {
                case "consumeEnable" -> enabled = json.readBoolValue();
                case "consumeFromMinEnable" -> fromFirst = json.readBoolValue();
                case "consumeBroadcastEnable" -> broadcast = json.readBoolValue();
                case "consumeMessageOrderly" -> orderly = json.readBoolValue();
                case "notifyConsumerIdsChangedEnable" -> notified = json.readBoolValue();
                case "retryQueueNums" -> retryQueues = json.readInt32Value();
                case "retryMaxTimes" -> retries = json.readInt32Value();
                case "groupSysFlag" -> systemFlag = json.readInt32Value();
                case "consumeTimeoutMinute" -> timeout = json.readInt32Value();
                case "brokerId" -> broker = json.readInt64Value();
                case "whichBrokerWhenConsumeSlowly" -> slowBroker = json.readInt64Value();
                case "groupRetryPolicy" -> policy = policy(json);
                case "attributes" -> attributes = attributes(json);
                default -> json.skipValue();
            }
        }
        return new GroupSettings(
                enabled,
                fromFirst,
                broadcast,
                orderly ? ConsumeOrder.ORDERLY : ConsumeOrder.CONCURRENT,
                retryQueues,
                retries,
                broker,
                slowBroker,
                notified,
                systemFlag,
                timeout,
                policy,
                attributes);
    }

    private static String policy(JSONReader json) {
        JSONObject policy = json.readJSONObject();
        if (policy == null) {
            return "";
        }
        policy.values().removeIf(Objects::isNull);
        boolean none = policy.size() <= 1 && NO_POLICY.equals(policy.getOrDefault("type", NO_POLICY));
        return none ? "" : JSON.toJSONString(new TreeMap<>(policy));
    }

    /** Attributes by name; replicas may have kept the sign with which they were written. */
    private static SortedMap<String, String> attributes(JSONReader json) {
        SortedMap<String, String> attributes = new TreeMap<>();
        fields(json, name -> {
            String value = json.readString();
            if (value != null) {
                attributes.put(name.startsWith(SIGN) ? name.substring(1) : name, value);
            }
        });
        return attributes;
    }

    /** The offsets of one broker, by group and topic. */
    static Map<String, Map<String, Map<QueueKey, Long>>> consumerOffsets(String broker, byte[] body) {
        Map<String, Map<String, Map<QueueKey, Long>>> groups = new HashMap<>();
        try (JSONReader json = JSONReader.of(body)) {
            fields(json, field -> {
                if (field.equals("offsetTable")) {
                    fields(json, key -> {
                        Map<QueueKey, Long> queues = queues(broker, json);
                        String[] names = key.split(OFFSET_OF, -1);
                        // A third part is how 5.x brokers mark what they notice of broadcasting groups.
                        if (names.length == 2) {
                            groups.computeIfAbsent(names[1], group -> new HashMap<>())
                                    .put(names[0], queues);
                        }
                    });
                } else if (field.endsWith("OffsetTable")) {
                    // From 5.x on, once anybody pulls; names that are not in quotes cannot be skipped.
                    fields(json, key -> queues(broker, json));
                } else {
                    json.skipValue();
                }
            });
        }
        return groups;
    }

    /** An object with numbers for names, which are not in quotes. */
    private static Map<QueueKey, Long> queues(String broker, JSONReader json) {
        Map<QueueKey, Long> queues = new HashMap<>();
        Map<Integer, Long> raw = json.read(OFFSETS);
        if (raw != null) {
            raw.forEach((queue, offset) -> queues.put(new QueueKey(broker, queue), offset));
        }
        return queues;
    }

    /** Up to where each delay level was delivered; levels of which nothing was are missing. */
    static Map<Integer, Long> levels(byte[] body) {
        Map<Integer, Long> levels = new HashMap<>();
        try (JSONReader json = JSONReader.of(body)) {
            fields(json, field -> {
                if (field.equals("offsetTable")) {
                    Map<Integer, Long> table = json.read(OFFSETS);
                    levels.putAll(table == null ? Map.of() : table);
                } else {
                    json.skipValue();
                }
            });
        }
        return levels;
    }

    /** How many messages of each topic wait for their time. */
    static Map<String, Long> timers(byte[] body) {
        Map<String, Long> timers = new HashMap<>();
        JSONObject counts = JSON.parseObject(body).getJSONObject("timingCount");
        if (counts != null) {
            counts.keySet()
                    .forEach(topic ->
                            timers.put(topic, counts.getJSONObject(topic).getLongValue("count")));
        }
        return timers;
    }

    private static final Type OFFSETS = new TypeReference<Map<Integer, Long>>() {}.getType();

    static Map<QueueKey, QueueRange> queueOffsets(String broker, byte[] body) {
        Map<QueueKey, QueueRange> ranges = new HashMap<>();
        RemotingSerializable.decode(body, TopicStatsTable.class)
                .getOffsetTable()
                .forEach((queue, offset) -> ranges.put(
                        new QueueKey(broker, queue.getQueueId()),
                        new QueueRange(offset.getMinOffset(), offset.getMaxOffset())));
        return ranges;
    }

    static ConsumerGroup members(String broker, byte[] body) {
        ConsumerConnection group = RemotingSerializable.decode(body, ConsumerConnection.class);
        SortedMap<String, GroupMember> members = new TreeMap<>();
        group.getConnectionSet()
                .forEach(it -> members.put(
                        it.getClientId(),
                        new GroupMember(
                                client(it.getClientId(), it.getClientAddr(), it.getLanguage(), it.getVersion()),
                                new TreeSet<>(Set.of(broker)))));
        return new ConsumerGroup(
                group.getMessageModel() == MessageModel.BROADCASTING,
                Optional.ofNullable(group.getConsumeType()).map(ResponseDecoder::mode),
                new TreeSet<>(group.getSubscriptionTable().keySet()),
                members);
    }

    private static ConsumeMode mode(ConsumeType type) {
        return switch (type) {
            case CONSUME_ACTIVELY -> ConsumeMode.PULL;
            case CONSUME_PASSIVELY -> ConsumeMode.PUSH;
            case CONSUME_POP -> ConsumeMode.POP;
        };
    }

    static ClientReports.ClientReport clientReport(byte[] body) {
        ConsumerRunningInfo info = RemotingSerializable.decode(body, ConsumerRunningInfo.class);
        Properties properties = info.getProperties();
        Map<String, Map<QueueKey, QueuePosition>> queues = new HashMap<>();
        info.getMqTable()
                .forEach((queue, taken) ->
                        take(queues, queue, new QueuePosition(taken.getCommitOffset(), taken.getCachedMsgCount())));
        if (info.getMqPopTable() != null) {
            info.getMqPopTable().forEach((queue, taken) -> take(queues, queue, new QueuePosition(UNKNOWN_OFFSET, 0)));
        }
        return new ClientReports.ClientReport(
                Arrays.stream(text(properties, ConsumerRunningInfo.PROP_NAMESERVER_ADDR)
                                .split("[;,]", -1))
                        .map(String::strip)
                        .filter(address -> !address.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new)),
                Boolean.parseBoolean(text(properties, ConsumerRunningInfo.PROP_CONSUME_ORDERLY)),
                queues);
    }

    /** Clients in other languages write other things than texts. */
    private static String text(Properties properties, String name) {
        return Objects.toString(properties.get(name), "");
    }

    private static void take(
            Map<String, Map<QueueKey, QueuePosition>> queues, MessageQueue queue, QueuePosition taken) {
        queues.computeIfAbsent(queue.getTopic(), key -> new HashMap<>())
                .put(new QueueKey(queue.getBrokerName(), queue.getQueueId()), taken);
    }

    /** The users' groups, RocketMQ's own aside. */
    static SortedSet<String> subscribers(byte[] body) {
        Set<String> groups = RemotingSerializable.decode(body, GroupList.class).getGroupList();
        return groups == null
                ? new TreeSet<>()
                : groups.stream()
                        .filter(group -> !SystemNames.isGroup(group))
                        .collect(Collectors.toCollection(TreeSet::new));
    }

    static Map<String, Set<Client>> producers(byte[] body) {
        Map<String, Set<Client>> producers = new HashMap<>();
        RemotingSerializable.decode(body, ProducerTableInfo.class).getData().forEach((group, clients) -> {
            Set<Client> members = new HashSet<>();
            clients.forEach(
                    it -> members.add(client(it.getClientId(), it.getRemoteIP(), it.getLanguage(), it.getVersion())));
            producers.put(group, members);
        });
        return producers;
    }

    private static Client client(String id, String address, Object language, int version) {
        String described = MQVersion.getVersionDesc(version);
        return new Client(
                id,
                address,
                String.valueOf(language),
                described.replaceFirst("^V", "").replace('_', '.'));
    }
}
