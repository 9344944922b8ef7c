package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.cluster.remoting.Scan.Place;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.common.topic.TopicValidator;

/**
 * Counts and examines the delayed messages of one master, level by level.
 *
 * <p>Level 1 waits in queue 0 of one topic, and so on. Brokers of all versions give this topic 18 queues, however many
 * levels {@code messageDelayLevel} has. They answer questions about the topic for these 18 only, so each further queue is
 * asked for.
 */
final class DelayedMessages {
    private static final String TOPIC = TopicValidator.RMQ_SYS_SCHEDULE_TOPIC;

    private final Broker broker;
    private final ReadingConnection connection;
    private final DelayLevels levels;
    private final int queues;
    private final Asked<Optional<Map<Integer, Long>>> delivered;
    private final Asked<Optional<Map<QueueKey, QueueRange>>> ranges;
    private final Map<Integer, AskedQueue> furtherQueues = new TreeMap<>();

    /** Asks for what each level has delivered, and for the queues of the topic. */
    DelayedMessages(Broker broker, RequestGroup group, ReadingConnection connection) {
        this.broker = requireNonNull(broker, "broker is null");
        this.connection = requireNonNull(connection, "connection is null");
        levels = DelayLevels.of(broker);
        TopicSettings topic = broker.topics().get(TOPIC);
        queues = topic == null ? 0 : topic.writeQueues();
        delivered = group.askUnlessRefused(
                broker.address(), ReadRequest.DELAYS, Map.of(), answer -> BrokerDecoder.levels(answer.body()));
        ranges = group.askUnlessRefused(
                broker.address(),
                ReadRequest.TOPIC_OFFSETS,
                Map.of("topic", TOPIC),
                answer -> BrokerDecoder.queueOffsets(broker.name(), answer.body()));
    }

    /**
     * Asks for the queues of further levels, once the other answers are there. Levels that have delivered something and are
     * not in the setting were removed from it: the broker delivers their messages when they are added again.
     */
    void askFurtherQueues(RequestGroup group) {
        if (queues == 0) {
            return;
        }
        for (int queue = queues; queue < highestLevel(); queue++) {
            furtherQueues.put(queue, AskedQueue.of(group, broker.address(), queue));
        }
    }

    private int highestLevel() {
        int delivering = delivered.value().stream()
                .flatMap(levels -> levels.keySet().stream())
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return Math.max(broker.delayLevels().orElse(0), delivering);
    }

    /** The requests for both ends of a queue. */
    private record AskedQueue(Asked<Optional<Long>> first, Asked<Optional<Long>> next) {
        static AskedQueue of(RequestGroup group, String address, int queue) {
            return new AskedQueue(
                    offset(group, address, ReadRequest.FIRST_OFFSET, queue),
                    offset(group, address, ReadRequest.NEXT_OFFSET, queue));
        }

        private static Asked<Optional<Long>> offset(
                RequestGroup group, String address, ReadRequest request, int queue) {
            return group.askUnlessRefused(
                    address,
                    request,
                    Map.of("topic", TOPIC, "queueId", Integer.toString(queue)),
                    answer -> Long.parseLong(answer.fields().get("offset")));
        }

        Optional<QueueRange> range() {
            return first.value().flatMap(from -> next.value().map(to -> new QueueRange(from, to)));
        }
    }

    List<CompletableFuture<Amount>> amounts() {
        String name = "broker " + broker.name();
        if (delivered.value().isEmpty() || ranges.value().isEmpty()) {
            return List.of(unknown(name + " does not report its delayed messages"));
        }
        List<CompletableFuture<Amount>> amounts = new ArrayList<>();
        ranges.value()
                .get()
                .forEach((queue, range) -> examine(queue.queue(), range).ifPresent(amounts::add));
        furtherQueues.forEach((queue, asked) -> asked.range()
                .ifPresentOrElse(
                        range -> examine(queue, range).ifPresent(amounts::add),
                        () -> amounts.add(
                                unknown(name + " does not report the messages of delay level " + (queue + 1)))));
        if (broker.delayLevels().isEmpty()) {
            String setting = broker.settings().getOrDefault(Broker.DELAY_LEVELS, "");
            amounts.add(unknown(
                    "the delay levels of " + name + " are not known (" + Broker.DELAY_LEVELS + "=" + setting + ")"));
        }
        return amounts;
    }

    /** Examines what a level has not delivered. A level that has delivered nothing is missing in the broker's answer. */
    private Optional<CompletableFuture<Amount>> examine(int queue, QueueRange range) {
        long from = Math.max(range.first(), delivered.value().orElseThrow().getOrDefault(queue + 1, 0L));
        if (range.next() <= from) {
            return Optional.empty();
        }
        Place place = new Place(broker, TOPIC, queue, from, range.next());
        return Optional.of(Scan.of(connection, place)
                .thenApply(result -> result.amount(
                                place.size(), HeldTopic::destination, message -> levels.due(message, queue))
                        .ofLevel(queue + 1)));
    }

    private static CompletableFuture<Amount> unknown(String why) {
        return CompletableFuture.completedFuture(Amount.unknown(why));
    }
}
