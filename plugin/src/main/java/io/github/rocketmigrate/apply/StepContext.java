package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.write.BrakeWatch;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.SettingsStore;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteContext;
import io.github.rocketmigrate.write.WriteGuard;
import java.util.Map;
import java.util.Optional;

/**
 * Lends the steps of topics what they write with.
 *
 * @param clusters as they were when the steps were planned
 * @param hold of the routes of fences, if clusters are joined
 * @param notes of the steps that have begun
 */
record StepContext(
        Map<Side, SettingsStore.TopicStore> stores,
        Map<Side, Metadata> clusters,
        Optional<RouteHold> hold,
        StepNotes notes,
        WriteContext writing) {
    StepContext {
        stores = Map.copyOf(stores);
        clusters = Map.copyOf(clusters);
        requireNonNull(hold, "hold is null");
        requireNonNull(notes, "notes is null");
        requireNonNull(writing, "writing is null");
    }

    SettingsStore.TopicStore store(Side side) {
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

    /** Whether somebody has put on a brake that the run does not obey yet. */
    boolean isBraked() throws InterruptedException {
        Optional<BrakeWatch> brake = writing.control().brake();
        return brake.isPresent() && brake.get().isPulled();
    }

    Timing timing() {
        return writing.control().timing();
    }
}
