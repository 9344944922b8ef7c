package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Messages that brokers keep in places of their own before they come to their topic, or come to it again.
 *
 * @param kinds what was looked for
 * @param retries messages that wait for another try, by group
 */
public record HeldMessages(Map<HeldKind, Amount> kinds, Map<String, Amount> retries) {
    public static final HeldMessages NOT_READ = new HeldMessages(Map.of(), Map.of());

    public HeldMessages {
        kinds = Map.copyOf(kinds);
        retries = Map.copyOf(retries);
    }

    /** Why they wait. */
    public enum HeldKind {
        /** For a delay level; consumption that is tried again waits there too. */
        DELAYED("delayed"),
        /** For a point in time; from 5.x on. */
        TIMED("timed"),
        /** For their transaction to end. */
        HALF("half");

        private final String word;

        HeldKind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * How many there are, and of which topics.
     *
     * @param total of all topics
     * @param topics how many of those that were looked at are of each topic
     * @param unseen why not all were looked at; nothing where they were
     */
    public record Amount(long total, SortedMap<String, Long> topics, Optional<String> unseen) {
        public static final Amount NOTHING = new Amount(0, new TreeMap<>(), Optional.empty());

        public Amount {
            topics = unmodifiableSortedMap(topics);
            requireNonNull(unseen, "unseen is null");
        }

        /** Those that were found of a topic; there may be more where not all were looked at. */
        public long of(String topic) {
            return topics.getOrDefault(topic, 0L);
        }

        public Amount and(Amount other) {
            SortedMap<String, Long> all = new TreeMap<>(topics);
            other.topics.forEach((topic, count) -> all.merge(topic, count, Long::sum));
            return new Amount(total + other.total, all, unseen.or(other::unseen));
        }
    }
}
