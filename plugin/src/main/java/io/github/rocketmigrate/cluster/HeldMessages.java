package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Messages that brokers hold in topics of their own before consumers can read them, or read them again.
 *
 * @param kinds the messages of each kind that was read
 * @param retries the messages that wait for a retry, by group
 * @param undispatched why messages may be in the log of a broker and in no queue yet, one sentence for each such broker
 */
public record HeldMessages(Map<HeldKind, Amount> kinds, Map<String, Amount> retries, List<String> undispatched) {
    public static final HeldMessages NOT_READ = new HeldMessages(Map.of(), Map.of());

    public HeldMessages {
        kinds = Map.copyOf(kinds);
        retries = Map.copyOf(retries);
        undispatched = List.copyOf(undispatched);
    }

    /** The messages of brokers whose queues have everything that is in their logs. */
    public HeldMessages(Map<HeldKind, Amount> kinds, Map<String, Amount> retries) {
        this(kinds, retries, List.of());
    }

    /** The same, of brokers whose queues may not have everything that is in their logs. */
    public HeldMessages with(List<String> reasons) {
        return new HeldMessages(kinds, retries, reasons);
    }

    /** Why a broker holds a message. */
    public enum HeldKind {
        /** Its delay level is not over. Retries wait for a delay level too. */
        DELAYED("delayed"),
        /** Its delivery time has not come; from 5.x on. */
        TIMED("timed"),
        /** Its transaction has not ended. */
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
     * A number of messages, with the topics of those that were examined.
     *
     * @param total the number of messages of all topics
     * @param topics the number of examined messages of each topic
     * @param unseen why some messages were not examined; empty if all were
     * @param due when the last examined message of a topic is due, where that is known
     * @param retried the number of examined messages of each topic that a group has returned
     * @param levels the delay levels of the examined messages of each topic that no group has returned
     */
    public record Amount(
            long total,
            SortedMap<String, Long> topics,
            Optional<String> unseen,
            SortedMap<String, Instant> due,
            SortedMap<String, Long> retried,
            SortedMap<String, SortedSet<Integer>> levels) {
        public static final Amount NOTHING = new Amount(0, new TreeMap<>(), Optional.empty());

        public Amount {
            topics = unmodifiableSortedMap(topics);
            requireNonNull(unseen, "unseen is null");
            due = unmodifiableSortedMap(due);
            retried = unmodifiableSortedMap(retried);
            levels = unmodifiableSortedMap(levels);
        }

        /** Messages whose delay levels nobody knows. */
        public Amount(
                long total,
                SortedMap<String, Long> topics,
                Optional<String> unseen,
                SortedMap<String, Instant> due,
                SortedMap<String, Long> retried) {
            this(total, topics, unseen, due, retried, new TreeMap<>());
        }

        /** Messages that no group has returned. */
        public Amount(
                long total, SortedMap<String, Long> topics, Optional<String> unseen, SortedMap<String, Instant> due) {
            this(total, topics, unseen, due, new TreeMap<>());
        }

        /** Messages that are due at times that nobody knows. */
        public Amount(long total, SortedMap<String, Long> topics, Optional<String> unseen) {
            this(total, topics, unseen, new TreeMap<>());
        }

        /** An unknown number of messages. */
        public static Amount unknown(String why) {
            return new Amount(0, new TreeMap<>(), Optional.of(why));
        }

        /** The same messages, all of one delay level. */
        public Amount ofLevel(int level) {
            SortedMap<String, SortedSet<Integer>> used = new TreeMap<>();
            topics.keySet().stream()
                    .filter(topic -> unreadOf(topic) > 0)
                    .forEach(topic -> used.put(topic, new TreeSet<>(Set.of(level))));
            return new Amount(total, topics, unseen, due, retried, used);
        }

        /** The number of examined messages of a topic; there may be more if not all were examined. */
        public long of(String topic) {
            return topics.getOrDefault(topic, 0L);
        }

        /** The number of examined messages of a topic that no group has had yet. */
        public long unreadOf(String topic) {
            return of(topic) - retried.getOrDefault(topic, 0L);
        }

        public Amount and(Amount other) {
            SortedMap<String, Instant> last = new TreeMap<>(due);
            other.due.forEach((topic, at) -> last.merge(topic, at, (one, next) -> one.isAfter(next) ? one : next));
            SortedMap<String, SortedSet<Integer>> used = new TreeMap<>();
            Stream.of(levels, other.levels)
                    .forEach(some -> some.forEach((topic, numbers) ->
                            used.computeIfAbsent(topic, key -> new TreeSet<>()).addAll(numbers)));
            return new Amount(
                    total + other.total,
                    sum(topics, other.topics),
                    unseen.or(other::unseen),
                    last,
                    sum(retried, other.retried),
                    used);
        }

        private static SortedMap<String, Long> sum(SortedMap<String, Long> some, SortedMap<String, Long> others) {
            SortedMap<String, Long> all = new TreeMap<>(some);
            others.forEach((topic, count) -> all.merge(topic, count, Long::sum));
            return all;
        }
    }
}
