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
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

/** A broker of 5.x whose settings say where it keeps timed and half messages. */
final class BrokerHeldMessagesTest {
    /** The timed messages of each topic. */
    private Map<String, Integer> timers = Map.of();

    @Test
    void halfMessagesInRocksDbAreUnknown() throws Exception {
        assertThat(read("5.5.0", HeldKind.HALF, Map.of("transRocksDBEnable", "true"))
                        .unseen())
                .hasValue("broker source-a keeps half messages in RocksDB, where they cannot be counted"
                        + " (transRocksDBEnable=true)");
        assertThat(read("5.5.0", HeldKind.HALF, Map.of("transRocksDBEnable", "false")))
                .isEqualTo(Amount.NOTHING);
    }

    @Test
    void timersInRocksDbAreCountedWithoutTheTimerWheel() throws Exception {
        timers = Map.of("orders", 4);
        assertThat(read("5.5.0", HeldKind.TIMED, Map.of("timerWheelEnable", "false", "timerRocksDBEnable", "true"))
                        .of("orders"))
                .isEqualTo(4);
        assertThat(read("5.5.0", HeldKind.TIMED, Map.of("timerWheelEnable", "false")))
                .isEqualTo(Amount.NOTHING);
    }

    @Test
    void timersBelowZeroAreUnknown() throws Exception {
        timers = Map.of("orders", 3, "mails", -2);
        Amount timed = read("5.1.4", HeldKind.TIMED, Map.of("timerWheelEnable", "true"));
        assertThat(timed.of("orders")).isEqualTo(3);
        assertThat(timed.of("mails")).isZero();
        assertThat(timed.unseen())
                .hasValue("broker source-a counts -2 timed messages of mails (RocketMQ 5.0.0 to 5.1.4,"
                        + " apache/rocketmq#7381)");
    }

    private Amount read(String version, HeldKind kind, Map<String, String> settings) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(this::answer);
                ReadingConnection connection =
                        ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(10))) {
            Broker broker = new Broker(
                    "source-a",
                    server.address(),
                    ServerVersion.of(version).orElseThrow(),
                    settings,
                    Map.of(),
                    Map.of(),
                    List.of());
            return HeldMessagesReading.count(
                            new Metadata("source", List.of(), new TreeMap<>(Map.of(broker.name(), broker))),
                            () -> new RequestGroup("source", PlanPositions.NONE, connection),
                            connection)
                    .examine(ConsumerOffsets.NONE, QueueOffsets.NONE, List.of())
                    .kinds()
                    .get(kind);
        }
    }

    private RemotingCommand answer(RemotingCommand request) {
        return switch (request.getCode()) {
            case RequestCode.GET_TIMER_METRICS -> ok("{\"timingCount\":{" + counts() + "}}", Map.of());
            case RequestCode.GET_MAX_OFFSET -> ok("", Map.of("offset", "0"));
            default -> RemotingCommand.createResponseCommand(ResponseCode.SYSTEM_ERROR, "not in this script");
        };
    }

    private String counts() {
        return String.join(
                ",",
                timers.entrySet().stream()
                        .map(topic -> "\"" + topic.getKey() + "\":{\"count\":" + topic.getValue() + "}")
                        .toList());
    }

    private static RemotingCommand ok(String body, Map<String, String> fields) {
        RemotingCommand answer = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
        answer.setBody(body.getBytes(UTF_8));
        answer.setExtFields(new HashMap<>(fields));
        return answer;
    }
}
