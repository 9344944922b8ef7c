package io.github.rocketmigrate.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Mqadmin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** RocketMQ's own tool says what is in the destination after {@code apply}; it shares no code with us. */
final class Witness {
    private static final int READ_AND_WRITE = 6;

    private final Endpoints endpoints;
    private final List<Path> jars;
    private final Path home;

    /**
     * The tool, which keeps its files in {@code home}.
     *
     * @param jars that it is in, with all that it needs
     */
    Witness(Endpoints endpoints, List<Path> jars, Path home) {
        this.endpoints = requireNonNull(endpoints, "endpoints is null");
        this.jars = List.copyOf(jars);
        this.home = requireNonNull(home, "home is null");
    }

    /** Clients of the destination find a topic with four queues of one broker, which may be read and written. */
    void seesTheRouteOf(String topic, String broker) throws IOException, InterruptedException {
        Endpoints.SandboxCluster cluster =
                endpoints.cluster(broker.startsWith("source") ? Side.SOURCE : Side.DESTINATION);
        assertThat(mqadmin(Side.DESTINATION, "topicRoute", "-t", topic)
                        .printed()
                        .replaceAll("\\s", ""))
                .contains("\"brokerAddrs\":{0:\"" + cluster.brokers().get(broker) + "\"}")
                .contains("\"queueDatas\":[{\"brokerName\":\"" + broker + "\",\"perm\":" + READ_AND_WRITE
                        + ",\"readQueueNums\":4,\"topicSysFlag\":0,\"writeQueueNums\":4}]");
    }

    /** The destination has the topics and groups of a plan and no others, as the plan says or else as the source. */
    void seesWhatIsPlanned(Path plan) throws IOException, InterruptedException {
        // Side by side: each takes seconds, most of which it sleeps.
        Mqadmin ofSource = export(Side.SOURCE);
        Mqadmin ofDestination = export(Side.DESTINATION);
        JsonNode source = exported(Side.SOURCE, ofSource);
        JsonNode destination = exported(Side.DESTINATION, ofDestination);
        Map<String, String> topics = new TreeMap<>();
        Map<String, String> groups = new TreeMap<>();
        for (JsonNode batch : new YAMLMapper().readTree(plan.toFile()).path("batches")) {
            for (JsonNode topic : batch.path("topics")) {
                String name = topic.path("name").asText();
                JsonNode was = source.path("topicConfigTable").path(name);
                int queues =
                        topic.path("queues").asInt(was.path("writeQueueNums").asInt());
                topics.put(name, topic(queues, queues, was.path("perm"), was.path("order"), topic.path("type")));
            }
            for (JsonNode group : batch.path("groups")) {
                String name = group.path("name").asText();
                JsonNode was = source.path("subscriptionGroupTable").path(name);
                groups.put(
                        name,
                        group(
                                group.path("order").asText().equals("ORDERLY"),
                                group.path("retries")
                                        .asInt(was.path("retryMaxTimes").asInt()),
                                was.path("consumeBroadcastEnable"),
                                was.path("consumeFromMinEnable")));
            }
        }
        assertThat(found(destination.path("topicConfigTable"), Witness::topic)).isEqualTo(topics);
        assertThat(found(destination.path("subscriptionGroupTable"), Witness::group))
                .isEqualTo(groups);
    }

    private interface Words {
        String of(JsonNode object);
    }

    private static Map<String, String> found(JsonNode table, Words words) {
        Map<String, String> found = new TreeMap<>();
        table.properties().forEach(entry -> found.put(entry.getKey(), words.of(entry.getValue())));
        return found;
    }

    private static String topic(JsonNode topic) {
        return topic(
                topic.path("readQueueNums").asInt(),
                topic.path("writeQueueNums").asInt(),
                topic.path("perm"),
                topic.path("order"),
                topic.path("attributes").path("message.type"));
    }

    private static String topic(int readable, int writable, JsonNode perm, JsonNode order, JsonNode type) {
        return "queues " + readable + "/" + writable + ", perm " + perm.asInt(-1) + ", order " + order.asText("?")
                + ", type " + type.asText("?");
    }

    private static String group(JsonNode group) {
        return group(
                group.path("consumeMessageOrderly").asBoolean(),
                group.path("retryMaxTimes").asInt(),
                group.path("consumeBroadcastEnable"),
                group.path("consumeFromMinEnable"));
    }

    private static String group(boolean orderly, int retries, JsonNode broadcast, JsonNode fromFirst) {
        return "orderly " + orderly + ", retries " + retries + ", broadcast " + broadcast.asText("?") + ", from first "
                + fromFirst.asText("?");
    }

    private Mqadmin export(Side side) throws IOException {
        return mqadmin(
                side,
                "exportMetadata",
                "-c",
                endpoints.cluster(side).name(),
                "-f",
                folder(side).toString());
    }

    private JsonNode exported(Side side, Mqadmin mqadmin) throws IOException, InterruptedException {
        assertThat(mqadmin.printed()).contains("success");
        return new ObjectMapper().readTree(folder(side).resolve("metadata.json").toFile());
    }

    private Path folder(Side side) {
        return home.resolve("exported-" + side.word());
    }

    private Mqadmin mqadmin(Side side, String... command) throws IOException {
        return Mqadmin.start(
                jars,
                home.resolve(command[0] + "-" + side.word()),
                endpoints.cluster(side),
                endpoints.admin(),
                command);
    }
}
