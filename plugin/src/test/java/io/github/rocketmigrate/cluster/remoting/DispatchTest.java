package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Consumers;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.TrafficQuestion;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

/** A broker that stores messages in its log, and puts them into queues some requests later. */
final class DispatchTest {
    private static final String TOPIC = "orders";
    private static final String DELAYED = TopicValidator.RMQ_SYS_SCHEDULE_TOPIC;
    private static final long BYTES = 250;
    private static final int NEVER = 1_000;

    /** The queue for which the message in the log is bound; empty when it is in it. */
    private volatile Optional<String> bound = Optional.empty();

    private volatile String place = "";
    /** After how many more questions for its state the broker dispatches the message. */
    private final AtomicInteger questions = new AtomicInteger();

    private volatile boolean isDelivered;

    @Test
    void aMessageThatIsInTheLogOnlyIsCountedOnceItIsInItsQueue() throws Exception {
        inLog(TOPIC, 2);
        assertThat(read().queues().held(TOPIC)).hasValue(1);
    }

    /** It leaves its delay level and is in no queue for a moment. */
    @Test
    void aDelayedMessageThatIsDeliveredMeanwhileIsCounted() throws Exception {
        place = DELAYED;
        isDelivered = true;
        ClusterTraffic read = read();
        assertThat(read.held().kinds().get(HeldKind.DELAYED).total()
                        + read.queues().held(TOPIC).orElseThrow())
                .isPositive();
        assertThat(read.held().undispatched()).isEmpty();
    }

    @Test
    void aBrokerThatDoesNotDispatchIsNamed() throws Exception {
        inLog(TOPIC, NEVER);
        assertThat(read().held().undispatched())
                .containsExactly("broker source-a has not put 250 bytes of its log into queues");
    }

    private void inLog(String queue, int untilDispatched) {
        bound = Optional.of(queue);
        questions.set(untilDispatched);
    }

    private ClusterTraffic read() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(this::answer);
                ReadingConnection connection =
                        ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(10))) {
            TopicSettings topic = TopicSettings.of(1, Access.READ_WRITE);
            Broker broker = new Broker(
                    "source-a",
                    server.address(),
                    ServerVersion.of("4.9.7").orElseThrow(),
                    Map.of("messageDelayLevel", "1s"),
                    Map.of(TOPIC, topic, DELAYED, topic),
                    Map.of(),
                    List.of());
            TrafficQuestion question = new TrafficQuestion(
                    new TreeMap<>(Map.of(TOPIC, new TreeSet<>())),
                    new Consumers(Subscribers.NONE, ConsumerOffsets.NONE));
            return new TrafficReading(() -> new RequestGroup("source", PlanPositions.NONE, connection), connection)
                    .read(
                            new Metadata("source", List.of(), new TreeMap<>(Map.of(broker.name(), broker))),
                            question,
                            InstantSource.system())
                    .traffic();
        }
    }

    private RemotingCommand answer(RemotingCommand request) {
        return switch (request.getCode()) {
            case RequestCode.GET_BROKER_RUNTIME_INFO -> state();
            case RequestCode.GET_ALL_DELAY_OFFSET -> ok("{\"offsetTable\":{}}", Map.of());
            case RequestCode.GET_TOPIC_STATS_INFO ->
                offsets(request.getExtFields().get("topic"));
            case RequestCode.GET_MAX_OFFSET -> ok("", Map.of("offset", "0"));
            default -> RemotingCommand.createResponseCommand(ResponseCode.SYSTEM_ERROR, "not in this script");
        };
    }

    /** The state before this question; the message is in its queue after some of them. */
    private RemotingCommand state() {
        long behind = bound.isPresent() ? BYTES : 0;
        if (bound.isPresent() && questions.decrementAndGet() <= 0) {
            place = bound.get();
            bound = Optional.empty();
            behind = 0;
        }
        return ok("{\"table\":{\"commitLogMaxOffset\":\"1000\",\"dispatchBehindBytes\":\"" + behind + "\"}}", Map.of());
    }

    private RemotingCommand offsets(String topic) {
        if (topic.equals(DELAYED) && isDelivered) {
            // The broker has delivered it just before it answers.
            isDelivered = false;
            place = "";
            inLog(TOPIC, 1);
        }
        int held = topic.equals(place) ? 1 : 0;
        return ok(
                "{\"offsetTable\":{{\"brokerName\":\"source-a\",\"queueId\":0,\"topic\":\"" + topic
                        + "\"}:{\"lastUpdateTimestamp\":0,\"maxOffset\":" + held + ",\"minOffset\":0}}}",
                Map.of());
    }

    private static RemotingCommand ok(String body, Map<String, String> fields) {
        RemotingCommand answer = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
        answer.setBody(body.getBytes(UTF_8));
        answer.setExtFields(new HashMap<>(fields));
        return answer;
    }
}
