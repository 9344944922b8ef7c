package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.remoting.Scan.Place;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * Reads the messages at the ends of a topic's queues, without consuming a message: no offset of any group changes. Most
 * queues take a request for each 32 messages; a broker that has to read from its disk answers with fewer at once.
 */
final class RecentMessages {
    private final ReadingConnection connection;
    private final Metadata metadata;
    private final QueueOffsets queues;

    /** Reads topics whose offsets were read before. */
    RecentMessages(ReadingConnection connection, Metadata metadata, QueueOffsets queues) {
        this.connection = requireNonNull(connection, "connection is null");
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.queues = requireNonNull(queues, "queues is null");
    }

    /** How much is read of each queue: the newest messages, and of these only the first ones if they are large. */
    record Extent(long messages, long bytes) {}

    /**
     * The messages that were read.
     *
     * @param unseen why some were not read; empty if all were
     */
    record ReadMessages<T>(List<T> messages, Optional<String> unseen) {}

    /** The answers about one topic, which may still be on their way. */
    record AskedTopic<T>(List<CompletableFuture<ReadMessages<T>>> queues) {
        ReadMessages<T> await() throws InterruptedException {
            List<T> messages = new ArrayList<>();
            Optional<String> unseen = Optional.empty();
            for (CompletableFuture<ReadMessages<T>> queue : queues) {
                try {
                    ReadMessages<T> found = queue.get();
                    messages.addAll(found.messages());
                    unseen = unseen.or(found::unseen);
                } catch (ExecutionException e) {
                    throw new IllegalStateException("a scan never fails", e);
                }
            }
            return new ReadMessages<>(messages, unseen);
        }
    }

    Map<QueueKey, QueueRange> queues(String topic) {
        return queues.topics().getOrDefault(topic, Map.of());
    }

    /**
     * Asks for the messages of a topic, and does not wait for the answers.
     *
     * @param kept what is kept of each message: messages may be large, and there may be many
     */
    <T> AskedTopic<T> ask(String topic, Extent extent, Function<MessageExt, T> kept) {
        List<CompletableFuture<ReadMessages<T>>> asked = new ArrayList<>();
        queues(topic).forEach((queue, range) -> {
            if (range.held() > 0) {
                Place place = new Place(
                        metadata.brokers().get(queue.broker()),
                        topic,
                        queue.queue(),
                        Math.max(range.first(), range.next() - extent.messages()),
                        range.next());
                asked.add(Scan.of(connection, place, extent.bytes())
                        .thenApply(result -> new ReadMessages<>(
                                result.messages().stream().map(kept).toList(), result.unseen())));
            }
        });
        return new AskedTopic<>(asked);
    }
}
