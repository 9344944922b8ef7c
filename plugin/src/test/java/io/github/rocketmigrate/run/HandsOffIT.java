package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.SandboxExtension;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What others have set or run, on real servers: it is seen, it is named, and it stays as it is. */
@ExtendWith(SandboxExtension.class)
final class HandsOffIT {
    private static final int READ = 4;
    private static final int READ_AND_WRITE = 6;

    @TempDir
    Path folder;

    private final List<DefaultMQPushConsumer> consumers = new ArrayList<>();

    @AfterEach
    void close() {
        consumers.forEach(DefaultMQPushConsumer::shutdown);
    }

    private static void create(Endpoints endpoints, Side side, String topic, int permission) throws Exception {
        Topics.create(endpoints.cluster(side), new TopicConfig(topic, 4, 4, permission));
    }

    private void consume(Endpoints endpoints, Side side, String group, String topic, boolean orderly) throws Exception {
        Topics.createGroup(endpoints.cluster(side), group);
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(group);
        consumer.setNamesrvAddr(endpoints.cluster(side).nameServers());
        consumer.setInstanceName(group + "-" + side.word());
        consumer.setVipChannelEnabled(false);
        consumer.subscribe(topic, "*");
        if (orderly) {
            consumer.registerMessageListener(
                    (MessageListenerOrderly) (messages, context) -> ConsumeOrderlyStatus.SUCCESS);
        } else {
            consumer.registerMessageListener(
                    (MessageListenerConcurrently) (messages, context) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
        }
        consumer.start();
        consumers.add(consumer);
    }

    private static String batch(Goals goals, String routing, Stage stage, String topic, String groups) {
        return goals.head("traffic: { routing: " + routing + " }\n") + """
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: %s, type: NORMAL }]
                    groups: [%s]
                """.formatted(stage.word(), topic, groups);
    }

    private static String group(String name) {
        return "{ name: " + name + ", order: CONCURRENT }";
    }

    /** An operator closes a topic at both sides for writing. A run must not take that for half of its own step. */
    @Test
    void permissionsThatAnOperatorHasSetStay(Endpoints endpoints) throws Exception {
        create(endpoints, Side.SOURCE, "closed-by-hand", READ);
        create(endpoints, Side.DESTINATION, "closed-by-hand", READ);
        Goals goals = new Goals(endpoints, folder);
        for (Stage stage : List.of(Stage.READ_BOTH, Stage.WRITE_DESTINATION)) {
            ApplyReport report = goals.apply(batch(goals, "client", stage, "closed-by-hand", ""));
            assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
            assertThat(Printed.of(report)).contains("closed-by-hand").contains("read");
            assertThat(standing(goals, "closed-by-hand")).isEqualTo("read / read");
        }
    }

    /** The default stage is {@code source}, where the destination would be closed. */
    @Test
    void aDestinationInUseStaysOpen(Endpoints endpoints) throws Exception {
        create(endpoints, Side.SOURCE, "used-there", READ_AND_WRITE);
        create(endpoints, Side.DESTINATION, "used-there", READ_AND_WRITE);
        Topics.send(endpoints.cluster(Side.DESTINATION), "used-there", 0);
        Goals goals = new Goals(endpoints, folder);
        ApplyReport report = goals.apply(batch(goals, "client", Stage.SOURCE, "used-there", ""));
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report)).contains("used-there").contains("write-both");
        assertThat(standing(goals, "used-there")).isEqualTo("write-both");
    }

    private static String standing(Goals goals, String topic) {
        return goals.plan(batch(goals, "client", Stage.SOURCE, topic, ""), Selection.ALL)
                .situation()
                .standing(topic)
                .pair()
                .orElseThrow()
                .brief();
    }

    @Test
    void aGroupThatRunsInBothClustersKeepsThemApart(Endpoints endpoints) throws Exception {
        create(endpoints, Side.SOURCE, "invoices", READ_AND_WRITE);
        create(endpoints, Side.DESTINATION, "receipts", READ_AND_WRITE);
        consume(endpoints, Side.SOURCE, "default-group", "invoices", false);
        consume(endpoints, Side.DESTINATION, "default-group", "receipts", false);
        Goals goals = new Goals(endpoints, folder);
        String plan = batch(goals, "join", Stage.SOURCE, "invoices", group("default-group"));
        Eventually.holds("the plan names the group of both clusters", () -> {
            String printed = Printed.of(goals.plan(plan, Selection.ALL));
            return printed.contains("destination-clean failed") && printed.contains("default-group");
        });
        ApplyReport report = goals.apply(plan);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        assertThat(goals.plan(plan, Selection.ALL).situation().isAnyJoined()).isFalse();
    }

    /** 4.x topics have no type, and TRANSACTION topics may be consumed in order, so the type alone does not tell. */
    @Test
    void anOrderlyGroupBringsItsTopicThroughTheFence(Endpoints endpoints) throws Exception {
        create(endpoints, Side.SOURCE, "tickets", READ_AND_WRITE);
        create(endpoints, Side.DESTINATION, "tickets", READ);
        consume(endpoints, Side.SOURCE, "desk", "tickets", true);
        Goals goals = new Goals(endpoints, folder);
        String plan = batch(goals, "client", Stage.WRITE_DESTINATION, "tickets", group("desk"));
        Eventually.holds(
                "the next step closes the source first",
                () -> nextStep(goals, plan).closesFirst());
    }

    private static Rung nextStep(Goals goals, String plan) {
        return goals.plan(plan, Selection.ALL).changes().changes().stream()
                .filter(MoveTopic.class::isInstance)
                .map(change -> ((MoveTopic) change).rung())
                .findFirst()
                .orElseThrow();
    }
}
