package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Consumers;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.TimedTraffic;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.TrafficQuestion;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

/** One topic, one group and one broker, which moves a delayed message whenever that is worst for the reading. */
final class TrafficReadingTest {
    private static final String TOPIC = "orders";
    private static final String RETRIES = "%RETRY%audit";

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());
    private final List<String> topics = new ArrayList<>(List.of(TOPIC, RETRIES));
    /** Where the one message is: delayed first. */
    private volatile String place = "delayed";

    @Test
    void everyPlaceIsReadBeforeThePlacesToWhichItsMessagesMove() throws Exception {
        TimedTraffic read = read(question(false));
        assertThat(events.subList(events.indexOf("delayed"), events.size()))
                .containsSubsequence("delayed", RETRIES, "clock", TOPIC, "clock")
                .endsWith("clock", TOPIC, "clock");
        assertThat(read.asked()).isBefore(read.answered());
    }

    @Test
    void aDelayedMessageThatIsDeliveredToTheRetryTopicMeanwhileIsCounted() throws Exception {
        TimedTraffic read = read(question(false));
        assertThat(place).isEqualTo(RETRIES);
        long delayed = read.traffic().held().kinds().get(HeldKind.DELAYED).total();
        long retries = read.traffic().held().retries().get("audit").total();
        assertThat(delayed + retries).isPositive();
    }

    @Test
    void proxiesAreReadWhereBrokersHaveTheirTopic() throws Exception {
        read(question(false));
        assertThat(events).doesNotContain("CID_" + Proxies.TOPIC);
        topics.add(Proxies.TOPIC + "-source");
        read(question(false));
        assertThat(events).contains("CID_" + Proxies.TOPIC + "-source").doesNotContain("CID_" + Proxies.TOPIC);
    }

    @Test
    void producersAreReadOnlyIfTheyMatter() throws Exception {
        assertThat(read(question(false)).traffic().clients().producers()).isEmpty();
        assertThat(events).doesNotContain("producers");
        TimedTraffic read = read(question(true));
        assertThat(read.traffic().clients().producers()).isPresent();
        assertThat(events).contains("producers");
        assertThat(read.traffic().held().retries()).containsOnlyKeys("audit");
    }

    private static TrafficQuestion question(boolean producers) {
        return new TrafficQuestion(
                new TreeMap<>(Map.of(TOPIC, new TreeSet<>(List.of("audit")))),
                new Consumers(Subscribers.NONE, ConsumerOffsets.NONE),
                producers,
                new TreeSet<>());
    }

    private TimedTraffic read(TrafficQuestion question) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(this::answer);
                ReadingConnection connection =
                        ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(10))) {
            return new TrafficReading(() -> new RequestGroup("source", PlanPositions.NONE, connection), connection)
                    .read(metadata(server.address()), question, this::now);
        }
    }

    private Instant now() {
        events.add("clock");
        return Instant.EPOCH.plusSeconds(events.size());
    }

    private Metadata metadata(String address) {
        TopicSettings topic = TopicSettings.of(1, Access.READ_WRITE);
        Map<String, TopicSettings> all = new HashMap<>();
        topics.forEach(name -> all.put(name, topic));
        Broker broker = new Broker(
                "source-a",
                address,
                ServerVersion.of("4.9.7").orElseThrow(),
                Map.of(),
                all,
                Map.of("audit", GroupSettings.DEFAULT),
                List.of());
        return new Metadata("source", List.of(), new TreeMap<>(Map.of("source-a", broker)));
    }

    private RemotingCommand answer(RemotingCommand request) {
        switch (request.getCode()) {
            case RequestCode.GET_CONSUMER_CONNECTION_LIST -> {
                events.add(request.getExtFields().get("consumerGroup"));
                return RemotingCommand.createResponseCommand(ResponseCode.CONSUMER_NOT_ONLINE, "offline");
            }
            case RequestCode.GET_ALL_PRODUCER_INFO -> {
                events.add("producers");
                return ok("{\"data\":{}}");
            }
            case RequestCode.GET_ALL_DELAY_OFFSET -> {
                return ok("{\"offsetTable\":{}}");
            }
            case RequestCode.GET_TOPIC_STATS_INFO -> {
                return offsets(request.getExtFields().get("topic"));
            }
            case RequestCode.GET_MAX_OFFSET -> {
                RemotingCommand answer = ok("");
                answer.setExtFields(new HashMap<>(Map.of("offset", "0")));
                return answer;
            }
            default -> {
                return RemotingCommand.createResponseCommand(ResponseCode.SYSTEM_ERROR, "not in this script");
            }
        }
    }

    /** After each answer, the message moves on: from the delayed messages to the retry topic. */
    private RemotingCommand offsets(String topic) {
        String read = topic.startsWith("SCHEDULE") ? "delayed" : topic;
        events.add(read);
        int held = read.equals(place) ? 1 : 0;
        if (place.equals("delayed")) {
            place = RETRIES;
        }
        return ok("{\"offsetTable\":{{\"brokerName\":\"source-a\",\"queueId\":0,\"topic\":\"" + topic
                + "\"}:{\"lastUpdateTimestamp\":0,\"maxOffset\":" + held + ",\"minOffset\":0}}}");
    }

    private static RemotingCommand ok(String body) {
        RemotingCommand answer = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
        answer.setBody(body.getBytes(UTF_8));
        return answer;
    }
}
