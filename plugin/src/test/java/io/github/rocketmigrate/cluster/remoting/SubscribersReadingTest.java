package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

/** A broker with one topic, whose answers for the groups of this topic are right or wrong. */
final class SubscribersReadingTest {
    private static final String TOPIC = "orders";

    private final List<String> askedForMembers = Collections.synchronizedList(new ArrayList<>());
    private Set<String> listed = Set.of();
    private Set<String> online = Set.of();

    @Test
    void anAnswerWithoutTheTopicIsTakenAsItIs() throws Exception {
        listed = Set.of("audit", "mail", "TOOLS_CONSUMER");
        Subscribers read = read("5.3.3", "audit", "mail", "report");
        assertThat(read.of(TOPIC)).containsExactly("audit", "mail");
        assertThat(read.namesakes()).isEmpty();
        assertThat(askedForMembers).isEmpty();
    }

    @Test
    void groupsOf533AreFoundByTheirMembers() throws Exception {
        listed = Set.of(TOPIC, "mail");
        online = Set.of("audit");
        Subscribers read = read("5.3.3", "audit", "mail", "report", "CID_RMQ_SYS_TRANS");
        assertThat(read.of(TOPIC)).containsExactly("audit", "mail");
        assertThat(read.namesakes()).containsExactly(Map.entry(TOPIC, "source-a"));
        assertThat(askedForMembers).containsExactly("audit", "mail", TOPIC, "report");
    }

    @Test
    void aGroupOf533ThatHasTheNameOfTheTopicIsFound() throws Exception {
        listed = Set.of(TOPIC);
        online = Set.of(TOPIC);
        Subscribers read = read("5.3.3", TOPIC);
        assertThat(read.of(TOPIC)).containsExactly(TOPIC);
        assertThat(read.namesakes()).isEmpty();
    }

    @Test
    void aGroupOfAnotherReleaseThatHasTheNameOfTheTopicIsTakenAsItIs() throws Exception {
        listed = Set.of(TOPIC);
        assertThat(read("5.5.0", TOPIC, "audit").of(TOPIC)).containsExactly(TOPIC);
        assertThat(askedForMembers).isEmpty();
    }

    @Test
    void aForkWithTheSameDefectIsRecognizedByAGroupThatDoesNotExist() throws Exception {
        listed = Set.of(TOPIC);
        online = Set.of("audit");
        Subscribers read = read("5.3.2", "audit");
        assertThat(read.of(TOPIC)).containsExactly("audit");
        assertThat(read.namesakes()).containsOnlyKeys(TOPIC);
    }

    /** Brokers up to 5.1.0 accept members of groups that they do not have. */
    @Test
    void membersOfAGroupWithoutSettingsCount() throws Exception {
        listed = Set.of(TOPIC);
        online = Set.of(TOPIC);
        assertThat(read("4.9.7").of(TOPIC)).containsExactly(TOPIC);
    }

    private Subscribers read(String version, String... groups) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(this::answer);
                ReadingConnection connection =
                        ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(10))) {
            Broker broker = new Broker(
                    "source-a",
                    server.address(),
                    ServerVersion.of(version).orElseThrow(),
                    Map.of(),
                    Map.of(TOPIC, TopicSettings.of(1, Access.READ_WRITE)),
                    Arrays.stream(groups)
                            .collect(Collectors.toMap(Function.identity(), group -> GroupSettings.DEFAULT)),
                    List.of());
            return new SubscribersReading(() -> new RequestGroup("source", PlanPositions.NONE, connection))
                    .read(
                            new Metadata("source", List.of(), new TreeMap<>(Map.of(broker.name(), broker))),
                            List.of(TOPIC));
        }
    }

    private RemotingCommand answer(RemotingCommand request) {
        if (request.getCode() == RequestCode.QUERY_TOPIC_CONSUME_BY_WHO) {
            return ok("{\"groupList\":[" + quoted(listed) + "]}");
        }
        String group = request.getExtFields().get("consumerGroup");
        askedForMembers.add(group);
        return online.contains(group)
                ? ok("{\"connectionSet\":[{\"clientAddr\":\"10.9.9.9:1\",\"clientId\":\"a@1\",\"language\":\"JAVA\","
                        + "\"version\":433}],\"consumeType\":\"CONSUME_PASSIVELY\",\"messageModel\":\"CLUSTERING\","
                        + "\"subscriptionTable\":{\"" + TOPIC + "\":{\"topic\":\"" + TOPIC + "\"}}}")
                : RemotingCommand.createResponseCommand(ResponseCode.CONSUMER_NOT_ONLINE, "offline");
    }

    private static String quoted(Set<String> names) {
        return names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(","));
    }

    private static RemotingCommand ok(String body) {
        RemotingCommand answer = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
        answer.setBody(body.getBytes(UTF_8));
        return answer;
    }
}
