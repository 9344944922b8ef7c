package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.remoting.RecentMessages.AskedTopic;
import io.github.rocketmigrate.cluster.remoting.RecentMessages.Extent;
import io.github.rocketmigrate.cluster.remoting.RecentMessages.ReadMessages;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;

/** Samples the newest messages of topics, some topics at once. */
final class SampleReading {
    /** Of each queue: a topic may have messages of megabytes. */
    private static final Extent EXTENT = new Extent(64, 1L << 20);

    private static final int TOPICS_AT_ONCE = 20;
    private static final long MILLIS = 1_000;

    private final ReadingConnection connection;

    SampleReading(ReadingConnection connection) {
        this.connection = requireNonNull(connection, "connection is null");
    }

    /** Samples topics whose offsets were read before. */
    Map<String, MessageSample> read(Metadata metadata, QueueOffsets queues, Collection<String> topics)
            throws InterruptedException {
        RecentMessages recent = new RecentMessages(connection, metadata, queues);
        Map<String, MessageSample> samples = new LinkedHashMap<>();
        List<String> all = new ArrayList<>(new TreeSet<>(topics));
        for (int i = 0; i < all.size(); i += TOPICS_AT_ONCE) {
            Map<String, AskedTopic<MessageSample>> asked = new LinkedHashMap<>();
            for (String topic : all.subList(i, Math.min(all.size(), i + TOPICS_AT_ONCE))) {
                asked.put(topic, recent.ask(topic, EXTENT, SampleReading::sample));
            }
            for (Map.Entry<String, AskedTopic<MessageSample>> ofTopic : asked.entrySet()) {
                ReadMessages<MessageSample> found = ofTopic.getValue().await();
                MessageSample read = found.messages().stream().reduce(MessageSample.NONE, MessageSample::and);
                samples.put(
                        ofTopic.getKey(),
                        found.unseen().map(MessageSample::unseen).map(read::and).orElse(read));
            }
        }
        return samples;
    }

    /**
     * What is left of a message's type once it is delivered; the same on 4.7.1, 4.9.7, 5.1.4 and 5.5.0. A transaction is
     * in the flags, which only brokers set: applications that pass a message on copy its properties.
     */
    private static MessageSample sample(MessageExt message) {
        int bytes = message.getStoreSize();
        if (MessageSysFlag.getTransactionValue(message.getSysFlag()) != MessageSysFlag.TRANSACTION_NOT_TYPE) {
            return MessageSample.of(MessageType.TRANSACTION, bytes);
        }
        int level = message.getDelayTimeLevel();
        if (level > 0) {
            return MessageSample.delayed(level, bytes);
        }
        Optional<Duration> timer = timer(message);
        if (timer.isPresent()) {
            return MessageSample.timed(timer.get(), bytes);
        }
        boolean isFifo = message.getProperty(MessageConst.PROPERTY_SHARDING_KEY) != null;
        return MessageSample.of(isFifo ? MessageType.FIFO : MessageType.NORMAL, bytes);
    }

    /** For how long a message with a time was sent ahead, to the second. The properties are left when it is delivered. */
    private static Optional<Duration> timer(MessageExt message) {
        return property(message, MessageConst.PROPERTY_TIMER_DELIVER_MS)
                .map(at -> at - message.getBornTimestamp())
                .or(() ->
                        property(message, MessageConst.PROPERTY_TIMER_DELAY_SEC).map(seconds -> seconds * MILLIS))
                .or(() -> property(message, MessageConst.PROPERTY_TIMER_DELAY_MS))
                .map(millis -> Duration.ofSeconds(Math.round(Math.max(millis, 0) / (double) MILLIS)));
    }

    private static Optional<Long> property(MessageExt message, String name) {
        return Optional.ofNullable(message.getProperty(name))
                .map(text -> text.matches("\\d{1,15}") ? Long.parseLong(text) : 0);
    }
}
