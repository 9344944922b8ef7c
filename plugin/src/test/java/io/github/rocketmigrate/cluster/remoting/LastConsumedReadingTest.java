package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

/** What two brokers say of the last messages of groups. */
final class LastConsumedReadingTest {
    private static final Instant NOON = Instant.parse("2026-11-03T12:00:00Z");

    private final Map<String, Map<QueueKey, Long>> offsets = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private Optional<String> ofA = Optional.empty();
    private Optional<String> ofB = Optional.empty();

    /** A broker writes queues as keys, and a time of 0 for a message that it no longer stores. */
    private static String stats(Instant... times) {
        StringBuilder queues = new StringBuilder();
        for (int queue = 0; queue < times.length; queue++) {
            queues.append(queue == 0 ? "" : ",").append("""
                    {"brokerName":"b","queueId":%d,"topic":"orders"}:{"brokerOffset":9,"consumerOffset":4,\
                    "lastTimestamp":%d}""".formatted(queue, times[queue].toEpochMilli()));
        }
        return "{\"consumeTps\":0.0,\"offsetTable\":{" + queues + "}}";
    }

    private void consumed(String broker, long next) {
        offsets.computeIfAbsent("orders", key -> new TreeMap<>()).put(new QueueKey(broker, 0), next);
    }

    @Test
    void theNewestMessageOfAllBrokersCounts() throws Exception {
        consumed("source-a", 4);
        consumed("source-b", 4);
        ofA = Optional.of(stats(NOON, Instant.EPOCH));
        ofB = Optional.of(stats(NOON.minusSeconds(60), NOON.plusSeconds(60)));
        assertThat(read()).hasValue(LastConsumed.of(NOON.plusSeconds(60)));
        assertThat(asked).containsExactlyInAnyOrder("source-a", "source-b");
    }

    @Test
    void aBrokerAtWhichNothingWasConsumedIsNotAsked() throws Exception {
        consumed("source-a", 0);
        consumed("source-b", 4);
        ofB = Optional.of(stats(NOON));
        assertThat(read()).hasValue(LastConsumed.of(NOON));
        assertThat(asked).containsExactly("source-b");
        offsets.clear();
        consumed("source-a", 0);
        assertThat(read()).hasValue(LastConsumed.NOTHING);
        offsets.clear();
        assertThat(read()).isEmpty();
        assertThat(asked).containsExactly("source-b");
    }

    @Test
    void whatBrokersDoNotSayIsUnknown() throws Exception {
        consumed("source-a", 4);
        ofA = Optional.of(stats(Instant.EPOCH));
        assertThat(read()).hasValue(LastConsumed.unseen("the last message that it consumed is no longer stored"));
        consumed("source-b", 4);
        ofA = Optional.of(stats(NOON));
        assertThat(read())
                .hasValue(new LastConsumed(Optional.of(NOON), Optional.of("source-b refuses: no permission")));
    }

    private Optional<LastConsumed> read() throws Exception {
        try (ScriptedServer a = ScriptedServer.start(request -> answer("source-a", ofA));
                ScriptedServer b = ScriptedServer.start(request -> answer("source-b", ofB));
                ReadingConnection connection =
                        ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(10))) {
            SortedMap<String, Broker> brokers = new TreeMap<>();
            brokers.put("source-a", broker("source-a", a.address()));
            brokers.put("source-b", broker("source-b", b.address()));
            return Optional.ofNullable(
                    new LastConsumedReading(() -> new RequestGroup("source", PlanPositions.NONE, connection))
                            .read(
                                    new Metadata("source", List.of(), brokers),
                                    new ConsumerOffsets(offsets.isEmpty() ? Map.of() : Map.of("audit", offsets)),
                                    List.of("audit"))
                            .get("audit"));
        }
    }

    private static Broker broker(String name, String address) {
        return new Broker(
                name, address, ServerVersion.of("4.9.7").orElseThrow(), Map.of(), Map.of(), Map.of(), List.of());
    }

    private synchronized RemotingCommand answer(String broker, Optional<String> stats) {
        asked.add(broker);
        return stats.map(body -> {
                    RemotingCommand response = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
                    response.setBody(body.getBytes(UTF_8));
                    return response;
                })
                .orElseGet(() -> RemotingCommand.createResponseCommand(ResponseCode.NO_PERMISSION, "no permission"));
    }
}
