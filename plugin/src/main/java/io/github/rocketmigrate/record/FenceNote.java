package io.github.rocketmigrate.record;

import static java.util.stream.Collectors.toCollection;

import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a run leaves with the destination's name servers while it turns FIFO topics to the other cluster, so that the
 * next one knows of which topics to ask where producers were sent.
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

    /** The topics that some run has begun to turn and has not told the end of. */
    public static SortedSet<String> read(String plan, Map<String, Map<String, String>> notes) {
        return notes.values().stream()
                .flatMap(ofOne -> names(ofOne.getOrDefault(key(plan), "")).stream())
                .collect(toCollection(TreeSet::new));
    }
}
