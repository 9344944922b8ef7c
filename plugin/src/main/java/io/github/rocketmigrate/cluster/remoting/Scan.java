package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.wire.Answer;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import io.github.rocketmigrate.wire.Refused;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.filter.ExpressionType;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;

/** Reads messages of one queue of one master, up to a limit, without consuming them. */
final class Scan {
    /** Reading more messages would take too long. */
    static final int MOST = 2_000;

    private static final int MOST_AT_ONCE = 32;
    /** The request carries its own subscription, commits no offset and does not wait for messages. */
    private static final String WITH_SUBSCRIPTION = "4";

    private final ReadingConnection connection;
    private final Place place;
    private final long mostBytes;

    private Scan(ReadingConnection connection, Place place, long mostBytes) {
        this.connection = requireNonNull(connection, "connection is null");
        this.place = requireNonNull(place, "place is null");
        this.mostBytes = mostBytes;
    }

    /**
     * A part of a queue.
     *
     * @param from the offset of the first message
     * @param to the offset after the last message
     */
    record Place(Broker broker, String topic, int queue, long from, long to) {
        long size() {
            return to - from;
        }

        /**
         * Brokers let nobody pull from queues that the settings of the topic leave out, though they may use them, and from
         * topics that nobody may read.
         */
        private boolean canBePulled() {
            TopicSettings settings = broker.topics().get(topic);
            return settings != null
                    && queue < settings.readQueues()
                    && settings.access().isReadable();
        }

        private long end() {
            return Math.min(to, from + MOST);
        }
    }

    /**
     * The messages that were read.
     *
     * @param unseen why some messages were not read; empty if all were
     */
    record ScanResult(List<MessageExt> messages, Optional<String> unseen) {
        /** Counts the messages by topic. */
        Amount amount(long total, Function<MessageExt, String> topic) {
            return amount(total, topic, message -> Optional.empty());
        }

        /** Counts the messages by topic, with those that were returned and the time at which the last of all is due. */
        Amount amount(long total, Function<MessageExt, String> topic, Function<MessageExt, Optional<Instant>> due) {
            SortedMap<String, Long> topics = new TreeMap<>();
            SortedMap<String, Instant> last = new TreeMap<>();
            SortedMap<String, Long> retried = new TreeMap<>();
            for (MessageExt message : messages) {
                topics.merge(topic.apply(message), 1L, Long::sum);
                if (HeldTopic.isRetry(message)) {
                    retried.merge(topic.apply(message), 1L, Long::sum);
                }
                due.apply(message)
                        .ifPresent(at ->
                                last.merge(topic.apply(message), at, (one, other) -> one.isAfter(other) ? one : other));
            }
            return new Amount(total, topics, unseen, last, retried);
        }
    }

    /** Reads the messages of a place and counts them by topic; it never fails, see {@link #of}. */
    static CompletableFuture<Amount> amount(
            ReadingConnection connection, Place place, Function<MessageExt, String> topic) {
        return of(connection, place).thenApply(result -> result.amount(place.size(), topic));
    }

    /** Reads the messages of a place. It never fails: after a failure, the result has the messages read until then. */
    static CompletableFuture<ScanResult> of(ReadingConnection connection, Place place) {
        return of(connection, place, Long.MAX_VALUE);
    }

    /** The same, and ends as soon as the messages have so many bytes: then the later messages are left out. */
    static CompletableFuture<ScanResult> of(ReadingConnection connection, Place place, long mostBytes) {
        Scan scan = new Scan(connection, place, mostBytes);
        List<MessageExt> found = new ArrayList<>();
        return (place.canBePulled() ? scan.pull(place.from(), found) : scan.lookUp(place.from(), found))
                .exceptionally(failure -> scan.incomplete(found, FailureDiagnosis.cause(failure)));
    }

    private ScanResult incomplete(List<MessageExt> found, Throwable failure) {
        String why = failure instanceof Refused refused
                ? FailureDiagnosis.firstSentence(refused.getMessage())
                : failure.getClass().getSimpleName();
        return new ScanResult(
                List.copyOf(found), Optional.of(place.broker().name() + " did not return all of them (" + why + ")"));
    }

    private CompletableFuture<ScanResult> done(List<MessageExt> found) {
        return CompletableFuture.completedFuture(new ScanResult(
                List.copyOf(found),
                place.size() <= MOST
                        ? Optional.empty()
                        : Optional.of("only " + MOST + " of " + place.size() + " in a queue of "
                                + place.broker().name() + " were examined")));
    }

    private CompletableFuture<ScanResult> pull(long offset, List<MessageExt> found) {
        if (offset >= place.end()) {
            return done(found);
        }
        Map<String, String> fields = Map.ofEntries(
                Map.entry("consumerGroup", MixAll.TOOLS_CONSUMER_GROUP),
                Map.entry("topic", place.topic()),
                Map.entry("queueId", Integer.toString(place.queue())),
                Map.entry("queueOffset", Long.toString(offset)),
                Map.entry("maxMsgNums", Integer.toString(MOST_AT_ONCE)),
                Map.entry("sysFlag", WITH_SUBSCRIPTION),
                Map.entry("commitOffset", "0"),
                Map.entry("suspendTimeoutMillis", "0"),
                Map.entry("subscription", "*"),
                Map.entry("subVersion", "0"),
                Map.entry("expressionType", ExpressionType.TAG));
        return connection
                .ask(place.broker().address(), ReadRequest.MESSAGES, fields)
                .thenCompose(answer -> {
                    add(answer, found);
                    long next = Long.parseLong(answer.fields().get("nextBeginOffset"));
                    if (next > offset && isEnough(found)) {
                        return done(found);
                    }
                    return next > offset
                            ? pull(next, found)
                            : CompletableFuture.failedFuture(new IllegalStateException("no next offset"));
                });
    }

    private boolean isEnough(List<MessageExt> found) {
        return found.stream().mapToLong(MessageExt::getStoreSize).sum() >= mostBytes;
    }

    /** Asks for positions in the commit log, then for the messages at these positions. */
    private CompletableFuture<ScanResult> lookUp(long offset, List<MessageExt> found) {
        if (offset >= place.end()) {
            return done(found);
        }
        Map<String, String> fields = Map.of(
                "topic", place.topic(),
                "queueId", Integer.toString(place.queue()),
                "index", Long.toString(offset),
                "count", Long.toString(place.end() - offset));
        return connection
                .ask(place.broker().address(), ReadRequest.QUEUE_INDEX, fields)
                .thenCompose(answer -> {
                    List<CompletableFuture<Answer>> asked =
                            positions(answer).stream().map(this::message).toList();
                    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                            .thenCompose(all -> {
                                asked.forEach(one -> add(one.join(), found));
                                return asked.isEmpty()
                                        ? CompletableFuture.failedFuture(new IllegalStateException("no index"))
                                        : lookUp(offset + asked.size(), found);
                            });
                });
    }

    private static List<Long> positions(Answer answer) {
        List<Long> positions = new ArrayList<>();
        JSONArray entries = JSON.parseObject(answer.body()).getJSONArray("queueData");
        for (int i = 0; entries != null && i < entries.size(); i++) {
            positions.add(entries.getJSONObject(i).getLong("physicOffset"));
        }
        return positions;
    }

    private CompletableFuture<Answer> message(long position) {
        return connection.ask(
                place.broker().address(),
                ReadRequest.MESSAGE,
                Map.of("offset", Long.toString(position), "topic", place.topic()));
    }

    private void add(Answer answer, List<MessageExt> found) {
        ByteBuffer buffer = ByteBuffer.wrap(answer.body());
        while (buffer.hasRemaining()) {
            MessageExt message = MessageDecoder.decode(buffer, true, false);
            if (message == null) {
                throw new IllegalStateException("not a message");
            }
            if (message.getQueueOffset() >= place.from() && message.getQueueOffset() < place.end()) {
                found.add(message);
            }
        }
    }
}
