package io.github.rocketmigrate.change;

import static java.util.Comparator.comparingInt;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan.Defaults;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Finds the settings that a topic or group gets at the destination: those of the plan, otherwise those of the source, or
 * of the destination once it is their {@link SettingsOwner}.
 */
final class Wanted {
    private final Situation situation;
    private final Defaults defaults;

    Wanted(Situation situation) {
        this.situation = situation;
        this.defaults = situation.plan().defaults();
    }

    /**
     * The settings of a topic, given those of the masters of the cluster whose settings count. With {@code traffic}, a
     * new topic has no permissions.
     */
    TopicSettings topic(PlannedTopic planned, SortedMap<String, TopicSettings> masters) {
        TopicSettings largest = largest(masters);
        int queues = queues(planned).orElse(largest.queues());
        TopicSettings wanted =
                largest.withQueues(Math.max(1, queues)).withType(planned.type().name());
        return wanted.withAccess(situation.routing().isEmpty() ? widest(masters) : Access.NONE);
    }

    /** The queues of a topic, if the plan sets them. */
    Optional<Integer> queues(PlannedTopic planned) {
        return planned.topic().queues().or(defaults::queues).map(Located::value);
    }

    /** The permissions of all masters together: a topic is open if one master has it open. */
    private static Access widest(SortedMap<String, TopicSettings> masters) {
        Access widest = Access.NONE;
        for (TopicSettings settings : masters.values()) {
            widest = widest.union(settings.access());
        }
        return widest;
    }

    /** The settings of the master with the most queues; of several, the first by name. */
    private static TopicSettings largest(SortedMap<String, TopicSettings> masters) {
        return masters.entrySet().stream()
                .max(comparingInt((Map.Entry<String, TopicSettings> broker) ->
                                broker.getValue().queues())
                        .thenComparing(Map.Entry.<String, TopicSettings>comparingByKey()
                                .reversed()))
                .orElseThrow()
                .getValue();
    }

    /** The settings of a group, given those that it has in the cluster whose settings count. */
    GroupSettings group(PlannedGroup planned, GroupSettings model) {
        return model.with(planned.order(), retries(planned).orElse(model.retries()));
    }

    /** The retries of a group, if the plan sets them. */
    Optional<Integer> retries(PlannedGroup planned) {
        return planned.group().retries().or(defaults::retries).map(Located::value);
    }

    /**
     * The settings of a group whose masters may differ: those that most of them have; of several, those of the first by
     * name. The group is disabled only if all have it disabled, because one broker may be disabled for a repair.
     */
    static GroupSettings together(SortedMap<String, GroupSettings> masters) {
        Map<GroupSettings, Long> enabled = new LinkedHashMap<>();
        masters.values().forEach(settings -> enabled.merge(settings.withEnabled(true), 1L, Long::sum));
        long most = Collections.max(enabled.values());
        return enabled.entrySet().stream()
                .filter(settings -> settings.getValue() == most)
                .findFirst()
                .orElseThrow()
                .getKey()
                .withEnabled(masters.values().stream().anyMatch(GroupSettings::enabled));
    }
}
