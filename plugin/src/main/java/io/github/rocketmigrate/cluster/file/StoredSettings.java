package io.github.rocketmigrate.cluster.file;

import static java.util.Collections.emptySortedMap;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the settings of a topic or group where they begin in a file. Fields that a migration does not use are skipped. */
final class StoredSettings {
    private static final int MOST_QUEUES = 1_000_000;
    private static final int MOST_PERMISSION = 15;
    /** The bit of a permission by which other topics inherit it. */
    private static final int INHERIT = 1;

    private static final String SIGN = "+";
    /** Brokers write "no retry policy" as a policy of this type without content. */
    private static final String NO_POLICY = "CUSTOMIZED";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonFile json;

    StoredSettings(JsonFile json) {
        this.json = requireNonNull(json, "json is null");
    }

    /** A topic, and whether others inherit its permission. */
    record StoredTopic(TopicSettings settings, boolean isInherited) {}

    private static final class TopicFields {
        private OptionalInt read = OptionalInt.empty();
        private OptionalInt write = OptionalInt.empty();
        private OptionalInt permission = OptionalInt.empty();
        private int systemFlag;
        private boolean order;
        private SortedMap<String, String> attributes = emptySortedMap();
    }

    /** Reads a topic. What every release writes must be there. */
    StoredTopic topic(String name) throws IOException {
        TopicFields fields = new TopicFields();
        json.readObject(field -> {
            switch (field) {
                case "topicName" -> sameName(name);
                case "readQueueNums" -> fields.read = OptionalInt.of(json.number(0, MOST_QUEUES));
                case "writeQueueNums" -> fields.write = OptionalInt.of(json.number(0, MOST_QUEUES));
                case "perm" -> fields.permission = OptionalInt.of(json.number(0, MOST_PERMISSION));
                case "topicSysFlag" -> fields.systemFlag = json.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "order" -> fields.order = json.truth();
                case "attributes" -> fields.attributes = attributes();
                default -> json.skip();
            }
        });
        int permission = required(fields.permission, "perm", name);
        return new StoredTopic(
                new TopicSettings(
                        required(fields.read, "readQueueNums", name),
                        required(fields.write, "writeQueueNums", name),
                        Access.ofPermission(permission),
                        fields.order,
                        fields.systemFlag,
                        fields.attributes),
                (permission & INHERIT) != 0);
    }

    private int required(OptionalInt value, String field, String object) {
        if (value.isEmpty()) {
            throw json.problem("'" + object + "' has no " + field);
        }
        return value.getAsInt();
    }

    private void sameName(String name) throws IOException {
        String own = json.text();
        if (!own.equals(name)) {
            throw json.problem("the entry of '" + name + "' is named '" + own + "'");
        }
    }

    private static final class GroupFields {
        private GroupSettings settings = GroupSettings.DEFAULT;
        private boolean enabled = settings.enabled();
        private boolean fromFirst = settings.fromFirst();
        private boolean broadcast = settings.broadcast();
        private boolean orderly;
        private boolean notified = settings.notified();
        private int retryQueues = settings.retryQueues();
        private int retries = settings.retries();
        private int systemFlag = settings.systemFlag();
        private int timeout = settings.timeoutMinutes();
        private long broker = settings.broker();
        private long slowBroker = settings.slowBroker();
        private String policy = settings.retryPolicy();
        private SortedMap<String, String> attributes = emptySortedMap();

        GroupSettings settings() {
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
    }

    /** Reads a group. A setting that its release does not have gets the default of later releases. */
    GroupSettings group(String name) throws IOException {
        GroupFields fields = new GroupFields();
        json.readObject(field -> {
            switch (field) {
                case "groupName" -> sameName(name);
                case "consumeEnable" -> fields.enabled = json.truth();
                case "consumeFromMinEnable" -> fields.fromFirst = json.truth();
                case "consumeBroadcastEnable" -> fields.broadcast = json.truth();
                case "consumeMessageOrderly" -> fields.orderly = json.truth();
                case "notifyConsumerIdsChangedEnable" -> fields.notified = json.truth();
                case "retryQueueNums" -> fields.retryQueues = json.number(0, MOST_QUEUES);
                case "retryMaxTimes" -> fields.retries = json.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "groupSysFlag" -> fields.systemFlag = json.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "consumeTimeoutMinute" -> fields.timeout = json.number(Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "brokerId" -> fields.broker = json.longNumber();
                case "whichBrokerWhenConsumeSlowly" -> fields.slowBroker = json.longNumber();
                case "groupRetryPolicy" -> fields.policy = policy();
                case "attributes" -> fields.attributes = attributes();
                default -> json.skip();
            }
        });
        return fields.settings();
    }

    /** The delays between retries, as a broker sends them. */
    private String policy() throws IOException {
        if (json.isNull()) {
            return "";
        }
        JsonNode tree = JSON.readTree(json.parser());
        if (!(tree instanceof ObjectNode policy)) {
            throw json.problem("groupRetryPolicy is not an object in braces");
        }
        policy.properties().removeIf(field -> field.getValue().isNull());
        String type = policy.path("type").asText(NO_POLICY);
        if (policy.size() <= 1 && type.equals(NO_POLICY)) {
            return "";
        }
        SortedMap<String, JsonNode> sorted = new TreeMap<>();
        policy.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
        return written(sorted);
    }

    private static String written(Map<String, JsonNode> policy) {
        try {
            return JSON.writeValueAsString(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Attributes by name, without the sign that an update puts before a name. */
    private SortedMap<String, String> attributes() throws IOException {
        SortedMap<String, String> attributes = new TreeMap<>();
        if (json.isNull()) {
            return attributes;
        }
        json.readObject(field -> {
            if (!json.isNull()) {
                attributes.put(field.startsWith(SIGN) ? field.substring(1) : field, json.text());
            }
        });
        return attributes;
    }
}
