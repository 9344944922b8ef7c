package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.QueueKey;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers of brokers of several releases, byte for byte. */
final class BrokerDecoderTest {
    @Test
    void offsetsOfABrokerWithPullConsumersLeaveOutTheirTables() throws IOException {
        Map<String, Map<String, Map<QueueKey, Long>>> groups =
                BrokerDecoder.consumerOffsets("b", RecordedAnswers.read("offsets-5.5.0"));
        assertThat(groups.get("ledger"))
                .containsOnlyKeys("payments", "refunds")
                .containsEntry("refunds", Map.of(queue(0), 8L, queue(1), 10L, queue(2), 10L, queue(3), 9L));
        assertThat(groups)
                .describedAs("pulled offsets are not consumer offsets")
                .doesNotContainKeys("TOOLS_CONSUMER", "shop-windows");
    }

    @Test
    void offsetsThatABrokerObservesOfABroadcastingGroupAreLeftOut() {
        assertThat(BrokerDecoder.consumerOffsets("b", """
                        {"offsetTable":{"prices@windows@broadcast":{0:16},"prices@audit":{0:7}}}""".getBytes(UTF_8)))
                .isEqualTo(Map.of("audit", Map.of("prices", Map.of(queue(0), 7L))));
    }

    @Test
    void settingsSayWhereABrokerGetsItsNameServersFrom() {
        assertThat(BrokerSettingsDecoder.settings("""
                        namesrvAddr=mq.shop:9876
                        fetchNameSrvAddrByDnsLookup=true
                        fetchNamesrvAddrByAddressServer=false
                        rmqAddressServerDomain=names.shop
                        rmqAddressServerSubGroup=nsaddr4broker
                        storePathRootDir=/data
                        """.getBytes(UTF_8)))
                .containsOnlyKeys(
                        "namesrvAddr",
                        "fetchNameSrvAddrByDnsLookup",
                        "fetchNamesrvAddrByAddressServer",
                        "rmqAddressServerDomain",
                        "rmqAddressServerSubGroup");
    }

    /** Level 18 of the 4.9.7 broker holds messages and has delivered none. */
    @Test
    void aDelayLevelThatHasDeliveredNothingIsMissing() throws IOException {
        assertThat(BrokerDecoder.levels(RecordedAnswers.read("delays-4.9.7"))).containsOnlyKeys(1);
        assertThat(BrokerDecoder.levels(RecordedAnswers.read("delays-5.5.0"))).containsEntry(18, 0L);
    }

    @Test
    void theGroupsOfATopicLeaveOutSystemGroups() throws IOException {
        assertThat(BrokerDecoder.subscribers(RecordedAnswers.read("subscribers-4.9.7")))
                .containsExactly("ledger");
        assertThat(BrokerDecoder.subscribers(
                        "{\"groupList\":[\"TOOLS_CONSUMER\",\"CID_RMQ_SYS_TRANS\",\"a\"]}".getBytes(UTF_8)))
                .containsExactly("a");
        assertThat(BrokerDecoder.subscribers("{}".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void timedMessagesAreCountedByTopic() {
        assertThat(BrokerDecoder.timers("""
                        {"dataVersion":{"counter":1},"timingCount":{"a":{"count":3,"timeStamp":1},"b":{"count":0}}}""".getBytes(UTF_8))).isEqualTo(Map.of("a", 3L, "b", 0L));
        assertThat(BrokerDecoder.timers("{}".getBytes(UTF_8))).isEmpty();
    }

    private static QueueKey queue(int queue) {
        return new QueueKey("b", queue);
    }

    /** As brokers of 5.1.4 and 5.5.0 write it: the numbers of queues are names without quotes. */
    @Test
    void staticTopicsAreKnownAndHideNoOthers() {
        byte[] answer = """
                {"dataVersion":{"counter":3},"topicConfigTable":{"numbered":{"perm":6,"readQueueNums":1,"writeQueueNums":1},
                "orders":{"perm":6,"readQueueNums":4,"writeQueueNums":4}},"topicQueueMappingDetailMap":{"numbered":{
                "bname":"new-a","currIdMap":{0:0},"hostedQueues":{0:[{"bname":"new-a","gen":0}],12:[]},"totalQueues":1}}}
                """.getBytes(UTF_8);
        assertThat(BrokerDecoder.topics(answer)).containsOnlyKeys("numbered", "orders");
        assertThat(BrokerDecoder.staticTopics(answer)).containsExactly("numbered");
        assertThat(BrokerDecoder.staticTopics("{\"topicConfigTable\":{}}".getBytes(UTF_8)))
                .isEmpty();
    }
}
