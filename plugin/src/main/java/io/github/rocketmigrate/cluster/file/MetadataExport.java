package io.github.rocketmigrate.cluster.file;

import static java.util.Comparator.comparingInt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.text.Printable;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Writes the topics and groups of a cluster in the format of {@code mqadmin exportMetadata}, without RocketMQ's own. The
 * numbers of queues are those of one broker: of the master with the most. What other masters have otherwise comes first,
 * under a name that other tools ignore.
 *
 * <p>The text depends on the settings only: the same cluster has the same text.
 */
public final class MetadataExport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Metadata metadata;

    private MetadataExport(Metadata metadata) {
        this.metadata = metadata;
    }

    /** The text for a cluster. */
    public static String text(Metadata metadata) {
        return new MetadataExport(metadata).text();
    }

    private String text() {
        SortedMap<String, TopicSettings> topics =
                table(metadata.topics(), metadata::topic, comparingInt(TopicSettings::queues));
        SortedMap<String, GroupSettings> groups =
                table(metadata.groups(), metadata::group, comparingInt(GroupSettings::retryQueues));
        ObjectNode root = JSON.createObjectNode();
        ObjectNode own = root.putObject(MetadataFileParser.EXPORTED);
        own.put("schemaVersion", MetadataFileParser.SCHEMA_VERSION);
        own.put("cluster", metadata.cluster());
        ObjectNode brokers = own.putObject("brokers");
        metadata.masters().forEach(broker -> {
            ObjectNode one = brokers.putObject(broker.name());
            one.put("version", broker.version().toString());
            putDifferences(one, MetadataFileParser.TOPICS, topics, broker.topics(), MetadataExport::topic);
            putDifferences(one, MetadataFileParser.GROUPS, groups, broker.groups(), MetadataExport::group);
        });
        ObjectNode groupTable = root.putObject(MetadataFileParser.GROUPS);
        groups.forEach((name, settings) -> groupTable.set(name, group(name, settings)));
        ObjectNode topicTable = root.putObject(MetadataFileParser.TOPICS);
        topics.forEach((name, settings) -> topicTable.set(name, topic(name, settings)));
        return Printable.json(written(root)) + "\n";
    }

    /** The settings of each object at the master with the most queues; of several, at the first. */
    private static <T extends ObjectSettings> SortedMap<String, T> table(
            SortedSet<String> names, Function<String, SortedMap<String, T>> settings, Comparator<T> order) {
        SortedMap<String, T> table = new TreeMap<>();
        for (String name : names) {
            settings.apply(name).values().stream()
                    .reduce((first, second) -> order.compare(second, first) > 0 ? second : first)
                    .ifPresent(most -> table.put(name, most));
        }
        return table;
    }

    private static <T> void putDifferences(
            ObjectNode broker,
            String field,
            SortedMap<String, T> table,
            Map<String, T> has,
            BiFunction<String, T, ObjectNode> writing) {
        ObjectNode differences = JSON.createObjectNode();
        table.forEach((name, settings) -> {
            T own = has.get(name);
            if (own == null) {
                differences.putNull(name);
            } else if (!own.equals(settings)) {
                differences.set(name, writing.apply(name, own));
            }
        });
        if (!differences.isEmpty()) {
            broker.set(field, differences);
        }
    }

    private static ObjectNode topic(String name, TopicSettings topic) {
        ObjectNode json = JSON.createObjectNode();
        putAttributes(json, topic.attributes());
        return json.put("order", topic.order())
                .put("perm", topic.access().inPermission(0))
                .put("readQueueNums", topic.readQueues())
                .put("topicFilterType", "SINGLE_TAG")
                .put("topicName", name)
                .put("topicSysFlag", topic.systemFlag())
                .put("writeQueueNums", topic.writeQueues());
    }

    private static ObjectNode group(String name, GroupSettings group) {
        ObjectNode json = JSON.createObjectNode();
        putAttributes(json, group.attributes());
        json.put("brokerId", group.broker())
                .put("consumeBroadcastEnable", group.broadcast())
                .put("consumeEnable", group.enabled())
                .put("consumeFromMinEnable", group.fromFirst())
                .put("consumeMessageOrderly", group.order() == ConsumeOrder.ORDERLY)
                .put("consumeTimeoutMinute", group.timeoutMinutes())
                .put("groupName", name);
        if (!group.retryPolicy().isEmpty()) {
            try {
                json.set("groupRetryPolicy", JSON.readTree(group.retryPolicy()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        return json.put("groupSysFlag", group.systemFlag())
                .put("notifyConsumerIdsChangedEnable", group.notified())
                .put("retryMaxTimes", group.retries())
                .put("retryQueueNums", group.retryQueues())
                .put("whichBrokerWhenConsumeSlowly", group.slowBroker());
    }

    /** Only 5.x has them. */
    private static void putAttributes(ObjectNode json, SortedMap<String, String> attributes) {
        if (!attributes.isEmpty()) {
            ObjectNode object = json.putObject("attributes");
            attributes.forEach(object::put);
        }
    }

    private static String written(ObjectNode root) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try {
            return JSON.writer(
                            new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
                    .writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
