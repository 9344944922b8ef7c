package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.BulkWrite;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.MasterPool;
import io.github.rocketmigrate.write.ObjectUpdate;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.SettingsStore.TopicStore;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteContext;
import io.github.rocketmigrate.write.WriteGuard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens topics at the source while the destination is down. It sends nothing to the destination. */
public final class SourceOpener {
    private final ClusterWriter source;
    private final WriteGuard guard;
    private final RunControl control;

    public SourceOpener(ClusterWriter source, WriteGuard guard, RunControl control) {
        this.source = requireNonNull(source, "source is null");
        this.guard = requireNonNull(guard, "guard is null");
        this.control = requireNonNull(control, "control is null");
    }

    /** Opens each topic on all masters of the source. Stops at the first failure that is not of one topic. */
    public AppliedChanges open(Metadata cluster, List<MoveTopic> moves) throws InterruptedException {
        List<ObjectUpdate<TopicSettings>> updates = moves.stream()
                .map(move -> AccessUpdate.of(move, move.rung().writes().get(0), cluster)
                        .orElseThrow())
                .toList();
        List<AppliedChange> applied = new ArrayList<>();
        try (MasterPool masters = new MasterPool(control.timing())) {
            TopicStore store = new TopicStore(source, cluster, List.of(source));
            WriteContext context = new WriteContext(guard, masters, control);
            for (List<ObjectUpdate<TopicSettings>> some : BulkWrite.slices(updates)) {
                Timing.Stopwatch opening = control.timing().stopwatch();
                try {
                    new BulkWrite<>(store, cluster.brokers(), some, context).run(Map.of());
                } finally {
                    List<AppliedChange> ended = some.stream()
                            .filter(update -> !update.isOpen())
                            .map(ObjectUpdate::applied)
                            .toList();
                    applied.addAll(ended);
                    control.progress().made(ended, opening.passed());
                }
            }
            return new AppliedChanges(applied, Optional.empty());
        } catch (Halt halt) {
            List<MoveTopic> rest = new ArrayList<>(moves);
            applied.forEach(one -> rest.remove(one.change()));
            return new AppliedChanges(applied, Optional.of(halt.stop()))
                    .and(AppliedChanges.notTried(rest, halt.stop()));
        }
    }
}
