package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters that know nothing of each other, and applications that are connected to both: the same ladder. */
final class ClientRoutingIT {
    private static final Apply.Settings PATIENT = new Apply.Settings(
            false,
            Duration.ofMinutes(2),
            Goals.SETTINGS.forgotten(),
            Goals.STEADY.terms(),
            Goals.SETTINGS.timeouts(),
            Goals.SETTINGS.policy());

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.start(sandboxFolder, "4.9.7", "5.5.0", 2, false);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void topicsGoUpAndBack() throws Exception {
        goes(
                List.of(
                        new LiveTopic("visits", MessageType.NORMAL, LiveGroup.concurrent("guides")),
                        new LiveTopic("trades", MessageType.FIFO, LiveGroup.orderly("brokers"))),
                List.of(Stage.DESTINATION, Stage.SOURCE));
    }

    @Test
    @Tag("thorough")
    void everyKindOfTopicTakesEachStep() throws Exception {
        goes(LadderIT.everyKind(), KilledLadderIT.UP_AND_BACK);
    }

    private void goes(List<LiveTopic> topics, List<Stage> stages) throws Exception {
        try (Climb climb = Climb.withClientsOfBoth(sandbox, folder, topics)) {
            // Topics and groups come with the first run, closed.
            climb.to(Stage.SOURCE);
            for (Stage stage : stages) {
                climb.to(stage);
            }
            Tally tally = climb.finishUnharmed("client-routing");
            // Few queues change hands: each cluster has members of its own.
            LadderIT.repeatsNothingInOrder(tally, topics);
            LadderIT.repeatsOnlyAfterSteps(tally);
        }
    }

    /**
     * The published procedure: some nodes of a group move while others stay, then some producers, then all. A client
     * knows one cluster only.
     */
    @Test
    @Tag("thorough")
    void nodesOfAGroupMoveOneByOneAndThenTheProducers() throws Exception {
        Topics.create(cluster(Side.SOURCE), new TopicConfig("rides", 4, 4, 6));
        Topics.createGroup(cluster(Side.SOURCE), "drivers");
        CheckedTopics topics = new CheckedTopics(sandbox.endpoints(), folder, "client");
        Set<String> consumed = ConcurrentHashMap.newKeySet();
        List<String> sent = new ArrayList<>();
        try (RealClients clients = new RealClients(sandbox.endpoints());
                RealSender old = new RealSender(sandbox.endpoints(), "riders", Side.SOURCE)) {
            DefaultMQPushConsumer leaving = node(clients, "first", Side.SOURCE, consumed);
            node(clients, "second", Side.SOURCE, consumed);
            send(old, sent);
            applied(topics, Stage.SOURCE);
            CheckedTopics.await(
                    "consumers-switched",
                    "2 of 2 clients of drivers at the source have no peer at the destination",
                    () -> CheckedTopics.in(topics.plan(Stage.READ_BOTH, "rides", "drivers")));
            assertThat(topics.goals()
                            .applySteadily(topics.text("", Stage.READ_BOTH, "rides", "NORMAL", "drivers"))
                            .outcome())
                    .isEqualTo(Outcome.BLOCKED);

            leaving.shutdown();
            node(clients, "moved", Side.DESTINATION, consumed);
            CheckedTopics.await(
                    "consumers-switched",
                    "drivers has clients in both clusters",
                    () -> CheckedTopics.in(topics.plan(Stage.READ_BOTH, "rides", "drivers")));
            applied(topics, Stage.READ_BOTH);
            send(old, sent);
            applied(topics, Stage.WRITE_BOTH);
            try (RealSender switched = new RealSender(sandbox.endpoints(), "riders", Side.DESTINATION)) {
                send(old, sent);
                send(switched, sent);
                applied(topics, Stage.WRITE_DESTINATION);
                send(switched, sent);
                applied(topics, Stage.DESTINATION);
                send(switched, sent);
                Eventually.holds("all messages are consumed", () -> consumed.containsAll(sent));
            }
        }
    }

    private static Endpoints.SandboxCluster cluster(Side side) {
        return sandbox.endpoints().cluster(side);
    }

    private static DefaultMQPushConsumer node(RealClients clients, String name, Side side, Set<String> consumed)
            throws Exception {
        DefaultMQPushConsumer node =
                clients.consumer("drivers", name, cluster(side).nameServers(), "rides");
        node.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            messages.forEach(message -> consumed.add(new String(message.getBody(), UTF_8)));
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        node.start();
        clients.add(node::shutdown);
        return node;
    }

    private static void send(RealSender sender, List<String> sent) throws Exception {
        for (int i = 0; i < 20; i++) {
            String body = "ride-" + sent.size();
            sender.producer().send(new Message("rides", body.getBytes(UTF_8)));
            sent.add(body);
        }
    }

    private static void applied(CheckedTopics topics, Stage stage) {
        ApplyReport report = topics.goals()
                .apply(
                        topics.text("", stage, "rides", "NORMAL", "drivers"),
                        PATIENT,
                        new StopSignal(),
                        ApplyProgress.SILENT);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
    }
}
