package io.github.rocketmigrate.cluster.remoting;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.cluster.remoting.RecentMessages.AskedTopic;
import io.github.rocketmigrate.cluster.remoting.RecentMessages.Extent;
import io.github.rocketmigrate.cluster.remoting.RecentMessages.ReadMessages;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.rocketmq.common.message.MessageExt;

/** Reads from which connections the last messages of topics came. */
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

    /** Reads the newest messages of topics, up to a number of each: they are at the ends of its queues. */
    Map<String, TopicSenders> newest(Metadata metadata, QueueOffsets queues, Map<String, Long> most)
            throws InterruptedException {
        RecentMessages recent = new RecentMessages(connection, metadata, queues);
        Map<String, AskedTopic<SentMessage>> asked = new HashMap<>();
        most.forEach((topic, count) ->
                asked.put(topic, recent.ask(topic, extent(recent.queues(topic).size(), count), SentMessage::of)));
        Map<String, TopicSenders> senders = new HashMap<>();
        for (Map.Entry<String, AskedTopic<SentMessage>> ofTopic : asked.entrySet()) {
            ReadMessages<SentMessage> found = ofTopic.getValue().await();
            SortedMap<String, Instant> last = new TreeMap<>();
            found.messages().stream()
                    .sorted(comparing(SentMessage::at).reversed())
                    .limit(most.get(ofTopic.getKey()))
                    .forEach(message -> last.putIfAbsent(message.address(), message.at()));
            senders.put(ofTopic.getKey(), new TopicSenders(last, found.unseen()));
        }
        return senders;
    }

    /** However large the messages are: one that is left out may be the only one of its sender. */
    private static Extent extent(int queues, long count) {
        long most = Math.max(1, Math.min(MOST_OF_QUEUE, MOST_OF_TOPIC / Math.max(1, queues)));
        return new Extent(Math.min(count, most), Long.MAX_VALUE);
    }

    /** The address in the words of {@link ClientDecoder#address}. */
    private static String address(SocketAddress host) {
        return host instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
                : ClientDecoder.address(String.valueOf(host));
    }
}
