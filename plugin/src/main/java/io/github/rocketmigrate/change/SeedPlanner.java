package io.github.rocketmigrate.change;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Plans the offsets that groups get at the destination before the first message of a topic arrives there. Existing
 * offsets stay.
 */
final class SeedPlanner {
    private final Situation situation;
    private final Draft draft;

    SeedPlanner(Situation situation, Draft draft) {
        this.situation = situation;
        this.draft = draft;
    }

    /** Plans nothing for a topic whose traffic was not read, because its groups are not known yet. */
    void plan(MoveTopic move) {
        String topic = move.subject().name();
        if (!isBeforeFirstMessage(move)
                || situation.traffic().filter(traffic -> traffic.covers(topic)).isEmpty()) {
            return;
        }
        ClusterTraffic destination = situation.traffic().get().at(Side.DESTINATION);
        SortedMap<String, SortedMap<QueueKey, Long>> offsets = new TreeMap<>();
        for (String group : groups(topic)) {
            SortedMap<QueueKey, Long> missing = missing(group, topic, destination);
            if (!missing.isEmpty()) {
                offsets.put(group, missing);
            }
        }
        if (!offsets.isEmpty()) {
            draft.change(new Change.SeedOffsets(move.subject(), offsets));
        }
    }

    /**
     * True when a topic leaves the source and again before producers follow, because groups may be added to the plan in
     * between.
     */
    private static boolean isBeforeFirstMessage(MoveTopic move) {
        if (!(move.rung() instanceof Rung.Writes writes) || !writes.mayWait()) {
            return false;
        }
        return writes.purpose().equals(Optional.of(Purpose.LEAVE_SOURCE))
                || (move.found().destination().stream().noneMatch(Access::isWritable)
                        && writes.writes().stream()
                                .anyMatch(write -> write.side() == Side.DESTINATION
                                        && write.access().isWritable()));
    }

    /** The planned groups of the topic, except broadcasting ones: their clients store offsets locally. */
    private SortedSet<String> groups(String topic) {
        return situation.plannedGroupsOf(topic).stream()
                .filter(group -> !situation.traffic().orElseThrow().isBroadcasting(group))
                .collect(toCollection(TreeSet::new));
    }

    private SortedMap<QueueKey, Long> missing(String group, String topic, ClusterTraffic destination) {
        Map<QueueKey, Long> has =
                destination.offsets().groups().getOrDefault(group, Map.of()).getOrDefault(topic, Map.of());
        Map<QueueKey, QueueRange> ranges = destination.queues().topics().getOrDefault(topic, Map.of());
        SortedMap<QueueKey, Long> missing = new TreeMap<>();
        settings(topic).forEach((broker, settings) -> {
            for (int queue = 0; queue < settings.queues(); queue++) {
                QueueKey key = new QueueKey(broker, queue);
                if (!has.containsKey(key)) {
                    missing.put(key, ranges.containsKey(key) ? ranges.get(key).first() : 0L);
                }
            }
        });
        return missing;
    }

    /** The settings of the topic at the destination's masters when it moves. */
    private SortedMap<String, TopicSettings> settings(String topic) {
        SortedMap<String, TopicSettings> settings =
                new TreeMap<>(situation.destination().topic(topic));
        draft.changes().stream()
                .filter(change -> change instanceof Change.AlignObject object
                        && object.isOfTopic()
                        && object.subject().name().equals(topic))
                .forEach(change -> settings.putAll(((Change.AlignObject) change).after(TopicSettings.class)));
        return settings;
    }
}
