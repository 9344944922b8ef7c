package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.QueueKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that brokers and clients of several releases have given, byte for byte. */
final class ResponseDecoderTest {
    @Test
    void offsetsOfABrokerFromWhichSomebodyPulls() throws IOException {
        Map<String, Map<String, Map<QueueKey, Long>>> groups =
                ResponseDecoder.consumerOffsets("b", answer("offsets-5.5.0"));
        assertThat(groups.get("ledger"))
                .containsOnlyKeys("payments", "refunds")
                .containsEntry("refunds", Map.of(queue(0), 8L, queue(1), 10L, queue(2), 10L, queue(3), 9L));
        assertThat(groups)
                .describedAs("what is pulled is not consumed")
                .doesNotContainKeys("TOOLS_CONSUMER", "shop-windows");
    }

    @Test
    void whatABrokerNoticesOfABroadcastingGroupIsNoGroup() {
        assertThat(ResponseDecoder.consumerOffsets("b", """
                        {"offsetTable":{"prices@windows@broadcast":{0:16},"prices@audit":{0:7}}}""".getBytes(UTF_8)))
                .isEqualTo(Map.of("audit", Map.of("prices", Map.of(queue(0), 7L))));
    }

    @Test
    void anOrderlyMemberSaysWhatItDoes() throws IOException {
        ClientReports.ClientReport member = ResponseDecoder.clientReport(answer("running-4.9.7-order-fulfilment"));
        assertThat(member.nameServers()).containsExactly("127.0.0.1:29365");
        assertThat(member.orderly()).isTrue();
        assertThat(member.queues()).containsOnlyKeys("order-events", "stock-changes", "%RETRY%order-fulfilment");
        assertThat(member.queues("stock-changes"))
                .containsOnlyKeys(own(0), own(1), own(2), own(3))
                .containsEntry(own(2), new QueuePosition(20, 0));
    }

    @Test
    void aBroadcastingMemberSaysHowFarItIs() throws IOException {
        ClientReports.ClientReport member = ResponseDecoder.clientReport(answer("running-4.7.1-shop-windows"));
        assertThat(member.orderly()).isFalse();
        assertThat(member.queues())
                .isEqualTo(Map.of(
                        "price-updates",
                        Map.of(
                                own(0), new QueuePosition(16, 0),
                                own(1), new QueuePosition(16, 0),
                                own(2), new QueuePosition(16, 0),
                                own(3), new QueuePosition(17, 0))));
    }

    @Test
    void aMemberOfALaterReleaseSaysTheSameInItsOwnWay() throws IOException {
        ClientReports.ClientReport member = ResponseDecoder.clientReport(answer("running-5.5.0-ledger"));
        assertThat(member.nameServers()).hasSize(1);
        assertThat(member.queues()).containsOnlyKeys("payments", "refunds");
        assertThat(member.queues("payments")).hasSize(4);
    }

    @Test
    void aGroupIsToldWithItsWayAndItsMembers() throws IOException {
        Clients.ConsumerGroup group = ResponseDecoder.members("source-a", answer("members-4.7.1"));
        assertThat(group.broadcasting()).isFalse();
        assertThat(group.mode()).hasValue(ConsumeMode.PUSH);
        assertThat(group.topics()).containsExactly("%RETRY%ledger", "payments", "refunds");
        assertThat(group.members().get("192.0.2.2@ledger-1")).satisfies(member -> {
            assertThat(member.client().version()).isEqualTo("4.7.1");
            assertThat(member.masters()).containsExactly("source-a");
        });
    }

    /** Level 18 of the 4.9.7 broker holds messages of which none was delivered yet. */
    @Test
    void delayLevelsOfWhichNothingWasDeliveredAreMissing() throws IOException {
        assertThat(ResponseDecoder.levels(answer("delays-4.9.7"))).containsOnlyKeys(1);
        assertThat(ResponseDecoder.levels(answer("delays-5.5.0"))).containsEntry(18, 0L);
    }

    @Test
    void theGroupsOfATopicAreThoseOfUsers() throws IOException {
        assertThat(ResponseDecoder.subscribers(answer("subscribers-4.9.7"))).containsExactly("ledger");
        assertThat(ResponseDecoder.subscribers(
                        "{\"groupList\":[\"TOOLS_CONSUMER\",\"CID_RMQ_SYS_TRANS\",\"a\"]}".getBytes(UTF_8)))
                .containsExactly("a");
        assertThat(ResponseDecoder.subscribers("{}".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void timersAreCountedByTopic() {
        assertThat(ResponseDecoder.timers("""
                        {"dataVersion":{"counter":1},"timingCount":{"a":{"count":3,"timeStamp":1},"b":{"count":0}}}""".getBytes(UTF_8))).isEqualTo(Map.of("a", 3L, "b", 0L));
        assertThat(ResponseDecoder.timers("{}".getBytes(UTF_8))).isEmpty();
    }

    private static QueueKey queue(int queue) {
        return new QueueKey("b", queue);
    }

    private static QueueKey own(int queue) {
        return new QueueKey("source-a", queue);
    }

    private static byte[] answer(String name) throws IOException {
        try (InputStream file = ResponseDecoderTest.class.getResourceAsStream("/answers/" + name + ".json")) {
            return file.readAllBytes();
        }
    }
}
