package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads when the newest messages that groups have consumed came to their brokers. */
final class LastConsumedReading {
    private static final String GONE = "the last message that it consumed is no longer stored";

    private final Supplier<RequestGroup> requests;

    LastConsumedReading(Supplier<RequestGroup> requests) {
        this.requests = requireNonNull(requests, "requests is null");
    }

    /** Asks the masters at which a group has consumed a message. Groups without offsets are missing in the result. */
    Map<String, LastConsumed> read(Metadata metadata, ConsumerOffsets offsets, Collection<String> groups)
            throws InterruptedException {
        RequestGroup group = requests.get();
        Map<String, List<Asked<LastConsumed>>> asked = new HashMap<>();
        for (String name : new TreeSet<>(groups)) {
            Map<String, Map<QueueKey, Long>> topics = offsets.groups().getOrDefault(name, Map.of());
            if (!topics.isEmpty()) {
                List<Asked<LastConsumed>> answers = new ArrayList<>();
                metadata.masters()
                        .filter(broker -> consumed(topics).contains(broker.name()))
                        .forEach(broker -> answers.add(ask(group, broker, name)));
                asked.put(name, answers);
            }
        }
        group.await();
        Map<String, LastConsumed> found = new HashMap<>();
        asked.forEach((name, answers) ->
                found.put(name, answers.stream().map(Asked::value).reduce(LastConsumed.NOTHING, LastConsumed::and)));
        return found;
    }

    /** The masters at which some offset is behind a message. */
    private static Set<String> consumed(Map<String, Map<QueueKey, Long>> topics) {
        return topics.values().stream()
                .flatMap(queues -> queues.entrySet().stream())
                .filter(queue -> queue.getValue() > 0)
                .map(queue -> queue.getKey().broker())
                .collect(Collectors.toSet());
    }

    private static Asked<LastConsumed> ask(RequestGroup group, Broker broker, String name) {
        return group.ask(
                broker.address(),
                ReadRequest.CONSUME_STATISTICS,
                Map.of("consumerGroup", name),
                answer -> BrokerDecoder.lastConsumed(answer.body())
                        .map(LastConsumed::of)
                        .orElseGet(() -> LastConsumed.unseen(GONE)),
                failure -> failure instanceof Refused
                        ? CompletableFuture.completedFuture(LastConsumed.unseen(
                                broker.name() + " refuses: " + FailureDiagnosis.firstSentence(failure.getMessage())))
                        : CompletableFuture.failedFuture(failure));
    }
}
