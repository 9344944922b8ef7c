package io.github.rocketmigrate.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.discover.SourceGroup.Members;
import io.github.rocketmigrate.model.Fault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which topics move together.
 *
 * <p>Longer than 300 lines: each division is of the same few topics.
 */
final class BatchProposalTest {
    private final SortedMap<String, SourceTopic> topics = new TreeMap<>();
    private final SortedMap<String, SourceGroup> groups = new TreeMap<>();
    private final List<Coupling> couplings = new ArrayList<>();
    private final Set<String> fifo = new TreeSet<>();
    private BatchSplit split = BatchSplit.COUPLED;

    private void topic(String name, long written, String... ofTopic) {
        topics.put(
                name,
                new SourceTopic(
                        name,
                        new TreeSet<>(),
                        List.of(),
                        MessageSample.NONE,
                        written,
                        written,
                        new TreeSet<>(List.of(ofTopic))));
    }

    private void group(String name, String... ofGroup) {
        groups.put(
                name,
                new SourceGroup(
                        name,
                        false,
                        Optional.empty(),
                        false,
                        new Members(0, 0, 0),
                        new TreeSet<>(List.of(ofGroup)),
                        OptionalLong.empty(),
                        Optional.empty()));
    }

    private List<String> proposed() {
        return BatchProposal.of(topics, groups, couplings, fifo, split).stream()
                .map(batch -> batch.name() + " " + batch.reasons() + " " + batch.topics() + " " + batch.groups())
                .toList();
    }

    @Test
    void aGroupCouplesTheTopicsThatItConsumes() {
        topic("order-events", 900, "ledger");
        topic("order-refunds", 10);
        topic("clicks", 5);
        group("ledger", "order-events", "order-refunds");
        group("audit");
        topic("views", 3, "audit");
        group("forgotten", "a-topic-that-is-gone");
        assertThat(proposed())
                .containsExactly(
                        "independent [nothing was seen that couples these topics; to move one at a time, give each its own stage] [clicks,"
                                + " views] [audit]",
                        "order [group ledger consumes order-events, order-refunds] [order-events, order-refunds] [ledger]",
                        "groups-without-topics [no topic of the plan is known to be consumed by these groups] []"
                                + " [forgotten]");
    }

    @Test
    void couplingsFormChains() {
        for (String name : List.of("a", "b", "c", "d", "e", "f")) {
            topic(name, 1);
        }
        group("one", "a", "b");
        group("two", "c", "d");
        couplings.add(new Coupling(new TreeSet<>(List.of("b", "d")), "producer group shop writes"));
        couplings.add(new Coupling(new TreeSet<>(List.of("e", "not-selected")), "producer group web writes"));
        assertThat(proposed())
                .containsExactly(
                        "independent [nothing was seen that couples these topics; to move one at a time, give each its own stage] [e, f]"
                                + " []",
                        "a [group one consumes a, b, group two consumes c, d, producer group shop writes b, d]"
                                + " [a, b, c, d] [one, two]");
    }

    /** Everybody has practiced before a topic passes a fence, and a producer restarts only once in any case. */
    @Test
    void fifoTopicsComeLastAndAProducerDoesNotMixThemWithOthers() {
        for (String name : List.of("invoices", "letters", "order-events", "stock-changes", "parcels")) {
            topic(name, name.equals("invoices") ? 1_000 : 1);
        }
        fifo.addAll(List.of("order-events", "stock-changes", "parcels"));
        couplings.add(new Coupling(
                new TreeSet<>(List.of("invoices", "letters", "order-events", "stock-changes")),
                "producer group shop writes"));
        assertThat(proposed())
                .containsExactly(
                        "invoices [producer group shop writes invoices, letters, and in a later batch FIFO order-events,"
                                + " stock-changes] [invoices, letters] []",
                        "independent-fifo [nothing was seen that couples these topics] [parcels] []",
                        "order-events [producer group shop writes order-events, stock-changes, and in another batch"
                                + " invoices, letters] [order-events, stock-changes] []");
    }

    @Test
    void aConsumerGroupKeepsFifoTopicsTogetherWithOthers() {
        topic("order-events", 1);
        topic("clicks", 1);
        topic("views", 1_000);
        fifo.add("order-events");
        group("ledger", "clicks", "order-events");
        assertThat(proposed())
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("independent", "clicks");
    }

    @Test
    void theLeastTrafficComesFirstThenTheFewestGroups() {
        topic("busy-1", 1_000);
        topic("busy-2", 1_000);
        topic("calm-1", 1);
        topic("calm-2", 1);
        topic("known-1", 1);
        topic("known-2", 1);
        group("busy", "busy-1", "busy-2");
        group("calm", "calm-1", "calm-2");
        group("known-a", "known-1", "known-2");
        group("known-b", "known-1", "known-2");
        assertThat(proposed())
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("calm", "known", "busy");
    }

    @Test
    void topicsThatNothingCouplesShareBatchesOfAReviewableSize() {
        for (int i = 0; i < BatchProposal.MOST_INDEPENDENT + 1; i++) {
            topic(String.format("topic-%02d", i), i);
        }
        assertThat(BatchProposal.of(topics, groups, couplings, fifo, split))
                .extracting(batch -> batch.name() + " " + batch.topics().size())
                .containsExactly("independent-1 20", "independent-2 1");
        assertThat(BatchProposal.of(topics, groups, couplings, fifo, split)
                        .get(1)
                        .topics())
                .containsExactly("topic-20");
    }

    @Test
    void patternsMakeBatchesInTheOrderOfTheUser() {
        for (String name : List.of("clicks", "order-events", "order-refunds", "payments", "views", "payouts")) {
            topic(name, 1);
        }
        fifo.add("order-events");
        group("ledger", "order-events", "order-refunds", "payments");
        group("audit", "clicks", "views", "payouts");
        group("web", "clicks", "views");
        couplings.add(new Coupling(new TreeSet<>(List.of("clicks", "order-refunds")), "producer group shop writes"));
        split = BatchSplit.of("pay*, order-*");
        assertThat(proposed())
                .containsExactly(
                        "pay [topics that match pay*, group audit consumes payouts, and in batch clicks clicks, views,"
                                + " group ledger consumes payments, and in batch order order-events, order-refunds]"
                                + " [payments, payouts] []",
                        "order [topics that match order-*, group ledger consumes order-events, order-refunds, and in batch"
                                + " pay payments, producer group shop writes order-refunds, and in batch clicks clicks]"
                                + " [order-events, order-refunds] [ledger]",
                        "clicks [group audit consumes clicks, views, and in batch pay payouts, producer group shop writes"
                                + " clicks, and in batch order order-refunds, group web consumes clicks, views]"
                                + " [clicks, views] [audit, web]");
    }

    @Test
    void aPatternIsTheNameOfItsBatchWithoutWildcards() {
        for (String name : List.of("a-events", "prod_a", "z", "Order")) {
            topic(name, 1);
        }
        split = BatchSplit.of("*-events,prod_?,O*r,*");
        assertThat(proposed())
                .extracting(line -> line.substring(0, line.indexOf(']') + 1))
                .containsExactly(
                        "events [topics that match *-events]",
                        "prod [topics that match prod_?]",
                        "O-r [topics that match O*r]",
                        "all [topics that match *]");
    }

    @Test
    void topicsWhoseNamesBeginAlikeAreOneBatch() {
        topic("order-events", 100);
        topic("order-refunds", 100);
        topic("user_created", 1);
        topic("user_deleted", 1);
        topic("clicks", 1);
        topic("mail-sent", 1);
        group("audit", "clicks", "mail-sent");
        group("ledger", "order-events", "order-refunds");
        split = BatchSplit.of("prefix");
        assertThat(proposed())
                .containsExactly(
                        "user [topics that begin with user] [user_created, user_deleted] []",
                        "clicks [group audit consumes clicks, mail-sent] [clicks, mail-sent] [audit]",
                        "order [topics that begin with order] [order-events, order-refunds] [ledger]");
    }

    /** The name of an environment or of the company is no reason for one batch. */
    @Test
    void wordsThatAllTopicsBeginWithTellNothing() {
        for (String name : List.of("acme-prod-order-a", "acme-prod-order-b", "acme-prod-user-a", "acme-prod-user-b")) {
            topic(name, 1);
        }
        split = BatchSplit.of("prefix");
        assertThat(proposed())
                .extracting(line -> line.substring(0, line.indexOf(']') + 1))
                .containsExactly(
                        "acme-prod-order [topics that begin with acme-prod-order]",
                        "acme-prod-user [topics that begin with acme-prod-user]");
    }

    /** Whatever the user asks for. */
    @ParameterizedTest
    @ValueSource(strings = {"coupled", "prefix", "a*", "*-1,a-*", "zzz", "?-?", "*"})
    void everyTopicAndEveryGroupIsInOneBatch(String asked) {
        for (String letter : List.of("a", "b", "c", "prod-d")) {
            for (int i = 0; i < 4; i++) {
                topic(letter + "-" + i, i);
                group("g" + letter + i, letter + "-" + i, "a-" + i, "c-" + (3 - i));
            }
        }
        couplings.add(new Coupling(new TreeSet<>(List.of("b-1", "prod-d-2")), "producer group shop writes"));
        fifo.add("b-1");
        split = BatchSplit.of(asked);
        List<ProposedBatch> batches = BatchProposal.of(topics, groups, couplings, fifo, split);
        assertThat(batches).extracting(ProposedBatch::name).doesNotHaveDuplicates();
        assertThat(batches.stream().flatMap(batch -> batch.topics().stream()))
                .containsExactlyInAnyOrderElementsOf(topics.keySet());
        assertThat(batches.stream().flatMap(batch -> batch.groups().stream()))
                .containsExactlyInAnyOrderElementsOf(groups.keySet());
    }

    @Test
    void aPatternThatNoTopicMatchesIsRefused() {
        assertThatThrownBy(() -> BatchSplit.of("order-*,ordr-*").check(List.of("order-events")))
                .isInstanceOf(Fault.class)
                .hasMessage("No topic matches ordr-* of migrate.batches.");
        assertThatThrownBy(() -> BatchSplit.of("prefix,order-*"))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.batches=prefix,order-* mixes patterns with a word.");
    }

    /** A topic may have the name that a batch would have. */
    @Test
    void batchesHaveNamesOfTheirOwn() {
        topic("order-a", 1);
        topic("order-b", 1);
        topic("order", 1);
        topic("orders", 1);
        group("one", "order-a", "order-b");
        group("two", "order", "orders");
        assertThat(proposed())
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("order", "order-2");
    }

    /** Ten thousand topics in one chain are joined in a moment. */
    @Test
    void longChainsAreJoined() {
        for (int i = 0; i < 10_000; i++) {
            topic(String.format("topic-%05d", i), 1);
            if (i > 0) {
                group("group-" + i, String.format("topic-%05d", i - 1), String.format("topic-%05d", i));
            }
        }
        assertThat(BatchProposal.of(topics, groups, couplings, fifo, split)).hasSize(1);
    }

    @Test
    void producersAndProgramsCoupleTopics() {
        Client shop = new Client("10.0.0.7@4711#1", "10.0.0.7:5001", "JAVA", "4.9.7");
        Client relay = new Client("10.0.0.8@4712#2", "10.0.0.8:5001", "JAVA", "4.9.7");
        Client relayConsumer = new Client("10.0.0.8@4712#3", "10.0.0.8:5002", "JAVA", "4.9.7");
        Clients clients = new Clients(
                Map.of(
                        "relay-in",
                        new ConsumerGroup(
                                false,
                                Optional.of(ConsumeMode.PUSH),
                                new TreeSet<>(List.of("invoices", "%RETRY%relay-in")),
                                new TreeMap<>(Map.of(
                                        relayConsumer.id(),
                                        new GroupMember(relayConsumer, new TreeSet<>(List.of("a"))))))),
                Optional.of(Map.of(
                        "shop",
                        Set.of(shop),
                        "relay-out",
                        Set.of(relay),
                        Clients.ALL_JAVA_CLIENTS,
                        Set.of(shop, relay, relayConsumer))),
                Map.of(
                        "orders", senders(shop),
                        "payments", senders(shop),
                        "letters", senders(relay)));
        assertThat(Programs.couplings(clients))
                .extracting(Coupling::words)
                .containsExactly(
                        "producer group relay-out writes letters",
                        "producer group shop writes orders, payments",
                        "program 10.0.0.8@4712 consumes or writes invoices, letters");
    }

    private static TopicSenders senders(Client client) {
        return new TopicSenders(
                new TreeMap<>(Map.of(client.address(), Instant.parse("2026-11-30T08:00:00Z"))), Optional.empty());
    }
}
