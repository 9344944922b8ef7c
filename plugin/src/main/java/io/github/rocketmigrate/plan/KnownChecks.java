package io.github.rocketmigrate.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The checks that a waiver can name, besides the gates of the plan, and the rows of the examination that an answer can
 * name. The package of the plan cannot see them, so its caller lists them.
 */
public record KnownChecks(List<KnownCheck> all, Set<String> rows) {
    public KnownChecks {
        all = List.copyOf(all);
        rows = Set.copyOf(rows);
    }

    /**
     * A check that a waiver can name.
     *
     * @param judgesTopics whether a waiver can be limited to topics
     * @param judgesGroups whether a waiver can be limited to groups
     * @param protects what it prevents, for the message that it cannot be waived
     */
    public record KnownCheck(
            String name, boolean isWaivable, boolean judgesTopics, boolean judgesGroups, String protects) {}

    Optional<KnownCheck> named(String name) {
        return all.stream().filter(check -> check.name().equals(name)).findFirst();
    }

    List<String> names() {
        return all.stream().map(KnownCheck::name).toList();
    }
}
