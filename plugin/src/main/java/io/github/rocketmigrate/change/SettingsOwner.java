package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.Situation;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Knows which cluster's settings count where the plan names none. A topic that leaves the source takes its settings and
 * those of its groups along: from then on they are looked after at the destination, and what changes at the source is
 * reported, never copied.
 */
final class SettingsOwner {
    private final Situation situation;
    private final GroupTopics groups;
    private final boolean mayHaveLeft;
    private final Set<String> inFence;
    private final Map<String, Boolean> ofBatches = new HashMap<>();

    SettingsOwner(Situation situation) {
        this(situation, new GroupTopics(situation));
    }

    SettingsOwner(Situation situation, GroupTopics groups) {
        this.situation = requireNonNull(situation, "situation is null");
        this.groups = requireNonNull(groups, "groups is null");
        // Before the join, a topic at the destination is somebody else's.
        this.mayHaveLeft = situation.routing().isPresent() && !situation.isBeforeFirstJoin();
        this.inFence = situation.recorded().fenced();
    }

    /** Whether the destination owns the settings of a topic. A fence may take all its permissions there for a moment. */
    boolean isDestination(String topic) {
        Collection<TopicSettings> found = situation.destination().topic(topic).values();
        return mayHaveLeft
                && !found.isEmpty()
                && (inFence.contains(topic) || found.stream().anyMatch(settings -> settings.access() != Access.NONE));
    }

    /** Whether the destination owns the settings of a group, because one of its topics has left the source. */
    boolean isDestination(PlannedGroup group) {
        return mayHaveLeft
                && groups.about(group, ofBatches, topics -> topics.stream().anyMatch(this::isDestination));
    }
}
