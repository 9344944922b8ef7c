package io.github.rocketmigrate.cluster.remoting;

import static java.util.Collections.emptySortedMap;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONReader;
import com.alibaba.fastjson2.TypeReference;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.admin.ConsumeStats;
import org.apache.rocketmq.remoting.protocol.admin.OffsetWrapper;
import org.apache.rocketmq.remoting.protocol.admin.TopicStatsTable;
import org.apache.rocketmq.remoting.protocol.body.GroupList;
import org.apache.rocketmq.remoting.protocol.body.KVTable;

/** Decodes the answers of brokers of all versions. Long answers are read as a stream, see {@link JsonTable}. */
final class BrokerDecoder {
    private static final String TOPICS = "topicConfigTable";
    private static final String GROUPS = "subscriptionGroupTable";
    private static final String SIGN = "+";
    /** Separates topic and group in the keys of offsets. */
    private static final String SEPARATOR = "@";

    /** Brokers write "no retry policy" as a policy of this type without content. */
    private static final String NO_POLICY = "CUSTOMIZED";

    private static final Type OFFSETS = new TypeReference<Map<Integer, Long>>() {}.getType();

    private BrokerDecoder() {}

    static Map<String, String> runtime(byte[] body) {
        return RemotingSerializable.decode(body, KVTable.class).getTable();
    }

    static Map<String, TopicSettings> topics(byte[] body) {
        return JsonTable.read(body, TOPICS, BrokerDecoder::topic);
    }

    /** The topics of the same answer whose queues are numbered across brokers. */
    static Set<String> staticTopics(byte[] body) {
        return JsonTable.read(body, JsonTable.STATIC_TOPICS, JSONReader::readAny)
                .keySet();
    }

    static Map<String, GroupSettings> groups(byte[] body) {
        return JsonTable.read(body, GROUPS, BrokerDecoder::group);
    }

    /** Topics as the broker sent them, with the fields that {@link TopicSettings} leave out. */
    static Map<String, JSONObject> rawTopics(byte[] body, Set<String> wanted) {
        return raw(body, TOPICS, wanted);
    }

    /** Consumer groups as the broker sent them, with the fields that {@link GroupSettings} leave out. */
    static Map<String, JSONObject> rawGroups(byte[] body, Set<String> wanted) {
        return raw(body, GROUPS, wanted);
    }

    private static Map<String, JSONObject> raw(byte[] body, String name, Set<String> wanted) {
        Map<String, JSONObject> found = new HashMap<>();
        JsonTable.walk(body, name, (key, json) -> {
            if (wanted.contains(key)) {
                found.put(key, json.readJSONObject());
            } else {
                json.skipValue();
            }
        });
        return found;
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

    /** Attributes by name. Replicas may keep the sign that an update puts before a name; it is removed. */
    private static SortedMap<String, String> attributes(JSONReader json) {
        SortedMap<String, String> attributes = new TreeMap<>();
        JsonTable.fields(json, name -> {
            String value = json.readString();
            if (value != null) {
                attributes.put(name.startsWith(SIGN) ? name.substring(1) : name, value);
            }
        });
        return attributes;
    }

    /** The consumer offsets of one broker, by group and topic. */
    static Map<String, Map<String, Map<QueueKey, Long>>> consumerOffsets(String broker, byte[] body) {
        Map<String, Map<String, Map<QueueKey, Long>>> groups = new HashMap<>();
        try (JSONReader json = JSONReader.of(body)) {
            JsonTable.fields(json, field -> {
                if (field.equals("offsetTable")) {
                    JsonTable.fields(json, key -> {
                        Map<QueueKey, Long> queues = queues(broker, json);
                        String[] names = key.split(SEPARATOR, -1);
                        // 5.x brokers add a third part to the offsets that they observe of broadcasting groups.
                        if (names.length == 2) {
                            groups.computeIfAbsent(names[1], group -> new HashMap<>())
                                    .put(names[0], queues);
                        }
                    });
                } else if (field.endsWith("OffsetTable")) {
                    // 5.x brokers have such tables once a client pulls. Names without quotes cannot be skipped.
                    JsonTable.fields(json, key -> queues(broker, json));
                } else {
                    json.skipValue();
                }
            });
        }
        return groups;
    }

    /** Reads an object whose names are numbers without quotes. */
    private static Map<QueueKey, Long> queues(String broker, JSONReader json) {
        Map<QueueKey, Long> queues = new HashMap<>();
        Map<Integer, Long> raw = json.read(OFFSETS);
        if (raw != null) {
            raw.forEach((queue, offset) -> queues.put(new QueueKey(broker, queue), offset));
        }
        return queues;
    }

    /** The next offset that each delay level delivers. A level that has delivered nothing is missing. */
    static Map<Integer, Long> levels(byte[] body) {
        Map<Integer, Long> levels = new HashMap<>();
        try (JSONReader json = JSONReader.of(body)) {
            JsonTable.fields(json, field -> {
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

    /** The number of timed messages of each topic. */
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

    /** The first and next offset of each queue of a topic. */
    static Map<QueueKey, QueueRange> queueOffsets(String broker, byte[] body) {
        Map<QueueKey, QueueRange> ranges = new HashMap<>();
        RemotingSerializable.decode(body, TopicStatsTable.class)
                .getOffsetTable()
                .forEach((queue, offset) -> ranges.put(
                        new QueueKey(broker, queue.getQueueId()),
                        new QueueRange(offset.getMinOffset(), offset.getMaxOffset())));
        return ranges;
    }

    /**
     * When the newest message that a group has consumed came to the broker. Brokers send no time of messages that are no
     * longer stored.
     */
    static Optional<Instant> lastConsumed(byte[] body) {
        return RemotingSerializable.decode(body, ConsumeStats.class).getOffsetTable().values().stream()
                .map(OffsetWrapper::getLastTimestamp)
                .filter(time -> time > 0)
                .max(Long::compare)
                .map(Instant::ofEpochMilli);
    }

    /** The groups that consume a topic, without RocketMQ's own. */
    static SortedSet<String> subscribers(byte[] body) {
        Set<String> groups = RemotingSerializable.decode(body, GroupList.class).getGroupList();
        return groups == null
                ? new TreeSet<>()
                : groups.stream()
                        .filter(group -> !SystemNames.isGroup(group))
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
