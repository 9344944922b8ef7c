package io.github.rocketmigrate.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.discover.SourceGroup.Members;
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

/** Which topics move together. */
final class BatchProposalTest {
    private final SortedMap<String, SourceTopic> topics = new TreeMap<>();
    private final SortedMap<String, SourceGroup> groups = new TreeMap<>();
    private final List<Coupling> couplings = new ArrayList<>();
    private final Set<String> fifo = new TreeSet<>();

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
                        OptionalLong.empty()));
    }

    private List<String> proposed() {
        return BatchProposal.of(topics, groups, couplings, fifo).stream()
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
                        "independent-1 [nothing was seen that couples these topics] [clicks, views] [audit]",
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
                        "independent-1 [nothing was seen that couples these topics] [e, f] []",
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
                        "independent-1 [nothing was seen that couples these topics] [parcels] []",
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
                .containsExactly("independent-1", "clicks");
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
        assertThat(BatchProposal.of(topics, groups, couplings, fifo))
                .extracting(batch -> batch.name() + " " + batch.topics().size())
                .containsExactly("independent-1 20", "independent-2 1");
        assertThat(BatchProposal.of(topics, groups, couplings, fifo).get(1).topics())
                .containsExactly("topic-20");
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
        assertThat(BatchProposal.of(topics, groups, couplings, fifo)).hasSize(1);
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
