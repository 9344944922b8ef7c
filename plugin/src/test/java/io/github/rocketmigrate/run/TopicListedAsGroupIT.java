package io.github.rocketmigrate.run;

import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Path;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RocketMQ 5.3.3 names a topic when it is asked for the groups of the topic, and no group that is online. */
final class TopicListedAsGroupIT {
    private static final int QUEUES = 2;

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.startJoined(sandboxFolder, "5.3.3", "5.3.3", 1);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void aTopicWithConsumersLeavesTheSource() throws Exception {
        LiveTopic clicks = new LiveTopic("clicks", MessageType.NORMAL, LiveGroup.concurrent("audit"));
        try (Climb climb = Climb.joined(sandbox, folder, clicks)) {
            climb.to(Stage.READ_BOTH);
            climb.to(Stage.SOURCE);
            climb.finishUnharmed("topic-as-group");
        }
    }

    @Test
    @Tag("thorough")
    void topicsGoTheWholeWayTo533AndBack(@TempDir Path servers) throws Exception {
        List<LiveTopic> topics = List.of(
                new LiveTopic("clicks", MessageType.NORMAL, LiveGroup.concurrent("audit")),
                new LiveTopic("orders", MessageType.FIFO, LiveGroup.orderly("billing")));
        try (OwnSandbox own = OwnSandbox.startJoined(servers, "5.1.4", "5.3.3", 1);
                Climb climb = Climb.joined(own, folder, topics, Climb.QUICK)) {
            for (Stage stage : KilledLadderIT.UP_AND_BACK) {
                climb.to(stage);
            }
            climb.finishUnharmed("to-5.3.3");
        }
    }

    /** Brokers have no offsets of broadcasting groups. */
    @Test
    void aGroupWithoutOffsetsIsFound() throws Exception {
        DefaultMQPushConsumer windows = member("prices", "prices-windows");
        try {
            Eventually.holds(
                    "the group is found",
                    () -> groupsPlanned("prices")
                            .what()
                            .equals("group prices-windows consumes the topic with 1 client and is not in the plan"));
        } finally {
            windows.shutdown();
        }
    }

    @Test
    void aGroupWithTheNameOfItsTopicIsFound() throws Exception {
        DefaultMQPushConsumer member = member("mirror", "mirror");
        try {
            Eventually.holds(
                    "the group is found",
                    () -> groupsPlanned("mirror")
                            .what()
                            .equals("group mirror consumes the topic with 1 client and is not in the plan"));
        } finally {
            member.shutdown();
        }
    }

    private Verdict groupsPlanned(String topic) {
        Goals goals = new Goals(sandbox.endpoints(), folder);
        return goals
                .plan(goals.head("traffic: { routing: join }\n") + """
                        batches:
                          - name: all
                            stage: read-both
                            topics: [{ name: %s, type: NORMAL }]
                        """.formatted(topic), Selection.ALL)
                .judgements()
                .stream()
                .filter(judgement -> judgement.check().name().equals("groups-planned"))
                .map(judgement -> judgement.verdict())
                .findFirst()
                .orElseThrow();
    }

    private static DefaultMQPushConsumer member(String topic, String group) throws Exception {
        Topics.create(sandbox.endpoints().cluster(Side.SOURCE), new TopicConfig(topic, QUEUES, QUEUES, 6));
        Topics.createGroup(sandbox.endpoints().cluster(Side.SOURCE), group);
        DefaultMQPushConsumer member = new DefaultMQPushConsumer(group);
        member.setAllocateMessageQueueStrategy(new InTurn());
        member.setNamesrvAddr(sandbox.endpoints().cluster(Side.DESTINATION).nameServers());
        member.setInstanceName(group);
        member.setMessageModel(MessageModel.BROADCASTING);
        member.subscribe(topic, "*");
        member.registerMessageListener(
                (MessageListenerConcurrently) (messages, context) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
        member.start();
        return member;
    }
}
