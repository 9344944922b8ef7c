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
import java.util.Map;
import java.util.SortedMap;

/**
 * Finds the settings that a topic or group gets at the destination: those of the plan, otherwise those of the source.
 */
final class Wanted {
    private final Situation situation;
    private final Defaults defaults;

    Wanted(Situation situation) {
        this.situation = situation;
        this.defaults = situation.plan().defaults();
    }

    /**
     * The settings of a topic, given those of the source's masters. With {@code traffic}, a new topic has no
     * permissions.
     */
    TopicSettings topic(PlannedTopic planned, SortedMap<String, TopicSettings> source) {
        TopicSettings largest = largest(source);
        int queues = planned.topic()
                .queues()
                .or(defaults::queues)
                .map(Located::value)
                .orElse(largest.queues());
        TopicSettings wanted =
                largest.withQueues(Math.max(1, queues)).withType(planned.type().name());
        return wanted.withAccess(situation.routing().isEmpty() ? widest(source) : Access.NONE);
    }

    /** The permissions of all masters together: a topic is open if one master has it open. */
    private static Access widest(SortedMap<String, TopicSettings> source) {
        Access widest = Access.NONE;
        for (TopicSettings settings : source.values()) {
            widest = widest.union(settings.access());
        }
        return widest;
    }

    /** The settings of the master with the most queues; of several, the first by name. */
    private static TopicSettings largest(SortedMap<String, TopicSettings> source) {
        return source.entrySet().stream()
                .max(comparingInt((Map.Entry<String, TopicSettings> broker) ->
                                broker.getValue().queues())
                        .thenComparing(Map.Entry.<String, TopicSettings>comparingByKey()
                                .reversed()))
                .orElseThrow()
                .getValue();
    }

    /** The settings of a group, given those of the source's masters; if these differ, the first by name counts. */
    GroupSettings group(PlannedGroup planned, SortedMap<String, GroupSettings> source) {
        GroupSettings first = source.get(source.firstKey());
        int retries = planned.group()
                .retries()
                .or(defaults::retries)
                .map(Located::value)
                .orElse(first.retries());
        return first.with(planned.order(), retries);
    }
}
