package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.remoting.Readers;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.wire.AdminConnection;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.admin.ConsumeStats;
import org.apache.rocketmq.remoting.protocol.admin.TopicOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The content of a seeded sandbox, as RocketMQ's own admin client reads it. */
@ExtendWith(SandboxExtension.class)
final class ShopIT {
    @Test
    void bothClustersAnswerWithTheirBrokersAndVersions(Endpoints endpoints) throws Exception {
        Metadata source = look(endpoints, Side.SOURCE);
        assertThat(source.brokers().keySet()).containsExactly("source-a");
        assertThat(source.versions()).containsExactly(new ServerVersion(4, 9, 7));
        assertThat(source.topics()).hasSize(10);
        assertThat(source.groups()).hasSize(8);

        Metadata destination = look(endpoints, Side.DESTINATION);
        assertThat(destination.brokers().keySet()).containsExactly("destination-a");
        assertThat(destination.versions()).containsExactly(new ServerVersion(5, 5, 0));
        assertThat(destination.topics()).isEmpty();
        assertThat(destination.groups()).isEmpty();
    }

    @Test
    void everyTopicHasItsMessages(Endpoints endpoints) throws Exception {
        try (AdminConnection source = connect(endpoints)) {
            for (Shop.ShopTopic topic : Shop.TOPICS) {
                int due = topic.messages() - topic.delayed();
                assertThat(messages(source, broker(endpoints), topic.name()))
                        .describedAs(topic.name())
                        .isEqualTo(due);
            }
        }
    }

    @Test
    void delayedMessagesAndOneHalfMessageArePending(Endpoints endpoints) throws Exception {
        try (AdminConnection source = connect(endpoints)) {
            long delayed =
                    Shop.TOPICS.stream().mapToInt(Shop.ShopTopic::delayed).sum();
            MessageQueue twoHours = new MessageQueue("SCHEDULE_TOPIC_XXXX", "source-a", Shop.LONG_DELAY - 1);
            assertThat(source.admin()
                            .examineTopicStats(broker(endpoints), twoHours.getTopic())
                            .getOffsetTable()
                            .get(twoHours)
                            .getMaxOffset())
                    .isEqualTo(delayed);
            // 4.9.7 has no configuration for its system topics, and therefore returns no statistics for them.
            long prepared = written(source, broker(endpoints), "RMQ_SYS_TRANS_HALF_TOPIC");
            long ended = written(source, broker(endpoints), "RMQ_SYS_TRANS_OP_HALF_TOPIC");
            assertThat(prepared - ended).isPositive();
        }
    }

    private static long written(AdminConnection connection, String broker, String topic) throws Exception {
        return connection
                .admin()
                .getDefaultMQAdminExtImpl()
                .getMqClientInstance()
                .getMQClientAPIImpl()
                .getMaxOffset(broker, new MessageQueue(topic, "source-a", 0), 10_000);
    }

    @Test
    void groupsHaveTheirBacklog(Endpoints endpoints) throws Exception {
        try (AdminConnection source = connect(endpoints)) {
            for (Shop.ShopGroup group : Shop.GROUPS) {
                if (group.broadcasting()) {
                    continue;
                }
                for (String topic : group.topics()) {
                    ConsumeStats stats =
                            source.admin().examineConsumeStats(broker(endpoints), group.name(), topic, 10_000);
                    assertThat(stats.computeTotalDiff())
                            .describedAs("%s on %s", group.name(), topic)
                            .isEqualTo(group.behind());
                }
            }
        }
    }

    private static long messages(AdminConnection connection, String broker, String topic) throws Exception {
        return connection.admin().examineTopicStats(broker, topic).getOffsetTable().values().stream()
                .mapToLong(TopicOffset::getMaxOffset)
                .sum();
    }

    private static Metadata look(Endpoints endpoints, Side side) throws InterruptedException {
        try (ClusterReader reader = Readers.of(endpoints, side)) {
            return Readers.metadata(reader);
        }
    }

    private static AdminConnection connect(Endpoints endpoints) {
        return AdminConnection.open(endpoints.cluster(Side.SOURCE).nameServers(), endpoints.admin());
    }

    private static String broker(Endpoints endpoints) {
        return endpoints.cluster(Side.SOURCE).brokers().get("source-a");
    }
}
