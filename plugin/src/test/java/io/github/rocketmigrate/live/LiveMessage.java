package io.github.rocketmigrate.live;

/**
 * Which message: what its producer has called it.
 *
 * @param sequence its number among the messages of this producer, topic and key, from 0
 */
public record LiveMessage(String topic, String producer, String key, long sequence) {
    private static final String SEPARATOR = "/";

    /** Reads what {@link #name} wrote. */
    static LiveMessage of(String topic, String name) {
        String[] parts = name.split(SEPARATOR, -1);
        return new LiveMessage(topic, parts[0], parts[1], Long.parseLong(parts[2]));
    }

    /** What the message carries as its key in RocketMQ. */
    String name() {
        return producer + SEPARATOR + key + SEPARATOR + sequence;
    }

    /** Whose order counts. */
    String line() {
        return topic + SEPARATOR + producer + SEPARATOR + key;
    }

    @Override
    public String toString() {
        return topic + SEPARATOR + name();
    }
}
