package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.remoting.Readers;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints.SandboxCluster;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.statictopic.LogicQueueMappingItem;
import org.apache.rocketmq.remoting.protocol.statictopic.TopicQueueMappingDetail;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What brokers of each release leave of a message's type once they have delivered it. */
@Tag("thorough")
final class MessageTypesIT {
    private static final String TOPIC = "everything";
    private static final int SECOND = 1_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"4.7.1, 5.1.4", "4.9.7, 5.5.0"})
    void typesAreLeftAndAKilledBrokerIsUnseen(String source, String destination) throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder, source, destination, 1, false)) {
            sandbox.kill("destination-a");
            sandbox.configure("destination-a", "timerWheelEnable", "true");
            sandbox.restart("destination-a");
            for (Side side : Side.values()) {
                SandboxCluster cluster = sandbox.endpoints().cluster(side);
                Topics.create(cluster, new TopicConfig(TOPIC, 1, 1, 6));
                send(cluster.nameServers(), side == Side.DESTINATION);
                Eventually.holds(
                        "all messages of " + side.word() + " are delivered",
                        () -> sample(sandbox, side).size() == (side == Side.SOURCE ? 4 : 7));
                MessageSample sample = sample(sandbox, side);
                assertThat(sample.types())
                        .isEqualTo(Map.of(
                                MessageType.NORMAL,
                                1,
                                MessageType.FIFO,
                                1,
                                MessageType.TRANSACTION,
                                1,
                                MessageType.DELAY,
                                side == Side.SOURCE ? 1 : 4));
                assertThat(sample.delayLevels()).containsExactly(1);
                assertThat(sample.timed()).isEqualTo(side == Side.SOURCE ? 0 : 3);
                assertThat(sample.longestTimer())
                        .isEqualTo(side == Side.SOURCE ? Duration.ZERO : Duration.ofMillis(SECOND));
                assertThat(sample.unseen()).isEmpty();
            }
            staticTopicsAreKnown(sandbox);
            try (ClusterReader reader = Readers.of(sandbox.endpoints(), Side.SOURCE)) {
                Metadata metadata = Readers.metadata(reader);
                QueueOffsets queues = reader.queueOffsets(metadata, List.of(TOPIC));
                assertThat(reader.consumerOffsets(metadata).groupsOf(TOPIC))
                        .describedAs("sampling stores no offset")
                        .isEmpty();
                sandbox.kill("source-a");
                assertThat(reader.samples(metadata, queues, List.of(TOPIC))
                                .get(TOPIC)
                                .unseen())
                        .hasValueSatisfying(why -> assertThat(why).startsWith("source-a did not return all of them ("));
            }
        }
    }

    private static void staticTopicsAreKnown(OwnSandbox sandbox) throws Exception {
        SandboxCluster cluster = sandbox.endpoints().cluster(Side.DESTINATION);
        try (AdminConnection connection = AdminConnection.open(
                        cluster.nameServers(), sandbox.endpoints().admin());
                ClusterReader reader = Readers.of(sandbox.endpoints(), Side.DESTINATION)) {
            TopicQueueMappingDetail mapping =
                    new TopicQueueMappingDetail("numbered", 1, "destination-a", System.currentTimeMillis());
            TopicQueueMappingDetail.putMappingInfo(
                    mapping,
                    0,
                    new ArrayList<>(List.of(new LogicQueueMappingItem(0, 0, "destination-a", 0, 0, -1, -1, -1))));
            connection
                    .admin()
                    .createStaticTopic(
                            cluster.brokers().get("destination-a"),
                            "TBW102",
                            new TopicConfig("numbered", 1, 1, 6),
                            mapping,
                            false);
            assertThat(Readers.metadata(reader).brokers().get("destination-a").staticTopics())
                    .containsExactly("numbered");
        }
    }

    private static MessageSample sample(OwnSandbox sandbox, Side side) throws Exception {
        try (ClusterReader reader = Readers.of(sandbox.endpoints(), side)) {
            Metadata metadata = Readers.metadata(reader);
            return reader.samples(metadata, reader.queueOffsets(metadata, List.of(TOPIC)), List.of(TOPIC))
                    .get(TOPIC);
        }
    }

    /** Sends a message of each type; brokers of 5.x also know times instead of delay levels. */
    private static void send(String nameServers, boolean timed) throws Exception {
        TransactionMQProducer producer = new TransactionMQProducer("everything-sender");
        producer.setNamesrvAddr(nameServers);
        producer.setInstanceName("everything-" + System.nanoTime());
        producer.setVipChannelEnabled(false);
        producer.setTransactionListener(new Committing());
        producer.start();
        try {
            producer.send(message());
            Message delayed = message();
            delayed.setDelayTimeLevel(1);
            producer.send(delayed);
            Message ofKey = message();
            MessageAccessor.putProperty(ofKey, MessageConst.PROPERTY_SHARDING_KEY, "key");
            producer.send(ofKey);
            producer.sendMessageInTransaction(message(), null);
            if (timed) {
                Message at = message();
                at.setDeliverTimeMs(System.currentTimeMillis() + SECOND);
                producer.send(at);
                Message seconds = message();
                seconds.setDelayTimeSec(1);
                producer.send(seconds);
                Message millis = message();
                millis.setDelayTimeMs(SECOND);
                producer.send(millis);
            }
        } finally {
            producer.shutdown();
        }
    }

    private static Message message() {
        return new Message(TOPIC, TOPIC.getBytes(UTF_8));
    }

    private static final class Committing implements TransactionListener {
        @Override
        public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
            return LocalTransactionState.COMMIT_MESSAGE;
        }

        @Override
        public LocalTransactionState checkLocalTransaction(MessageExt message) {
            return LocalTransactionState.COMMIT_MESSAGE;
        }
    }
}
