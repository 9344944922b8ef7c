package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tracks over the readings of one run since when no message has arrived in a topic. */
public final class Stillness {
    public static final Stillness UNKNOWN = new Stillness(Map.of());

    private final Map<Side, Map<String, Seen>> seen;

    private Stillness(Map<Side, Map<String, Seen>> seen) {
        this.seen = seen;
    }

    /** The last reading of a topic, with what all readings show together. */
    private record Seen(Map<QueueKey, QueueRange> queues, Still still) {}

    /**
     * Since when a topic is quiet in one cluster.
     *
     * @param first when it was first read
     * @param since when it was first read as it is now: closed for writing and with the same messages
     * @param read until when it was read as it is now
     * @param grown when new messages were last found
     * @param came how many were new then
     * @param closed since when it was read as closed for writing; empty while clients can write it
     */
    public record Still(
            Instant first, Instant since, Instant read, Optional<Instant> grown, long came, Optional<Instant> closed) {
        public Still {
            requireNonNull(first, "first is null");
            requireNonNull(since, "since is null");
            requireNonNull(read, "read is null");
            requireNonNull(grown, "grown is null");
            requireNonNull(closed, "closed is null");
        }

        /** Whether clients can write it. */
        public boolean open() {
            return closed.isEmpty();
        }

        /** How long the topic has been closed without new messages. */
        public Duration lasts() {
            return open() ? Duration.ZERO : Duration.between(since, read);
        }

        /** How long the topic has been closed, with or without new messages. */
        public Duration closedFor() {
            return closed.map(at -> Duration.between(at, read)).orElse(Duration.ZERO);
        }
    }

    /** Since when a topic is quiet; empty if it was never read. */
    public Optional<Still> of(Side side, String topic) {
        return Optional.ofNullable(seen.getOrDefault(side, Map.of()).get(topic)).map(Seen::still);
    }

    /**
     * Adds a reading. Topics that were not read again keep what was known.
     *
     * @param open the topics that clients could write when the reading began
     * @param asked when the reading began
     * @param answered when the reading ended
     */
    public Stillness after(
            Map<Side, QueueOffsets> ranges, Map<Side, Set<String>> open, Instant asked, Instant answered) {
        Map<Side, Map<String, Seen>> all = new EnumMap<>(Side.class);
        seen.forEach((side, topics) -> all.put(side, new HashMap<>(topics)));
        ranges.forEach((side, read) -> {
            Map<String, Seen> topics = all.computeIfAbsent(side, key -> new HashMap<>());
            Set<String> writable = open.getOrDefault(side, Set.of());
            read.topics()
                    .forEach((topic, queues) -> topics.put(
                            topic, next(topics.get(topic), queues, writable.contains(topic), asked, answered)));
        });
        return new Stillness(all);
    }

    private static Seen next(
            Seen before, Map<QueueKey, QueueRange> queues, boolean open, Instant asked, Instant answered) {
        if (before == null) {
            return new Seen(
                    queues,
                    new Still(answered, answered, answered, Optional.empty(), 0, closed(Optional.of(answered), open)));
        }
        Still was = before.still();
        long came = growth(before.queues(), queues);
        boolean same = came == 0 && queues.keySet().containsAll(before.queues().keySet());
        boolean stays = same && !open && !was.open();
        return new Seen(
                queues,
                new Still(
                        was.first(),
                        stays ? was.since() : answered,
                        stays ? asked : answered,
                        came > 0 ? Optional.of(answered) : was.grown(),
                        came > 0 ? came : was.came(),
                        closed(was.closed().or(() -> Optional.of(answered)), open)));
    }

    private static Optional<Instant> closed(Optional<Instant> since, boolean open) {
        return open ? Optional.empty() : since;
    }

    private static long growth(Map<QueueKey, QueueRange> before, Map<QueueKey, QueueRange> now) {
        return now.entrySet().stream()
                .mapToLong(queue -> {
                    QueueRange was = before.get(queue.getKey());
                    long next = queue.getValue().next();
                    return Math.max(0, was == null ? next : next - was.next());
                })
                .sum();
    }
}
