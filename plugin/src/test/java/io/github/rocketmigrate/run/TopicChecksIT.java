package io.github.rocketmigrate.run;

import static io.github.rocketmigrate.model.Purpose.BACK;
import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;
import static io.github.rocketmigrate.model.Purpose.LEAVE_BEHIND;
import static io.github.rocketmigrate.model.Purpose.LEAVE_SOURCE;
import static io.github.rocketmigrate.model.Purpose.TO_DESTINATION;
import static io.github.rocketmigrate.run.CheckedTopics.await;
import static io.github.rocketmigrate.run.CheckedTopics.before;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.StopSignal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the checks of topics say on servers that have joined, with real clients and messages that wait.
 *
 * <p>Longer than 300 lines: its scenes share one pair of clusters.
 */
@Tag("thorough")
final class TopicChecksIT extends JoinedScenes {
    private static final int QUEUES = 4;
    private static final int READ = 4;
    private static final int READ_AND_WRITE = 6;
    private static final int ONE_MINUTE = 5;
    private static final int BUSY = 2;

    private static final Apply.Settings PATIENT = new Apply.Settings(
            false,
            Duration.ofMinutes(3),
            Goals.SETTINGS.forgotten(),
            Goals.STEADY.terms(),
            Goals.SETTINGS.timeouts(),
            Goals.SETTINGS.policy());

    private static void create(String topic, String group) throws Exception {
        Topics.create(cluster(Side.SOURCE), new TopicConfig(topic, QUEUES, QUEUES, READ_AND_WRITE));
        Topics.createGroup(cluster(Side.SOURCE), group);
    }

    /** The permission that a topic has at the destination from {@code read-both} on. */
    private static void openDestination(String topic, String group) throws Exception {
        Topics.createGroup(cluster(Side.DESTINATION), group);
        Topics.create(cluster(Side.DESTINATION), new TopicConfig(topic, QUEUES, QUEUES, READ));
    }

    private void applied(String text) {
        applied(text, ApplyProgress.SILENT);
    }

    private void applied(String text, ApplyProgress progress) {
        ApplyReport report = topics().goals().apply(text, PATIENT, new StopSignal(), progress);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
    }

    private ApplyReport blocked(String text) {
        ApplyReport report = topics().goals().applySteadily(text);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        return report;
    }

    /** Stores an offset for all queues, as a group that consumed once. */
    private static void commit(Side side, String group, String topic, long next) throws Exception {
        for (int queue = 0; queue < QUEUES; queue++) {
            Topics.consumed(cluster(side), group, new MessageQueue(topic, side.word() + "-a", queue), next);
        }
    }

    private static void send(String topic, int count) throws Exception {
        try (RealSender sender = new RealSender(sandbox.endpoints(), topic + "-sender", Side.DESTINATION)) {
            sender.send(topic, count);
        }
    }

    @Test
    void ofAnOfflineGroupOnlyTheBacklogIsKnown() throws Exception {
        create("nightly", "nightly-batch");
        send("nightly", 3);
        commit(Side.SOURCE, "nightly-batch", "nightly", 0);
        PlanReport planned = topics().plan(Stage.READ_BOTH, "nightly", "nightly-batch");
        before(LEAVE_SOURCE, planned)
                .passes("groups-planned")
                .isUnknown("consumers-switched", "group nightly-batch is offline, so its name servers are unknown");
        before(TO_DESTINATION, planned)
                .isUnknown("queues-assigned", "group nightly-batch is offline, so nobody reads its messages");
        before(CLOSE_FENCE, planned)
                .fails("fence-ready", "group nightly-batch is offline, so the fence would never open");
        before(LEAVE_BEHIND, planned)
                .fails("source-drained", "3 messages of the topic at the source are unread by nightly-batch");
        before(LEAVE_SOURCE, topics().plan(Stage.READ_BOTH, "nightly"))
                .fails("groups-planned", "group nightly-batch has offsets of the topic and is not in the plan");
    }

    /** The route that it gets has the queues of one cluster only. */
    @Test
    void aMemberAtTheSourceDoesNotReadTheDestination() throws Exception {
        create("stays", "stays-readers");
        openDestination("stays", "stays-readers");
        clients.member("stays-readers", "one", Side.SOURCE, false, false, "stays");
        await(
                "queues-assigned",
                "4 of 8 queues are not read by any client of stays-readers",
                () -> before(TO_DESTINATION, topics().plan(Stage.WRITE_DESTINATION, "stays", "stays-readers")));
    }

    @Test
    void anAnswerThatDoesNotComeLeavesChecksUnknown() throws Exception {
        create("answers", "answers-readers");
        openDestination("answers", "answers-readers");
        clients.member("answers-readers", "one", Side.DESTINATION, false, false, "answers");
        await(
                "queues-assigned",
                "8 queues are read by answers-readers",
                () -> before(TO_DESTINATION, topics().plan(Stage.WRITE_DESTINATION, "answers", "answers-readers")));
        send("answers", 1);
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            CheckedTopics tapped = new CheckedTopics(wire.endpoints(), folder);
            String text = tapped.text("", Stage.WRITE_DESTINATION, "answers", "NORMAL", "answers-readers");

            wire.on(307).every().answer(BUSY, "busy");
            PlanReport clientsSilent = tapped.plan(text);
            before(LEAVE_SOURCE, clientsSilent)
                    .isUnknown("consumers-switched", "1 of 1 client of answers-readers did not report name servers")
                    .isUnknown("order-matches", "1 of 1 client of answers-readers did not report how it consumes");
            before(TO_DESTINATION, clientsSilent)
                    .isUnknown("queues-assigned", "1 of 1 client of answers-readers did not report assigned queues");
            wire.repair();

            wire.on(11).every().answer(BUSY, "busy");
            before(TO_DESTINATION, tapped.plan(text))
                    .isUnknown("producers-switched", "not all of the topic's last messages were read: source-a");
            wire.repair();

            wire.on(45).at(Side.DESTINATION).every().answer(BUSY, "busy");
            PlanReport uncounted = tapped.plan(text);
            before(BACK, uncounted)
                    .isUnknown("nothing-stranded", "broker destination-a does not report its delayed messages");
            wire.repair();

            wire.on(300).every().answer(BUSY, "busy");
            assertThatThrownBy(() -> tapped.plan(text))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining("denied the request for the groups of a topic: busy");
        }
    }

    @Test
    void unreadMessagesWouldBeStranded() throws Exception {
        create("strands", "strands-readers");
        Topics.create(cluster(Side.DESTINATION), new TopicConfig("strands", QUEUES, QUEUES, READ_AND_WRITE));
        Topics.send(cluster(Side.DESTINATION), "strands", 0);
        openDestination("strands", "strands-readers");
        commit(Side.DESTINATION, "strands-readers", "strands", 0);
        before(BACK, topics().plan(Stage.WRITE_DESTINATION, "strands", "strands-readers"))
                .fails("nothing-stranded", "1 message of the topic at the destination is unread by strands-readers");
    }

    @Test
    void aSampleThatIsNotReadIsUnknown() throws Exception {
        create("samples", "samples-readers");
        send("samples", 1);
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            CheckedTopics tapped = new CheckedTopics(wire.endpoints(), folder);
            wire.on(11).every().answer(BUSY, "busy");
            before(LEAVE_SOURCE, tapped.plan(Stage.READ_BOTH, "samples", "samples-readers"))
                    .isUnknown("type-matches", "source-a did not return all of them (busy)")
                    .isUnknown("features-fit", "source-a did not return all of them (busy)");
        }
    }

    /** A process that hangs answers no broker, and its broker waits for it. */
    @Test
    void aDestinationThatHangsEndsThePlanWithItsAddress() throws Exception {
        create("hangs", "hangs-readers");
        sandbox.suspend("destination-a");
        try {
            assertThatThrownBy(() -> topics().plan(Stage.READ_BOTH, "hangs", "hangs-readers"))
                    .isInstanceOf(Fault.class)
                    .hasMessageContaining(cluster(Side.DESTINATION).brokers().get("destination-a"));
        } finally {
            sandbox.resume("destination-a");
        }
    }

    @Test
    void aClientOfGrpcHoldsTheTopicBack() throws Exception {
        create("phones", "phones-readers");
        before(LEAVE_SOURCE, topics().plan(Stage.READ_BOTH, "phones", "phones-readers"))
                .passes("no-grpc-clients");
        clients.silent("phones", "phones-readers", "host@12@3@a4f");
        await(
                "no-grpc-clients",
                "1 client of the topic uses gRPC: host@12@3@a4f",
                () -> before(LEAVE_SOURCE, topics().plan(Stage.READ_BOTH, "phones", "phones-readers")));
    }

    /** As a proxy in cluster mode does, it reads the topic of proxies; its clients are at no broker. */
    @Test
    void aProxyHidesItsClients() throws Exception {
        create("walls", "walls-readers");
        send("walls", QUEUES);
        commit(Side.SOURCE, "walls-readers", "walls", 1);
        for (Side side : Side.values()) {
            Topics.create(cluster(side), new TopicConfig(Proxies.TOPIC, 1, 1, READ_AND_WRITE));
            Topics.createGroup(cluster(side), "CID_" + Proxies.TOPIC);
        }
        clients.member("CID_" + Proxies.TOPIC, "proxy", Side.DESTINATION, false, true, Proxies.TOPIC);
        await(
                "no-grpc-clients",
                "the destination has 1 proxy, whose clients are not visible to brokers",
                () -> before(LEAVE_SOURCE, topics().plan(Stage.READ_BOTH, "walls", "walls-readers")));
        PlanReport planned = topics().plan(Stage.READ_BOTH, "walls", "walls-readers");
        before(LEAVE_BEHIND, planned)
                .isUnknown(
                        "source-drained",
                        "walls-readers has no client at a broker, and may have some behind the proxies of the source");
        before(CLOSE_FENCE, planned).fails("fence-ready", "proxies keep routes for up to 5 min");
    }

    /** Brokers have no offsets of it; its clients report theirs. */
    @Test
    void aBroadcastingGroupIsDrainedWhenEachClientHasReadAll() throws Exception {
        create("boards", "boards-windows");
        Semaphore readable = new Semaphore(0);
        // A client of an earlier run with this name would have left offsets that lie behind these messages.
        DefaultMQPushConsumer window = clients.consumer(
                "boards-windows",
                "window-" + System.nanoTime(),
                cluster(Side.DESTINATION).nameServers(),
                "boards");
        window.setMessageModel(MessageModel.BROADCASTING);
        window.registerMessageListener((MessageListenerConcurrently) (messages, context) -> {
            readable.acquireUninterruptibly();
            return ConsumeConcurrentlyStatus.CONSUME_SUCCESS;
        });
        window.start();
        clients.add(window::shutdown);
        clients.add(() -> readable.release(Integer.MAX_VALUE / 2));
        send("boards", QUEUES);
        CheckedTopics.Look look =
                () -> before(LEAVE_BEHIND, topics().plan(Stage.READ_BOTH, "boards", "boards-windows"));
        await("source-drained", "boards-windows", look);
        readable.release(QUEUES);
        await("source-drained", "no message of the topic is left at the source", look);
        send("boards", QUEUES);
        await("source-drained", "4 messages of the topic at the source are unread by boards-windows", look);
    }

    /** The consumer returns the message again and again, and everything behind it waits. */
    @Test
    void aPoisonMessageKeepsTheFenceOpen() throws Exception {
        create("ledgers", "ledgers-book");
        clients.member(
                "ledgers-book",
                Side.DESTINATION,
                (MessageListenerOrderly) (messages, context) -> ConsumeOrderlyStatus.SUSPEND_CURRENT_QUEUE_A_MOMENT,
                "ledgers");
        await(
                "order-matches",
                "1 client of ledgers-book consumes as the plan says",
                () -> before(
                        LEAVE_SOURCE,
                        topics().plan(topics().text("", Stage.READ_BOTH, "ledgers", "FIFO", "ledgers-book"))));
        applied(topics().text("", Stage.READ_BOTH, "ledgers", "FIFO", "ledgers-book"));
        send("ledgers", 1);
        String onward = topics().text("", Stage.WRITE_DESTINATION, "ledgers", "FIFO", "ledgers-book");
        assertThat(Printed.of(blocked(onward)))
                .contains("fence-ready unknown ledgers-book is 1 message behind and consumed none in ");
        assertThat(topics().plan(onward).situation().isAt(Stage.READ_BOTH, "ledgers"))
                .isTrue();
    }

    @Test
    void delayedMessagesArePendingAtTheEnd() throws Exception {
        create("reminders", "reminders-mailer");
        clients.member("reminders-mailer", "one", Side.DESTINATION, false, false, "reminders");
        try (RealSender sender = new RealSender(sandbox.endpoints(), "reminders-sender", Side.DESTINATION)) {
            sender.delayed("reminders", ONE_MINUTE);
        }
        applied(topics().text("", Stage.WRITE_DESTINATION, "reminders", "DELAY", "reminders-mailer"));
        String last = topics().text("", Stage.DESTINATION, "reminders", "DELAY", "reminders-mailer");
        before(LEAVE_BEHIND, topics().plan(last))
                .fails("source-drained", "1 delayed message of the topic is at the source, the last due at ");
        applied(last);
    }

    @Test
    void aCommitComesLate() throws Exception {
        create("payments", "payments-ledger");
        clients.member("payments-ledger", "one", Side.DESTINATION, false, false, "payments");
        try (RealSender sender = new RealSender(sandbox.endpoints(), "payments-sender", Side.DESTINATION)) {
            sender.half("payments", false);
            applied(topics().text("", Stage.WRITE_DESTINATION, "payments", "TRANSACTION", "payments-ledger"));
            String last = topics().text("", Stage.DESTINATION, "payments", "TRANSACTION", "payments-ledger");
            before(LEAVE_BEHIND, topics().plan(last))
                    .fails("source-drained", "1 half message of the topic is at the source")
                    .isUnknown("source-quiet", "the closed topic at the source was read for the first time");
            sender.commitWhenAsked();
            Waited waited = new Waited();
            applied(last, waited);
            assertThat(waited.lines)
                    .anyMatch(line -> line.contains("1 half message of the topic"))
                    .anyMatch(line -> line.contains("1 message arrived at the source"));
        }
    }

    /** Keeps what a run waited for. */
    private static final class Waited implements ApplyProgress {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void waiting(List<WaitReason> reasons) {
            reasons.forEach(reason -> lines.add(reason.kind() + " " + reason.what()));
        }

        @Override
        public void done(int done, int all) {}

        @Override
        public void made(List<AppliedChange> changes, Duration took) {}

        @Override
        public void overruled(String what) {}
    }
}
