package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.WrongAnswer;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.cluster.remoting.Scan.Place;
import io.github.rocketmigrate.cluster.remoting.Scan.ScanResult;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.topic.TopicValidator;

/** Counts and examines the delayed, timed and half messages of one master. */
final class BrokerHeldMessages {
    static final String TIMER_WHEEL = Broker.TIMERS;
    /** From 5.4.0 on; such timers are counted with those of the wheel. */
    static final String TIMERS_IN_ROCKSDB = "timerRocksDBEnable";
    /** From 5.4.0 on; no request counts such half messages. */
    static final String HALF_IN_ROCKSDB = "transRocksDBEnable";

    private static final String HALF = TopicValidator.RMQ_SYS_TRANS_HALF_TOPIC;
    /** In this topic a broker notes which transactions have ended. */
    private static final String ENDED = TopicValidator.RMQ_SYS_TRANS_OP_HALF_TOPIC;

    private static final String ENDED_TAG = "d";

    private final Broker broker;
    private final ReadingConnection connection;
    private final DelayedMessages delayed;
    private final Optional<Asked<Optional<Map<String, Long>>>> timers;
    private final Map<Integer, Asked<Optional<Long>>> halves = new TreeMap<>();

    /** Asks for the numbers; they are there once {@code group} has been awaited, and that of {@link #askFurther} too. */
    BrokerHeldMessages(Broker broker, RequestGroup group, ReadingConnection connection) {
        this.broker = requireNonNull(broker, "broker is null");
        this.connection = requireNonNull(connection, "connection is null");
        delayed = new DelayedMessages(broker, group, connection);
        timers = !broker.version().isFour() && (broker.has(TIMER_WHEEL) || broker.has(TIMERS_IN_ROCKSDB))
                ? Optional.of(group.askUnlessRefused(
                        broker.address(), ReadRequest.TIMERS, Map.of(), answer -> BrokerDecoder.timers(answer.body())))
                : Optional.empty();
        TopicSettings known = broker.topics().get(HALF);
        int queues = known == null ? 1 : known.queues();
        for (int queue = 0; queue < queues; queue++) {
            halves.put(
                    queue,
                    group.askUnlessRefused(
                            broker.address(),
                            ReadRequest.NEXT_OFFSET,
                            Map.of("topic", HALF, "queueId", Integer.toString(queue)),
                            answer -> Long.parseLong(answer.fields().get("offset"))));
        }
    }

    /** Asks for what depends on the first answers, before anything is examined. */
    void askFurther(RequestGroup group) {
        delayed.askFurtherQueues(group);
    }

    private CompletableFuture<Amount> unknown(String what) {
        return CompletableFuture.completedFuture(
                Amount.unknown("broker " + broker.name() + " does not report " + what));
    }

    List<CompletableFuture<Amount>> delayed() {
        return delayed.amounts();
    }

    CompletableFuture<Amount> timed() {
        if (timers.isEmpty()) {
            return CompletableFuture.completedFuture(Amount.NOTHING);
        }
        return timers.get()
                .value()
                .map(topics -> CompletableFuture.completedFuture(timed(topics)))
                .orElseGet(() -> unknown("its timed messages"));
    }

    /** A count below zero shows that the others may be too low as well. */
    private Amount timed(Map<String, Long> topics) {
        SortedMap<String, Long> counted = new TreeMap<>(topics);
        counted.values().removeIf(count -> count <= 0);
        Optional<String> wrong = new TreeMap<>(topics)
                .entrySet().stream()
                        .filter(topic -> topic.getValue() < 0)
                        .findFirst()
                        .map(topic -> "broker " + broker.name() + " counts " + topic.getValue() + " timed messages of "
                                + topic.getKey() + " (" + WrongAnswer.TIMERS_BELOW_ZERO.source() + ")");
        return new Amount(counted.values().stream().mapToLong(Long::longValue).sum(), counted, wrong);
    }

    List<CompletableFuture<Amount>> half(ConsumerOffsets offsets) {
        List<CompletableFuture<Amount>> amounts = new ArrayList<>();
        if (broker.has(HALF_IN_ROCKSDB)) {
            amounts.add(CompletableFuture.completedFuture(Amount.unknown("broker " + broker.name()
                    + " keeps half messages in RocksDB, where they cannot be counted (" + HALF_IN_ROCKSDB + "=true)")));
        }
        halves.forEach((queue, asked) -> asked.value()
                .ifPresentOrElse(
                        next -> {
                            long from = checked(offsets, HALF, queue);
                            if (next > from) {
                                amounts.add(open(offsets, new Place(broker, HALF, queue, from, next)));
                            }
                        },
                        () -> amounts.add(unknown("its open transactions"))));
        return amounts;
    }

    /** The offset up to which the broker has checked a queue. It checks its queues once a minute. */
    private long checked(ConsumerOffsets offsets, String topic, int queue) {
        return offsets.groups()
                .getOrDefault(MixAll.CID_SYS_RMQ_TRANS, Map.of())
                .getOrDefault(topic, Map.of())
                .getOrDefault(new QueueKey(broker.name(), queue), 0L);
    }

    /** The half messages whose transaction has not ended since the broker's last check. */
    private CompletableFuture<Amount> open(ConsumerOffsets offsets, Place halfMessages) {
        int queue = halfMessages.queue();
        long from = checked(offsets, ENDED, queue);
        return endOfNotes(queue, from)
                .thenCompose(end -> Scan.of(connection, new Place(broker, ENDED, queue, from, Math.max(end, from))))
                .thenCombine(Scan.of(connection, halfMessages), (notes, messages) -> {
                    Set<Long> ended = ended(notes.messages());
                    List<MessageExt> open = messages.messages().stream()
                            .filter(message -> !isAmong(ended, message))
                            .toList();
                    boolean allEnded = open.isEmpty() && messages.unseen().isEmpty();
                    long gone = (long) messages.messages().size() - open.size();
                    Optional<String> unseen =
                            allEnded ? Optional.empty() : messages.unseen().or(notes::unseen);
                    return new ScanResult(open, unseen).amount(halfMessages.size() - gone, HeldTopic::destination);
                });
    }

    /** The next offset of the notes; if the broker does not answer, no transaction is known to have ended. */
    private CompletableFuture<Long> endOfNotes(int queue, long otherwise) {
        return connection
                .ask(
                        broker.address(),
                        ReadRequest.NEXT_OFFSET,
                        Map.of("topic", ENDED, "queueId", Integer.toString(queue)))
                .thenApply(answer -> Long.parseLong(answer.fields().get("offset")))
                .exceptionally(failure -> otherwise);
    }

    /** The offsets of half messages that were committed or rolled back. From 5.x on, a note has several. */
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

    /** A broker that gets no answer from a producer writes the message again, with its first offset as a property. */
    private static boolean isAmong(Set<Long> ended, MessageExt half) {
        String first = half.getProperty(MessageConst.PROPERTY_TRANSACTION_PREPARED_QUEUE_OFFSET);
        return ended.contains(half.getQueueOffset())
                || (first != null && first.matches("\\d{1,18}") && ended.contains(Long.parseLong(first)));
    }
}
