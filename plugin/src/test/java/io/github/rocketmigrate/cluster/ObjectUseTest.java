package io.github.rocketmigrate.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What uses topics and groups that somebody wants to remove. */
final class ObjectUseTest {
    private static final QueueKey QUEUE = new QueueKey("new-a", 0);

    private static ObjectUse held(HeldKind kind, Amount amount) {
        return new ObjectUse(
                ConsumerOffsets.NONE,
                Clients.NONE,
                new HeldMessages(Map.of(kind, amount), Map.of()),
                QueueOffsets.NONE);
    }

    private static ObjectUse stored(String topic, long first, long next) {
        return new ObjectUse(
                ConsumerOffsets.NONE,
                Clients.NONE,
                HeldMessages.NOT_READ,
                new QueueOffsets(Map.of(topic, Map.of(QUEUE, new QueueRange(first, next)))));
    }

    @Test
    void anUnusedObjectHasNoUse() {
        assertThat(ObjectUse.NONE.ofTopic("orders")).isEmpty();
        assertThat(ObjectUse.NONE.ofGroup("audit")).isEmpty();
    }

    @Test
    void countsMessagesThatCanBeRead() {
        assertThat(stored("orders", 2, 5).ofTopic("orders")).containsExactly("holds 3 messages");
        assertThat(stored("orders", 5, 5).ofTopic("orders")).isEmpty();
        assertThat(stored("%RETRY%audit", 0, 1).ofGroup("audit"))
                .containsExactly("has in its topic %RETRY%audit 1 message");
        assertThat(stored("%DLQ%audit", 0, 1).ofGroup("audit"))
                .containsExactly("has in its topic %DLQ%audit 1 message");
        assertThat(stored("%RETRY%auditor", 0, 1).ofGroup("audit")).isEmpty();
    }

    /** What a broker holds back is delivered to the topic later, and what it cannot tell may be. */
    @Test
    void countsMessagesThatBrokersHoldBack() {
        assertThat(held(HeldKind.DELAYED, new Amount(2, new TreeMap<>(Map.of("orders", 2L)), Optional.empty()))
                        .ofTopic("orders"))
                .containsExactly("holds 2 delayed messages");
        assertThat(held(HeldKind.HALF, new Amount(1, new TreeMap<>(), Optional.of("broker new-a does not report it")))
                        .ofTopic("orders"))
                .containsExactly("may hold half messages: broker new-a does not report it");
        assertThat(held(HeldKind.TIMED, new Amount(2, new TreeMap<>(Map.of("other", 2L)), Optional.empty()))
                        .ofTopic("orders"))
                .isEmpty();
    }

    @Test
    void namesGroupsAndClients() {
        ConsumerGroup online = new ConsumerGroup(
                false,
                Optional.of(ConsumeMode.PUSH),
                new TreeSet<>(Set.of("orders")),
                new TreeMap<>(Map.of(
                        "10.0.9.1@7",
                        new GroupMember(
                                new Client("10.0.9.1@7", "10.0.9.1:5000", "JAVA", "V5_3_2"),
                                new TreeSet<>(Set.of("new-a"))))));
        ObjectUse use = new ObjectUse(
                new ConsumerOffsets(Map.of("audit", Map.of("orders", Map.of(QUEUE, 0L)))),
                new Clients(Map.of("audit", online), Optional.empty()),
                HeldMessages.NOT_READ,
                QueueOffsets.NONE);
        assertThat(use.ofTopic("orders"))
                .containsExactly("has offsets of group audit", "is consumed by 1 client (10.0.9.1@7)");
        assertThat(use.ofGroup("audit")).containsExactly("has offsets in topic orders", "has 1 client (10.0.9.1@7)");
        assertThat(use.ofTopic("clicks")).isEmpty();
    }
}
