package io.github.rocketmigrate.cluster.remoting;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.cluster.remoting.Scan.Place;
import io.github.rocketmigrate.cluster.remoting.Scan.ScanResult;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * Reads from which connections the last messages of topics came: the ends of all queues, without consuming a message.
 * Most queues take one request; a broker that has to read from its disk answers with fewer messages at once.
 */
final class SendersReading {
    /** Of one queue; a broker returns as many at once. */
    private static final int MOST_OF_QUEUE = 32;
    /** Of one topic: the more queues it has, the fewer messages of each tell of the same time. */
    private static final int MOST_OF_TOPIC = 256;

    private final ReadingConnection connection;

    SendersReading(ReadingConnection connection) {
        this.connection = requireNonNull(connection, "connection is null");
    }

    /** Reads the last messages of topics, whose offsets were read before. */
    Map<String, TopicSenders> read(Metadata metadata, QueueOffsets queues, Collection<String> topics)
            throws InterruptedException {
        Map<String, Long> all = new HashMap<>();
        topics.forEach(topic -> all.put(topic, Long.MAX_VALUE));
        return newest(metadata, queues, all);
    }

    /** The connection and the time of one message: messages may be large, and there may be many. */
    private record SentMessage(String address, Instant at) {
        static SentMessage of(MessageExt message) {
            // The clock of the broker: that of a client may be wrong by years.
            return new SentMessage(
                    SendersReading.address(message.getBornHost()), Instant.ofEpochMilli(message.getStoreTimestamp()));
        }
    }

    /** The messages of one queue. */
    private record SentMessages(List<SentMessage> all, Optional<String> unseen) {
        static SentMessages of(ScanResult result) {
            return new SentMessages(
                    result.messages().stream().map(SentMessage::of).toList(), result.unseen());
        }
    }

    /** Reads the newest messages of topics, up to a number of each: they are at the ends of its queues. */
    Map<String, TopicSenders> newest(Metadata metadata, QueueOffsets queues, Map<String, Long> most)
            throws InterruptedException {
        Map<String, List<CompletableFuture<SentMessages>>> asked = new HashMap<>();
        most.forEach((topic, count) -> asked.put(topic, scans(metadata, queues, topic, count)));
        Map<String, TopicSenders> senders = new HashMap<>();
        for (Map.Entry<String, List<CompletableFuture<SentMessages>>> ofTopic : asked.entrySet()) {
            List<SentMessage> messages = new ArrayList<>();
            Optional<String> unseen = Optional.empty();
            for (CompletableFuture<SentMessages> scan : ofTopic.getValue()) {
                try {
                    SentMessages sent = scan.get();
                    messages.addAll(sent.all());
                    unseen = unseen.or(sent::unseen);
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a scan never fails", e);
                }
            }
            messages.sort(comparing(SentMessage::at).reversed());
            SortedMap<String, Instant> last = new TreeMap<>();
            messages.stream()
                    .limit(most.get(ofTopic.getKey()))
                    .forEach(message -> last.putIfAbsent(message.address(), message.at()));
            senders.put(ofTopic.getKey(), new TopicSenders(last, unseen));
        }
        return senders;
    }

    private List<CompletableFuture<SentMessages>> scans(
            Metadata metadata, QueueOffsets queues, String topic, long count) {
        Map<QueueKey, QueueRange> ranges = queues.topics().getOrDefault(topic, Map.of());
        long most = Math.max(1, Math.min(MOST_OF_QUEUE, MOST_OF_TOPIC / Math.max(1, ranges.size())));
        List<CompletableFuture<SentMessages>> scans = new ArrayList<>();
        ranges.forEach((queue, range) -> {
            if (range.held() > 0) {
                long first = Math.max(range.first(), range.next() - Math.min(count, most));
                Broker broker = metadata.brokers().get(queue.broker());
                scans.add(Scan.of(connection, new Place(broker, topic, queue.queue(), first, range.next()))
                        .thenApply(SentMessages::of));
            }
        });
        return scans;
    }

    /** The address in the words of {@link ClientDecoder#address}. */
    private static String address(SocketAddress host) {
        return host instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
                : ClientDecoder.address(String.valueOf(host));
    }
}
