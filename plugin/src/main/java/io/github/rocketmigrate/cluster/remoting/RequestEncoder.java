package io.github.rocketmigrate.cluster.remoting;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.ConsumeOrder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Encodes the bodies and header fields of updates. An update replaces the whole topic or group at a broker. */
final class RequestEncoder {
    private static final String ATTRIBUTES = "attributes";
    private static final String SIGN = "+";
    private static final String PERMISSION = "perm";
    private static final String FILTER = "topicFilterType";
    private static final String USUAL_FILTER = "SINGLE_TAG";
    private static final String POLICY = "groupRetryPolicy";
    /** Brokers write "no retry policy" as this policy. */
    private static final String NO_POLICY = "{\"type\":\"CUSTOMIZED\"}";

    private RequestEncoder() {}

    /**
     * The header fields of an update of one topic.
     *
     * @param raw the topic as the broker sent it; empty if the broker does not have it
     */
    static Map<String, String> topicFields(String name, TopicSettings topic, JSONObject raw) {
        JSONObject config = topic(name, topic, raw);
        Map<String, String> fields = new TreeMap<>();
        fields.put("topic", name);
        fields.put("defaultTopic", "TBW102");
        for (String field :
                new String[] {"readQueueNums", "writeQueueNums", PERMISSION, FILTER, "topicSysFlag", "order"}) {
            fields.put(field, config.getString(field));
        }
        String attributes = config.getJSONObject(ATTRIBUTES).entrySet().stream()
                .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
                .collect(Collectors.joining(","));
        if (!attributes.isEmpty()) {
            fields.put(ATTRIBUTES, attributes);
        }
        return fields;
    }

    /** The body of an update of several topics. */
    static byte[] topics(Map<String, TopicSettings> topics, Map<String, JSONObject> raw) {
        JSONArray list = new JSONArray();
        topics.forEach((name, topic) -> list.add(topic(name, topic, raw.getOrDefault(name, new JSONObject()))));
        return JSON.toJSONBytes(new JSONObject().fluentPut("topicConfigList", list));
    }

    private static JSONObject topic(String name, TopicSettings topic, JSONObject raw) {
        JSONObject config = new JSONObject();
        config.put("topicName", name);
        config.put("readQueueNums", topic.readQueues());
        config.put("writeQueueNums", topic.writeQueues());
        config.put(PERMISSION, topic.access().inPermission(raw.getIntValue(PERMISSION)));
        config.put(FILTER, raw.getOrDefault(FILTER, USUAL_FILTER));
        config.put("topicSysFlag", topic.systemFlag());
        config.put("order", topic.order());
        config.put(ATTRIBUTES, attributes(topic.attributes(), raw));
        return config;
    }

    /** The body of a registration of a topic on several brokers at a name server. */
    static byte[] route(Map<String, TopicSettings> brokers) {
        JSONArray queues = new JSONArray();
        brokers.forEach((broker, topic) -> queues.add(new JSONObject()
                .fluentPut("brokerName", broker)
                .fluentPut("readQueueNums", topic.readQueues())
                .fluentPut("writeQueueNums", topic.writeQueues())
                .fluentPut(PERMISSION, topic.access().inPermission(0))
                .fluentPut("topicSysFlag", topic.systemFlag())));
        return JSON.toJSONBytes(
                new JSONObject().fluentPut("queueDatas", queues).fluentPut("brokerDatas", new JSONArray()));
    }

    /** The body of an update of one consumer group. */
    static byte[] group(String name, GroupSettings group, JSONObject raw) {
        return JSON.toJSONBytes(config(name, group, raw));
    }

    /** The body of an update of several consumer groups. */
    static byte[] groups(Map<String, GroupSettings> groups, Map<String, JSONObject> raw) {
        JSONArray list = new JSONArray();
        groups.forEach((name, group) -> list.add(config(name, group, raw.getOrDefault(name, new JSONObject()))));
        return JSON.toJSONBytes(new JSONObject().fluentPut("groupConfigList", list));
    }

    private static JSONObject config(String name, GroupSettings group, JSONObject raw) {
        JSONObject config = new JSONObject(raw);
        config.put("groupName", name);
        config.put("consumeEnable", group.enabled());
        config.put("consumeFromMinEnable", group.fromFirst());
        config.put("consumeBroadcastEnable", group.broadcast());
        config.put("consumeMessageOrderly", group.order() == ConsumeOrder.ORDERLY);
        config.put("retryQueueNums", group.retryQueues());
        config.put("retryMaxTimes", group.retries());
        config.put("brokerId", group.broker());
        config.put("whichBrokerWhenConsumeSlowly", group.slowBroker());
        config.put("notifyConsumerIdsChangedEnable", group.notified());
        config.put("groupSysFlag", group.systemFlag());
        config.put("consumeTimeoutMinute", group.timeoutMinutes());
        if (!group.retryPolicy().isEmpty()) {
            config.put(POLICY, JSON.parseObject(group.retryPolicy()));
        } else if (raw.containsKey(POLICY)) {
            config.put(POLICY, JSON.parseObject(NO_POLICY));
        }
        config.put(ATTRIBUTES, attributes(group.attributes(), raw));
        return config;
    }

    /** The attributes that differ, with the sign that sets them: brokers refuse updates of some that do not differ. */
    private static JSONObject attributes(SortedMap<String, String> wanted, JSONObject raw) {
        JSONObject has = raw.getJSONObject(ATTRIBUTES);
        JSONObject changes = new JSONObject(new TreeMap<>());
        wanted.forEach((name, value) -> {
            if (has == null || !value.equals(has.getString(name))) {
                changes.put(SIGN + name, value);
            }
        });
        return changes;
    }
}
