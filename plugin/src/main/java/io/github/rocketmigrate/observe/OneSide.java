package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one cluster shows while the other cannot be read. No planner or check gets it: an unread cluster is not an empty
 * one.
 *
 * @param side the side that was read
 * @param recorded what earlier runs recorded, or its copy at the source
 */
public record OneSide(
        MigrationPlan plan,
        Scope scope,
        Side side,
        Metadata cluster,
        ClusterTraffic traffic,
        MigrationRecord recorded,
        Instant readAt) {
    public OneSide {
        requireNonNull(plan, "plan is null");
        requireNonNull(scope, "scope is null");
        requireNonNull(side, "side is null");
        requireNonNull(cluster, "cluster is null");
        requireNonNull(traffic, "traffic is null");
        requireNonNull(recorded, "recorded is null");
        requireNonNull(readAt, "readAt is null");
    }

    /** The side that was not read. */
    public Side unread() {
        return side == Side.SOURCE ? Side.DESTINATION : Side.SOURCE;
    }

    /** The accesses that masters give to a topic; none if the cluster does not have it. */
    public SortedSet<Access> accesses(String topic) {
        SortedSet<Access> accesses = new TreeSet<>();
        cluster.topic(topic).values().forEach(settings -> accesses.add(settings.access()));
        return accesses;
    }

    /** The topics that no producer can write in this cluster: their producers need the other one. */
    public List<String> closed() {
        return scope.topics().stream()
                .map(PlannedTopic::name)
                .filter(topic -> accesses(topic).stream().noneMatch(Access::isWritable))
                .toList();
    }

    /** How the last run left a topic. */
    public Optional<RecordedObject> recorded(String topic) {
        return recorded.of(SettingsHash.topicKey(topic));
    }

    /** The traffic in the form in which reports ask for it. */
    public Traffic shown() {
        return Traffic.shown(readAt, Map.of(side, traffic));
    }
}
