package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds the write queues that give the destination a share of a topic's writes. Producers use the write queues of both
 * clusters in turn, so the share of writes is the share of write queues. Those of the source stay.
 *
 * @param sourceQueues write queues of all masters of the source together
 * @param masters of the destination, each of which gets at least one queue
 * @param queues the most that one master can have
 */
record Canary(int sourceQueues, SortedSet<String> masters, int queues) {
    private static final double NEAR_ENOUGH = 3;
    private static final double ALL = 100;
    private static final int MOST_NAMED = 5;

    /** The write queues of each master that come nearest to the share; nothing if the nearest is too far off. */
    Optional<SortedMap<String, Integer>> queuesFor(int percent) {
        int nearest = nearest(percent);
        return Math.abs(share(nearest) - percent) > NEAR_ENOUGH ? Optional.empty() : Optional.of(among(nearest));
    }

    /** The possible shares around a share, for messages. */
    String possible(int percent) {
        int nearest = nearest(percent);
        int last =
                Math.min(masters.size() * queues, Math.max(nearest + MOST_NAMED / 2, masters.size() + MOST_NAMED - 1));
        int first = Math.max(masters.size(), last - MOST_NAMED + 1);
        return IntStream.rangeClosed(first, last)
                .mapToObj(count -> "%.1f%%".formatted(share(count)))
                .collect(joining(", "));
    }

    private int nearest(int percent) {
        return IntStream.rangeClosed(masters.size(), masters.size() * queues)
                .boxed()
                .min(Comparator.comparingDouble(count -> Math.abs(share(count) - percent)))
                .orElseThrow();
    }

    private double share(int count) {
        return ALL * count / (sourceQueues + count);
    }

    /** Divides queues evenly; the first masters by name get one more where they do not divide. */
    private SortedMap<String, Integer> among(int count) {
        List<String> names = List.copyOf(masters);
        SortedMap<String, Integer> among = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            among.put(names.get(i), count / names.size() + (i < count % names.size() ? 1 : 0));
        }
        return among;
    }
}
