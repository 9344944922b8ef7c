package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.rocketmq.common.topic.TopicValidator;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

/** A broker whose topic of delayed messages has 18 queues, as always, and whose level 20 holds two messages. */
final class DelayedMessagesTest {
    private static final String USUAL = "1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h";
    private static final int LEVEL = 20;
    private static final long DELIVERED = 3;
    private static final long NEXT = 5;

    private final List<Integer> queues = Collections.synchronizedList(new ArrayList<>());

    @Test
    void levelsThatAnOperatorHasAddedAreCounted() throws Exception {
        assertThat(delayed(USUAL + " 12h 1d", "{}").total()).isEqualTo(NEXT);
        assertThat(delayed(USUAL + " 12h 1d", "{" + LEVEL + ":" + DELIVERED + "}")
                        .total())
                .isEqualTo(NEXT - DELIVERED);
        assertThat(queues).contains(18, 19).doesNotContain(17, 20);
    }

    /** Nothing delivers them until the level exists again. */
    @Test
    void messagesOfALevelThatTheSettingNoLongerHasAreCounted() throws Exception {
        assertThat(delayed(USUAL, "{" + LEVEL + ":" + DELIVERED + "}").total()).isEqualTo(NEXT - DELIVERED);
    }

    @Test
    void theUsualLevelsNeedNoFurtherRequest() throws Exception {
        Amount delayed = delayed(USUAL, "{18:7}");
        assertThat(delayed.total()).isZero();
        assertThat(delayed.unseen()).isEmpty();
        assertThat(queues).isEmpty();
    }

    @Test
    void levelsThatCannotBeParsedAreUnknown() throws Exception {
        assertThat(delayed(USUAL + " never", "{}").unseen())
                .hasValue("the delay levels of broker source-a are not known (messageDelayLevel=" + USUAL + " never)");
        assertThat(delayed("", "{}").unseen())
                .hasValue("the delay levels of broker source-a are not known (messageDelayLevel=)");
    }

    private Amount delayed(String levels, String delivered) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(request -> answer(request, delivered));
                ReadingConnection connection =
                        ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(10))) {
            return HeldMessagesReading.count(
                            metadata(server.address(), levels),
                            () -> new RequestGroup("source", PlanPositions.NONE, connection),
                            connection)
                    .examine(ConsumerOffsets.NONE, QueueOffsets.NONE, List.of())
                    .kinds()
                    .get(HeldKind.DELAYED);
        }
    }

    private static Metadata metadata(String address, String levels) {
        Broker broker = new Broker(
                "source-a",
                address,
                ServerVersion.of("4.9.7").orElseThrow(),
                Map.of("messageDelayLevel", levels),
                Map.of(TopicValidator.RMQ_SYS_SCHEDULE_TOPIC, TopicSettings.of(18, Access.READ_WRITE)),
                Map.of(),
                List.of());
        return new Metadata("source", List.of(), new TreeMap<>(Map.of("source-a", broker)));
    }

    private RemotingCommand answer(RemotingCommand request, String delivered) {
        return switch (request.getCode()) {
            case RequestCode.GET_ALL_DELAY_OFFSET -> ok("{\"offsetTable\":" + delivered + "}", Map.of());
            case RequestCode.GET_TOPIC_STATS_INFO -> ok("{\"offsetTable\":{}}", Map.of());
            case RequestCode.GET_MIN_OFFSET -> ok("", Map.of("offset", "0"));
            case RequestCode.GET_MAX_OFFSET -> ok("", Map.of("offset", Long.toString(next(request.getExtFields()))));
            default -> RemotingCommand.createResponseCommand(ResponseCode.SYSTEM_ERROR, "not in this script");
        };
    }

    private long next(Map<String, String> fields) {
        if (!fields.get("topic").equals(TopicValidator.RMQ_SYS_SCHEDULE_TOPIC)) {
            return 0;
        }
        int queue = Integer.parseInt(fields.get("queueId"));
        queues.add(queue);
        return queue == LEVEL - 1 ? NEXT : 0;
    }

    private static RemotingCommand ok(String body, Map<String, String> fields) {
        RemotingCommand answer = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
        answer.setBody(body.getBytes(UTF_8));
        answer.setExtFields(new HashMap<>(fields));
        return answer;
    }
}
