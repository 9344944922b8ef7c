package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The connections from which the last messages of a topic came.
 *
 * @param last when the last message of each came, by its address as brokers see it
 * @param unseen why some of the last messages were not read; empty if all were
 */
public record TopicSenders(SortedMap<String, Instant> last, Optional<String> unseen) {
    public static final TopicSenders NONE = new TopicSenders(new TreeMap<>(), Optional.empty());

    public TopicSenders {
        last = unmodifiableSortedMap(last);
        requireNonNull(unseen, "unseen is null");
    }

    /** The connections of both, as different queues show them. */
    public TopicSenders and(TopicSenders other) {
        SortedMap<String, Instant> both = new TreeMap<>(last);
        other.last.forEach((address, at) -> both.merge(address, at, (one, next) -> one.isAfter(next) ? one : next));
        return new TopicSenders(both, unseen.or(other::unseen));
    }
}
