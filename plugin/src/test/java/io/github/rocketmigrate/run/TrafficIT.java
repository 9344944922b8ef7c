package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.check.Checks;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.remoting.Readers;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.wire.AdminConnection;
import io.github.rocketmigrate.wire.WireTap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageRequestMode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is read of live clients and of messages that brokers keep back, on clusters that have joined.
 *
 * <p>Longer than 300 lines: its tests share one sandbox and its live clients.
 */
final class TrafficIT {
    /** All that may be sent to look: as for plans without traffic, and clients, what is kept back, and messages. */
    private static final Set<Integer> READING =
            Set.of(101, 106, 206, 219, 28, 26, 21, 201, 43, 202, 30, 31, 203, 328, 300, 307, 45, 61, 11, 321, 33);

    private static final int QUEUES = 4;
    private static final int RETRIES_AT_ONCE = 1;
    private static final int READ_ONLY = 4;
    private static final long ANSWER_MILLIS = 5_000;
    private static final String BROKER = "source-a";
    /** Three more than usual. */
    private static final String DELAYS = "1s 5s 10s 30s 1m 2m 3m 4m 5m 6m 7m 8m 9m 10m 20m 30m 1h 2h 12h 1d 1s";

    private static final int SHORT_DELAY = 21;

    private static final int LONGEST_DELAY = 20;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    private final RealClients clients = new RealClients(sandbox.endpoints());

    @BeforeAll
    static void start() throws Exception {
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 1);
        sandbox.kill(BROKER);
        sandbox.configure(BROKER, "messageDelayLevel", DELAYS);
        sandbox.configure(BROKER, "enablePropertyFilter", "true");
        sandbox.restart(BROKER);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void close() throws Exception {
        clients.close();
    }

    @Test
    void membersAreReadWithTheirQueuesAndTheirNameServers() throws Exception {
        create("orders", "orders-fulfilment");
        String stays = clients.member("orders-fulfilment", "stays", Side.SOURCE, true, false, "orders");
        String goes = clients.member("orders-fulfilment", "goes", Side.DESTINATION, true, false, "orders");
        PlanReport report = await(
                "orders",
                "orders-fulfilment",
                traffic ->
                        Stream.of(stays, goes).allMatch(id -> taken(traffic, "orders-fulfilment", id) == QUEUES / 2));
        Traffic traffic = report.situation().traffic().orElseThrow();

        ConsumerGroup group = traffic.at(Side.SOURCE).clients().group("orders-fulfilment");
        assertThat(group.mode()).hasValue(ConsumeMode.PUSH);
        assertThat(group.broadcasting()).isFalse();
        assertThat(group.topics()).containsExactly("%RETRY%orders-fulfilment", "orders");
        assertThat(group.members()).containsOnlyKeys(stays, goes);
        assertThat(group.members().get(goes).masters()).containsExactly(BROKER);
        assertThat(traffic.groupsOf("orders")).containsExactly("orders-fulfilment");

        ClientReports.ClientReport one =
                traffic.reports().member("orders-fulfilment", stays).orElseThrow();
        ClientReports.ClientReport other =
                traffic.reports().member("orders-fulfilment", goes).orElseThrow();
        assertThat(one.isOrderly()).isTrue();
        assertThat(one.nameServers()).containsExactly(nameServers(Side.SOURCE));
        assertThat(other.nameServers()).containsExactly(nameServers(Side.DESTINATION));
        Set<QueueKey> queues = new HashSet<>(one.queues("orders").keySet());
        assertThat(queues)
                .hasSize(QUEUES / 2)
                .doesNotContainAnyElementsOf(other.queues("orders").keySet());

        assertThat(verdict(report, "groups-planned")).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict(report, "no-grpc-clients")).isInstanceOf(Verdict.Passed.class);
        assertThat(verdict(report, "order-matches").what())
                .startsWith(
                        "2 of 2 clients of orders-fulfilment have an orderly listener, and the plan says CONCURRENT: ");
        assertThat(verdict(report, "consumers-switched").what())
                .isEqualTo("1 of 2 clients of orders-fulfilment still uses " + nameServers(Side.SOURCE) + ": " + stays);
    }

    /** A client chooses its instance name; the id that brokers hand on has every character of it. */
    @Test
    void theInstanceNameOfAClientControlsNoOutput() throws Exception {
        create("guests", "guests-readers");
        String name = "\u001b[2J\r\n::error::forged ##vso[task.complete] \u202e\u200b";
        String hostile = clients.member("guests-readers", name, Side.SOURCE, false, false, "guests");
        PlanReport report = await("guests", "guests-readers", traffic -> taken(traffic, "guests-readers") == QUEUES);
        assertThat(report.situation().traffic().orElseThrow().members("guests-readers"))
                .containsExactly(hostile);
        String shown = "guests-readers-<U+001B>[2J<U+000D><U+000A>::error::forged <U+0023>#vso[task.complete]"
                + " <U+202E><U+200B>";
        assertThat(Printed.of(report)).contains(shown);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readAllLines(file))
                            .allMatch(line -> line.codePoints().allMatch(Printable::isSafe))
                            .noneMatch(line -> line.startsWith("::") || line.contains("##vso[")));
        }
        assertThat(folder.resolve("TEST-migrate-plan.xml"))
                .content()
                .contains(shown.replace("<", "&lt;").replace(">", "&gt;"));
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("result.json").toFile())
                        .findValuesAsText("message"))
                .describedAs("a program reads the id as it is")
                .anyMatch(message -> message.contains(hostile));
    }

    /** Brokers list it like any other member that pushes. */
    @Test
    void aMemberToWhichABrokerHandsOutMessagesSaysSo() throws Exception {
        String group = "tickets-readers";
        Endpoints.SandboxCluster destination = sandbox.endpoints().cluster(Side.DESTINATION);
        Topics.create(destination, new TopicConfig("tickets", QUEUES, QUEUES, 6));
        Topics.createGroup(destination, group);
        try (AdminConnection connection = AdminConnection.open(destination.nameServers(), Optional.empty())) {
            for (String broker : destination.brokers().values()) {
                connection
                        .admin()
                        .setMessageRequestMode(broker, "tickets", group, MessageRequestMode.POP, 0, ANSWER_MILLIS);
            }
        }
        DefaultMQPushConsumer member = clients.consumer(group, "one", nameServers(Side.DESTINATION), "tickets");
        member.setClientRebalance(false);
        member.setAllocateMessageQueueStrategy(new AllocateMessageQueueAveragely());
        member.registerMessageListener(
                (MessageListenerConcurrently) (messages, context) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS);
        member.start();
        clients.add(member::shutdown);
        try (ClusterReader reader = Readers.of(sandbox.endpoints(), Side.DESTINATION)) {
            Metadata metadata = Readers.metadata(reader);
            Eventually.holds("the member reports that it pops", () -> {
                Clients found = reader.clients(metadata, Set.of(group));
                assertThat(found.group(group).mode().filter(ConsumeMode.POP::equals))
                        .isEmpty();
                Map<String, Set<String>> members =
                        Map.of(group, found.group(group).members().keySet());
                return reader.clientReports(metadata, found, members).of(group).stream()
                        .anyMatch(report -> report.pops("tickets"));
            });
        }
    }

    /** The same place under another name is the same place. */
    @Test
    void whoUsesTheDestinationUnderAnotherNameHasSwitched() throws Exception {
        create("views", "views-audit");
        clients.member(
                "views-audit",
                "one",
                nameServers(Side.DESTINATION).replace("127.0.0.1", "localhost"),
                false,
                false,
                "views");
        PlanReport report = await("views", "views-audit", traffic -> taken(traffic, "views-audit") == QUEUES);
        assertThat(verdict(report, "consumers-switched"))
                .isEqualTo(new Verdict.Passed("1 of 1 client of views-audit uses the destination"));
    }

    @Test
    void broadcastingMembersSayHowFarTheyAre() throws Exception {
        create("prices", "prices-windows");
        String one = clients.member("prices-windows", "one", Side.DESTINATION, false, true, "prices");
        String two = clients.member("prices-windows", "two", Side.DESTINATION, false, true, "prices");
        await("prices", "prices-windows", traffic -> taken(traffic, "prices-windows") == 2 * QUEUES);
        try (RealSender sender = new RealSender(sandbox.endpoints(), "prices-sender")) {
            sender.send("prices", 2 * QUEUES);
        }
        Traffic traffic = await(
                        "prices", "prices-windows", all -> consumed(all, one) + consumed(all, two) == 4 * QUEUES)
                .situation()
                .traffic()
                .orElseThrow();
        assertThat(traffic.at(Side.SOURCE).clients().group("prices-windows").broadcasting())
                .isTrue();
        assertThat(traffic.at(Side.SOURCE).offsets().groupsOf("prices"))
                .describedAs("brokers know nothing of it")
                .isEmpty();
    }

    private static long consumed(Traffic traffic, String member) {
        return traffic.reports().member("prices-windows", member).stream()
                .flatMap(said -> said.queues("prices").values().stream())
                .mapToLong(ClientReports.QueuePosition::next)
                .filter(next -> next > 0)
                .sum();
    }

    /** A suspended client, or one that runs no consumer, must not hold up anybody for long. */
    @Test
    void aMemberThatDoesNotAnswerIsToldWithTheReason() throws Exception {
        create("slow", "slow-group");
        clients.silent("slow", "slow-group", "never@1");
        PlanReport report = await(
                "slow", "slow-group", traffic -> traffic.members("slow-group").contains("never@1"));
        assertThat(verdict(report, "consumers-switched"))
                .isEqualTo(new Verdict.Unknown("1 of 1 client of slow-group did not report name servers:"
                        + " never@1 (it did not answer within 5 s)"));
    }

    @Test
    void whatIsKeptBackIsKnownByTopic() throws Exception {
        create("later", "later-group");
        create("next-day", "next-day-group");
        create("pay", "pay-group");
        create("again", "again-group");
        try (RealSender sender = new RealSender(sandbox.endpoints(), "waiting-sender")) {
            for (int i = 0; i < 3; i++) {
                sender.delayed("later", 18);
            }
            sender.delayed("next-day", LONGEST_DELAY);
            sender.half("pay", true);
            sender.half("pay", false);
            sender.half("later", false);
            sender.send("again", 1);
        }
        clients.failing("again", "again-group");
        HeldMessages waiting = await(
                        "again",
                        "again-group",
                        traffic ->
                                waiting(traffic).kinds().get(HeldKind.DELAYED).of("again") == RETRIES_AT_ONCE)
                .situation()
                .traffic()
                .map(TrafficIT::waiting)
                .orElseThrow();
        Amount delayed = waiting.kinds().get(HeldKind.DELAYED);
        assertThat(delayed.of("later")).isEqualTo(3);
        assertThat(delayed.of("next-day"))
                .describedAs("of a level that brokers do not have by default")
                .isEqualTo(1);
        assertThat(delayed.unseen()).isEmpty();
        Amount half = waiting.kinds().get(HeldKind.HALF);
        assertThat(half.topics())
                .describedAs("what was committed is not open")
                .isEqualTo(Map.of("pay", 1L, "later", 1L));
        assertThat(half.unseen()).isEmpty();
        assertThat(waiting.undispatched()).describedAs("the log is in queues").isEmpty();

        HeldMessages there = await("later", "later-group", traffic -> true)
                .situation()
                .traffic()
                .orElseThrow()
                .at(Side.DESTINATION)
                .held();
        assertThat(there.kinds().values()).allMatch(amount -> amount.total() == 0);
    }

    /** Two applications send to a topic at read-both; one of them knows the source's name servers only. */
    @Test
    void aProducerThatStaysAtTheSourceIsNamedAndPassesAfterItsRestart() throws Exception {
        create("sales", "sales-group");
        Topics.create(
                sandbox.endpoints().cluster(Side.DESTINATION), new TopicConfig("sales", QUEUES, QUEUES, READ_ONLY));
        clients.member("sales-group", "one", Side.DESTINATION, false, false, "sales");
        assertThat(producersSwitched(planToWrite("sales", "sales-group")).what())
                .isEqualTo(
                        "no message came to the topic at the source in the last 24 h, so no producer was looked for");
        try (RealSender goes = new RealSender(sandbox.endpoints(), "sales-web", Side.DESTINATION);
                RealSender stays = new RealSender(sandbox.endpoints(), "sales-desk", Side.SOURCE)) {
            goes.sendTo("sales");
            stays.sendTo("sales");
            awaitProducers("sales", Verdict.Failed.class, "1 of 2 producers");
            Verdict named = producersSwitched(planToWrite("sales", "sales-group"));
            assertThat(named.what())
                    .matches("1 of 2 producers is connected to the source only: "
                            + Pattern.quote(stays.producer().buildMQClientId())
                            + " of sales-desk \\(127\\.0\\.0\\.1:\\d+, sent .+\\)");
        }
        try (RealSender again = new RealSender(sandbox.endpoints(), "sales-desk", Side.DESTINATION);
                RealSender goes = new RealSender(sandbox.endpoints(), "sales-web", Side.DESTINATION)) {
            again.sendTo("sales");
            goes.sendTo("sales");
            awaitProducers("sales", Verdict.Passed.class, "connected to the destination");
        }
        try (WireTap tap = new WireTap(sandbox.endpoints())) {
            planToWrite(tap.endpoints(), "sales", "sales-group");
            SortedMap<Integer, Integer> codes = tap.codes();
            assertThat(codes.keySet()).isSubsetOf(READING);
            assertThat(codes)
                    .describedAs("producers of each broker, and the last messages of each queue of the source")
                    .containsEntry(328, 2)
                    .hasEntrySatisfying(
                            11,
                            count -> assertThat(count)
                                    .describedAs("and half messages that other tests have left")
                                    .isBetween(QUEUES, 2 * QUEUES));
        }
    }

    /** The plan says NORMAL, and somebody sends reminders with a delay. */
    @Test
    void messagesOfAnotherTypeAreFoundInASample() throws Exception {
        create("reminders", "reminders-group");
        assertThat(typeMatches("reminders")).isEqualTo(new Verdict.Passed("the topic has no message to sample"));
        try (RealSender sender = new RealSender(sandbox.endpoints(), "reminders-sender")) {
            sender.send("reminders", 6);
            assertThat(typeMatches("reminders")).isEqualTo(new Verdict.Passed("6 sampled messages fit NORMAL"));
            for (int i = 0; i < 2; i++) {
                sender.delayed("reminders", 1);
            }
        }
        Eventually.holds(
                "type-matches fails",
                () -> typeMatches("reminders")
                        .what()
                        .equals("6 NORMAL, 2 DELAY of 8 sampled, and the plan says NORMAL"));
        try (WireTap tap = new WireTap(sandbox.endpoints())) {
            plan(tap.endpoints(), "reminders", "reminders-group");
            SortedMap<Integer, Integer> codes = tap.codes();
            assertThat(codes.keySet()).isSubsetOf(READING);
            assertThat(codes.get(11))
                    .describedAs("one of each queue, and half messages that other tests have left")
                    .isBetween(1, 2 * QUEUES);
        }
    }

    /** The source has a filter and a delay level that brokers do not have by default. */
    @Test
    void featuresThatTheDestinationLacksAreNamed() throws Exception {
        create("offers", "offers-group");
        assertThat(featuresFit("offers"))
                .isEqualTo(new Verdict.Passed("the destination has every feature that the topic was seen to use"));
        clients.filtering("offers-group", "offers", "price > 10");
        try (RealSender sender = new RealSender(sandbox.endpoints(), "offers-sender")) {
            sender.delayed("offers", SHORT_DELAY);
        }
        String filter =
                "group offers-group selects messages with SQL92, and broker destination-a of the destination has"
                        + " enablePropertyFilter=false";
        String level = "delay level 21 is in use: 1s at the source, and no such level at broker destination-a of the"
                + " destination";
        Eventually.holds("features-fit names the filter and the level", () -> {
            Verdict verdict = featuresFit("offers");
            return verdict instanceof Verdict.Failed
                    && verdict.what().contains(filter)
                    && verdict.what().contains(level);
        });
        try (AdminConnection admin = AdminConnection.open(nameServers(Side.DESTINATION), Optional.empty())) {
            admin.admin().createAndUpdateKvConfig("ORDER_TOPIC_CONFIG", "offers", "destination-a:4");
            try (ClusterReader reader = Readers.of(sandbox.endpoints(), Side.DESTINATION)) {
                assertThat(reader.orderedTopics())
                        .containsOnlyKeys(nameServers(Side.DESTINATION))
                        .allSatisfy((address, topics) -> assertThat(topics).containsExactly("offers"));
            }
            admin.admin().deleteKvConfig("ORDER_TOPIC_CONFIG", "offers");
        }
    }

    /** Both clusters of the sandbox are without TLS and accounts. */
    @Test
    void oneClientCanUseBothClusters() throws Exception {
        create("anyone", "anyone-group");
        Situation situation =
                plan(sandbox.endpoints(), "anyone", "anyone-group").situation();
        assertThat(new Checks(situation).ofClusters(Set.of(Purpose.JOIN)))
                .filteredOn(judgement -> judgement.check().name().equals("client-compatible"))
                .extracting(Judgement::verdict)
                .containsExactly(new Verdict.Passed("TLS is off for both clusters; neither requires accounts; the first"
                        + " broker that joins shows whether it reaches the name servers"));
    }

    private Verdict featuresFit(String topic) {
        return verdict(plan(sandbox.endpoints(), topic, topic + "-group"), "features-fit");
    }

    private Verdict typeMatches(String topic) {
        return verdict(plan(sandbox.endpoints(), topic, topic + "-group"), "type-matches");
    }

    private void awaitProducers(String topic, Class<? extends Verdict> expected, String part) throws Exception {
        Eventually.holds("producers-switched is " + expected.getSimpleName() + " with " + part, () -> {
            Verdict verdict = producersSwitched(planToWrite(topic, topic + "-group"));
            return expected.isInstance(verdict) && verdict.what().contains(part);
        });
    }

    /** Judged as if the topic had been at read-both for an hour: then producers have had time to connect. */
    private static Verdict producersSwitched(PlanReport report) {
        Situation situation = report.situation();
        String topic = situation.scope().topics().get(0).name();
        RecordedObject entry = new RecordedObject(
                Optional.of(Stage.READ_BOTH),
                "12345678",
                Ownership.CREATED,
                Optional.of(situation.readAt().minus(Duration.ofHours(1))),
                Optional.empty());
        Situation later = situation.withRecorded(MigrationRecord.NOTHING.with(new TreeMap<>(Map.of(
                "all", new RecordedBatch(1, new TreeMap<>(Map.of(SettingsHash.topicKey(topic), entry)))))));
        Rung step = new Rung.Writes(
                List.of(
                        new Rung.AccessChange(Side.DESTINATION, Access.READ_WRITE),
                        new Rung.AccessChange(Side.SOURCE, Access.READ)),
                Purpose.TO_DESTINATION);
        return new Checks(later)
                .ofTopic(later.scope().topics().get(0), step).stream()
                        .filter(judgement -> judgement.check().name().equals("producers-switched"))
                        .findFirst()
                        .orElseThrow()
                        .verdict();
    }

    private static HeldMessages waiting(Traffic traffic) {
        return traffic.at(Side.SOURCE).held();
    }

    /** 6 more for each broker, and for each topic, group and client. */
    @Test
    void requestsAreThoseThatAreNeeded() throws Exception {
        create("counted", "counted-group");
        clients.member("counted-group", "one", Side.DESTINATION, false, false, "counted");
        clients.member("counted-group", "two", Side.DESTINATION, false, false, "counted");
        await("counted", "counted-group", traffic -> taken(traffic, "counted-group") == QUEUES);
        try (WireTap tap = new WireTap(sandbox.endpoints())) {
            plan(tap.endpoints(), "counted", "counted-group");
            SortedMap<Integer, Integer> codes = tap.codes();
            assertThat(codes.keySet()).isSubsetOf(READING);
            assertThat(codes)
                    .describedAs("its state once for the settings, and before two places are read")
                    .containsEntry(28, 6)
                    .describedAs("offsets, delays, half messages and delay levels of each broker")
                    .containsEntry(43, 2)
                    .containsEntry(45, 2)
                    .hasEntrySatisfying(
                            202,
                            count -> assertThat(count)
                                    .describedAs("two of brokers, the topic, its group's retries")
                                    .isBetween(3, 4))
                    .hasEntrySatisfying(30, count -> assertThat(count).isGreaterThanOrEqualTo(2))
                    .describedAs("each topic once, each client once, producers once")
                    .containsEntry(300, 1)
                    .containsEntry(307, 2)
                    .containsEntry(328, 1)
                    .describedAs("the group at each broker, and no proxies, because no broker has their topic")
                    .containsEntry(203, 2);
        }
    }

    private static long taken(Traffic traffic, String group) {
        return traffic.members(group).stream()
                .mapToLong(id -> taken(traffic, group, id))
                .sum();
    }

    private static long taken(Traffic traffic, String group, String id) {
        return traffic.reports().member(group, id).stream()
                .flatMap(member -> member.queues().entrySet().stream())
                .filter(topic -> !topic.getKey().startsWith("%RETRY%"))
                .mapToLong(topic -> topic.getValue().size())
                .sum();
    }

    private static Verdict verdict(PlanReport report, String check) {
        return report.judgements().stream()
                .filter(judgement -> judgement.check().name().equals(check))
                .map(Judgement::verdict)
                .findFirst()
                .orElseThrow();
    }

    private PlanReport await(String topic, String group, Predicate<Traffic> condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            PlanReport report = plan(sandbox.endpoints(), topic, group);
            Optional<Traffic> traffic = report.situation().traffic();
            if (traffic.filter(condition).isPresent()) {
                return report;
            }
            assertThat(System.nanoTime())
                    .describedAs("Not within %s s: %s", PATIENCE_SECONDS, traffic)
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private PlanReport plan(Endpoints endpoints, String topic, String group) {
        return plan(endpoints, topic, group, Stage.READ_BOTH);
    }

    private PlanReport planToWrite(String topic, String group) {
        return planToWrite(sandbox.endpoints(), topic, group);
    }

    private PlanReport planToWrite(Endpoints endpoints, String topic, String group) {
        return plan(endpoints, topic, group, Stage.WRITE_DESTINATION);
    }

    private PlanReport plan(Endpoints endpoints, String topic, String group, Stage stage) {
        Goals goals = new Goals(endpoints, folder);
        return goals.plan(
                goals.head("traffic: { routing: join }\n") + """
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: %s, type: NORMAL }]
                    groups: [{ name: %s, order: CONCURRENT }]
                """.formatted(stage.word(), topic, group), Selection.ALL);
    }

    private static String nameServers(Side side) {
        return sandbox.endpoints().cluster(side).nameServers();
    }

    private static void create(String topic, String group) throws Exception {
        Endpoints.SandboxCluster source = sandbox.endpoints().cluster(Side.SOURCE);
        Topics.create(source, new TopicConfig(topic, QUEUES, QUEUES, 6));
        Topics.createGroup(source, group);
    }
}
