package io.github.rocketmigrate.plan;

import java.util.List;
import java.util.Optional;

/** The checks that a waiver can name, besides the gates of the plan. The package of the plan cannot see checks, so its caller lists them. */
public record KnownChecks(List<KnownCheck> all) {
    public KnownChecks {
        all = List.copyOf(all);
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
