package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.ConsumeOrder;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reports of clients of several releases, byte for byte. */
final class ClientDecoderTest {
    @Test
    void anOrderlyMemberReportsItsQueues() throws IOException {
        ClientReport member = ClientDecoder.report(RecordedAnswers.read("running-4.9.7-order-fulfilment"));
        assertThat(member.nameServers()).containsExactly("127.0.0.1:29365");
        assertThat(member.order()).hasValue(ConsumeOrder.ORDERLY);
        assertThat(member.queues()).containsOnlyKeys("order-events", "stock-changes", "%RETRY%order-fulfilment");
        assertThat(member.queues("stock-changes"))
                .containsOnlyKeys(queue(0), queue(1), queue(2), queue(3))
                .containsEntry(queue(2), new QueuePosition(20, 0));
    }

    @Test
    void aBroadcastingMemberReportsItsOffsets() throws IOException {
        ClientReport member = ClientDecoder.report(RecordedAnswers.read("running-4.7.1-shop-windows"));
        assertThat(member.order()).hasValue(ConsumeOrder.CONCURRENT);
        assertThat(member.queues())
                .isEqualTo(Map.of(
                        "price-updates",
                        Map.of(
                                queue(0), new QueuePosition(16, 0),
                                queue(1), new QueuePosition(16, 0),
                                queue(2), new QueuePosition(16, 0),
                                queue(3), new QueuePosition(17, 0))));
    }

    @Test
    void aMemberOfALaterReleaseReportsTheSameInAnotherForm() throws IOException {
        ClientReport member = ClientDecoder.report(RecordedAnswers.read("running-5.5.0-ledger"));
        assertThat(member.nameServers()).hasSize(1);
        assertThat(member.queues()).containsOnlyKeys("payments", "refunds");
        assertThat(member.queues("payments")).hasSize(4);
    }

    /** It has no listener. */
    @Test
    void aMemberThatPullsReportsNoOrder() {
        ClientReport member = ClientDecoder.report(
                "{\"properties\":{\"PROP_NAMESERVER_ADDR\":\"10.0.0.11:9876\"},\"mqTable\":{}}".getBytes(UTF_8));
        assertThat(member.nameServers()).containsExactly("10.0.0.11:9876");
        assertThat(member.order()).isEmpty();
    }

    /** Brokers call such a member one that pulls, or one that pushes. */
    @Test
    void aMemberToWhichBrokersHandOutMessagesSaysSo() {
        ClientReport member = ClientDecoder.report("""
                {"properties":{"PROP_NAMESERVER_ADDR":"10.0.0.11:9876"},"mqTable":{},
                 "mqPopTable":{{"brokerName":"source-a","queueId":3,"topic":"payments"}:{"lastPopTimestamp":1}}}
                """.getBytes(UTF_8));
        assertThat(member.queues("payments")).isEqualTo(Map.of(queue(3), QueuePosition.ofPop()));
        assertThat(member.pops("payments")).isTrue();
        assertThat(member.pops("refunds")).isFalse();
    }

    @Test
    void aGroupSaysWhereItBeginsWithoutOffsets() {
        String members = """
                {"connectionSet":[],"consumeFromWhere":"CONSUME_FROM_FIRST_OFFSET","consumeType":"CONSUME_PASSIVELY",
                 "messageModel":"BROADCASTING","subscriptionTable":{}}
                """;
        assertThat(ClientDecoder.group("source-a", members.getBytes(UTF_8)).beginsAtFirst())
                .isTrue();
    }

    @Test
    void aGroupHasItsModeItsTopicsAndItsMembers() throws IOException {
        ConsumerGroup group = ClientDecoder.group("source-a", RecordedAnswers.read("members-4.7.1"));
        assertThat(group.broadcasting()).isFalse();
        assertThat(group.beginsAtFirst()).isFalse();
        assertThat(group.mode()).hasValue(ConsumeMode.PUSH);
        assertThat(group.topics()).containsExactly("%RETRY%ledger", "payments", "refunds");
        assertThat(group.members().get("192.0.2.2@ledger-1")).satisfies(member -> {
            assertThat(member.client().version()).isEqualTo("4.7.1");
            assertThat(member.masters()).containsExactly("source-a");
        });
    }

    private static QueueKey queue(int queue) {
        return new QueueKey("source-a", queue);
    }
}
