package io.github.rocketmigrate.cluster.remoting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

/** One broker whose queues have 100 messages each. */
final class SampleReadingTest {
    private static final int LAST = 100;
    private static final int MEBIBYTE = 1 << 20;

    private final List<Map<String, String>> pulls = Collections.synchronizedList(new ArrayList<>());
    private LongFunction<MessageExt> messages = offset -> message(1);
    private boolean denies;

    @Test
    void theNewest64MessagesOfEachQueueAreRead() throws Exception {
        MessageSample sample = sample(2).get("orders-0");
        assertThat(sample.types()).isEqualTo(Map.of(MessageType.NORMAL, 128));
        assertThat(sample.unseen()).isEmpty();
        assertThat(pulls)
                .hasSize(4)
                .allSatisfy(pull -> assertThat(pull)
                        .containsEntry("consumerGroup", "TOOLS_CONSUMER")
                        .containsEntry("commitOffset", "0"))
                .extracting(pull -> pull.get("queueOffset"))
                .containsExactlyInAnyOrder("36", "36", "68", "68");
    }

    @Test
    void whatIsLeftOfTheTypeIsCounted() throws Exception {
        messages = offset -> switch ((int) (offset % 8)) {
            case 0 -> withFlag(message(1), MessageSysFlag.TRANSACTION_COMMIT_TYPE);
            case 1 -> with(message(1), MessageConst.PROPERTY_DELAY_TIME_LEVEL, "3");
            case 2 -> with(message(1), MessageConst.PROPERTY_TIMER_DELIVER_MS, "1796014089031");
            case 3 -> with(message(1), MessageConst.PROPERTY_TIMER_DELAY_SEC, "3");
            case 4 -> with(message(1), MessageConst.PROPERTY_TIMER_DELAY_MS, "3000");
            case 5 -> with(message(1), MessageConst.PROPERTY_SHARDING_KEY, "key");
            default -> message(1);
        };
        MessageSample sample = sample(1).get("orders-0");
        assertThat(sample.types())
                .isEqualTo(Map.of(
                        MessageType.TRANSACTION,
                        8,
                        MessageType.DELAY,
                        32,
                        MessageType.FIFO,
                        8,
                        MessageType.NORMAL,
                        16));
        assertThat(sample.delayLevels()).containsExactly(3);
        assertThat(sample.timed()).isEqualTo(24);
    }

    /** A producer that asks for a time asks a moment later than it computed it. */
    @Test
    void theDelayOfATimedMessageIsFromItsBirthToTheSecond() throws Exception {
        messages = offset -> {
            MessageExt message = message(1);
            message.setBornTimestamp(1_796_000_000_003L);
            return with(message, MessageConst.PROPERTY_TIMER_DELIVER_MS, "1796007200000");
        };
        assertThat(sample(1).get("orders-0").longestTimer()).isEqualTo(Duration.ofHours(2));
        messages = offset -> with(message(1), MessageConst.PROPERTY_TIMER_DELAY_SEC, "7200");
        assertThat(sample(1).get("orders-0").longestTimer()).isEqualTo(Duration.ofHours(2));
    }

    /** An application that passes a message on copies its properties; the flags come from the broker. */
    @Test
    void thePropertyOfATransactionAloneMakesNone() throws Exception {
        messages = offset -> with(message(1), MessageConst.PROPERTY_TRANSACTION_PREPARED, "true");
        assertThat(sample(1).get("orders-0").types()).containsOnlyKeys(MessageType.NORMAL);
    }

    @Test
    void aQueueWithLargeMessagesIsNotReadToItsEnd() throws Exception {
        messages = offset -> message(MEBIBYTE / 16);
        MessageSample sample = sample(1).get("orders-0");
        assertThat(pulls).hasSize(1);
        assertThat(sample.size()).isEqualTo(32);
        assertThat(sample.largest()).isBetween(MEBIBYTE / 16, MEBIBYTE / 16 + 1_000);
        assertThat(sample.unseen()).isEmpty();
    }

    @Test
    void topicsAreSampledInTurn() throws Exception {
        assertThat(sample(1, 45))
                .hasSize(45)
                .allSatisfy((topic, sample) -> assertThat(sample.size()).isEqualTo(64));
    }

    @Test
    void whatABrokerDeniesIsUnseen() throws Exception {
        denies = true;
        MessageSample sample = sample(1).get("orders-0");
        assertThat(sample.size()).isZero();
        assertThat(sample.unseen()).hasValue("source-a did not return all of them (no permission)");
    }

    private Map<String, MessageSample> sample(int queues) throws Exception {
        return sample(queues, 1);
    }

    private Map<String, MessageSample> sample(int queues, int count) throws Exception {
        Map<String, TopicSettings> topics = new HashMap<>();
        Map<String, Map<QueueKey, QueueRange>> ranges = new HashMap<>();
        for (int topic = 0; topic < count; topic++) {
            topics.put("orders-" + topic, TopicSettings.of(queues, Access.READ_WRITE));
            Map<QueueKey, QueueRange> ofTopic = ranges.computeIfAbsent("orders-" + topic, key -> new HashMap<>());
            for (int queue = 0; queue < queues; queue++) {
                ofTopic.put(new QueueKey("source-a", queue), new QueueRange(0, LAST));
            }
        }
        try (ScriptedServer server = ScriptedServer.start(this::answer);
                ReadingConnection connection =
                        ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(10))) {
            Broker broker = new Broker(
                    "source-a",
                    server.address(),
                    ServerVersion.of("4.9.7").orElseThrow(),
                    Map.of(),
                    topics,
                    Map.of(),
                    List.of());
            Metadata metadata = new Metadata("source", List.of(), new TreeMap<>(Map.of("source-a", broker)));
            return new SampleReading(connection).read(metadata, new QueueOffsets(ranges), topics.keySet());
        }
    }

    private RemotingCommand answer(RemotingCommand request) {
        if (denies) {
            return RemotingCommand.createResponseCommand(ResponseCode.SYSTEM_ERROR, "no permission");
        }
        Map<String, String> fields = request.getExtFields();
        pulls.add(fields);
        long from = Long.parseLong(fields.get("queueOffset"));
        long to = Math.min(LAST, from + Integer.parseInt(fields.get("maxMsgNums")));
        ByteBuffer all = ByteBuffer.allocate(4 * MEBIBYTE);
        for (long offset = from; offset < to; offset++) {
            MessageExt message = messages.apply(offset);
            message.setQueueOffset(offset);
            try {
                all.put(MessageDecoder.encode(message, false));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        RemotingCommand answer = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
        byte[] body = new byte[all.position()];
        all.flip().get(body);
        answer.setBody(body);
        answer.setExtFields(new HashMap<>(Map.of("nextBeginOffset", Long.toString(to))));
        return answer;
    }

    private static MessageExt message(int bytes) {
        MessageExt message = new MessageExt();
        message.setTopic("orders");
        message.setBody(new byte[bytes]);
        message.setBornHost(new InetSocketAddress("10.1.0.7", 4000));
        message.setStoreHost(new InetSocketAddress("10.0.0.21", 10911));
        return message;
    }

    private static MessageExt with(MessageExt message, String property, String value) {
        MessageAccessor.putProperty(message, property, value);
        return message;
    }

    private static MessageExt withFlag(MessageExt message, int flag) {
        message.setSysFlag(flag);
        return message;
    }
}
