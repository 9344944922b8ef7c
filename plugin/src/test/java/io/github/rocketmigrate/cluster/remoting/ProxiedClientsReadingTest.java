package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.cluster.ProxiedClients.ProxiedClient;
import io.github.rocketmigrate.cluster.Proxies;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

/** One broker with the topic of proxies, and what they have written there. */
final class ProxiedClientsReadingTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final int MOST_AT_ONCE = 32;

    /** As a proxy of 5.5.0 writes it; each message has its second before noon. */
    private record Written(long secondsAgo, String body) {}

    private final List<Written> messages = new ArrayList<>();
    private boolean denies;

    private void writes(long secondsAgo, String type, String id, String proxy) {
        messages.add(new Written(secondsAgo, """
                {"channelData":"{\\"remoteProxyIp\\":\\"%3$s\\",\\"localAddress\\":\\"127.0.0.1:8081\\",\
                \\"type\\":\\"GRPC_V2\\",\\"remoteAddress\\":\\"10.1.0.7:50312\\"}","clientId":"%2$s",\
                "consumeType":"CONSUME_PASSIVELY","group":"audit","heartbeatType":"%1$s","language":"JAVA",\
                "lastUpdateTimestamp":1795262400000,"localProxyId":"%3$s%%8080%%8081","messageModel":"CLUSTERING",\
                "subscriptionDataSet":[{"classFilterMode":false,"codeSet":[],"expressionType":"TAG","subString":"*",\
                "subVersion":0,"tagsSet":[],"topic":"orders"}],"version":399}""".formatted(type, id, proxy)));
    }

    @Test
    void theLastMessageOfAClientAndProxyCounts() throws Exception {
        writes(100, "REGISTER", "moved", "10.0.1.30");
        writes(90, "REGISTER", "gone", "10.0.1.30");
        writes(80, "UNREGISTER", "gone", "10.0.1.30");
        writes(70, "REGISTER", "moved", "10.0.1.31");
        writes(60, "UNREGISTER", "moved", "10.0.1.30");
        ProxiedClients read = read();
        assertThat(read.unseen()).isEmpty();
        assertThat(read.all())
                .containsExactly(new ProxiedClient(
                        new Client("moved", "10.1.0.7:50312", "JAVA", "4.9.3"),
                        "audit",
                        new TreeSet<>(Set.of("orders")),
                        true,
                        "10.0.1.31"));
        assertThat(read.of("audit")).containsOnlyKeys("moved");
        assertThat(read.groupsOf("orders")).containsExactly("audit");
    }

    /** Its proxy has forgotten it, too. */
    @Test
    void aClientWithoutHeartbeatsIsGone() throws Exception {
        writes(121, "REGISTER", "silent", "10.0.1.30");
        writes(119, "REGISTER", "alive", "10.0.1.30");
        assertThat(read().of("audit")).containsOnlyKeys("alive");
    }

    @Test
    void messagesThatAreNotReadMayBeOfClients() throws Exception {
        for (int i = 0; i <= Scan.MOST; i++) {
            writes(60, "REGISTER", "busy", "10.0.1.30");
        }
        assertThat(read().unseen())
                .hasValue("the last 2000 messages of topic DefaultHeartBeatSyncerTopic do not go back 2 min");
        messages.set(1, new Written(130, messages.get(1).body()));
        assertThat(read().unseen()).isEmpty();
        messages.add(new Written(10, "{}"));
        assertThat(read().unseen()).hasValue("a message of topic DefaultHeartBeatSyncerTopic is not of a known format");
        denies = true;
        assertThat(read().unseen()).hasValue("source-a did not return all of them (no permission)");
    }

    private ProxiedClients read() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(this::answer);
                ReadingConnection connection =
                        ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(10))) {
            Broker broker = new Broker(
                    "source-a",
                    server.address(),
                    ServerVersion.of("5.5.0").orElseThrow(),
                    Map.of(),
                    Map.of(Proxies.TOPIC, TopicSettings.of(1, Access.READ_WRITE)),
                    Map.of(),
                    List.of());
            return new ProxiedClientsReading(
                            () -> new RequestGroup("source", PlanPositions.NONE, connection), connection)
                    .read(new Metadata("source", List.of(), new TreeMap<>(Map.of("source-a", broker))), NOON);
        }
    }

    private RemotingCommand answer(RemotingCommand request) {
        if (request.getCode() == RequestCode.GET_TOPIC_STATS_INFO) {
            return ok(("{\"offsetTable\":{{\"brokerName\":\"source-a\",\"queueId\":0,\"topic\":\"" + Proxies.TOPIC
                            + "\"}:{\"lastUpdateTimestamp\":0,\"maxOffset\":" + messages.size() + ",\"minOffset\":0}}}")
                    .getBytes(UTF_8));
        }
        if (denies || request.getCode() != RequestCode.PULL_MESSAGE) {
            return RemotingCommand.createResponseCommand(ResponseCode.SYSTEM_ERROR, "no permission");
        }
        return pulled(Integer.parseInt(request.getExtFields().get("queueOffset")));
    }

    private RemotingCommand pulled(int from) {
        int end = Math.min(messages.size(), from + MOST_AT_ONCE);
        ByteBuffer all = ByteBuffer.allocate(100_000);
        for (int offset = from; offset < end; offset++) {
            MessageExt message = new MessageExt();
            message.setTopic(Proxies.TOPIC);
            message.setBody(messages.get(offset).body().getBytes(UTF_8));
            message.setQueueOffset(offset);
            message.setStoreTimestamp(
                    NOON.minusSeconds(messages.get(offset).secondsAgo()).toEpochMilli());
            message.setBornHost(new InetSocketAddress("10.0.1.30", 4000));
            message.setStoreHost(new InetSocketAddress("10.0.1.21", 10911));
            try {
                all.put(MessageDecoder.encode(message, false));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        byte[] body = new byte[all.position()];
        all.flip().get(body);
        RemotingCommand answer = ok(body);
        answer.setExtFields(new HashMap<>(Map.of("nextBeginOffset", Integer.toString(end))));
        return answer;
    }

    private static RemotingCommand ok(byte[] body) {
        RemotingCommand answer = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
        answer.setBody(body);
        return answer;
    }
}
