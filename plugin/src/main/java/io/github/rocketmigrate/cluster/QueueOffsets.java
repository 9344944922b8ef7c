package io.github.rocketmigrate.cluster;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** The offsets of topics, queue by queue. Topics that were not read, or that no master has, are missing. */
public record QueueOffsets(Map<String, Map<QueueKey, QueueRange>> topics) {
    public static final QueueOffsets NONE = new QueueOffsets(Map.of());

    public QueueOffsets {
        topics = Map.copyOf(topics);
    }

    /**
     * The messages of a queue.
     *
     * @param first the offset of the oldest message that is still stored
     * @param next the offset that the next message will get
     */
    public record QueueRange(long first, long next) {
        public long held() {
            return Math.max(0, next - first);
        }
    }

    /** The offsets of both. */
    public QueueOffsets and(QueueOffsets other) {
        Map<String, Map<QueueKey, QueueRange>> all = new HashMap<>(topics);
        all.putAll(other.topics);
        return new QueueOffsets(all);
    }

    /** The offsets of some of these topics. */
    public QueueOffsets of(Collection<String> some) {
        Map<String, Map<QueueKey, QueueRange>> found = new HashMap<>(topics);
        found.keySet().retainAll(some);
        return new QueueOffsets(found);
    }

    public boolean covers(String topic) {
        return topics.containsKey(topic);
    }

    /** The number of messages of a topic; empty if its offsets were not read. */
    public OptionalLong held(String topic) {
        return covers(topic)
                ? OptionalLong.of(topics.get(topic).values().stream()
                        .mapToLong(QueueRange::held)
                        .sum())
                : OptionalLong.empty();
    }

    /** The number of messages that have ever come to a topic; empty if its offsets were not read. */
    public OptionalLong written(String topic) {
        return covers(topic)
                ? OptionalLong.of(topics.get(topic).values().stream()
                        .mapToLong(QueueRange::next)
                        .sum())
                : OptionalLong.empty();
    }

    /** Whether nobody has ever written a topic, as far as is known. */
    public boolean isUntouched(String topic) {
        return covers(topic) && topics.get(topic).values().stream().allMatch(queue -> queue.next() == 0);
    }

    /** The number of messages in the queues of a topic from {@code least} on at one master; empty if not read. */
    public OptionalLong heldFrom(String topic, String broker, int least) {
        return covers(topic)
                ? OptionalLong.of(topics.get(topic).entrySet().stream()
                        .filter(queue -> queue.getKey().broker().equals(broker)
                                && queue.getKey().queue() >= least)
                        .mapToLong(queue -> queue.getValue().held())
                        .sum())
                : OptionalLong.empty();
    }
}
