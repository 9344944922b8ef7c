package io.github.rocketmigrate.discover;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a user wants topics to be divided into batches: by their couplings, by the first words of their names, or by patterns.
 * Topics that no word and no pattern puts into a batch are divided by their couplings.
 */
public final class BatchSplit {
    /** By what couples topics, which is proposed unless the user asks for something else. */
    public static final BatchSplit COUPLED = new BatchSplit(false, List.of());

    static final String PARAMETER = "migrate.batches";

    private static final BatchSplit BY_PREFIX = new BatchSplit(true, List.of());
    private static final String BY_COUPLING_WORD = "coupled";
    private static final String BY_PREFIX_WORD = "prefix";

    /** A word of a name with what separates it from the next one. */
    private static final Pattern WORD = Pattern.compile("[^-_%|]*[-_%|]+");

    private static final int MOST_NAMED = 3;

    private final boolean isByPrefix;
    private final List<String> patterns;

    private BatchSplit(boolean isByPrefix, List<String> patterns) {
        this.isByPrefix = isByPrefix;
        this.patterns = List.copyOf(patterns);
    }

    /** Reads {@code coupled}, {@code prefix}, or patterns that are separated by commas; null is {@code coupled}. */
    public static BatchSplit of(String parameter) {
        if (parameter == null || parameter.isBlank() || parameter.strip().equals(BY_COUPLING_WORD)) {
            return COUPLED;
        }
        if (parameter.strip().equals(BY_PREFIX_WORD)) {
            return BY_PREFIX;
        }
        List<String> patterns = Arrays.stream(parameter.split(",", -1))
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .toList();
        if (patterns.contains(BY_COUPLING_WORD) || patterns.contains(BY_PREFIX_WORD)) {
            throw new Fault(
                    PARAMETER + "=" + parameter + " mixes patterns with a word.",
                    "Set it to coupled, to prefix, or to patterns of topics, such as order-*,pay*.");
        }
        return new BatchSplit(false, patterns);
    }

    /**
     * A batch that the user asks for.
     *
     * @param reason for its comment
     */
    record AskedBatch(String name, String reason, SortedSet<String> topics) {
        AskedBatch {
            requireNonNull(name, "name is null");
            requireNonNull(reason, "reason is null");
            topics = new TreeSet<>(topics);
        }
    }

    /** Whether the user has decided the order of the batches, too. */
    boolean isOrdered() {
        return !patterns.isEmpty();
    }

    /** The batches that come of the user's wish, each topic in the first that it fits. */
    List<AskedBatch> batches(Collection<String> topics) {
        return isByPrefix ? byPrefix(topics) : byPattern(topics);
    }

    private List<AskedBatch> byPattern(Collection<String> topics) {
        SortedSet<String> rest = new TreeSet<>(topics);
        List<AskedBatch> asked = new ArrayList<>();
        for (String pattern : patterns) {
            SortedSet<String> fitting = fitting(pattern, rest);
            if (!fitting.isEmpty()) {
                asked.add(new AskedBatch(nameOf(pattern), "topics that match " + pattern, fitting));
                rest.removeAll(fitting);
            }
        }
        return asked;
    }

    private static SortedSet<String> fitting(String pattern, Collection<String> topics) {
        SortedSet<String> fitting = new TreeSet<>(topics);
        fitting.removeIf(topic -> !Selection.of(null, pattern, null).includes(topic));
        return fitting;
    }

    /** What a pattern has beside its wildcards: {@code order} of {@code order-*}. */
    private static String nameOf(String pattern) {
        String name = pattern.replaceAll("[*?]+", "-").replaceAll("-{2,}", "-").replaceAll("^[-_%|]+|[-_%|]+$", "");
        return name.isEmpty() ? "all" : name;
    }

    /** Words that all topics begin with tell nothing, so the next word counts. A word of one topic makes no batch. */
    private static List<AskedBatch> byPrefix(Collection<String> topics) {
        int common = topics.isEmpty() ? 0 : commonWords(new TreeSet<>(topics));
        SortedMap<String, SortedSet<String>> byPrefix = new TreeMap<>();
        for (String topic : topics) {
            byPrefix.computeIfAbsent(prefix(topic, common), key -> new TreeSet<>())
                    .add(topic);
        }
        List<AskedBatch> asked = new ArrayList<>();
        byPrefix.forEach((prefix, some) -> {
            if (some.size() > 1) {
                asked.add(new AskedBatch(prefix, "topics that begin with " + prefix, some));
            }
        });
        return asked;
    }

    /** The length of the words that the names have in common; the first and the last name differ the most. */
    private static int commonWords(SortedSet<String> topics) {
        Matcher word = WORD.matcher(topics.first());
        int length = 0;
        while (topics.size() > 1
                && word.lookingAt()
                && topics.last().startsWith(topics.first().substring(0, word.end()))) {
            length = word.end();
            word.region(length, topics.first().length());
        }
        return length;
    }

    private static String prefix(String topic, int common) {
        Matcher word = WORD.matcher(topic).region(common, topic.length());
        String prefix = word.lookingAt() ? topic.substring(0, word.end()) : topic;
        return prefix.replaceAll("[-_%|]+$", "");
    }

    /** Refuses patterns that no topic matches, which are misspelled. */
    public void check(Collection<String> topics) {
        List<String> idle = patterns.stream()
                .filter(pattern -> fitting(pattern, topics).isEmpty())
                .toList();
        if (!idle.isEmpty()) {
            throw new Fault(
                    "No topic matches " + Names.of(idle, MOST_NAMED) + " of " + PARAMETER + ".",
                    "Correct the pattern: * matches any characters and ? matches one.");
        }
    }
}
