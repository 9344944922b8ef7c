package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The part of a plan that is about one batch in one cluster.
 *
 * @param title the batch, or what else is to be changed
 * @param cluster where
 * @param unchanged how many objects are as they should be
 */
record PlanSection(String title, String cluster, List<PlanEntry> entries, int unchanged) {
    PlanSection {
        requireNonNull(title, "title is null");
        requireNonNull(cluster, "cluster is null");
        entries = List.copyOf(entries);
    }

    boolean hasTopics() {
        return entries.stream().anyMatch(entry -> entry.what().endsWith("topic"));
    }
}
