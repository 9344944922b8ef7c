package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

/** One broker whose queues have many messages, and the clients that it lists. */
final class SendersReadingTest {
    private static final String TOPIC = "orders";
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final List<Map<String, String>> pulls = Collections.synchronizedList(new ArrayList<>());
    private boolean denies;

    @Test
    void theLastMessagesOfAQueueTellTheirConnections() throws Exception {
        TopicSenders senders = senders(2, 100);
        assertThat(senders.unseen()).isEmpty();
        assertThat(senders.last())
                .containsEntry("10.1.0.0:4000", NOON.plusSeconds(98))
                .containsEntry("10.1.0.1:4000", NOON.plusSeconds(99))
                .hasSize(2);
        assertThat(pulls)
                .hasSize(2)
                .allSatisfy(pull -> assertThat(pull)
                        .containsEntry("queueOffset", "68")
                        .containsEntry("consumerGroup", "TOOLS_CONSUMER")
                        .containsEntry("commitOffset", "0"));
    }

    @Test
    void ofManyQueuesFewerMessagesAreRead() throws Exception {
        TopicSenders senders = senders(64, 100);
        assertThat(senders.unseen()).isEmpty();
        assertThat(senders.last()).hasSize(2);
        assertThat(pulls).hasSize(64).allSatisfy(pull -> assertThat(pull).containsEntry("queueOffset", "96"));
    }

    /** Queues have many older messages, of which only those at the end can be among the newest. */
    @Test
    void theNewestMessagesAreFoundInWhicheverQueueTheyAre() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(this::answer);
                ReadingConnection connection = connect()) {
            Map<String, TopicSenders> newest = new SendersReading(connection)
                    .newest(
                            metadata(server.address(), "4.9.7", 2),
                            new QueueOffsets(Map.of(
                                    TOPIC,
                                    Map.of(
                                            new QueueKey("source-a", 0), new QueueRange(0, 100),
                                            new QueueKey("source-a", 1), new QueueRange(0, 50)))),
                            Map.of(TOPIC, 1L));
            assertThat(newest.get(TOPIC).last()).isEqualTo(Map.of("10.1.0.1:4000", NOON.plusSeconds(99)));
        }
    }

    @Test
    void aQueueWithoutMessagesIsNotAsked() throws Exception {
        QueueOffsets empty = new QueueOffsets(Map.of(TOPIC, Map.of(new QueueKey("source-a", 0), new QueueRange(7, 7))));
        try (ReadingConnection connection = connect()) {
            assertThat(new SendersReading(connection).read(metadata("127.0.0.1:1", "4.9.7", 1), empty, List.of(TOPIC)))
                    .isEqualTo(Map.of(TOPIC, TopicSenders.NONE));
        }
    }

    @Test
    void whatABrokerDeniesIsUnseen() throws Exception {
        denies = true;
        assertThat(senders(1, 100).unseen()).hasValue("source-a did not return all of them (no permission)");
    }

    /** Every Java client has this producer group, so brokers that cannot list producers list them all. */
    @Test
    void brokersBefore494ListTheirJavaClients() throws Exception {
        assertThat(producers("4.9.3"))
                .isEqualTo(Map.of(
                        "CLIENT_INNER_PRODUCER",
                        Set.of(new Client("10.1.0.7@4711", "10.1.0.7:50312", "JAVA", "4.7.1"))));
        assertThat(producers("4.9.4"))
                .isEqualTo(Map.of("checkout", Set.of(new Client("10.1.0.7@4711", "10.1.0.7:50312", "JAVA", "4.9.3"))));
    }

    @Test
    void anOldBrokerWithoutClientsRefuses() throws Exception {
        denies = true;
        assertThat(producers("4.7.1")).isEmpty();
    }

    private TopicSenders senders(int queues, long next) throws Exception {
        Map<QueueKey, QueueRange> ranges = new HashMap<>();
        for (int queue = 0; queue < queues; queue++) {
            ranges.put(new QueueKey("source-a", queue), new QueueRange(0, next));
        }
        try (ScriptedServer server = ScriptedServer.start(this::answer);
                ReadingConnection connection = connect()) {
            return new SendersReading(connection)
                    .read(
                            metadata(server.address(), "4.9.7", queues),
                            new QueueOffsets(Map.of(TOPIC, ranges)),
                            List.of(TOPIC))
                    .get(TOPIC);
        }
    }

    private Map<String, Set<Client>> producers(String version) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(this::answer);
                ReadingConnection connection = connect()) {
            return new ClientsReading(() -> new RequestGroup("source", PlanPositions.NONE, connection))
                    .producers(metadata(server.address(), version, 1));
        }
    }

    private static ReadingConnection connect() {
        return ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(10));
    }

    private static Metadata metadata(String address, String version, int queues) {
        Broker broker = new Broker(
                "source-a",
                address,
                ServerVersion.of(version).orElseThrow(),
                Map.of(),
                Map.of(TOPIC, TopicSettings.of(queues, Access.READ_WRITE)),
                Map.of(),
                List.of());
        return new Metadata("source", List.of(), new TreeMap<>(Map.of("source-a", broker)));
    }

    private RemotingCommand answer(RemotingCommand request) {
        Map<String, String> fields = request.getExtFields();
        if (denies) {
            return RemotingCommand.createResponseCommand(ResponseCode.SYSTEM_ERROR, "no permission");
        }
        return switch (request.getCode()) {
            case RequestCode.PULL_MESSAGE -> pulled(fields);
            case RequestCode.GET_ALL_PRODUCER_INFO ->
                ok(
                        "{\"data\":{\"checkout\":[{\"clientId\":\"10.1.0.7@4711\",\"language\":\"JAVA\",\"lastUpdateTimestamp\":1,"
                                + "\"remoteIP\":\"/10.1.0.7:50312\",\"version\":399}]}}");
            case RequestCode.GET_PRODUCER_CONNECTION_LIST ->
                ok("{\"connectionSet\":[{\"clientAddr\":\"10.1.0.7:50312\",\"clientId\":\"10.1.0.7@4711\","
                        + "\"language\":\"JAVA\",\"version\":355}]}");
            default -> RemotingCommand.createResponseCommand(ResponseCode.SYSTEM_ERROR, "not in this script");
        };
    }

    private static RemotingCommand ok(String body) {
        RemotingCommand answer = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
        answer.setBody(body.getBytes(UTF_8));
        return answer;
    }

    /** Two clients send in turn. */
    private RemotingCommand pulled(Map<String, String> fields) {
        pulls.add(fields);
        long from = Long.parseLong(fields.get("queueOffset"));
        ByteBuffer all = ByteBuffer.allocate(100_000);
        for (long offset = from; offset < from + Integer.parseInt(fields.get("maxMsgNums")) && offset < 100; offset++) {
            MessageExt message = new MessageExt();
            message.setTopic(TOPIC);
            message.setBody(new byte[] {1});
            message.setQueueId(Integer.parseInt(fields.get("queueId")));
            message.setQueueOffset(offset);
            message.setStoreTimestamp(NOON.plusSeconds(offset).toEpochMilli());
            message.setBornHost(new InetSocketAddress("10.1.0." + offset % 2, 4000));
            message.setStoreHost(new InetSocketAddress("10.0.0.21", 10911));
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
        answer.setExtFields(new HashMap<>(Map.of("nextBeginOffset", "100")));
        return answer;
    }
}
