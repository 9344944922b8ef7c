package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.cluster.remoting.Scan.Place;
import io.github.rocketmigrate.cluster.remoting.Scan.ScanResult;
import io.github.rocketmigrate.wire.Answer;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import io.github.rocketmigrate.wire.Refused;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.topic.TopicValidator;

/**
 * Reads what brokers keep back. Only where they keep anything are messages looked at, to see of which topics they are.
 */
final class HeldMessagesReading {
    private static final String DELAYED = TopicValidator.RMQ_SYS_SCHEDULE_TOPIC;
    private static final String HALF = TopicValidator.RMQ_SYS_TRANS_HALF_TOPIC;
    /** Here a broker writes which transactions have ended. */
    private static final String ENDED = TopicValidator.RMQ_SYS_TRANS_OP_HALF_TOPIC;

    private static final String ENDED_TAG = "d";

    private final Supplier<RequestGroup> asking;
    private final ReadingConnection connection;

    HeldMessagesReading(Supplier<RequestGroup> asking, ReadingConnection connection) {
        this.asking = requireNonNull(asking, "asking is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    HeldMessages read(Metadata of, ConsumerOffsets offsets, QueueOffsets queues, Collection<String> groups)
            throws InterruptedException {
        RequestGroup counting = asking.get();
        List<Counts> counts =
                of.masters().map(broker -> new Counts(counting, broker)).toList();
        counting.await();
        Map<HeldKind, List<CompletableFuture<Amount>>> looks = new EnumMap<>(HeldKind.class);
        for (Counts one : counts) {
            looks.computeIfAbsent(HeldKind.DELAYED, key -> new ArrayList<>()).addAll(one.delayed());
            looks.computeIfAbsent(HeldKind.HALF, key -> new ArrayList<>()).addAll(one.half(offsets));
            looks.computeIfAbsent(HeldKind.TIMED, key -> new ArrayList<>()).add(one.timed());
        }
        Map<String, List<CompletableFuture<Amount>>> retries = new HashMap<>();
        for (String group : groups) {
            String topic = MixAll.getRetryTopic(group);
            retries.put(
                    group,
                    offsets.unread(group, topic, queues).entrySet().stream()
                            .map(queue -> look(
                                    place(of.brokers().get(queue.getKey().broker()), topic, queue),
                                    HeldMessagesReading::origin))
                            .toList());
        }
        Map<HeldKind, Amount> kinds = new EnumMap<>(HeldKind.class);
        for (Map.Entry<HeldKind, List<CompletableFuture<Amount>>> look : looks.entrySet()) {
            kinds.put(look.getKey(), sum(look.getValue()));
        }
        Map<String, Amount> ofGroups = new HashMap<>();
        for (Map.Entry<String, List<CompletableFuture<Amount>>> look : retries.entrySet()) {
            ofGroups.put(look.getKey(), sum(look.getValue()));
        }
        return new HeldMessages(kinds, ofGroups);
    }

    private static Place place(Broker broker, String topic, Map.Entry<QueueKey, QueueRange> queue) {
        return new Place(
                broker,
                topic,
                queue.getKey().queue(),
                queue.getValue().first(),
                queue.getValue().next());
    }

    private static Amount sum(List<CompletableFuture<Amount>> looks) throws InterruptedException {
        Amount sum = Amount.NOTHING;
        for (CompletableFuture<Amount> look : looks) {
            try {
                sum = sum.and(look.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a look never fails", e);
            }
        }
        return sum;
    }

    private CompletableFuture<Amount> look(Place place, Function<MessageExt, String> topic) {
        return Scan.of(connection, place).thenApply(result -> amount(place.size(), result, topic));
    }

    private static Amount amount(long total, ScanResult result, Function<MessageExt, String> topic) {
        TreeMap<String, Long> topics = new TreeMap<>();
        result.messages().forEach(message -> topics.merge(topic.apply(message), 1L, Long::sum));
        return new Amount(total, topics, result.unseen());
    }

    /** The topic to which a delayed message comes; for one that is consumed again, the one that it came from first. */
    private static String real(MessageExt message) {
        String real = message.getProperty(MessageConst.PROPERTY_REAL_TOPIC);
        return real == null || real.startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX) ? origin(message) : real;
    }

    /** The topic from which a message came that is consumed again. */
    private static String origin(MessageExt message) {
        String origin = message.getProperty(MessageConst.PROPERTY_RETRY_TOPIC);
        String real = message.getProperty(MessageConst.PROPERTY_REAL_TOPIC);
        return origin != null ? origin : real != null ? real : message.getTopic();
    }

    /** What one master keeps back. */
    private final class Counts {
        private final Broker broker;
        private final Asked<Optional<Map<Integer, Long>>> levels;
        private final Asked<Optional<Map<QueueKey, QueueRange>>> delays;
        private final Asked<Optional<Map<String, Long>>> timers;
        private final Map<Integer, Asked<Optional<Long>>> halves = new TreeMap<>();

        Counts(RequestGroup counting, Broker broker) {
            this.broker = broker;
            levels = ask(counting, ReadRequest.DELAYS, Map.of(), answer -> ResponseDecoder.levels(answer.body()));
            delays = ask(
                    counting,
                    ReadRequest.TOPIC_OFFSETS,
                    Map.of("topic", DELAYED),
                    answer -> ResponseDecoder.queueOffsets(broker.name(), answer.body()));
            timers = !broker.version().isFour() && broker.has("timerWheelEnable")
                    ? ask(counting, ReadRequest.TIMERS, Map.of(), answer -> ResponseDecoder.timers(answer.body()))
                    : null;
            TopicSettings known = broker.topics().get(HALF);
            int queues = known == null ? 1 : known.queues();
            for (int queue = 0; queue < queues; queue++) {
                halves.put(
                        queue,
                        ask(
                                counting,
                                ReadRequest.NEXT_OFFSET,
                                Map.of("topic", HALF, "queueId", Integer.toString(queue)),
                                answer -> Long.parseLong(answer.fields().get("offset"))));
            }
        }

        /** A broker that does not tell is no reason to tell nothing of all others. */
        private <T> Asked<Optional<T>> ask(
                RequestGroup counting,
                ReadRequest request,
                Map<String, String> fields,
                Function<Answer, T> understand) {
            return counting.ask(
                    broker.address(),
                    request,
                    fields,
                    answer -> Optional.of(understand.apply(answer)),
                    failure -> failure instanceof Refused
                            ? CompletableFuture.completedFuture(Optional.empty())
                            : CompletableFuture.failedFuture(failure));
        }

        private CompletableFuture<Amount> silent(String what) {
            return CompletableFuture.completedFuture(new Amount(
                    0, new TreeMap<>(), Optional.of("the broker " + broker.name() + " does not say " + what)));
        }

        /** A level of which nothing was delivered yet is missing in what the broker says. */
        List<CompletableFuture<Amount>> delayed() {
            if (levels.value().isEmpty() || delays.value().isEmpty()) {
                return List.of(silent("which messages are delayed"));
            }
            List<CompletableFuture<Amount>> looks = new ArrayList<>();
            Map<Integer, Long> delivered = levels.value().get();
            delays.value().get().forEach((queue, range) -> {
                long from = Math.max(range.first(), delivered.getOrDefault(queue.queue() + 1, 0L));
                if (range.next() > from) {
                    looks.add(look(
                            new Place(broker, DELAYED, queue.queue(), from, range.next()), HeldMessagesReading::real));
                }
            });
            return looks;
        }

        CompletableFuture<Amount> timed() {
            if (timers == null) {
                return CompletableFuture.completedFuture(Amount.NOTHING);
            }
            return timers.value()
                    .map(topics -> CompletableFuture.completedFuture(new Amount(
                            topics.values().stream().mapToLong(Long::longValue).sum(),
                            new TreeMap<>(topics),
                            Optional.empty())))
                    .orElseGet(() -> silent("which messages wait for their time"));
        }

        List<CompletableFuture<Amount>> half(ConsumerOffsets offsets) {
            List<CompletableFuture<Amount>> looks = new ArrayList<>();
            halves.forEach((queue, asked) -> asked.value()
                    .ifPresentOrElse(
                            next -> {
                                long from = seen(offsets, HALF, queue);
                                if (next > from) {
                                    looks.add(half(offsets, new Place(broker, HALF, queue, from, next)));
                                }
                            },
                            () -> looks.add(silent("which transactions are open"))));
            return looks;
        }

        /** Up to where the broker itself has looked at a queue, which it does once a minute. */
        private long seen(ConsumerOffsets offsets, String topic, int queue) {
            return offsets.groups()
                    .getOrDefault(MixAll.CID_SYS_RMQ_TRANS, Map.of())
                    .getOrDefault(topic, Map.of())
                    .getOrDefault(new QueueKey(broker.name(), queue), 0L);
        }

        /** Without those whose transaction has ended since the broker has looked. */
        private CompletableFuture<Amount> half(ConsumerOffsets offsets, Place halves) {
            Place ends = new Place(broker, ENDED, halves.queue(), seen(offsets, ENDED, halves.queue()), Long.MAX_VALUE);
            return next(ends)
                    .thenCompose(next -> Scan.of(
                            connection,
                            new Place(broker, ENDED, ends.queue(), ends.from(), Math.max(next, ends.from()))))
                    .thenCombine(Scan.of(connection, halves), (ended, open) -> {
                        Set<Long> done = ended(ended.messages());
                        List<MessageExt> left = open.messages().stream()
                                .filter(message -> !isAmong(done, message))
                                .toList();
                        boolean allEnded = left.isEmpty() && open.unseen().isEmpty();
                        long gone = (long) open.messages().size() - left.size();
                        return amount(
                                halves.size() - gone,
                                new ScanResult(
                                        left,
                                        allEnded
                                                ? Optional.empty()
                                                : open.unseen().or(ended::unseen)),
                                HeldMessagesReading::real);
                    });
        }

        private CompletableFuture<Long> next(Place ends) {
            return connection
                    .ask(
                            broker.address(),
                            ReadRequest.NEXT_OFFSET,
                            Map.of("topic", ENDED, "queueId", Integer.toString(ends.queue())))
                    .thenApply(answer -> Long.parseLong(answer.fields().get("offset")))
                    // Then none is known to have ended.
                    .exceptionally(failure -> ends.from());
        }
    }

    /** The offsets of half messages that were committed or rolled back; from 5.x on several in one note. */
    private static Set<Long> ended(List<MessageExt> notes) {
        Set<Long> offsets = new HashSet<>();
        for (MessageExt note : notes) {
            if (ENDED_TAG.equals(note.getTags())) {
                for (String offset : new String(note.getBody(), UTF_8).split(",", -1)) {
                    if (offset.matches("\\d{1,18}")) {
                        offsets.add(Long.parseLong(offset));
                    }
                }
            }
        }
        return offsets;
    }

    /** A broker that has asked a producer in vain writes the message again, with the offset that it had first. */
    private static boolean isAmong(Set<Long> ended, MessageExt half) {
        String first = half.getProperty(MessageConst.PROPERTY_TRANSACTION_PREPARED_QUEUE_OFFSET);
        return ended.contains(half.getQueueOffset())
                || (first != null && first.matches("\\d{1,18}") && ended.contains(Long.parseLong(first)));
    }
}
