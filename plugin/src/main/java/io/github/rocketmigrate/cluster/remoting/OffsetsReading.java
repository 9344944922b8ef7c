package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.wire.ReadRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Reads the offsets of consumer groups and of the queues of topics from the masters of a cluster. */
final class OffsetsReading {
    private final Supplier<RequestGroup> requests;

    OffsetsReading(Supplier<RequestGroup> requests) {
        this.requests = requireNonNull(requests, "requests is null");
    }

    ConsumerOffsets consumerOffsets(Metadata metadata) throws InterruptedException {
        RequestGroup group = requests.get();
        List<Asked<Map<String, Map<String, Map<QueueKey, Long>>>>> asked = metadata.masters()
                .map(broker -> group.ask(
                        broker.address(),
                        ReadRequest.OFFSETS,
                        answer -> BrokerDecoder.consumerOffsets(broker.name(), answer.body())))
                .toList();
        group.await();
        Map<String, Map<String, Map<QueueKey, Long>>> all = new HashMap<>();
        asked.forEach(one -> one.value().forEach((name, topics) -> {
            Map<String, Map<QueueKey, Long>> known = all.computeIfAbsent(name, key -> new HashMap<>());
            topics.forEach((topic, queues) -> known.merge(topic, queues, OffsetsReading::union));
        }));
        return new ConsumerOffsets(all);
    }

    QueueOffsets queueOffsets(Metadata metadata, Collection<String> topics) throws InterruptedException {
        RequestGroup group = requests.get();
        Map<String, List<Asked<Map<QueueKey, QueueRange>>>> asked = new HashMap<>();
        for (String topic : topics) {
            metadata.topic(topic)
                    .forEach((broker, settings) -> asked.computeIfAbsent(topic, key -> new ArrayList<>())
                            .add(group.ask(
                                    metadata.brokers().get(broker).address(),
                                    ReadRequest.TOPIC_OFFSETS,
                                    Map.of("topic", topic),
                                    answer -> BrokerDecoder.queueOffsets(broker, answer.body()),
                                    CompletableFuture::failedFuture)));
        }
        group.await();
        Map<String, Map<QueueKey, QueueRange>> ranges = new HashMap<>();
        asked.forEach((topic, answers) -> ranges.put(
                topic,
                answers.stream().map(Asked::value).reduce(OffsetsReading::union).orElseThrow()));
        addReadOnlyQueues(metadata, ranges);
        return new QueueOffsets(ranges);
    }

    /** Asks for each queue that an answer leaves out: 4.x brokers answer for queues that can be written only. */
    private void addReadOnlyQueues(Metadata metadata, Map<String, Map<QueueKey, QueueRange>> ranges)
            throws InterruptedException {
        RequestGroup group = requests.get();
        Map<String, Map<QueueKey, AskedRange>> asked = new HashMap<>();
        ranges.forEach((topic, known) -> metadata.topic(topic).forEach((broker, settings) -> {
            for (int queue = 0; queue < settings.queues(); queue++) {
                QueueKey key = new QueueKey(broker, queue);
                if (!known.containsKey(key)) {
                    String address = metadata.brokers().get(broker).address();
                    asked.computeIfAbsent(topic, it -> new HashMap<>())
                            .put(key, AskedRange.of(group, address, topic, queue));
                }
            }
        }));
        group.await();
        asked.forEach((topic, queues) ->
                queues.forEach((key, range) -> ranges.get(topic).put(key, range.value())));
    }

    /** The requests for both ends of one queue. */
    private record AskedRange(Asked<Long> first, Asked<Long> next) {
        static AskedRange of(RequestGroup group, String address, String topic, int queue) {
            Map<String, String> fields = Map.of("topic", topic, "queueId", Integer.toString(queue));
            return new AskedRange(
                    offset(group, address, ReadRequest.FIRST_OFFSET, fields),
                    offset(group, address, ReadRequest.NEXT_OFFSET, fields));
        }

        private static Asked<Long> offset(
                RequestGroup group, String address, ReadRequest request, Map<String, String> fields) {
            return group.ask(
                    address,
                    request,
                    fields,
                    answer -> Long.parseLong(answer.fields().get("offset")),
                    CompletableFuture::failedFuture);
        }

        QueueRange value() {
            return new QueueRange(first.value(), next.value());
        }
    }

    private static <K, V> Map<K, V> union(Map<K, V> one, Map<K, V> other) {
        Map<K, V> union = new HashMap<>(one);
        union.putAll(other);
        return union;
    }
}
