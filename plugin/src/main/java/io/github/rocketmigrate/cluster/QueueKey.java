package io.github.rocketmigrate.cluster;

import static java.util.Comparator.comparing;

import java.util.Comparator;

/** One queue of a topic at one master. */
public record QueueKey(String broker, int queue) implements Comparable<QueueKey> {
    private static final Comparator<QueueKey> ORDER =
            comparing(QueueKey::broker).thenComparingInt(QueueKey::queue);

    @Override
    public int compareTo(QueueKey other) {
        return ORDER.compare(this, other);
    }
}
