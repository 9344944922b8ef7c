package io.github.rocketmigrate.assess;

import static io.github.rocketmigrate.assess.RowSeverity.BLOCKER;
import static io.github.rocketmigrate.assess.RowSeverity.NOTE;
import static io.github.rocketmigrate.assess.RowSeverity.RISK;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.assess.RowState.NotFired;
import io.github.rocketmigrate.assess.RowState.NotMeasurable;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.cluster.ProxiedClients.ProxiedClient;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Profile;
import io.github.rocketmigrate.record.SettingsHash;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every row fires where it should, and none does in healthy clusters. All clusters are made by hand.
 *
 * <p>Longer than 300 lines: every row has a story.
 */
final class RowsTest {
    /** Rows that ask by their nature, with what makes them ask. */
    private static final Set<String> ASKING = Set.of("RMA-213", "RMA-408", "RMA-601", "RMA-701");

    /** Rows that ask only if the destination is managed. */
    private static final Set<String> OF_MANAGED = Set.of("RMA-431", "RMA-432", "RMA-433", "RMA-434", "RMA-435");

    /** Rows that ask even in healthy clusters. */
    private static final Set<String> ALWAYS_ASKING = Set.of("RMA-601", "RMA-701");

    /**
     * Something that makes a row fire.
     *
     * @param says a part of the measured value
     */
    record Seed(String id, RowSeverity severity, String says, UnaryOperator<ExaminedClusters> spoil) {
        @Override
        public String toString() {
            return id + " " + severity + ": " + says;
        }
    }

    static Stream<Seed> seeds() {
        return Stream.of(
                seed("RMA-409", NOTE, "consumer mobile", it -> it.proxied(behindProxies("mobile", true, "5.0.0"))),
                seed(
                        "RMA-501",
                        BLOCKER,
                        "1 of 1 account is missing at the destination: alice",
                        AccessRowsTest::accounts),
                seed("RMA-502", BLOCKER, "alice: Topic:orders Pub,Sub", AccessRowsTest::accounts),
                seed("RMA-503", RISK, "every client at 10.0.0.*; alice at 10.1.*.*", AccessRowsTest::accounts),
                seed("RMA-504", NOTE, "alice: every group Sub", AccessRowsTest::accounts),
                seed("RMA-505", NOTE, "alice: Topic:RMQ_SYS_TRACE_TOPIC Pub", AccessRowsTest::accounts),
                seed("RMA-506", RISK, "source alice", AccessRowsTest::different),
                seed("RMA-602", RISK, "253 GiB in 72 h", it -> it.load(10)),
                seed("RMA-101", BLOCKER, "destination: no answer", it -> it.unread(Side.DESTINATION, "no answer")),
                seed("RMA-102", BLOCKER, "4.6.1 (1 server)", "4.6.1", "5.5.0"),
                seed("RMA-103", BLOCKER, "4.9.7", "4.9.7", "4.9.7"),
                seed("RMA-103", NOTE, "5.1.4 (1 server); it creates topics and groups one by one", "4.9.7", "5.1.4"),
                seed("RMA-104", RISK, "source 4.9.5 (1 server), 4.9.7 (1 server)", it -> slave(it, "4.9.5")),
                seed("RMA-105", RISK, "destination new-a: the broker names the topic", "4.9.7", "5.3.3"),
                seed("RMA-106", RISK, "broker old-a needs a restart", "4.9.3", "5.5.0"),
                seed("RMA-107", BLOCKER, "1 broker name is used in both clusters: old-a", RowsTest::sameBroker),
                seed("RMA-108", RISK, "both clusters are named DefaultCluster", RowsTest::sameBroker),
                seed("RMA-109", RISK, "in zone east", RowsTest::zone),
                seed(
                        "RMA-110",
                        RISK,
                        "autoCreateTopicEnable=true",
                        it -> it.setting(Side.SOURCE, "autoCreateTopicEnable", "true")),
                seed(
                        "RMA-111",
                        RISK,
                        "10.0.0.12:9876, which the plan does not list",
                        it -> it.setting(Side.SOURCE, Server.NAME_SERVERS, "10.0.0.11:9876;10.0.0.12:9876")),
                seed("RMA-112", RISK, "cannot reach the loopback address", RowsTest::loopback),
                seed("RMA-113", NOTE, "source: 0, destination: 1", RowsTest::proxy),
                seed("RMA-114", NOTE, "source old-a: ACL 1.0", it -> it.setting(Side.SOURCE, Broker.ACL, "true")),
                seed(
                        "RMA-114",
                        RISK,
                        "aclEnable=true, which 5.5.0 ignores",
                        it -> it.setting(Side.DESTINATION, Broker.ACL, "true")),
                seed(
                        "RMA-115",
                        RISK,
                        "destination new-a: transRocksDBEnable=true",
                        it -> it.setting(Side.DESTINATION, "transRocksDBEnable", "true")),
                seed(
                        "RMA-116",
                        RISK,
                        "source old-a: enableRemoteEscape=true",
                        it -> it.setting(Side.SOURCE, Broker.REMOTE_ESCAPE, "true")),
                seed("RMA-117", BLOCKER, "only slaves: source headless", it -> it.slavesOnly(Side.SOURCE)),
                seed("RMA-118", BLOCKER, "source old-a", it -> it.setting(Side.SOURCE, "brokerPermission", "4")),
                seed(
                        "RMA-119",
                        RISK,
                        "up to 81 % used on 2 masters; destination new-a",
                        it -> it.runtime(Side.DESTINATION, "commitLogDiskRatio", "0.81")),
                seed(
                        "RMA-120",
                        RISK,
                        "source 72 h, destination 48 h",
                        it -> it.setting(Side.DESTINATION, Broker.RETENTION, "48")),
                seed("RMA-120", RISK, "for 12 h", it -> managed(it).setting(Side.SOURCE, Broker.RETENTION, "12")),
                seed("RMA-121", RISK, "source 8 MiB", it -> it.setting(Side.SOURCE, Broker.MOST_BYTES, "8388608")),
                seed(
                        "RMA-201",
                        BLOCKER,
                        "clicks: 64 TRANSACTION, planned as NORMAL",
                        it -> it.topic("clicks", MessageType.TRANSACTION, 1)),
                seed(
                        "RMA-201",
                        RISK,
                        "mixed: 60 NORMAL, 4 DELAY",
                        it -> it.topic("mixed", MessageType.NORMAL, 1)
                                .sample("mixed", sample(Map.of(MessageType.NORMAL, 60, MessageType.DELAY, 4)))),
                seed(
                        "RMA-202",
                        BLOCKER,
                        "5 MiB; too large in clicks",
                        it -> it.topic("clicks", MessageType.NORMAL, 5 << 20)),
                seed(
                        "RMA-203",
                        BLOCKER,
                        "longest delay in use: 9 d, of clicks",
                        it -> it.sample("clicks", MessageSample.timed(Duration.ofDays(9), 1))),
                seed(
                        "RMA-203",
                        BLOCKER,
                        "longest delay in use: 4 d, of clicks",
                        it -> it.setting(Side.SOURCE, Broker.DELAY_LEVELS, "1s 5s 4d")
                                .held(HeldKind.DELAYED, waiting(3, Duration.ofHours(2)))),
                seed(
                        "RMA-204",
                        BLOCKER,
                        "1 delay level is in use: level 3 (10s); level 3: 10s at the source, 1m at new-a",
                        it -> it.sample("clicks", MessageSample.delayed(3, 1))
                                .setting(Side.DESTINATION, Broker.DELAY_LEVELS, "1s 5s 1m")),
                seed(
                        "RMA-204",
                        BLOCKER,
                        "level 18: 2h at the source, none at new-a",
                        it -> it.held(HeldKind.DELAYED, waiting(18, Duration.ofHours(2)))
                                .setting(Side.DESTINATION, Broker.DELAY_LEVELS, "1s 5s 1m")),
                seed(
                        "RMA-205",
                        NOTE,
                        "7 messages: clicks 7; the last is due at 2026-11-21 13:58 UTC (in 1 h 58 min)",
                        it -> it.held(HeldKind.DELAYED, waiting(18, Duration.ofMinutes(118)))),
                seed(
                        "RMA-205",
                        NOTE,
                        "2 messages: clicks 2; brokers do not report when the 2 timed messages are due",
                        it -> it.held(
                                HeldKind.TIMED, new Amount(2, new TreeMap<>(Map.of("clicks", 2L)), Optional.empty()))),
                seed("RMA-206", NOTE, "3 messages: audit 3", it -> it.unread("%RETRY%audit", 3)),
                seed(
                        "RMA-207",
                        NOTE,
                        "2 messages: clicks 2",
                        it -> it.held(
                                HeldKind.HALF, new Amount(2, new TreeMap<>(Map.of("clicks", 2L)), Optional.empty()))),
                seed("RMA-208", NOTE, "5 messages: %DLQ%audit 5", it -> it.unread("%DLQ%audit", 5)),
                seed("RMA-209", RISK, "source clicks", it -> it.ordered(Side.SOURCE, "clicks")),
                seed(
                        "RMA-209",
                        BLOCKER,
                        "destination clicks",
                        it -> it.ordered(Side.DESTINATION, "clicks")
                                .plan("batches: [{ name: all, topics: [{ name: clicks, type: FIFO }] }]")),
                seed("RMA-210", RISK, "keys (compaction)", it -> {
                    it.topic("keys", MessageType.NORMAL, 1)
                            .cluster(Side.SOURCE)
                            .with(
                                    "keys",
                                    ClusterFixture.topic(4).withAttributes(Map.of("cleanup.policy", "COMPACTION")));
                    return it;
                }),
                seed("RMA-211", BLOCKER, "a%b", it -> managed(it).topic("a%b", MessageType.NORMAL, 1)),
                seed("RMA-212", RISK, "outside: clicks", it -> {
                    managed(it, "tdmq").cluster(Side.SOURCE).with("clicks", ClusterFixture.topic(32));
                    return it;
                }),
                seed(
                        "RMA-214",
                        NOTE,
                        "1 topic of 1: clicks",
                        it -> it.sent("clicks", ExaminedClusters.NOON.minus(Duration.ofDays(8)))),
                seed("RMA-214", NOTE, "1 topic of 1: clicks", it -> it.empty("clicks")),
                seed("RMA-215", BLOCKER, "clicks", it -> {
                    it.cluster(Side.DESTINATION).with("clicks", ClusterFixture.topic(4));
                    return it;
                }),
                seed("RMA-215", BLOCKER, "clicks belongs to plan shop-2025", RowsTest::ofAnotherPlan),
                seed("RMA-308", BLOCKER, "audit belongs to plan shop-2025", RowsTest::ofAnotherPlan),
                seed("RMA-216", RISK, "audit", it -> it.topic("audit", MessageType.NORMAL, 1)),
                seed(
                        "RMA-301",
                        RISK,
                        "audit: ORDERLY, planned as CONCURRENT",
                        it -> it.plan("batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }],"
                                        + " groups: [{ name: audit, order: CONCURRENT }] }]")
                                .member("audit", "10.0.0.1@1", ConsumeOrder.ORDERLY, "TAG *")),
                seed(
                        "RMA-302",
                        NOTE,
                        "1 group broadcasts: prices",
                        it -> it.group("prices", "clicks")
                                .online(Side.SOURCE, "prices", "p@1", true, ConsumeMode.PUSH, Set.of())),
                seed(
                        "RMA-303",
                        NOTE,
                        "prices; all brokers",
                        it -> it.group("prices", "clicks")
                                .online(Side.SOURCE, "prices", "p@1", false, ConsumeMode.PUSH, Set.of("clicks"))),
                seed(
                        "RMA-303",
                        BLOCKER,
                        "prices; not allowed by new-a",
                        it -> it.group("prices", "clicks")
                                .online(Side.SOURCE, "prices", "p@1", false, ConsumeMode.PUSH, Set.of("clicks"))
                                .setting(Side.DESTINATION, Broker.PROPERTY_FILTER, "false")),
                seed(
                        "RMA-304",
                        RISK,
                        "audit",
                        it -> it.member("audit", "10.0.0.2@1", ConsumeOrder.CONCURRENT, "TAG a")),
                seed(
                        "RMA-305",
                        NOTE,
                        "audit 16 → 3",
                        it -> it.plan("batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }],"
                                + " groups: [{ name: audit, order: CONCURRENT, retries: 3 }] }]")),
                seed("RMA-306", RISK, "1 group of 2: forgotten", it -> it.group("forgotten", "clicks")),
                seed("RMA-307", NOTE, "up to 10 topics in one group: audit 10", it -> {
                    for (int i = 1; i < 10; i++) {
                        it.topic("t" + i, MessageType.NORMAL, 1).group("audit", "t" + i);
                    }
                    return it;
                }),
                seed("RMA-308", BLOCKER, "audit; used there: audit", it -> it.groupThere("audit")),
                seed("RMA-308", NOTE, "audit; not used at the destination", it -> {
                    it.cluster(Side.DESTINATION).with("audit", GroupSettings.DEFAULT);
                    return it;
                }),
                seed(
                        "RMA-309",
                        BLOCKER,
                        "gggg",
                        it -> it.group("g".repeat(121), "clicks")
                                .online(Side.SOURCE, "g".repeat(121), "g@1", false, ConsumeMode.PUSH, Set.of())),
                seed(
                        "RMA-310",
                        NOTE,
                        "1 group pops: lite",
                        unused -> new ExaminedClusters("5.3.3", "5.5.0")
                                .group("lite", "clicks")
                                .online(Side.SOURCE, "lite", "l@1", false, ConsumeMode.POP, Set.of())),
                seed(
                        "RMA-310",
                        NOTE,
                        "1 group pops: audit",
                        unused -> new ExaminedClusters("5.3.3", "5.5.0").popping("audit", "10.0.0.1@1")),
                seed("RMA-311", NOTE, "audit", it -> {
                    it.cluster(Side.SOURCE).with("audit", GroupSettings.DEFAULT.withEnabled(false));
                    return it;
                }),
                seed(
                        "RMA-401",
                        RISK,
                        "2 applications; GO 2.1.0: 1, JAVA 4.9.7: 1",
                        it -> it.client("go", "GO", "2.1.0", ConsumeMode.PUSH)),
                seed(
                        "RMA-402",
                        RISK,
                        "consumer old on 10.0.0.7, JAVA 4.5.0",
                        it -> it.client("old", "JAVA", "4.5.0", ConsumeMode.PUSH)),
                seed(
                        "RMA-403",
                        RISK,
                        "1 of 2 applications pulling with 4.x: consumer puller on 10.0.0.7, CPP 4.1.0",
                        it -> it.client("puller", "CPP", "4.1.0", ConsumeMode.PULL)),
                seed(
                        "RMA-404",
                        RISK,
                        "consumer old on 10.0.0.7, JAVA 4.9.4",
                        it -> proxy(it.client("old", "JAVA", "4.9.4", ConsumeMode.PUSH))),
                seed(
                        "RMA-405",
                        NOTE,
                        "4 of 4 producer groups with Java 4.7.1 to 4.9.x or 5.0.0 to 5.1.3: producers carts, mail,"
                                + " shop on 10.0.0.8, JAVA 4.9.7; producer views on 10.0.0.8, JAVA 5.1.0",
                        it -> it.producer("shop", "JAVA", "4.9.7")
                                .producer("mail", "JAVA", "4.9.7")
                                .producer("carts", "JAVA", "4.9.7")
                                .producer("views", "JAVA", "5.1.0")),
                seed(
                        "RMA-406",
                        NOTE,
                        "producer shop on 10.0.0.8, JAVA 4.4.0",
                        it -> it.producer("shop", "JAVA", "4.4.0")),
                seed(
                        "RMA-407",
                        NOTE,
                        "consumer flink-orders on 10.0.0.7",
                        it -> it.client("flink-orders", "JAVA", "4.9.7", ConsumeMode.PULL)),
                seed(
                        "RMA-702",
                        RISK,
                        "line 5.1, released on 2023-03-29",
                        it -> answered(managed(it), "RMA-702", "5.1-rmq-20230329")));
    }

    private static Seed seed(String id, RowSeverity severity, String says, UnaryOperator<ExaminedClusters> spoil) {
        return new Seed(id, severity, says, spoil);
    }

    /** A topic and a group that another plan has created at the destination, and may be moving. */
    private static ExaminedClusters ofAnotherPlan(ExaminedClusters it) {
        it.cluster(Side.DESTINATION).with("clicks", ClusterFixture.topic(4));
        return it.groupThere("audit")
                .recorded("shop-2025", SettingsHash.topicKey("clicks"))
                .recorded("shop-2025", SettingsHash.groupKey("audit"));
    }

    /** The healthy clusters with other releases. */
    private static Seed seed(String id, RowSeverity severity, String says, String source, String destination) {
        return new Seed(id, severity, says, unused -> new ExaminedClusters(source, destination));
    }

    private static ExaminedClusters slave(ExaminedClusters it, String version) {
        it.cluster(Side.SOURCE)
                .replica(
                        "old-a",
                        new Broker.Replica(
                                1,
                                "10.0.0.22:10911",
                                io.github.rocketmigrate.model.ServerVersion.of(version)
                                        .orElseThrow(),
                                Map.of(Server.NAME_SERVERS, "10.0.0.11:9876"),
                                Map.of()));
        return it;
    }

    private static ExaminedClusters sameBroker(ExaminedClusters it) {
        return it.sameNames();
    }

    private static ExaminedClusters zone(ExaminedClusters it) {
        it.cluster(Side.SOURCE).zone("old-a", "east").nameServer("10.0.0.11:9876");
        return it;
    }

    private static ExaminedClusters loopback(ExaminedClusters it) {
        return it.loopback();
    }

    private static ExaminedClusters proxy(ExaminedClusters it) {
        return it.online(
                Side.DESTINATION,
                "CID_DefaultHeartBeatSyncerTopic",
                "10.0.1.9@proxy",
                true,
                ConsumeMode.PUSH,
                Set.of());
    }

    private static ExaminedClusters managed(ExaminedClusters it) {
        return managed(it, "apsaramq-standard");
    }

    private static ExaminedClusters managed(ExaminedClusters it, String profile) {
        return it.managed(profile);
    }

    private static ExaminedClusters answered(ExaminedClusters it, String id, String answer) {
        return it.plan("""
                assess:
                  answers: [{ id: %s, answer: "%s", owner: team-a, date: 2026-11-20 }]
                batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]
                """.formatted(id, answer));
    }

    private static MessageSample sample(Map<MessageType, Integer> types) {
        return new MessageSample(types, new TreeSet<>(), 1, Optional.empty());
    }

    /** Seven messages of a delay level, the last of which is due after a while. */
    private static Amount waiting(int level, Duration left) {
        return new Amount(
                        7,
                        new TreeMap<>(Map.of("clicks", 7L)),
                        Optional.empty(),
                        new TreeMap<>(Map.of("clicks", ExaminedClusters.NOON.plus(left))))
                .ofLevel(level);
    }

    /** A level of 2 h is shown as 2 h, however soon its last message is due. */
    @Test
    void aDelayIsAsLongAsItsLevel() {
        ExaminedClusters clusters = new ExaminedClusters().held(HeldKind.DELAYED, waiting(18, Duration.ofMinutes(3)));
        assertThat(row(clusters, "RMA-203").value()).hasValue("longest delay in use: 2 h, of clicks");
        assertThat(row(clusters, "RMA-204").value()).hasValue("1 delay level is in use: level 18 (2h)");
    }

    /** Retries wait for a level of their own; no producer has asked for it. */
    @Test
    void aRetryIsNoDelayInUse() {
        Amount retries = new Amount(
                        1,
                        new TreeMap<>(Map.of("clicks", 1L)),
                        Optional.empty(),
                        new TreeMap<>(),
                        new TreeMap<>(Map.of("clicks", 1L)))
                .ofLevel(18);
        ExaminedClusters clusters = new ExaminedClusters().held(HeldKind.DELAYED, retries);
        assertThat(row(clusters, "RMA-204").value().orElseThrow()).startsWith("no delay level");
    }

    @Test
    void timersThatWaitDoNotShowTheirDelay() {
        ExaminedClusters clusters = new ExaminedClusters()
                .held(HeldKind.TIMED, new Amount(2, new TreeMap<>(Map.of("clicks", 2L)), Optional.empty()));
        assertThat(row(clusters, "RMA-203").state())
                .isInstanceOfSatisfying(
                        NotMeasurable.class,
                        open -> assertThat(open.why())
                                .startsWith("2 timed messages of clicks wait, and brokers do not report for how long"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRowFiresWhereItShould(Seed seed) {
        AssessedRow row = row(seed.spoil().apply(new ExaminedClusters()), seed.id());
        assertThat(row.state().severity()).describedAs("%s", row).contains(seed.severity());
        assertThat(row.value().orElseThrow()).contains(seed.says());
        assertThat(row.next()).describedAs("what to do").isPresent();
    }

    private static AssessedRow row(ExaminedClusters clusters, String id) {
        return clusters.rows().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyRowHasAStoryInWhichItFires() {
        Set<String> told = seeds().map(Seed::id).collect(toSet());
        told.addAll(ASKING);
        told.addAll(OF_MANAGED);
        assertThat(told).isEqualTo(new HashSet<>(Rows.ids()));
    }

    @Test
    void noRowFiresInHealthyClusters() {
        List<AssessedRow> rows = new ExaminedClusters()
                .rows().stream()
                        .filter(row -> !ALWAYS_ASKING.contains(row.id()))
                        .toList();
        assertThat(rows)
                .allSatisfy(
                        row -> assertThat(row.state()).describedAs("%s", row).isInstanceOf(NotFired.class))
                .allSatisfy(row -> assertThat(row.value()).isPresent())
                .allSatisfy(row -> assertThat(row.next()).isEmpty());
    }

    @Test
    void theQuotaOfAManagedInstanceIsAsked() {
        AssessedRow row = row(managed(new ExaminedClusters()), "RMA-213");
        assertThat(row.state()).isInstanceOfSatisfying(NotMeasurable.class, open -> {
            assertThat(open.why()).startsWith("the source has 1 topic, 1 group");
            assertThat(open.question()).isEqualTo("How many topics and groups does the instance allow?");
        });
    }

    /** An unread cluster is one blocker; no other row counts as fine that depends on it. */
    @Test
    void nothingOfAnUnreadSourceCountsAsFine() {
        Map<String, AssessedRow> rows = new ExaminedClusters()
                .unread(Side.SOURCE, "no answer").rows().stream().collect(toMap(AssessedRow::id, row -> row));
        assertThat(rows.remove("RMA-101").state().severity()).contains(BLOCKER);
        rows.keySet().removeAll(ALWAYS_ASKING);
        rows.keySet().removeAll(OF_MANAGED);
        rows.keySet().removeAll(Set.of("RMA-404", "RMA-702"));
        assertThat(rows.remove("RMA-103").value()).contains("5.5.0 (1 server); it creates topics and groups in lists");
        assertThat(rows.values())
                .allSatisfy(row -> assertThat(row.state())
                        .describedAs("%s", row)
                        .isEqualTo(new NotMeasurable("no answer", row.next().orElseThrow(), false)));
    }

    /** Files have no clients, no messages and no releases; names and numbers are compared all the same. */
    @Test
    void filesOfTheSourceLeaveOpenWhatNeedsLife() {
        Map<String, AssessedRow> rows =
                new ExaminedClusters().ofFiles().rows().stream().collect(toMap(AssessedRow::id, row -> row));
        assertThat(List.of("RMA-211", "RMA-212", "RMA-215", "RMA-216", "RMA-309", "RMA-305"))
                .allSatisfy(
                        id -> assertThat(rows.get(id).state()).describedAs(id).isInstanceOf(NotFired.class));
        assertThat(List.of("RMA-101", "RMA-107", "RMA-201", "RMA-205", "RMA-206", "RMA-301", "RMA-306"))
                .allSatisfy(id -> assertThat(rows.get(id).state())
                        .describedAs(id)
                        .isInstanceOfSatisfying(
                                NotMeasurable.class,
                                open -> assertThat(open.why()).contains("only files were read")));
    }

    /** A topic whose messages could not be read has passed nothing. */
    @Test
    void messagesThatWereNotReadAreNotFine() {
        ExaminedClusters clusters = new ExaminedClusters().sample("clicks", MessageSample.unseen("denied"));
        for (String id : List.of("RMA-201", "RMA-202", "RMA-203", "RMA-204")) {
            assertThat(row(clusters, id).state())
                    .describedAs(id)
                    .isInstanceOfSatisfying(
                            NotMeasurable.class, open -> assertThat(open.why()).contains("clicks (denied)"));
        }
    }

    @Test
    void membersThatDoNotReportAreNotFine() {
        ExaminedClusters clusters = new ExaminedClusters().silent("audit", "10.0.0.2@1");
        for (String id : List.of("RMA-301", "RMA-304")) {
            assertThat(row(clusters, id).state()).describedAs(id).isInstanceOf(NotMeasurable.class);
        }
    }

    @Test
    void messagesThatNobodyCouldCountAreNotNone() {
        ExaminedClusters clusters = new ExaminedClusters().held(HeldKind.HALF, Amount.unknown("they are in RocksDB"));
        assertThat(row(clusters, "RMA-207").state())
                .isInstanceOfSatisfying(
                        NotMeasurable.class, open -> assertThat(open.why()).isEqualTo("they are in RocksDB"));
    }

    /** The answer of a person closes a question, and overrules nothing that was measured. */
    @Test
    void anAnswerCountsWhereNothingWasMeasured() {
        assertThat(row(answered(new ExaminedClusters(), "RMA-701", "none"), "RMA-701"))
                .satisfies(row -> assertThat(row.state())
                        .isEqualTo(new RowState.Answered("none", "team-a", LocalDate.of(2026, 11, 20))))
                .satisfies(row -> assertThat(row.next()).isEmpty());
        assertThat(row(answered(new ExaminedClusters("4.6.1", "5.5.0"), "RMA-102", "we know"), "RMA-102")
                        .state()
                        .severity())
                .contains(BLOCKER);
    }

    /** Five questions about SDKs of clouds stood in every report of a move between clusters of Apache RocketMQ. */
    @ParameterizedTest
    @FieldSource("OF_MANAGED")
    void whatOnlyManagedServicesHaveIsAskedOnTheWayToOne(String id) {
        assertThat(row(managed(new ExaminedClusters()), id).state()).isInstanceOf(NotMeasurable.class);
        assertThat(row(new ExaminedClusters(), id).state()).isInstanceOf(NotFired.class);
    }

    @Test
    void aManagedReleaseIsAskedAndUnderstood() {
        assertThat(row(managed(new ExaminedClusters()), "RMA-702").state()).isInstanceOf(NotMeasurable.class);
        assertThat(row(answered(managed(new ExaminedClusters()), "RMA-702", "5.3-rmq-20260901"), "RMA-702"))
                .satisfies(row -> assertThat(row.state()).isInstanceOf(NotFired.class))
                .satisfies(row -> assertThat(row.value()).contains("line 5.3, released on 2026-09-01"));
        assertThat(row(answered(managed(new ExaminedClusters()), "RMA-702", "the newest"), "RMA-702")
                        .state()
                        .severity())
                .contains(RISK);
    }

    /** Brokers before 4.9.4 list no producers: their hosts are known, and nobody knows their SDKs. */
    @Test
    void producersThatNobodyListsAreAskedByTheirHosts() {
        assertThat(row(new ExaminedClusters().withoutProducers(), "RMA-408").state())
                .isInstanceOfSatisfying(
                        NotMeasurable.class,
                        open -> assertThat(open.why())
                                .endsWith("lists no producers; 1 host in the newest messages: 10.0.0.9"));
    }

    @Test
    void theLoadIsMeasuredAndTheCapacityIsAsked() {
        assertThat(row(new ExaminedClusters().load(25), "RMA-601").state())
                .isInstanceOfSatisfying(
                        NotMeasurable.class,
                        open -> assertThat(open.why())
                                .isEqualTo(
                                        "the source gets 2.5 messages/s, 2.5 MiB/s, observed for 10 s, from and to 1 listed"
                                                + " application, in 4 queues"));
        assertThat(row(new ExaminedClusters().load(-3), "RMA-601").state())
                .isInstanceOfSatisfying(
                        NotMeasurable.class,
                        open -> assertThat(open.why())
                                .isEqualTo("the counters of broker old-a began again while it was observed"));
    }

    private static ProxiedClients behindProxies(String group, boolean isGrpc, String version) {
        return new ProxiedClients(
                List.of(new ProxiedClient(
                        new Client(group + "@5", "10.0.0.55:5", "JAVA", version),
                        group,
                        new TreeSet<>(Set.of("clicks")),
                        isGrpc,
                        "10.0.0.2")),
                Optional.empty());
    }

    /** No broker lists these clients; their proxies do. */
    @Test
    void clientsBehindProxiesAreApplicationsAndMembers() {
        ExaminedClusters grpc =
                new ExaminedClusters().group("mobile", "clicks").proxied(behindProxies("mobile", true, "5.0.0"));
        assertThat(row(grpc, "RMA-409").value())
                .hasValue("1 consuming application: consumer mobile on 10.0.0.55, gRPC JAVA, through a proxy");
        assertThat(row(grpc, "RMA-306").state()).isInstanceOf(NotFired.class);
        assertThat(row(grpc, "RMA-401").state()).isInstanceOf(NotFired.class);
        assertThat(row(proxy(grpc), "RMA-404").state())
                .describedAs("a gRPC client needs a proxy")
                .isInstanceOf(NotFired.class);
        ExaminedClusters remoting = proxy(new ExaminedClusters()).proxied(behindProxies("mobile", false, "4.9.4"));
        assertThat(row(remoting, "RMA-404").value())
                .hasValueSatisfying(value ->
                        assertThat(value).contains("consumer mobile on 10.0.0.55, JAVA 4.9.4, through a proxy"));
    }

    @Test
    void clientsBehindProxiesThatWereNotReadHavePassedNothing() {
        ExaminedClusters clusters =
                proxy(new ExaminedClusters()).proxied(new ProxiedClients(List.of(), Optional.of("a proxy is new")));
        for (String id : List.of("RMA-404", "RMA-409")) {
            assertThat(row(clusters, id).state())
                    .isInstanceOfSatisfying(
                            NotMeasurable.class,
                            open -> assertThat(open.why())
                                    .isEqualTo(
                                            "the clients of the source's proxies were not all read: a proxy is new"));
        }
    }

    @Test
    void clientsBehindProxiesAreAsked() {
        assertThat(row(proxy(new ExaminedClusters()), "RMA-409").state())
                .isInstanceOfSatisfying(
                        NotMeasurable.class,
                        open -> assertThat(open.why())
                                .isEqualTo(
                                        "1 proxy at the destination; no consumer is connected to them, and they do not show producers"));
    }

    /** A group that nobody runs does not show whether it broadcasts. */
    @Test
    void groupsWithoutMembersHavePassedNothing() {
        ExaminedClusters clusters = new ExaminedClusters("5.3.3", "5.5.0").group("forgotten", "clicks");
        for (String id : List.of("RMA-301", "RMA-302", "RMA-303", "RMA-304", "RMA-310")) {
            assertThat(row(clusters, id).state())
                    .describedAs(id)
                    .isInstanceOfSatisfying(
                            NotMeasurable.class,
                            open -> assertThat(open.why()).contains("1 group has no members to ask: forgotten"));
        }
    }

    /** Its producers may write to the destination only. */
    @Test
    void nobodyIsToldToDeleteWhatAnotherPlanMoves() {
        for (String id : List.of("RMA-215", "RMA-308")) {
            assertThat(row(ofAnotherPlan(new ExaminedClusters()), id).next())
                    .describedAs(id)
                    .hasValue(
                            "Leave what belongs to plan shop-2025 as it is: it may be moving now. Continue with that plan."
                                    + " If shop-2025 was given up, or is an earlier name of this plan, remove its record:"
                                    + " mvn migrate:apply -Dmigrate.forgetPlan=shop-2025");
        }
    }

    @Test
    void nobodyIsAskedWhetherGroupsOfOldBrokersPop() {
        assertThat(row(new ExaminedClusters().group("forgotten", "clicks"), "RMA-310")
                        .value())
                .hasValue("brokers of 4.x have no POP");
    }

    /** System topics have more than a thousand queues, and nobody moves them. */
    @Test
    void onlyTheQueuesOfTopicsThatMoveAreCounted() {
        ExaminedClusters clusters = new ExaminedClusters().load(25);
        clusters.cluster(Side.SOURCE).with("BenchmarkTest", ClusterFixture.topic(1_024));
        assertThat(row(clusters, "RMA-601").state())
                .isInstanceOfSatisfying(
                        NotMeasurable.class, open -> assertThat(open.why()).endsWith("in 4 queues"));
    }

    /** The rows compare with the figures of the profile that validate and features-fit read too. */
    @ParameterizedTest
    @ValueSource(
            strings = {"apsaramq-serverless", "apsaramq-standard", "apsaramq-professional", "apsaramq-platinum", "tdmq"
            })
    void limitsAreTheFiguresOfTheProfile(String name) {
        ExaminedClusters clusters = managed(new ExaminedClusters(), name);
        Profile profile = clusters.seen().plan().profile();
        assertThat(row(clusters, "RMA-203").limit())
                .hasValue(profile.limits().delayDays().orElseThrow() + " d");
        assertThat(row(clusters, "RMA-202").limit())
                .hasValue(profile.limits().messageMegabytes().orElseThrow() + " MiB");
        assertThat(row(clusters, "RMA-120").limit())
                .hasValue(profile.limits().retentionHours().orElseThrow().least() + " to "
                        + profile.limits().retentionHours().orElseThrow().most() + " h");
    }

    /** Without a join, names may be equal. */
    @Test
    void routingByTheClientJoinsNothing() {
        ExaminedClusters clusters = new ExaminedClusters()
                .sameNames()
                .plan(
                        "traffic: { routing: client }\nbatches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]");
        assertThat(row(clusters, "RMA-107").state()).isInstanceOf(NotFired.class);
        assertThat(row(clusters, "RMA-106").value()).contains("the plan has routing: client, so nothing is joined");
    }
}
