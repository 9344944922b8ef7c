package io.github.rocketmigrate.plan;

import static java.util.Collections.unmodifiableMap;
import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Topics and groups that a plan does not have yet.
 *
 * @param extended what batches of the plan get, by their index
 * @param batches new batches, for the end of the plan's
 */
public record PlanAdditions(SortedMap<Integer, Entries> extended, List<NewBatch> batches) {
    public PlanAdditions {
        extended = unmodifiableSortedMap(extended);
        batches = List.copyOf(batches);
    }

    public boolean isEmpty() {
        return extended.isEmpty() && batches.isEmpty();
    }

    /** Topics and groups of one batch. */
    public record Entries(List<Entry> topics, List<Entry> groups) {
        public Entries {
            topics = List.copyOf(topics);
            groups = List.copyOf(groups);
        }
    }

    /**
     * A batch.
     *
     * @param comments stand below its name
     */
    public record NewBatch(String name, List<String> comments, Entries entries) {
        public NewBatch {
            requireNonNull(name, "name is null");
            comments = List.copyOf(comments);
            requireNonNull(entries, "entries is null");
        }
    }

    /**
     * A topic or a group.
     *
     * @param words the values of its other keys, in their order: words that need no quotes
     * @param comment stands behind the first of the words
     */
    public record Entry(String name, Map<String, String> words, String comment) {
        public Entry {
            requireNonNull(name, "name is null");
            words = unmodifiableMap(new LinkedHashMap<>(words));
            requireNonNull(comment, "comment is null");
        }
    }
}
