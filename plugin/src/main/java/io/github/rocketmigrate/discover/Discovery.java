package io.github.rocketmigrate.discover;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a plan for a running cluster can say, with the evidence for it.
 *
 * @param cluster the name of the source
 * @param couplings reasons to move topics together, beside the groups that consume several of them
 * @param split how the user wants topics to be divided into batches
 */
public record Discovery(
        String cluster,
        SortedMap<String, SourceTopic> topics,
        SortedMap<String, SourceGroup> groups,
        SortedMap<String, Inference<MessageType>> types,
        SortedMap<String, Inference<ConsumeOrder>> orders,
        List<Coupling> couplings,
        BatchSplit split,
        List<ProposedBatch> batches) {
    public Discovery {
        requireNonNull(cluster, "cluster is null");
        topics = unmodifiableSortedMap(topics);
        groups = unmodifiableSortedMap(groups);
        types = unmodifiableSortedMap(types);
        orders = unmodifiableSortedMap(orders);
        couplings = List.copyOf(couplings);
        requireNonNull(split, "split is null");
        batches = List.copyOf(batches);
    }

    /** With the batches that the couplings and the user's wish ask for. */
    private Discovery(
            String cluster,
            SortedMap<String, SourceTopic> topics,
            SortedMap<String, SourceGroup> groups,
            SortedMap<String, Inference<MessageType>> types,
            SortedMap<String, Inference<ConsumeOrder>> orders,
            List<Coupling> couplings,
            BatchSplit split) {
        this(
                cluster,
                topics,
                groups,
                types,
                orders,
                couplings,
                split,
                BatchProposal.of(topics, groups, couplings, fifo(types), split));
    }

    /** Infers what the plan needs for some topics and groups of a source. */
    public static Discovery of(SourceReadings readings, Collection<String> topics, Collection<String> groups) {
        return of(
                readings.metadata().cluster(),
                readings.topics(topics),
                readings.groups(groups),
                Programs.couplings(readings.clients()),
                readings.clients().proxied().unseen());
    }

    /** Infers what the plan needs from settings alone, without messages and clients. */
    public static Discovery ofSettings(Metadata metadata, Collection<String> topics, Collection<String> groups) {
        return of(
                metadata.cluster(),
                SourceReadings.storedTopics(metadata, topics),
                SourceReadings.storedGroups(metadata, groups),
                List.of(),
                Optional.empty());
    }

    /**
     * Infers what the plan needs.
     *
     * @param hidden why groups may have members behind proxies that are not known; empty if all are known
     */
    static Discovery of(
            String cluster,
            SortedMap<String, SourceTopic> topics,
            SortedMap<String, SourceGroup> groups,
            List<Coupling> couplings,
            Optional<String> hidden) {
        SortedMap<String, Inference<ConsumeOrder>> orders = new TreeMap<>();
        groups.forEach((name, group) -> orders.put(name, OrderInference.of(group, hidden)));
        SortedMap<String, Inference<MessageType>> types = new TreeMap<>();
        topics.forEach((name, topic) -> types.put(name, type(topic, orders)));
        return new Discovery(cluster, topics, groups, types, orders, couplings, BatchSplit.COUPLED);
    }

    /** The same with batches as the user wants them. */
    public Discovery splitting(BatchSplit wish) {
        return new Discovery(cluster, topics, groups, types, orders, couplings, wish);
    }

    private static Set<String> fifo(SortedMap<String, Inference<MessageType>> types) {
        return types.entrySet().stream()
                .filter(type -> type.getValue().is(MessageType.FIFO))
                .map(Map.Entry::getKey)
                .collect(toSet());
    }

    private static Inference<MessageType> type(SourceTopic topic, SortedMap<String, Inference<ConsumeOrder>> orders) {
        List<String> orderly = topic.groups().stream()
                .filter(group -> orders.containsKey(group) && orders.get(group).is(ConsumeOrder.ORDERLY))
                .toList();
        boolean isOrderHidden = !topic.groups().isEmpty()
                && topic.groups().stream()
                        .noneMatch(group -> orders.containsKey(group)
                                && orders.get(group).value().isPresent());
        return TypeInference.of(topic, orderly, isOrderHidden);
    }

    /** The same without some groups in the plan. What they show of the topics that they consume still counts. */
    public Discovery choosing(Predicate<String> chosen) {
        SortedMap<String, SourceGroup> fewer = new TreeMap<>(groups);
        fewer.keySet().removeIf(chosen.negate());
        SortedMap<String, Inference<ConsumeOrder>> their = new TreeMap<>(orders);
        their.keySet().removeIf(chosen.negate());
        return new Discovery(cluster, topics, fewer, types, their, couplings, split);
    }

    /**
     * The same with batches for some topics and groups only.
     *
     * @param taken the names of the batches that exist for the others
     */
    Discovery proposing(Collection<String> someTopics, Collection<String> someGroups, Set<String> taken) {
        return new Discovery(
                cluster,
                topics,
                groups,
                types,
                orders,
                couplings,
                split,
                BatchProposal.of(
                        some(topics, someTopics), some(groups, someGroups), couplings, fifo(types), split, taken));
    }

    private static <T> SortedMap<String, T> some(SortedMap<String, T> all, Collection<String> names) {
        SortedMap<String, T> some = new TreeMap<>();
        names.forEach(name -> some.put(name, all.get(name)));
        return some;
    }

    /** Whether the user has to decide some type or order. */
    boolean hasOpen() {
        return Stream.concat(types.values().stream(), orders.values().stream())
                .anyMatch(inference -> inference.value().isEmpty());
    }

    /** The number of types and orders with each confidence, by its word. */
    public Map<String, Long> confidences() {
        return confidences(topics.keySet(), groups.keySet());
    }

    /** The same of some topics and groups. */
    public Map<String, Long> confidences(Collection<String> someTopics, Collection<String> someGroups) {
        Map<String, Long> counts = new TreeMap<>();
        for (Confidence confidence : Confidence.values()) {
            counts.put(
                    confidence.word(),
                    Stream.concat(
                                    someTopics.stream().map(topic -> types.get(topic)),
                                    someGroups.stream().map(group -> orders.get(group)))
                            .filter(inference -> inference.confidence() == confidence)
                            .count());
        }
        return counts;
    }
}
