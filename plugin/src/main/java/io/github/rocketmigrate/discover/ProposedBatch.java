package io.github.rocketmigrate.discover;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.SortedSet;

/**
 * Topics and groups that should move together.
 *
 * @param reasons why, each for a comment of its own
 */
public record ProposedBatch(String name, List<String> reasons, SortedSet<String> topics, SortedSet<String> groups) {
    public ProposedBatch {
        requireNonNull(name, "name is null");
        reasons = List.copyOf(reasons);
    }
}
