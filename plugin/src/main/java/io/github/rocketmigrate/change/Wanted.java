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

/** Says how the destination is to keep a topic or group: as the plan says, and else as the source does. */
final class Wanted {
    private final Situation situation;
    private final Defaults defaults;

    Wanted(Situation situation) {
        this.situation = situation;
        this.defaults = situation.plan().defaults();
    }

    /** How to keep a topic, given how the source's masters do; with {@code traffic} it begins without access. */
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

    /** What some master allows: a topic that is closed on one of them is not closed. */
    private static Access widest(SortedMap<String, TopicSettings> source) {
        Access widest = Access.NONE;
        for (TopicSettings settings : source.values()) {
            widest = widest.union(settings.access());
        }
        return widest;
    }

    /** The master's with the most queues; the first by name where several have them. */
    private static TopicSettings largest(SortedMap<String, TopicSettings> source) {
        return source.entrySet().stream()
                .max(comparingInt((Map.Entry<String, TopicSettings> broker) ->
                                broker.getValue().queues())
                        .thenComparing(Map.Entry.<String, TopicSettings>comparingByKey()
                                .reversed()))
                .orElseThrow()
                .getValue();
    }

    /** How to keep a group, given how the source's masters do; the first by name where they differ. */
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
