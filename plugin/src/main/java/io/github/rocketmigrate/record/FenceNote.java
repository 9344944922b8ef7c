package io.github.rocketmigrate.record;

import static java.util.stream.Collectors.toCollection;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Formats the note that a run keeps at the destination's name servers while it switches FIFO topics to the other
 * cluster. After a crash, the next run reads the routes of these topics.
 */
public final class FenceNote {
    private static final String SEPARATOR = ",";

    private FenceNote() {}

    public static String key(String plan) {
        return "turning:" + plan;
    }

    public static String text(Collection<String> topics) {
        return String.join(SEPARATOR, topics);
    }

    /** The topics of a note. */
    public static SortedSet<String> names(String text) {
        return Arrays.stream(text.split(SEPARATOR, -1))
                .filter(name -> !name.isEmpty())
                .collect(toCollection(TreeSet::new));
    }

    /** The topics that a run began to switch and did not finish. */
    public static SortedSet<String> read(String plan, Map<String, Map<String, String>> notes) {
        return notes.values().stream()
                .flatMap(ofOne -> names(ofOne.getOrDefault(key(plan), "")).stream())
                .collect(toCollection(TreeSet::new));
    }
}
