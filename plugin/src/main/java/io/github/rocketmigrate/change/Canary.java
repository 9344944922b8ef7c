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
 * A share of a topic's writes for the destination. Producers take all write queues of both clusters in turn, so the
 * share is that of the destination's write queues; the source's are left as they are.
 *
 * @param sourceQueues write queues of all masters of the source together
 * @param masters of the destination, each of which keeps a queue at least
 * @param queues that one of these can have
 */
record Canary(int sourceQueues, SortedSet<String> masters, int queues) {
    private static final double NEAR_ENOUGH = 3;
    private static final double ALL = 100;
    private static final int MOST_TOLD = 5;

    /** The write queues of each master that come nearest to the share, where that is near enough. */
    Optional<SortedMap<String, Integer>> queuesFor(int percent) {
        int nearest = nearest(percent);
        return Math.abs(share(nearest) - percent) > NEAR_ENOUGH ? Optional.empty() : Optional.of(among(nearest));
    }

    /** The shares around the wanted one that there can be, for people. */
    String possible(int percent) {
        int nearest = nearest(percent);
        int last = Math.min(masters.size() * queues, Math.max(nearest + MOST_TOLD / 2, masters.size() + MOST_TOLD - 1));
        int first = Math.max(masters.size(), last - MOST_TOLD + 1);
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

    /** As evenly as it goes, the first masters by name with one more. */
    private SortedMap<String, Integer> among(int count) {
        List<String> names = List.copyOf(masters);
        SortedMap<String, Integer> among = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            among.put(names.get(i), count / names.size() + (i < count % names.size() ? 1 : 0));
        }
        return among;
    }
}
