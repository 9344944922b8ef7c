package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.AppliedChanges.Stop;
import io.github.rocketmigrate.write.BulkWrite;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.ObjectUpdate;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.SettingsStore;
import io.github.rocketmigrate.write.WriteContext;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Creates and aligns topics and groups: first one topic, then all groups, then the other topics. Stops at the first
 * result that is unknown; the next run reads both clusters and continues.
 */
public final class MetadataExecutor {
    private final ClusterWriter writer;
    private final WriteGuard guard;
    private final RunControl control;

    public MetadataExecutor(ClusterWriter writer, WriteGuard guard, RunControl control) {
        this.writer = requireNonNull(writer, "writer is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.control = requireNonNull(control, "control is null");
    }

    /** Makes the changes, all of them in {@code destination}. */
    public AppliedChanges apply(Metadata destination, List<Change.AlignObject> changes) throws InterruptedException {
        List<ObjectUpdate<GroupSettings>> groups = new ArrayList<>();
        List<ObjectUpdate<TopicSettings>> topics = new ArrayList<>();
        for (Change.AlignObject change : changes) {
            if (change.isOfTopic()) {
                topics.add(ObjectUpdate.of(change, TopicSettings.class));
            } else {
                groups.add(ObjectUpdate.of(change, GroupSettings.class));
            }
        }
        try (MasterPool masters = new MasterPool(control.timing())) {
            Run run = new Run(destination.brokers(), masters, changes.size());
            SettingsStore<TopicSettings> store = new SettingsStore.TopicStore(writer, destination, List.of(writer));
            // Since 5.3, brokers check permissions only for requests with a single topic, so one topic goes first and
            // alone.
            int first = Math.min(1, topics.size());
            Map<String, Map<String, TopicSettings>> known = run.all(store, topics.subList(0, first), Map.of());
            run.all(new SettingsStore.GroupStore(writer), groups, Map.of());
            run.all(store, topics.subList(first, topics.size()), known);
            List<AppliedChange> applied = new ArrayList<>();
            groups.forEach(update -> applied.add(update.applied()));
            topics.forEach(update -> applied.add(update.applied()));
            return new AppliedChanges(applied, run.stop);
        }
    }

    /** Carries progress and the reason to stop from one list of changes to the next. */
    private final class Run {
        private final SortedMap<String, Broker> brokers;
        private final MasterPool masters;
        private final int all;
        private int done;
        private Optional<Stop> stop = Optional.empty();

        Run(SortedMap<String, Broker> brokers, MasterPool masters, int all) {
            this.brokers = brokers;
            this.masters = masters;
            this.all = all;
        }

        /**
         * Writes all updates of one kind of object, starting from settings that were just read. Returns the settings
         * that were read last.
         */
        <T extends ObjectSettings> Map<String, Map<String, T>> all(
                SettingsStore<T> store, List<ObjectUpdate<T>> updates, Map<String, Map<String, T>> seen)
                throws InterruptedException {
            Map<String, Map<String, T>> known = seen;
            for (List<ObjectUpdate<T>> some : BulkWrite.slices(updates)) {
                if (stop.isPresent()) {
                    Stop why = stop.get();
                    some.forEach(update -> update.end(WriteOutcome.NOT_ATTEMPTED, why.what(), why.fix()));
                    continue;
                }
                try {
                    known = new BulkWrite<>(store, brokers, some, new WriteContext(guard, masters, control)).run(known);
                } catch (Halt halt) {
                    stop = Optional.of(halt.stop());
                }
                done += some.size();
                control.progress().done(done, all);
            }
            return known;
        }
    }
}
