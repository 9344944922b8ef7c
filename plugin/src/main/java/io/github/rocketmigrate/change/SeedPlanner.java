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
 * Plans the offsets that groups get in a cluster before the first message of a topic arrives there: at the end of each
 * queue, because nothing can write to the topic at that moment. What the queue holds is of an earlier stay. Existing
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
        Optional<Side> opening = opening(move);
        if (opening.isEmpty()
                || situation.traffic().filter(traffic -> traffic.covers(topic)).isEmpty()) {
            return;
        }
        Side side = opening.get();
        SortedMap<String, SortedMap<QueueKey, Long>> offsets = new TreeMap<>();
        for (String group : groups(topic)) {
            SortedMap<QueueKey, Long> missing = missing(group, topic, side);
            if (!missing.isEmpty()) {
                offsets.put(group, missing);
            }
        }
        if (!offsets.isEmpty()) {
            draft.change(new Change.SeedOffsets(move.subject(), side, offsets));
        }
    }

    /**
     * The cluster that a step opens for reading or for writing, and that nothing can write to before it: the destination
     * when a topic leaves the source and again before producers follow, because groups may be added to the plan in between;
     * the source on the way back, because a group may be newer than the move.
     */
    private static Optional<Side> opening(MoveTopic move) {
        if (!(move.rung() instanceof Rung.Writes writes)) {
            return Optional.empty();
        }
        Side side = writes.isFor(Purpose.BACK) ? Side.SOURCE : Side.DESTINATION;
        boolean isBegun = !writes.isFor(Purpose.BACK) && !writes.mayWait();
        boolean isReadable = move.found().at(side).stream().anyMatch(Access::isReadable);
        boolean isWritable = move.found().at(side).stream().anyMatch(Access::isWritable);
        boolean opens = writes.writes().stream()
                .filter(write -> write.side() == side)
                .map(Rung.AccessChange::access)
                .anyMatch(access -> access.isWritable() || (access.isReadable() && !isReadable));
        return opens && !isWritable && !isBegun ? Optional.of(side) : Optional.empty();
    }

    /** The planned groups of the topic, except broadcasting ones: their clients store offsets locally. */
    private SortedSet<String> groups(String topic) {
        return situation.plannedGroupsOf(topic).stream()
                .filter(group -> !situation.traffic().orElseThrow().isBroadcasting(group))
                .collect(toCollection(TreeSet::new));
    }

    private SortedMap<QueueKey, Long> missing(String group, String topic, Side side) {
        ClusterTraffic traffic = situation.traffic().orElseThrow().at(side);
        Map<QueueKey, Long> has =
                traffic.offsets().groups().getOrDefault(group, Map.of()).getOrDefault(topic, Map.of());
        Map<QueueKey, QueueRange> ranges = traffic.queues().topics().getOrDefault(topic, Map.of());
        SortedMap<QueueKey, Long> missing = new TreeMap<>();
        settings(topic, side).forEach((broker, settings) -> {
            if (side == Side.DESTINATION || hasGroup(broker, group)) {
                for (int queue = 0; queue < settings.queues(); queue++) {
                    QueueKey key = new QueueKey(broker, queue);
                    if (!has.containsKey(key)) {
                        missing.put(key, ranges.containsKey(key) ? beginning(ranges.get(key)) : 0L);
                    }
                }
            }
        });
        return missing;
    }

    /** Messages that come until the offset is written have higher ones. */
    private static long beginning(QueueRange range) {
        return range.next();
    }

    /** Brokers from 5.3.0 on refuse offsets of groups that they do not have. The destination gets all groups first. */
    private boolean hasGroup(String broker, String group) {
        return situation.source().brokers().get(broker).groups().containsKey(group);
    }

    /** The settings of the topic at the masters of a side when it moves. */
    private SortedMap<String, TopicSettings> settings(String topic, Side side) {
        SortedMap<String, TopicSettings> settings =
                new TreeMap<>(situation.at(side).topic(topic));
        if (side == Side.DESTINATION) {
            draft.changes().stream()
                    .filter(change -> change instanceof Change.AlignObject object
                            && object.isOfTopic()
                            && object.subject().name().equals(topic))
                    .forEach(change -> settings.putAll(((Change.AlignObject) change).after(TopicSettings.class)));
        }
        return settings;
    }
}
