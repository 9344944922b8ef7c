package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.remoting.Scan.Place;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Reads the messages that brokers hold back. Messages are examined only if a broker holds any, to learn their topics. */
final class HeldMessagesReading {
    private final Metadata metadata;
    private final ReadingConnection connection;
    private final List<BrokerHeldMessages> brokers;

    private HeldMessagesReading(Metadata metadata, ReadingConnection connection, List<BrokerHeldMessages> brokers) {
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.connection = requireNonNull(connection, "connection is null");
        this.brokers = List.copyOf(brokers);
    }

    /** Counts the delayed, timed and half messages of every master: four requests for each, if it has the usual levels. */
    static HeldMessagesReading count(Metadata metadata, Supplier<RequestGroup> requests, ReadingConnection connection)
            throws InterruptedException {
        RequestGroup group = requests.get();
        List<BrokerHeldMessages> brokers = metadata.masters()
                .map(broker -> new BrokerHeldMessages(broker, group, connection))
                .toList();
        group.await();
        RequestGroup further = requests.get();
        brokers.forEach(broker -> broker.askFurther(further));
        further.await();
        return new HeldMessagesReading(metadata, connection, brokers);
    }

    /**
     * Examines the messages that were counted, and the unread retries of groups.
     *
     * @param retries the queue offsets of the groups' retry topics
     */
    HeldMessages examine(ConsumerOffsets offsets, QueueOffsets retries, Collection<String> groups)
            throws InterruptedException {
        Map<HeldKind, List<CompletableFuture<Amount>>> kinds = new EnumMap<>(HeldKind.class);
        for (BrokerHeldMessages broker : brokers) {
            kinds.computeIfAbsent(HeldKind.DELAYED, key -> new ArrayList<>()).addAll(broker.delayed());
            kinds.computeIfAbsent(HeldKind.HALF, key -> new ArrayList<>()).addAll(broker.half(offsets));
            kinds.computeIfAbsent(HeldKind.TIMED, key -> new ArrayList<>()).add(broker.timed());
        }
        Map<String, List<CompletableFuture<Amount>>> ofGroups = new HashMap<>();
        for (String group : groups) {
            String topic = SystemNames.retryTopic(group);
            ofGroups.put(
                    group,
                    offsets.unread(group, topic, retries).entrySet().stream()
                            .map(queue -> Scan.amount(connection, place(topic, queue), HeldTopic::origin))
                            .toList());
        }
        return new HeldMessages(sums(kinds), sums(ofGroups));
    }

    private Place place(String topic, Map.Entry<QueueKey, QueueRange> queue) {
        Broker broker = metadata.brokers().get(queue.getKey().broker());
        QueueRange range = queue.getValue();
        return new Place(broker, topic, queue.getKey().queue(), range.first(), range.next());
    }

    private static <K> Map<K, Amount> sums(Map<K, List<CompletableFuture<Amount>>> amounts)
            throws InterruptedException {
        Map<K, Amount> sums = new HashMap<>();
        for (Map.Entry<K, List<CompletableFuture<Amount>>> entry : amounts.entrySet()) {
            Amount sum = Amount.NOTHING;
            for (CompletableFuture<Amount> amount : entry.getValue()) {
                try {
                    sum = sum.and(amount.get());
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a scan never fails", e);
                }
            }
            sums.put(entry.getKey(), sum);
        }
        return sums;
    }
}
