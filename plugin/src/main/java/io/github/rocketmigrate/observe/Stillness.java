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

/** Since when nothing has come to topics, as far as the readings of one run can tell. */
public final class Stillness {
    public static final Stillness UNKNOWN = new Stillness(Map.of());

    private final Map<Side, Map<String, Seen>> seen;

    private Stillness(Map<Side, Map<String, Seen>> seen) {
        this.seen = seen;
    }

    /** What the last reading of a topic has shown, and what came of all before. */
    private record Seen(Map<QueueKey, QueueRange> queues, Still still) {}

    /**
     * How still a topic is in one cluster.
     *
     * @param first when it was first seen
     * @param since when it was first seen as still as it is: closed for writing, and with what it holds now
     * @param read until when it was seen to be so
     * @param grown when messages were last seen to have come
     * @param came how many had come then
     * @param open whether it can be written
     */
    public record Still(Instant first, Instant since, Instant read, Optional<Instant> grown, long came, boolean open) {
        public Still {
            requireNonNull(first, "first is null");
            requireNonNull(since, "since is null");
            requireNonNull(read, "read is null");
            requireNonNull(grown, "grown is null");
        }

        /** For how long it has been closed, and nothing has come. */
        public Duration lasts() {
            return open ? Duration.ZERO : Duration.between(since, read);
        }
    }

    /** How still a topic is; nothing where nobody has looked. */
    public Optional<Still> of(Side side, String topic) {
        return Optional.ofNullable(seen.getOrDefault(side, Map.of()).get(topic)).map(Seen::still);
    }

    /**
     * What one more reading makes of this. It forgets nothing of topics that were not read.
     *
     * @param open the topics that could be written when it was begun
     * @param asked when it was begun
     * @param answered when it was done
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
            return new Seen(queues, new Still(answered, answered, answered, Optional.empty(), 0, open));
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
                        open));
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
