package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.RowState;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints.SandboxCluster;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageAccessor;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.common.message.MessageRequestMode;
import org.apache.rocketmq.remoting.protocol.LanguageCode;
import org.apache.rocketmq.remoting.protocol.subscription.SubscriptionGroupConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every row of the examination that a real server can cause fires on troubled clusters, and none fires on healthy ones.
 *
 * <p>Longer than 300 lines: each line of a scene is a trouble of one row.
 */
@Tag("thorough")
final class EveryRowIT {
    private static final String SOURCE = "source-a";
    private static final String DESTINATION = "destination-a";
    private static final Duration OBSERVED = Duration.ofSeconds(2);
    private static final int LARGE = 100_000;
    private static final int POP_MILLIS = 1_000;
    private static final int MANY_TOPICS = 10;
    private static final String NOTHING_PLANNED = "batches: [{ name: all }]\n";

    /** The disk is that of the machine which runs the test. */
    private static final String DISK = "RMA-119";

    /** What every release of a source can cause, in one pair of clusters. */
    private static final Set<String> TROUBLES = Set.of(
            "RMA-107", "RMA-108", "RMA-109", "RMA-110", "RMA-111", "RMA-112", "RMA-114", "RMA-115", "RMA-118",
            "RMA-120", "RMA-121", "RMA-201", "RMA-202", "RMA-203", "RMA-204", "RMA-205", "RMA-206", "RMA-207",
            "RMA-208", "RMA-209", "RMA-214", "RMA-215", "RMA-216", "RMA-301", "RMA-302", "RMA-303", "RMA-304",
            "RMA-305", "RMA-306", "RMA-307", "RMA-308", "RMA-311", "RMA-401", "RMA-407", "RMA-602");

    @TempDir
    Path folder;

    private final List<AutoCloseable> senders = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"4.7.1, 5.3.3, RMA-105 RMA-106", "4.9.7, 5.5.0, ''", "5.3.3, 5.5.0, RMA-105 RMA-116 RMA-210 RMA-310"})
    void troublesOfASourceAreNamed(String source, String destination, String ofReleases) throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("servers"), source, destination, 1, true);
                RealClients clients = new RealClients(sandbox.endpoints())) {
            boolean isFive = source.startsWith("5.");
            troubleServers(sandbox, isFive);
            troubleTopics(sandbox.endpoints().cluster(Side.SOURCE), isFive);
            troubleDestination(sandbox.endpoints().cluster(Side.DESTINATION));
            troubleMembers(sandbox, clients, isFive);
            Goals goals = new Goals(sandbox.endpoints(), folder.resolve("output"));
            String plan = goals.head("").replaceFirst("(?m)^(destination: .*), cluster: \\S+ }$", "$1, tls: insecure }")
                    + """
                    batches:
                      - name: all
                        topics: [{ name: payments, type: NORMAL }]
                        groups: [{ name: mixed, order: CONCURRENT, retries: 3 }]
                    """;
            SortedSet<String> expected = new TreeSet<>(TROUBLES);
            expected.addAll(ids(ofReleases));
            awaitFired(goals, plan, expected);
        } finally {
            for (AutoCloseable sender : senders) {
                sender.close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4.7.1, 5.3.3, RMA-105 RMA-106", "4.9.7, 5.5.0, ''", "5.3.3, 5.5.0, RMA-105"})
    void healthyClustersFireOnlyWhatTheirReleasesCause(String source, String destination, String ofReleases)
            throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("servers"), source, destination, 1, false);
                RealClients clients = new RealClients(sandbox.endpoints())) {
            SandboxCluster cluster = sandbox.endpoints().cluster(Side.SOURCE);
            create(cluster, "clicks");
            Topics.createGroup(cluster, "audit");
            clients.member("audit", "one", Side.SOURCE, false, false, "clicks");
            clients.member("audit", "two", Side.SOURCE, false, false, "clicks");
            Topics.send(cluster, "clicks", 0);
            Goals goals = new Goals(sandbox.endpoints(), folder.resolve("output"));
            Map<String, AssessedRow> rows = awaitFired(
                    goals,
                    goals.head("batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }],"
                            + " groups: [{ name: audit, order: CONCURRENT }] }]\n"),
                    ids(ofReleases));
            assertThat(ids(rows, RowState.NotMeasurable.class))
                    .describedAs("what nobody can see, and what old brokers do not list")
                    .isEqualTo(new TreeSet<>(
                            source.equals("4.7.1")
                                    ? Set.of("RMA-408", "RMA-601", "RMA-701")
                                    : Set.of("RMA-601", "RMA-701")));
        }
    }

    /** A destination of 4.x that is being updated, and that loses a server. */
    @Test
    void aDestinationOfSeveralReleasesIsNamedAndOneThatDoesNotAnswer() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("servers"), "4.9.7", "4.9.7", 2, false)) {
            Goals goals = new Goals(sandbox.endpoints(), folder.resolve("output"));
            sandbox.update("destination-b", "4.9.7", "4.7.1");
            Map<String, AssessedRow> rows =
                    awaitFired(goals, goals.head(NOTHING_PLANNED), Set.of("RMA-103", "RMA-104"));
            assertThat(rows.get("RMA-103").objects()).containsExactly(DESTINATION, "destination-b");
            assertThat(rows.get("RMA-104").value().orElseThrow())
                    .isEqualTo("source 4.9.7 (2 servers); destination 4.7.1 (1 server), 4.9.7 (1 server)");
            sandbox.suspend(DESTINATION);
            try {
                AssessedRow silent = rows(goals, goals.head(NOTHING_PLANNED)).get("RMA-101");
                assertThat(silent.state()).isInstanceOf(RowState.Fired.class);
                assertThat(silent.value().orElseThrow()).startsWith("destination: ");
            } finally {
                sandbox.resume(DESTINATION);
            }
        }
    }

    @Test
    void aBrokerOfWhichOnlyASlaveIsLeftIsNamed() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("servers"), "4.9.7", "5.5.0", 2, false)) {
            sandbox.kill("source-b");
            sandbox.configure("source-b", "brokerId", "1");
            sandbox.configure("source-b", "brokerRole", "SLAVE");
            sandbox.restart("source-b");
            Goals goals = new Goals(sandbox.endpoints(), folder.resolve("output"));
            Map<String, AssessedRow> rows = new HashMap<>();
            Eventually.holds("the name server lists no master", () -> {
                rows.putAll(rows(goals, goals.head(NOTHING_PLANNED)));
                return rows.get("RMA-117").state() instanceof RowState.Fired;
            });
            assertThat(rows.get("RMA-117").objects()).containsExactly("source source-b");
        }
    }

    @Test
    void brokersWithDifferentAccountsAreNamed() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.startWithAccounts(folder.resolve("servers"), "4.9.7", "5.5.0", 2)) {
            Files.writeString(
                    sandbox.sandbox().folder().resolve("source-b/conf/plain_acl.yml"),
                    "  - { accessKey: audit-service, secretKey: audit-service-secret, defaultTopicPerm: SUB }\n",
                    ISO_8859_1,
                    APPEND);
            Goals goals = new Goals(sandbox.endpoints(), folder.resolve("output"));
            Eventually.holds(
                    "the broker has read its accounts again",
                    () -> rows(goals, goals.head(NOTHING_PLANNED))
                            .get("RMA-501")
                            .objects()
                            .contains("audit-service"));
            AssessedRow row = rows(goals, goals.head(NOTHING_PLANNED)).get("RMA-506");
            assertThat(row.state()).isInstanceOf(RowState.Fired.class);
            assertThat(row.objects()).containsExactly("source audit-service");
        }
    }

    /** The destination itself is not read, but its limits are known; what it does not support is asked. */
    @Test
    void theLimitsOfAManagedDestinationAreCompared() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("servers"), "4.9.7", "5.5.0", 1, false)) {
            SandboxCluster source = sandbox.endpoints().cluster(Side.SOURCE);
            create(source, "ab");
            Topics.createGroup(source, "g".repeat(65));
            String plan = """
                    version: 1
                    name: test
                    source: { nameServers: ["%s"] }
                    destination: { nameServers: ["10.0.1.11:9876"], profile: tdmq }
                    assess:
                      answers:
                        - { id: RMA-702, answer: 5.1-rmq-20230329, owner: team-platform, date: 2026-11-01 }
                    batches: [{ name: all }]
                    """.formatted(source.nameServers());
            Map<String, AssessedRow> rows = new Goals(sandbox.endpoints(), folder.resolve("output"))
                    .assess(plan).rows().stream().collect(toMap(AssessedRow::id, row -> row));
            assertThat(ids(rows, RowState.Fired.class)).contains("RMA-211", "RMA-212", "RMA-309", "RMA-702");
            assertThat(ids(rows, RowState.NotMeasurable.class))
                    .contains("RMA-213", "RMA-431", "RMA-432", "RMA-433", "RMA-434", "RMA-435");
        }
    }

    /** Assesses until what is expected has fired, and nothing else: clients need a moment until brokers list them. */
    private static Map<String, AssessedRow> awaitFired(Goals goals, String plan, Set<String> expected) {
        Map<String, AssessedRow> rows = new HashMap<>();
        try {
            Eventually.holds("the rows fire", () -> {
                rows.clear();
                rows.putAll(rows(goals, plan));
                return ids(rows, RowState.Fired.class).equals(expected);
            });
        } catch (Exception | AssertionError late) {
            SortedSet<String> others = ids(rows, RowState.Fired.class);
            Set<String> missing = new TreeSet<>(expected);
            missing.removeAll(others);
            others.removeAll(expected);
            others.addAll(missing);
            throw new AssertionError(
                    others.stream()
                            .map(id -> id + (missing.contains(id) ? " has not fired: " : " has fired: ") + rows.get(id))
                            .collect(joining("\n")),
                    late);
        }
        return rows;
    }

    private static Map<String, AssessedRow> rows(Goals goals, String plan) {
        return goals.assess(plan, OBSERVED).rows().stream().collect(toMap(AssessedRow::id, row -> row));
    }

    private static Set<String> ids(String words) {
        return words.isEmpty() ? Set.of() : Set.of(words.split(" ", -1));
    }

    private static SortedSet<String> ids(Map<String, AssessedRow> rows, Class<? extends RowState> state) {
        return rows.values().stream()
                .filter(row -> state.isInstance(row.state()))
                .map(AssessedRow::id)
                .filter(id -> !id.equals(DISK))
                .collect(toCollection(TreeSet::new));
    }

    /** Both brokers and both clusters have one name, and none of their settings fits the other. */
    private static void troubleServers(OwnSandbox sandbox, boolean isFive) throws Exception {
        SandboxCluster source = sandbox.endpoints().cluster(Side.SOURCE);
        List<String> servers = List.of(SOURCE, DESTINATION, "destination-nameserver");
        for (String server : servers) {
            sandbox.kill(server);
        }
        sandbox.configure(SOURCE, "autoCreateTopicEnable", "true");
        sandbox.configure(SOURCE, "fileReservedTime", "20000000");
        sandbox.configure(SOURCE, "namesrvAddr", source.nameServers() + ";127.0.0.1:9");
        sandbox.configure(SOURCE, "enablePropertyFilter", "true");
        if (isFive) {
            sandbox.configure(SOURCE, "enableRemoteEscape", "true");
        }
        Map<String, String> settings = Map.ofEntries(
                Map.entry("brokerName", SOURCE),
                Map.entry("brokerClusterName", source.name()),
                Map.entry("aclEnable", "true"),
                Map.entry("brokerPermission", "4"),
                Map.entry("fileReservedTime", "10000000"),
                Map.entry("maxMessageSize", "65536"),
                Map.entry("enablePropertyFilter", "false"),
                Map.entry("timerMaxDelaySec", "3600"),
                Map.entry("transRocksDBEnable", "true"),
                Map.entry("messageDelayLevel", "2s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 3h"));
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            sandbox.configure(DESTINATION, setting.getKey(), setting.getValue());
        }
        for (String server : List.of(DESTINATION, "destination-nameserver")) {
            Path arguments = sandbox.sandbox().folder().resolve(server).resolve("java.args");
            Files.writeString(
                    arguments,
                    "-Dtls.server.mode=permissive\n-Dtls.test.mode.enable=true\n-Drocketmq.zone=east\n"
                            + Files.readString(arguments, ISO_8859_1).replaceAll("(?m)^.*-Dtls\\..*\\R", ""),
                    ISO_8859_1);
        }
        for (String server : servers) {
            sandbox.startAgain(server);
        }
        for (String server : servers) {
            Eventually.holds(server + " listens", () -> sandbox.listens(server));
        }
        for (Side side : Side.values()) {
            try (AdminConnection connection =
                    AdminConnection.open(sandbox.endpoints().cluster(side).nameServers(), Optional.empty())) {
                Eventually.holds(
                        side + " has its broker",
                        () -> connection
                                .admin()
                                .examineBrokerClusterInfo()
                                .getBrokerAddrTable()
                                .containsKey(SOURCE));
            }
        }
    }

    private void troubleTopics(SandboxCluster source, boolean isFive) throws Exception {
        for (int i = 0; i < MANY_TOPICS; i++) {
            create(source, "many-" + i);
        }
        for (String group : List.of("left", "wide", "mixed", "broadcast", "sql", "flink-clicks", "many-0")) {
            Topics.createGroup(source, group);
        }
        create(source, "in-both");
        create(source, "%RETRY%left");
        create(source, "%DLQ%left");
        Topics.consumed(source, "left", new MessageQueue("%RETRY%left", SOURCE, 0), 0);
        DefaultMQProducer producer = new DefaultMQProducer("troubles");
        producer.setNamesrvAddr(source.nameServers());
        producer.setVipChannelEnabled(false);
        producer.start();
        Message retry = new Message("%RETRY%left", new byte[] {1});
        MessageAccessor.setMaxReconsumeTimes(retry, "16");
        producer.send(retry);
        producer.send(new Message("%DLQ%left", new byte[] {1}));
        // Clients compress what can be compressed.
        byte[] large = new byte[LARGE];
        new Random(1).nextBytes(large);
        producer.send(new Message("many-0", large));
        Thread sending = new Thread(() -> {
            try {
                while (true) {
                    producer.send(new Message("many-1", large));
                    Thread.sleep(200);
                }
            } catch (Exception ended) {
                Thread.currentThread().interrupt();
            }
        });
        sending.start();
        senders.add(() -> {
            sending.interrupt();
            sending.join();
            producer.shutdown();
        });
        try (AdminConnection connection = AdminConnection.open(source.nameServers(), Optional.empty())) {
            connection.admin().createAndUpdateKvConfig("ORDER_TOPIC_CONFIG", "payments", SOURCE + ":4");
            SubscriptionGroupConfig disabled = new SubscriptionGroupConfig();
            disabled.setGroupName("disabled");
            disabled.setConsumeEnable(false);
            for (String broker : source.brokers().values()) {
                connection.admin().createAndUpdateSubscriptionGroupConfig(broker, disabled);
                if (isFive) {
                    TopicConfig newest = new TopicConfig("newest", 1, 1, 6);
                    newest.setAttributes(Map.of("+cleanup.policy", "COMPACTION"));
                    connection.admin().createAndUpdateTopicConfig(broker, newest);
                }
            }
        }
    }

    private static void create(SandboxCluster cluster, String topic) throws Exception {
        Topics.create(cluster, new TopicConfig(topic, 1, 1, 6));
    }

    private static void troubleDestination(SandboxCluster destination) throws Exception {
        create(destination, "in-both");
        Topics.createGroup(destination, "wide");
        Topics.consumed(
                new SandboxCluster(
                        destination.name(),
                        destination.version(),
                        destination.nameServers(),
                        Map.of(SOURCE, destination.brokers().get(DESTINATION))),
                "wide",
                new MessageQueue("in-both", SOURCE, 0),
                0);
    }

    private static void troubleMembers(OwnSandbox sandbox, RealClients clients, boolean isFive) throws Exception {
        String[] many =
                IntStream.range(0, MANY_TOPICS).mapToObj(i -> "many-" + i).toArray(String[]::new);
        clients.member("wide", "one", Side.SOURCE, false, false, many);
        clients.member("mixed", "one", Side.SOURCE, true, false, "many-2");
        clients.member("mixed", "two", Side.SOURCE, false, false, "many-2", "many-3");
        clients.member("broadcast", "one", Side.SOURCE, false, true, "many-4");
        clients.member("flink-clicks", "one", Side.SOURCE, false, false, "many-5");
        clients.filtering("sql", "many-6", "a > 1");
        clients.silent("many-0", "many-0", "silent@1", LanguageCode.GO);
        if (isFive) {
            pop(sandbox.endpoints().cluster(Side.SOURCE), clients);
        }
    }

    private static void pop(SandboxCluster source, RealClients clients) throws Exception {
        Topics.createGroup(source, "popping");
        try (AdminConnection connection = AdminConnection.open(source.nameServers(), Optional.empty())) {
            for (String broker : source.brokers().values()) {
                connection
                        .admin()
                        .setMessageRequestMode(broker, "many-7", "popping", MessageRequestMode.POP, 0, POP_MILLIS);
            }
        }
        DefaultMQPushConsumer member = clients.consumer("popping", "one", source.nameServers(), "many-7");
        member.setClientRebalance(false);
        member.setAllocateMessageQueueStrategy(new AllocateMessageQueueAveragely());
        member.registerMessageListener(
                (MessageListenerConcurrently) (messages, context) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
        member.start();
        clients.add(member::shutdown);
    }
}
