package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Subject;
import java.util.List;

/**
 * The changes of one batch, or of the join, in one cluster.
 *
 * @param title the batch and its owner
 * @param cluster the cluster to change
 * @param unchanged the number of objects that already agree with the plan
 */
record PlanSection(String title, String cluster, List<PlanEntry> entries, int unchanged) {
    PlanSection {
        requireNonNull(title, "title is null");
        requireNonNull(cluster, "cluster is null");
        entries = List.copyOf(entries);
    }

    boolean hasTopics() {
        return entries.stream().anyMatch(entry -> entry.subject().kind() == Subject.Kind.TOPIC);
    }

    long blocked() {
        return entries.stream().filter(PlanEntry::isBlocked).count();
    }
}
