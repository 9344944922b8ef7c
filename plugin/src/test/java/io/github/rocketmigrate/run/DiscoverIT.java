package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.remoting.Readers;
import io.github.rocketmigrate.discover.ClusterAddress;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.PlaceholderValues;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.sandbox.Shop;
import io.github.rocketmigrate.wire.WireTap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListener;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code discover} against a real 4.x cluster with the messages of the shop. */
final class DiscoverIT {
    /** Of name servers, brokers, topics, groups and offsets, of what groups consumed last, to members and to pull messages. */
    private static final Set<Integer> READING =
            Set.of(101, 106, 206, 219, 28, 26, 21, 201, 43, 202, 208, 30, 31, 203, 328, 300, 307, 11);

    private static final Pattern TODO = Pattern.compile("- name: (\\S+)\\n +(type|order): TODO");

    @TempDir
    private Path servers;

    @TempDir
    private Path folder;

    /** Nobody runs, then some do; the plan with the owner's answers only joins or, without traffic, only creates. */
    @Test
    void theShopIsDiscoveredThenPlanned() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(servers, "4.9.7", "5.5.0", 1, true)) {
            Endpoints endpoints = sandbox.endpoints();
            Object before = seen(endpoints);
            try (WireTap tap = new WireTap(endpoints)) {
                discover(tap.endpoints());
                assertThat(tap.codes().keySet()).isSubsetOf(READING);
            }
            assertThat(seen(endpoints))
                    .describedAs("offsets, topics and groups")
                    .isEqualTo(before);
            assertThat(text())
                    .contains(
                            "type: DELAY   # likely: 32 DELAY of 32 sampled",
                            "type: TRANSACTION   # likely: 60 TRANSACTION of 60 sampled",
                            "# group recommendations consumes page-views, user-events",
                            "# group ledger consumes payments, refunds",
                            "order: TODO   # nobody runs it; it has consumed nothing; 120 messages unread")
                    .containsPattern(
                            "order: TODO   # nobody runs it; consumed up to a message of 20\\S+ \\S+ UTC; 24 messages unread")
                    .doesNotContain("RETRY", "SCHEDULE_TOPIC", "TBW102", "type: FIFO");

            DefaultMQPushConsumer orderly = member(
                    endpoints,
                    "order-fulfilment",
                    (MessageListenerOrderly) (messages, context) -> ConsumeOrderlyStatus.SUCCESS,
                    "order-events",
                    "stock-changes");
            DefaultMQPushConsumer concurrent = member(
                    endpoints,
                    "user-events-audit",
                    (MessageListenerConcurrently) (messages, context) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS,
                    "user-events");
            try {
                Eventually.holds("the members are seen", () -> {
                    discover(endpoints);
                    return text().contains("order: ORDERLY   # certain: 1 ORDERLY of 1 running member")
                            && text().contains("order: CONCURRENT   # certain: 1 CONCURRENT of 1 running member");
                });
            } finally {
                orderly.shutdown();
                concurrent.shutdown();
            }
            assertThat(text())
                    .containsPattern(
                            "- name: order-events\\n +type: FIFO   # likely: group order-fulfilment consumes in order; no"
                                    + " mark in 160 sampled \\(4.x clients set none\\), all that the topic stores")
                    .containsPattern("- name: user-events\\n +type: NORMAL   # likely: \\d+ NORMAL");

            PlanReport planned = new Goals(endpoints, folder).plan(answered(text()), Selection.ALL);
            assertThat(planned.outcome()).isEqualTo(Outcome.PENDING);
            assertThat(planned.summary()).isEqualTo("Plan: 1 to join; 18 unchanged.");
            assertThat(new Goals(endpoints, folder)
                            .plan(answered(text().replace("traffic: { routing: join }\n", "")), Selection.ALL)
                            .summary())
                    .isEqualTo("Plan: 18 to create.");
        }
    }

    private DiscoveryReport discover(Endpoints endpoints) {
        return Discover.of(
                        new ClusterAccess(
                                id -> {
                                    throw new AssertionError("the sandbox has no accounts");
                                },
                                OptionalInt.empty()),
                        new PlaceholderValues() {
                            @Override
                            public Optional<String> value(String name) {
                                return Optional.empty();
                            }

                            @Override
                            public Set<String> names() {
                                return Set.of();
                            }
                        },
                        Plans.TODAY,
                        Goals.outputs(folder),
                        reading -> {})
                .run(
                        new Discover.NewPlan(
                                "migration.yaml",
                                folder.resolve("migration.yaml"),
                                true,
                                address(endpoints, Side.SOURCE),
                                address(endpoints, Side.DESTINATION)),
                        Selection.ALL);
    }

    private static ClusterAddress address(Endpoints endpoints, Side side) {
        return new ClusterAddress(
                List.of(endpoints.cluster(side).nameServers()),
                "of the sandbox",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private String text() throws Exception {
        return Files.readString(folder.resolve("migration.yaml"), UTF_8);
    }

    /** What the owner of the shop knows. */
    private static String answered(String text) {
        Matcher open = TODO.matcher(text);
        StringBuilder answered = new StringBuilder();
        while (open.find()) {
            String name = open.group(1);
            String answer = open.group(2).equals("type")
                    ? Shop.TOPICS.stream()
                            .filter(topic -> topic.name().equals(name))
                            .findFirst()
                            .orElseThrow()
                            .type()
                            .name()
                    : Shop.GROUPS.stream()
                            .filter(group -> group.name().equals(name))
                            .findFirst()
                            .orElseThrow()
                            .order()
                            .name();
            open.appendReplacement(answered, open.group().replace("TODO", answer));
        }
        return open.appendTail(answered).toString();
    }

    /** What a reading goal must not change. */
    private static Object seen(Endpoints endpoints) throws InterruptedException {
        try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
            Metadata metadata = Readers.metadata(reader);
            return List.of(
                    withoutTransactions(reader.consumerOffsets(metadata).groups()),
                    withoutTransactions(metadata.brokers().get("source-a").topics()),
                    withoutTransactions(metadata.brokers().get("source-a").groups()));
        }
    }

    /** A broker that checks its transactions makes a group and topics for that by itself. */
    private static <T> Map<String, T> withoutTransactions(Map<String, T> named) {
        Map<String, T> others = new TreeMap<>(named);
        others.keySet().removeIf(name -> name.contains("RMQ_SYS_TRANS"));
        return others;
    }

    private static DefaultMQPushConsumer member(
            Endpoints endpoints, String group, MessageListener listener, String... topics) throws Exception {
        DefaultMQPushConsumer member = new DefaultMQPushConsumer(group);
        member.setNamesrvAddr(endpoints.cluster(Side.SOURCE).nameServers());
        member.setInstanceName(group);
        for (String topic : topics) {
            member.subscribe(topic, "*");
        }
        member.setMessageListener(listener);
        member.start();
        return member;
    }
}
