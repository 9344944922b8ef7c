package io.github.rocketmigrate.cluster.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of every origin. */
final class MetadataFilesTest {
    /** As a 4.9 broker stores it, with its own topics. */
    private static final String STORE_TOPICS = """
            {
            \t"dataVersion":{
            \t\t"counter":5,
            \t\t"timestamp":1795950000000
            \t},
            \t"topicConfigTable":{
            \t\t"orders":{
            \t\t\t"order":true,
            \t\t\t"perm":4,
            \t\t\t"readQueueNums":8,
            \t\t\t"topicFilterType":"SINGLE_TAG",
            \t\t\t"topicName":"orders",
            \t\t\t"topicSysFlag":1,
            \t\t\t"writeQueueNums":4
            \t\t},
            \t\t"TBW102":{"order":false,"perm":7,"readQueueNums":8,"topicFilterType":"SINGLE_TAG","topicName":"TBW102","topicSysFlag":0,"writeQueueNums":8},
            \t\t"shop-cluster":{"order":false,"perm":7,"readQueueNums":16,"topicFilterType":"SINGLE_TAG","topicName":"shop-cluster","topicSysFlag":0,"writeQueueNums":16},
            \t\t"shop-a":{"order":false,"perm":7,"readQueueNums":1,"topicFilterType":"SINGLE_TAG","topicName":"shop-a","topicSysFlag":0,"writeQueueNums":1},
            \t\t"shop-cluster_REPLY_TOPIC":{"order":false,"perm":6,"readQueueNums":1,"topicFilterType":"SINGLE_TAG","topicName":"shop-cluster_REPLY_TOPIC","topicSysFlag":0,"writeQueueNums":1}
            \t}
            }
            """;

    /** As a 5.x broker stores it. */
    private static final String STORE_GROUPS = """
            {"dataVersion":{"counter":1,"stateVersion":0,"timestamp":1795950000000},
             "forbiddenTable":{"audit":{"orders":1}},
             "subscriptionGroupTable":{"audit":{
              "attributes":{"+priority.factor":"1"},"brokerId":0,"consumeBroadcastEnable":false,"consumeEnable":true,
              "consumeFromMinEnable":false,"consumeMessageOrderly":true,"consumeTimeoutMinute":20,
              "groupName":"audit","groupRetryPolicy":{"type":"CUSTOMIZED"},"groupSysFlag":2,
              "notifyConsumerIdsChangedEnable":false,"retryMaxTimes":3,"retryQueueNums":2,
              "subscriptionDataSet":null,"whichBrokerWhenConsumeSlowly":1}}}
            """;

    private static final String TWO_TOPICS = """
            "topicConfigTable":{
             "orders":{"perm":6,"readQueueNums":8,"writeQueueNums":8,"topicName":"orders","attributes":{"message.type":"FIFO"}},
             "mail":{"perm":6,"readQueueNums":4,"writeQueueNums":4,"topicName":"mail"}}""";

    private static final String ONE_GROUP =
            "\"subscriptionGroupTable\":{\"audit\":{\"groupName\":\"audit\",\"retryQueueNums\":1}}";

    @TempDir
    private Path folder;

    private Path write(String name, String text, Charset charset) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, text.getBytes(charset));
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text, StandardCharsets.UTF_8);
    }

    private StoredCluster read(OptionalInt masters, String... names) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(name, folder.resolve(name));
        }
        return StoredCluster.read(files, masters);
    }

    private StoredCluster read(String... names) {
        return read(OptionalInt.empty(), names);
    }

    private static Metadata metadata(StoredCluster stored) {
        MetadataFiles files = MetadataFiles.of(stored, Optional.empty(), List.of());
        return files.metadata(files.nameServers(), Set.of());
    }

    @Test
    void theStoreOfABrokerNamesItAndItsCluster() throws IOException {
        write("store/config/topics.json", STORE_TOPICS);
        write("store/config/subscriptionGroup.json", STORE_GROUPS);
        Metadata metadata = metadata(read("store/config"));
        assertThat(metadata.cluster()).isEqualTo("shop-cluster");
        assertThat(metadata.brokers()).containsOnlyKeys("shop-a");
        assertThat(metadata.topics()).containsExactly("orders");
        assertThat(metadata.topic("orders"))
                .containsEntry("shop-a", new TopicSettings(8, 4, Access.READ, true, 1, new TreeMap<>()));
        assertThat(metadata.group("audit"))
                .containsEntry(
                        "shop-a",
                        new GroupSettings(
                                true,
                                false,
                                false,
                                ConsumeOrder.ORDERLY,
                                2,
                                3,
                                0,
                                1,
                                false,
                                2,
                                20,
                                "",
                                new TreeMap<>(Map.of("priority.factor", "1"))));
        assertThat(metadata.isRouted("orders")).isTrue();
    }

    @Test
    void theFilesOfEachBrokerHaveTheirOwnNumbers() throws IOException {
        for (String broker : List.of("a", "b")) {
            write(broker + "/topic.json", "{" + TWO_TOPICS.replace(":8", broker.equals("a") ? ":8" : ":2") + "}");
            write(broker + "/subscriptionGroup.json", "{" + ONE_GROUP + "}");
        }
        Metadata metadata = metadata(read("a", "b/topic.json", "b/subscriptionGroup.json"));
        assertThat(metadata.cluster()).isEqualTo(StoredCluster.UNNAMED);
        assertThat(metadata.topic("orders").get("a").queues()).isEqualTo(8);
        assertThat(metadata.topic("orders").get("b").queues()).isEqualTo(2);
        assertThat(metadata.topic("orders").get("b").type()).isEqualTo("FIFO");
    }

    @Test
    void aSumNeedsTheNumberOfMasters() throws IOException {
        write("metadata.json", "{\"exportTime\":1795950000000," + TWO_TOPICS + "," + ONE_GROUP + "}");
        assertThatThrownBy(() -> read("metadata.json"))
                .isInstanceOf(Fault.class)
                .hasMessage(
                        "metadata.json is of mqadmin exportMetadata -c, which adds up the queues of all masters of the"
                                + " cluster, and does not say how many there are.");
        Metadata metadata = metadata(read(OptionalInt.of(4), "metadata.json"));
        assertThat(metadata.brokers()).hasSize(4);
        assertThat(metadata.topic("orders").values()).allMatch(topic -> topic.queues() == 2);
        assertThat(metadata.group("audit").values()).allMatch(group -> group.retryQueues() == 1);
        assertThatThrownBy(() -> read(OptionalInt.of(3), "metadata.json"))
                .isInstanceOf(Fault.class)
                .hasMessage("In metadata.json, the queues of topics mail, orders are sums that 3 masters with equal"
                        + " numbers cannot have.");
    }

    /** {@code export.sh} joins three files, and one of them says how many masters there are. */
    @Test
    void theJoinedFormSaysWhatItsSumsAreOf() throws IOException {
        write(
                "rocketmq-metadata-export.json",
                "{\"configs\": {\"brokerConfigs\":{"
                        + "\"broker-a\":{\"brokerClusterName\":\"DefaultCluster\",\"brokerName\":\"broker-a\"},"
                        + "\"broker-b\":{\"brokerClusterName\":\"DefaultCluster\",\"brokerName\":\"broker-b\"}},"
                        + "\"clusterScale\":{\"namesrvSize\":1,\"masterBrokerSize\":2,\"slaveBrokerSize\":0}},"
                        + "\"metadata\": {\"exportTime\":1," + TWO_TOPICS + "," + ONE_GROUP + "},"
                        + "\"metrics\": {\"evaluateReport\":{\"broker-a\":{\"runtimeEnv\":{}}}}}");
        Metadata metadata = metadata(read("rocketmq-metadata-export.json"));
        assertThat(metadata.cluster()).isEqualTo("DefaultCluster");
        assertThat(metadata.brokers()).containsOnlyKeys("broker-a", "broker-b");
        assertThat(metadata.topic("orders").get("broker-b").queues()).isEqualTo(4);
    }

    @Test
    void linesOfRocksDbAreRead() throws IOException {
        write("topics.txt", """
                1, Key: mail, Value: {"order":false,"perm":6,"readQueueNums":4,"topicName":"mail","writeQueueNums":4}
                2, Key: audit, Value: {"groupName":"audit","retryMaxTimes":3}
                """);
        Metadata metadata = metadata(read("topics.txt"));
        assertThat(metadata.topics()).containsExactly("mail");
        assertThat(metadata.group("audit").values()).allMatch(group -> group.retries() == 3);
        write("topics.txt", "1, Key: mail, Value: {\"perm\":6,\"readQueueNums\":x}\n");
        assertThatThrownBy(() -> read("topics.txt")).hasMessageStartingWith("topics.txt:1:");
        write("topics.txt", "1 mail\n");
        assertThatThrownBy(() -> read("topics.txt"))
                .hasMessage("topics.txt:1:1: it is neither JSON nor a line of mqadmin exportMetadataInRocksDB.");
    }

    /** RocketMQ's JSON library leaves the quotes of numbers away, and other releases add fields. */
    @Test
    void theDialectOfBrokersIsRead() throws IOException {
        write(
                "metadata.json",
                "{\"topicQueueMappingDetailMap\":{0:{1:[2,-3]}},\"future\":[{}]," + TWO_TOPICS + "," + ONE_GROUP + "}");
        assertThat(metadata(read("metadata.json")).topics()).containsExactly("mail", "orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void everyEncodingOfUnicodeIsRead(String charset) throws IOException {
        String text = "{" + TWO_TOPICS + "," + ONE_GROUP + "}";
        for (String mark : List.of("", "\uFEFF")) {
            write("metadata.json", mark + text, Charset.forName(charset));
            assertThat(metadata(read("metadata.json")).topics()).containsExactly("mail", "orders");
        }
    }

    @Test
    void theExportedBrokersDifferFromTheTables() throws IOException {
        write(
                "source.json",
                "{" + TWO_TOPICS + "," + ONE_GROUP
                        + ",\"migrate\":{\"schemaVersion\":1,\"cluster\":\"old\",\"brokers\":{"
                        + "\"old-a\":{\"version\":\"4.9.7\"},"
                        + "\"old-b\":{\"version\":\"4.9.8\",\"topicConfigTable\":{\"mail\":null,"
                        + "\"orders\":{\"perm\":4,\"readQueueNums\":2,\"writeQueueNums\":2}},"
                        + "\"subscriptionGroupTable\":{\"audit\":null}}}}}");
        Metadata metadata = metadata(read("source.json"));
        assertThat(metadata.cluster()).isEqualTo("old");
        assertThat(metadata.versions()).extracting(ServerVersion::toString).containsExactly("4.9.7", "4.9.8");
        assertThat(metadata.topic("mail")).containsOnlyKeys("old-a");
        assertThat(metadata.topic("orders").get("old-b").queues()).isEqualTo(2);
        assertThat(metadata.group("audit")).containsOnlyKeys("old-a");
    }

    @Test
    void whatNeedsLifeIsNotInvented() throws IOException {
        write("metadata.json", "{" + TWO_TOPICS + "," + ONE_GROUP + "}");
        MetadataFiles files = MetadataFiles.of(
                read("metadata.json"), Optional.of("old"), List.of("10.0.0.11:9876", "10.0.0.12:9876"));
        Metadata metadata = files.metadata(files.nameServers(), Set.of());
        assertThat(metadata.nameServers()).hasSize(2);
        assertThat(metadata.cluster()).isEqualTo("old");
        assertThat(metadata.masters()).extracting(Broker::version).containsExactly(ServerVersion.UNKNOWN);
        assertThat(ServerVersion.UNKNOWN).hasToString("version unknown");
        assertThatThrownBy(() -> files.consumerOffsets(metadata))
                .hasMessage("metadata.json does not show which groups consume which topics.");
    }
}
