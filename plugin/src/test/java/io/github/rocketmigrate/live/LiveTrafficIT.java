package io.github.rocketmigrate.live;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionListener;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.admin.ConsumeStats;
import org.apache.rocketmq.remoting.protocol.admin.OffsetWrapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the live traffic can be trusted: permissions are moved by hand, and nothing is lost but what must be. */
final class LiveTrafficIT {
    /** A queue may stand still for half of it, which loses nothing. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int NONE = 0;
    private static final int WRITE = 2;
    private static final int READ = 4;
    private static final int READ_AND_WRITE = 6;

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 1);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    @Tag("thorough")
    void topicsMoveUnderLiveTraffic() throws Exception {
        LiveTopic clicks = new LiveTopic(
                "clicks", MessageType.NORMAL, LiveGroup.concurrent("audit"), LiveGroup.orderly("counter"));
        List<LiveTopic> topics = List.of(
                clicks,
                new LiveTopic("orders", MessageType.FIFO, LiveGroup.orderly("billing")),
                new LiveTopic("reminders", MessageType.DELAY, LiveGroup.concurrent("mailer")),
                new LiveTopic("payments", MessageType.TRANSACTION, LiveGroup.concurrent("ledger")));
        LiveTopics.create(sandbox, Side.SOURCE, topics, READ_AND_WRITE);
        LiveTopics.create(sandbox, Side.DESTINATION, topics, READ);
        Tally tally;
        try (LiveTraffic live =
                LiveTraffic.start(folder, nameServers(), topics, LiveSettings.following(Duration.ofSeconds(1)))) {
            live.awaitFlow();
            Mark both = live.mark("write-both");
            permit(Side.DESTINATION, clicks.name(), READ_AND_WRITE);
            Eventually.holds("both clusters get messages", () -> takes(live, "destination-a", both));
            live.awaitFlowSince(both);
            Mark moved = live.mark("write-destination");
            permit(Side.SOURCE, clicks.name(), READ);
            live.awaitFlowSince(moved);
            Eventually.holds("the source is empty", () -> isQuiet(live, "source-a"));
            Mark closed = live.mark("destination");
            permit(Side.SOURCE, clicks.name(), NONE);
            live.awaitFlowSince(closed);
            Eventually.holds(
                    "every group has a hundred messages to receive",
                    () -> live.look().lines().stream().allMatch(line -> line.sent() > 100));
            tally = live.finish(PATIENCE);
        }
        assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
        assertThat(tally.lost()).describedAs(tally.words()).isEmpty();
        assertThat(tally.overtakers()).describedAs(tally.words()).isEmpty();
        for (String[] orderly : new String[][] {{"clicks", "counter"}, {"orders", "billing"}}) {
            assertThat(tally.line(orderly[0], orderly[1]).duplicates())
                    .describedAs(tally.words())
                    .isEmpty();
        }
        assertThat(tally.lines())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.sent()).isEqualTo(line.received()));
    }

    /** RocketMQ 5 spins after its last transaction, unless it is configured otherwise: the other servers would starve. */
    @Test
    void aBrokerRestsWhenItsTransactionsHaveEnded() throws Exception {
        LiveTopic topic = new LiveTopic("paid", MessageType.TRANSACTION);
        LiveTopics.create(sandbox, Side.DESTINATION, List.of(topic), READ_AND_WRITE);
        TransactionMQProducer producer = new TransactionMQProducer("payers");
        producer.setNamesrvAddr(nameServers());
        producer.setVipChannelEnabled(false);
        producer.setTransactionListener(new TransactionListener() {
            @Override
            public LocalTransactionState executeLocalTransaction(Message message, Object argument) {
                return LocalTransactionState.COMMIT_MESSAGE;
            }

            @Override
            public LocalTransactionState checkLocalTransaction(MessageExt message) {
                return LocalTransactionState.COMMIT_MESSAGE;
            }
        });
        producer.start();
        try {
            producer.sendMessageInTransaction(new Message(topic.name(), new byte[1]), null);
        } finally {
            producer.shutdown();
        }
        // It would begin to spin 3 s later.
        Eventually.holds("the broker uses less than a tenth of a processor", () -> {
            Duration before = sandbox.processorTime("destination-a");
            TimeUnit.SECONDS.sleep(8);
            return sandbox.processorTime("destination-a").minus(before).toMillis() < 800;
        });
    }

    /** That the harness can fail: what the group has not taken before its topic becomes unreadable is lost. */
    @Test
    void whatMustBeLostIsReportedAsLost() throws Exception {
        LiveTopic topic = new LiveTopic("doomed", MessageType.NORMAL, LiveGroup.concurrent("unlucky"));
        LiveTopics.create(sandbox, Side.SOURCE, List.of(topic), READ_AND_WRITE);
        Tally tally;
        Set<Place> taken;
        try (LiveTraffic live = LiveTraffic.start(
                folder, nameServers(), List.of(topic), LiveSettings.following(Duration.ofSeconds(1)))) {
            live.awaitFlow();
            live.mark("unreadable");
            permit(Side.SOURCE, topic.name(), WRITE);
            Eventually.holds(
                    "at least a hundred are missing", () -> live.look().lost().size() > 100);
            tally = live.finish(Duration.ofSeconds(3));
            taken = live.received().stream().map(Received::place).collect(toSet());
        }
        assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
        Tally.Line line = tally.line("doomed", "unlucky");
        // Other witnesses: how many the broker holds, and up to where the group has told it that it came.
        Map<MessageQueue, OffsetWrapper> queues = lag("unlucky").getOffsetTable();
        assertThat(line.sent()).describedAs(tally.words()).isEqualTo((int) queues.values().stream()
                .mapToLong(OffsetWrapper::getBrokerOffset)
                .sum());
        // What was being taken when the topic was closed has been received, and the broker was not told.
        long beyond = queues.entrySet().stream()
                .flatMap(queue -> LongStream.range(
                                queue.getValue().getConsumerOffset(),
                                queue.getValue().getBrokerOffset())
                        .mapToObj(offset -> new Place("source-a", queue.getKey().getQueueId(), offset)))
                .filter(place -> !taken.contains(place))
                .count();
        assertThat(line.lost())
                .describedAs(tally.words())
                .hasSizeGreaterThan(100)
                .hasSize((int) beyond);
    }

    @Test
    @Tag("thorough")
    void aGroupLagsAndItsMembersComeAndGo() throws Exception {
        LiveTopic topic = new LiveTopic(
                "parcels", MessageType.FIFO, LiveGroup.orderly("couriers"), LiveGroup.concurrent("clerks"));
        LiveTopics.create(sandbox, Side.SOURCE, List.of(topic), READ_AND_WRITE);
        LiveTopics.create(sandbox, Side.DESTINATION, List.of(topic), READ);
        Tally tally;
        try (LiveTraffic live = LiveTraffic.start(
                folder, nameServers(), List.of(topic), LiveSettings.following(Duration.ofSeconds(1)))) {
            live.awaitFlow();
            live.mark("slow");
            live.slow("couriers", 60_000);
            Eventually.holds(
                    "the couriers lag",
                    () -> live.look().line("parcels", "couriers").lost().size() > 100);
            live.slow("couriers", 0);
            Mark gone = live.mark("without-member-2");
            live.endMember(2);
            live.awaitFlowSince(gone);
            live.startMember(2);
            live.awaitFlowSince(live.mark("with-member-2"));
            live.mark("stray");
            String source = sandbox.endpoints().cluster(Side.SOURCE).nameServers();
            try (LiveTraffic.Stray stray = live.stray("clerks", source)) {
                Eventually.holds(
                        "the stray receives",
                        () -> live.received().stream()
                                .anyMatch(received -> received.member().equals(stray.name())));
                Eventually.holds(
                        "a group over two endpoints repeats",
                        () -> !live.look().duplicates("stray").isEmpty());
            }
            live.awaitFlowSince(live.mark("without-stray"));
            tally = live.finish(PATIENCE);
        }
        assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
        assertThat(tally.lost()).describedAs(tally.words()).isEmpty();
        assertThat(tally.overtakers()).describedAs(tally.words()).isEmpty();
        assertThat(tally.line("parcels", "couriers").duplicates())
                .describedAs(tally.words())
                .noneMatch(duplicate -> duplicate.mark().name().equals("slow"));
    }

    @Test
    void everyJvmEndsWhenItsParentIsKilled() throws Exception {
        Path output = folder.resolve("output");
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-DlocalRepository=" + System.getProperty("localRepository"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LiveTrafficMain.class.getName(),
                        folder.resolve("live").toString(),
                        nameServers())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        List<ProcessHandle> children;
        try {
            Eventually.holds(
                    "the traffic runs",
                    () -> Files.readString(output).contains(LiveTrafficMain.STARTED) || !parent.isAlive());
            children = parent.descendants().toList();
        } finally {
            parent.destroyForcibly().waitFor();
        }
        assertThat(children).describedAs(Files.readString(output)).hasSize(5);
        Eventually.holds("all have ended", () -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private static ConsumeStats lag(String group) throws Exception {
        Endpoints.SandboxCluster cluster = sandbox.endpoints().cluster(Side.SOURCE);
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            return connection.admin().examineConsumeStats(cluster.brokers().get("source-a"), group, "doomed", 3_000);
        }
    }

    private static boolean takes(LiveTraffic live, String broker, Mark since) throws Exception {
        return live.sent().stream()
                .anyMatch(sent ->
                        sent.at().isAfter(since.at()) && sent.place().broker().equals(broker));
    }

    /** Whether, for longer than a producer takes to follow, no click has gone to this broker, and all have left it. */
    private static boolean isQuiet(LiveTraffic live, String broker) throws Exception {
        List<Sent> there = live.sent().stream()
                .filter(sent -> sent.message().topic().equals("clicks")
                        && sent.place().broker().equals(broker))
                .toList();
        List<LiveMessage> missing = live.look().lost();
        return there.stream()
                .allMatch(
                        sent -> sent.at().isBefore(Moment.now().minusSeconds(3)) && !missing.contains(sent.message()));
    }

    private static String nameServers() {
        return sandbox.endpoints().cluster(Side.DESTINATION).nameServers();
    }

    private static void permit(Side side, String topic, int permission) throws Exception {
        Endpoints.SandboxCluster cluster = sandbox.endpoints().cluster(side);
        try (AdminConnection connection = AdminConnection.open(cluster.nameServers(), Optional.empty())) {
            for (String broker : cluster.brokers().values()) {
                connection
                        .admin()
                        .createAndUpdateTopicConfig(
                                broker, new TopicConfig(topic, LiveTopics.QUEUES, LiveTopics.QUEUES, permission));
            }
        }
    }
}
