package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.remoting.Readers;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OtherClient;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.sandbox.RealProxy;
import io.github.rocketmigrate.sandbox.Shop;
import io.github.rocketmigrate.wire.AdminConnection;
import io.github.rocketmigrate.wire.WireTap;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.namesrv.NamesrvUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The goal {@code discover} against real clusters with the messages of the shop.
 *
 * <p>Longer than 300 lines: it names what each topic and group should be, with its evidence.
 */
final class DiscoverIT {
    /** Of name servers, brokers, topics, groups and offsets, of what groups consumed last, to members and to pull messages. */
    private static final Set<Integer> READING =
            Set.of(101, 106, 206, 219, 28, 26, 21, 201, 43, 202, 208, 30, 31, 203, 328, 300, 307, 11);

    private static final String AUDIT = "user-events-audit";
    private static final String HIDDEN =
            "; FIFO messages of 4.x clients look the same, and no group of the topic shows its order";
    private static final String ALL = ", all that the topic stores";

    /** Nobody runs. */
    private static final Map<String, String> TYPES_OF_4 = Map.of(
            "user-events",
            "TODO   # 400 NORMAL of 400 sampled" + HIDDEN,
            "page-views",
            "TODO   # 241 NORMAL of 241 sampled" + HIDDEN,
            "search-index",
            "TODO   # 120 NORMAL of 120 sampled" + HIDDEN,
            "price-updates",
            "TODO   # 48 NORMAL, 2 DELAY of 50 sampled",
            "order-events",
            "TODO   # 160 NORMAL of 160 sampled" + HIDDEN,
            "stock-changes",
            "FIFO   # likely: its brokers mark it as ordered; its order is published in ORDER_TOPIC_CONFIG; none of 80 sampled has a mark (4.x clients set none)"
                    + ALL,
            "invoices",
            "DELAY   # likely: 32 DELAY of 32 sampled" + ALL,
            "cart-reminders",
            "TODO   # no message to sample",
            "payments",
            "TRANSACTION   # likely: 60 TRANSACTION of 60 sampled" + ALL,
            "refunds",
            "TRANSACTION   # likely: 20 TRANSACTION of 20 sampled" + ALL);

    private static final Map<String, String> TYPES_OF_5 = Map.of(
            "user-events", "NORMAL   # certain: its brokers say NORMAL",
            "page-views", "NORMAL   # certain: its brokers say NORMAL",
            "search-index", "NORMAL   # certain: its brokers say NORMAL",
            "price-updates", "TODO   # 48 NORMAL, 2 DELAY of 50 sampled; its brokers say NORMAL",
            "order-events", "FIFO   # certain: its brokers say FIFO",
            "stock-changes", "FIFO   # certain: its brokers say FIFO",
            "invoices", "DELAY   # certain: its brokers say DELAY",
            "cart-reminders", "DELAY   # certain: its brokers say DELAY",
            "payments", "TRANSACTION   # certain: its brokers say TRANSACTION",
            "refunds", "TRANSACTION   # certain: its brokers say TRANSACTION");

    private static final Map<String, String> ORDERS_OF_NOBODY = Map.of(
            AUDIT,
            "TODO   # nobody runs it; consumed up to a message of (time); 64 messages unread",
            "recommendations",
            "TODO   # nobody runs it; consumed up to a message of (time); 1 message unread",
            "search-indexer",
            "TODO   # nobody runs it; it has consumed nothing; 120 messages unread",
            "shop-windows",
            "TODO   # nobody runs it; it has no offsets",
            "invoice-mailer",
            "TODO   # nobody runs it; consumed up to a message of (time); 0 messages unread",
            "cart-mailer",
            "TODO   # nobody runs it; it has consumed nothing; 0 messages unread",
            "ledger",
            "TODO   # nobody runs it; consumed up to a message of (time); 8 messages unread");

    /** Some run: a topic with two types is still asked about, and one that only a group without members consumes. */
    private static final Map<String, String> TYPES_BY_MEMBERS = Map.of(
            "user-events", "NORMAL   # likely: 400 NORMAL of 400 sampled" + ALL,
            "page-views", "TODO   # 241 NORMAL of 241 sampled" + HIDDEN,
            "search-index", "NORMAL   # likely: 120 NORMAL of 120 sampled" + ALL,
            "price-updates", "TODO   # 48 NORMAL, 2 DELAY of 50 sampled",
            "order-events",
                    "FIFO   # likely: group order-fulfilment consumes in order; none of 160 sampled has a mark (4.x clients set"
                            + " none)" + ALL,
            "stock-changes",
                    "FIFO   # likely: its brokers mark it as ordered; its order is published in ORDER_TOPIC_CONFIG; group order-fulfilment consumes in order; none"
                            + " of 80 sampled has a mark (4.x clients set none)" + ALL);

    private static final Map<String, String> ORDERS_BY_MEMBERS = Map.of(
            AUDIT,
            "CONCURRENT   # certain: 1 CONCURRENT of 1 running member",
            "search-indexer",
            "CONCURRENT   # certain: 1 CONCURRENT of 1 running member",
            "shop-windows",
            "CONCURRENT   # certain: 1 CONCURRENT of 1 running member; broadcasting",
            "order-fulfilment",
            "ORDERLY   # certain: 1 ORDERLY of 1 running member",
            "invoice-mailer",
            "TODO   # 1 member pulls, so only the application's code shows its order",
            "ledger",
            "TODO   # nobody runs it; consumed up to a message of (time); 8 messages unread");

    private static final List<String> CONSUMING = List.of(AUDIT, "search-indexer", "order-fulfilment");

    @TempDir
    private Path servers;

    @TempDir
    private Path folder;

    /** Nobody runs, then some do; the plan with the owner's answers only joins or, without traffic, only creates. */
    @Test
    void theShopIsDiscoveredThenPlanned() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(servers, "4.9.7", "5.5.0", 1, true)) {
            Endpoints endpoints = sandbox.endpoints();
            discoverUnchanged(endpoints);
            assertThat(discovery().text())
                    .contains(
                            "type: DELAY   # likely: 32 DELAY of 32 sampled",
                            "type: TRANSACTION   # likely: 60 TRANSACTION of 60 sampled",
                            "# group recommendations consumes page-views, user-events",
                            "# group ledger consumes payments, refunds",
                            "order: TODO   # nobody runs it; it has consumed nothing; 120 messages unread")
                    .containsPattern(
                            "order: TODO   # nobody runs it; consumed up to a message of 20\\S+ \\S+ UTC; 24 messages unread")
                    .doesNotContain("RETRY", "SCHEDULE_TOPIC", "TBW102", "type: FIFO");

            try (RealClients clients = new RealClients(endpoints)) {
                startMembers(clients);
                Eventually.holds("the members are seen", () -> {
                    discovery().discover(endpoints);
                    return discovery().values().containsValue("ORDERLY   # certain: 1 ORDERLY of 1 running member")
                            && discovery()
                                    .values()
                                    .containsValue("CONCURRENT   # certain: 1 CONCURRENT of 1 running member");
                });
            }
            assertThat(discovery().text())
                    .containsPattern(
                            "- name: order-events\\n +type: FIFO   # likely: group order-fulfilment consumes in order; none"
                                    + " of 160 sampled has a mark \\(4.x clients set none\\), all that the topic stores")
                    .containsPattern("- name: user-events\\n +type: NORMAL   # likely: \\d+ NORMAL");

            PlanReport planned = new Goals(endpoints, folder)
                    .plan(SandboxDiscovery.answered(discovery().text()), Selection.ALL);
            assertThat(planned.outcome()).isEqualTo(Outcome.PENDING);
            assertThat(planned.summary()).isEqualTo("Plan: 1 to join; 18 unchanged.");
            assertThat(new Goals(endpoints, folder)
                            .plan(
                                    SandboxDiscovery.answered(
                                            discovery().text().replace("traffic: { routing: join }\n", "")),
                                    Selection.ALL)
                            .summary())
                    .isEqualTo("Plan: 18 to create.");
        }
    }

    /**
     * All four types, a topic with two of them, messages that wait and one that is half sent; then members that consume in
     * order, concurrently, by broadcast, by pull, by POP, and through a proxy.
     */
    @Tag("thorough")
    @ParameterizedTest
    @ValueSource(strings = {"4.7.1", "4.9.7", "5.3.3"})
    void everyKindOfClientIsSeenAndNothingIsChanged(String version) throws Exception {
        boolean storesTypes = version.startsWith("5");
        try (OwnSandbox sandbox = OwnSandbox.start(servers, version, "5.5.0", 1, true);
                RealClients clients = new RealClients(sandbox.endpoints())) {
            Endpoints endpoints = sandbox.endpoints();
            if (storesTypes) {
                sandbox.startTimers("source-a");
            } else {
                publishOrder(endpoints, "stock-changes");
            }
            sendDelayed(clients.producer("discounts", AUDIT), endpoints, "price-updates", "page-views");
            discoverUnchanged(endpoints);
            assertThat(discovery().values())
                    .containsAllEntriesOf(storesTypes ? TYPES_OF_5 : TYPES_OF_4)
                    .containsAllEntriesOf(ORDERS_OF_NOBODY)
                    .containsEntry(
                            "order-fulfilment",
                            storesTypes
                                    ? "ORDERLY   # likely: its brokers say ORDERLY; nobody runs it; consumed up to a message"
                                            + " of (time); 24 messages unread"
                                    : "TODO   # nobody runs it; consumed up to a message of (time); 24 messages unread");
            assertThat(discovery().text()).contains("# group ledger consumes payments, refunds\n");
            assertThat(discovery().values().keySet())
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.concat(Shop.producers().stream(), Shop.consumers().stream())
                                    .toList());
            startMembers(clients);
            clients.member("shop-windows", "own", Side.SOURCE, false, true, "price-updates");
            clients.pulling("invoice-mailer", "invoices");
            if (storesTypes) {
                clients.popping("search-indexer", "search-index");
            } else {
                clients.member("search-indexer", "own", Side.SOURCE, false, false, "search-index");
            }
            Eventually.holds("all messages are consumed", () -> isConsumed(endpoints, CONSUMING));
            Eventually.holds("the producer is seen", () -> {
                discovery().discover(endpoints);
                return version.equals("4.7.1")
                        || discovery().text().contains("# producer group discounts writes page-views, price-updates\n");
            });
            discoverUnchanged(endpoints);
            assertThat(discovery().values())
                    .containsAllEntriesOf(storesTypes ? TYPES_OF_5 : TYPES_BY_MEMBERS)
                    .containsAllEntriesOf(ORDERS_BY_MEMBERS);
            if (!version.equals("4.7.1")) {
                assertThat(discovery().text())
                        .containsPattern(
                                "# program \\S+@user-events-audit-own consumes or writes page-views, price-updates, user-events\n");
            }
            if (storesTypes) {
                seeMembersBehindAProxy(endpoints);
            }
        }
    }

    private SandboxDiscovery discovery() {
        return new SandboxDiscovery(folder);
    }

    /** Discovers, and asserts that nothing was written and nothing has changed. */
    private void discoverUnchanged(Endpoints endpoints) throws Exception {
        Object before = seen(endpoints);
        try (WireTap tap = new WireTap(endpoints)) {
            discovery().discover(tap.endpoints());
            assertThat(tap.codes().keySet()).isSubsetOf(READING);
        }
        assertThat(seen(endpoints)).describedAs("offsets, topics and groups").isEqualTo(before);
    }

    /** Publishes which queues keep the order of a topic, and waits until the broker, which reads it, marks the topic. */
    private static void publishOrder(Endpoints endpoints, String topic) throws Exception {
        try (AdminConnection connection =
                AdminConnection.open(endpoints.cluster(Side.SOURCE).nameServers(), Optional.empty())) {
            connection.admin().createAndUpdateKvConfig(NamesrvUtil.NAMESPACE_ORDER_TOPIC_CONFIG, topic, "source-a:4");
        }
        try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
            Eventually.holds(
                    "the topic is marked",
                    () -> Readers.metadata(reader).topic(topic).values().stream()
                            .allMatch(TopicSettings::order));
        }
    }

    /** Sends two messages that come after a second, and one that comes at once, and waits for all. */
    private static void sendDelayed(DefaultMQProducer producer, Endpoints endpoints, String delayed, String normal)
            throws Exception {
        producer.send(new Message(normal, "now".getBytes(UTF_8)));
        for (int i = 0; i < 2; i++) {
            Message message = new Message(delayed, "later".getBytes(UTF_8));
            message.setDelayTimeLevel(1);
            producer.send(message);
        }
        long all = Shop.TOPICS.stream()
                        .filter(topic -> topic.name().equals(delayed))
                        .mapToLong(Shop.ShopTopic::messages)
                        .sum()
                + 2;
        try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
            Metadata metadata = Readers.metadata(reader);
            Eventually.holds(
                    "the delayed messages are there",
                    () -> reader.queueOffsets(metadata, Set.of(delayed))
                                    .held(delayed)
                                    .orElse(0)
                            == all);
        }
    }

    private static boolean isConsumed(Endpoints endpoints, List<String> groups) throws InterruptedException {
        try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
            Metadata metadata = Readers.metadata(reader);
            ConsumerOffsets offsets = reader.consumerOffsets(metadata);
            QueueOffsets queues = reader.queueOffsets(metadata, Shop.producers());
            return groups.stream()
                    .allMatch(group -> offsets.topicsOf(group).stream()
                            .allMatch(topic ->
                                    offsets.backlog(group, topic, queues).orElse(1) == 0));
        }
    }

    /** A proxy serves clients of gRPC in the order that brokers store for the group, and hides the order of others. */
    private void seeMembersBehindAProxy(Endpoints endpoints) throws Exception {
        Endpoints.SandboxCluster source = endpoints.cluster(Side.SOURCE);
        Topics.createGroup(source, "CID_" + Proxies.TOPIC);
        try (RealProxy proxy = RealProxy.start(folder.resolve("proxy"), "5.5.0", source);
                OtherClient grpc = OtherClient.javaConsumer(
                        folder.resolve("grpc"), proxy.grpcAddress(), "cart-mailer", "cart-reminders");
                RealClients remoting = new RealClients(endpoints)) {
            remoting.member("ledger", "behind", proxy.address(), false, false, "payments", "refunds");
            Eventually.holds("the members behind the proxy are seen", () -> {
                discovery().discover(endpoints);
                return discovery()
                                .values()
                                .get("cart-mailer")
                                .endsWith("its members use gRPC, and its brokers say CONCURRENT")
                        && discovery()
                                .values()
                                .get("ledger")
                                .equals("TODO   # 1 member behind a proxy does not report its order");
            });
            try (WireTap tap = new WireTap(endpoints)) {
                discovery().discover(tap.endpoints());
                assertThat(tap.codes().keySet()).isSubsetOf(READING);
            }
            assertThat(discovery().text()).doesNotContain(Proxies.TOPIC);
        }
    }

    private static void startMembers(RealClients clients) throws Exception {
        clients.member("order-fulfilment", "own", Side.SOURCE, true, false, "order-events", "stock-changes");
        clients.member(AUDIT, "own", Side.SOURCE, false, false, "user-events");
    }

    /** What a reading goal must not change. */
    private static Object seen(Endpoints endpoints) throws InterruptedException {
        try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
            Metadata metadata = Readers.metadata(reader);
            return List.of(
                    withoutSystem(reader.consumerOffsets(metadata).groups()),
                    withoutSystem(metadata.brokers().get("source-a").topics()),
                    withoutSystem(metadata.brokers().get("source-a").groups()));
        }
    }

    /** A broker that checks its transactions, or revives messages of POP, makes groups, topics and offsets by itself. */
    private static <T> Map<String, T> withoutSystem(Map<String, T> named) {
        Map<String, T> others = new TreeMap<>(named);
        others.keySet().removeIf(name -> name.toUpperCase(Locale.ROOT).contains("RMQ_SYS"));
        return others;
    }
}
