package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.SettingsStore;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.WriteContext;
import io.github.rocketmigrate.write.WriteGuard;
import java.util.Map;
import java.util.Optional;

/**
 * What the steps of topics are written with.
 *
 * @param clusters as they were when the steps were planned
 * @param router whose name servers send clients to both sides, if clusters are joined
 * @param note under which these keep which topics are on their way through a fence
 */
record StepContext(
        Map<Side, SettingsStore<TopicSettings>> stores,
        Map<Side, Metadata> clusters,
        Optional<ClusterWriter> router,
        String note,
        WriteContext writing) {
    StepContext {
        stores = Map.copyOf(stores);
        clusters = Map.copyOf(clusters);
        requireNonNull(router, "router is null");
        requireNonNull(note, "note is null");
        requireNonNull(writing, "writing is null");
    }

    SettingsStore<TopicSettings> store(Side side) {
        return stores.get(side);
    }

    Metadata cluster(Side side) {
        return clusters.get(side);
    }

    WriteGuard guard() {
        return writing.guard();
    }

    MasterPool masters() {
        return writing.masters();
    }

    Timeouts timeouts() {
        return writing.timeouts();
    }
}
