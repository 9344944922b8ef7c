package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.apply.Application.Stop;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes changes of topics and groups, wave by wave: one topic, all groups, the other topics. It stops at the first thing
 * that it does not know for sure; run again, it finds what is there and goes on.
 */
public final class Applier {
    private final ClusterWriter writer;
    private final Sender sender;
    private final Patience patience;
    private final ApplyProgress progress;

    public Applier(
            ClusterWriter writer,
            Lease lease,
            Journal journal,
            Stopping stopping,
            Patience patience,
            ApplyProgress progress) {
        this(writer, new Sender(List.of(lease), journal, stopping), patience, progress);
    }

    Applier(ClusterWriter writer, Sender sender, Patience patience, ApplyProgress progress) {
        this.writer = requireNonNull(writer, "writer is null");
        this.sender = requireNonNull(sender, "sender is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /**
     * Makes them.
     *
     * @param destination whose masters the changes are of
     */
    public Application apply(Metadata destination, List<Change> changes) throws InterruptedException {
        List<Work<GroupSettings>> groups = new ArrayList<>();
        List<Work<TopicSettings>> topics = new ArrayList<>();
        for (Change change : changes) {
            switch (change.kind()) {
                case CREATE_GROUP ->
                    groups.add(new Work<>(change, new TreeMap<>(), ((Change.CreateGroup) change).after()));
                case ALIGN_GROUP ->
                    groups.add(new Work<>(
                            change, ((Change.AlignGroup) change).before(), ((Change.AlignGroup) change).after()));
                case CREATE_TOPIC ->
                    topics.add(new Work<>(change, new TreeMap<>(), ((Change.CreateTopic) change).after()));
                case ALIGN_TOPIC ->
                    topics.add(new Work<>(
                            change, ((Change.AlignTopic) change).before(), ((Change.AlignTopic) change).after()));
                case JOIN_BROKER, LEAVE_BROKER, MOVE_TOPIC ->
                    throw new IllegalArgumentException("not a change of a topic or group: " + change.kind());
            }
        }
        try (Masters masters = new Masters()) {
            Run run = new Run(destination.brokers(), masters, changes.size());
            Shelf<TopicSettings> shelf = new Shelf.Topics(writer, destination, List.of(writer));
            // From 5.3 on, brokers ask who may write for one topic only: it goes first, and alone.
            int first = Math.min(1, topics.size());
            Map<String, Map<String, TopicSettings>> known = run.all(shelf, topics.subList(0, first), Map.of());
            run.all(new Shelf.Groups(writer), groups, Map.of());
            run.all(shelf, topics.subList(first, topics.size()), known);
            List<Applied> applied = new ArrayList<>();
            groups.forEach(work -> applied.add(work.applied()));
            topics.forEach(work -> applied.add(work.applied()));
            return new Application(applied, run.stop);
        }
    }

    /** What goes on from one wave to the next. */
    private final class Run {
        private final SortedMap<String, Broker> brokers;
        private final Masters masters;
        private final int all;
        private int done;
        private Optional<Stop> stop = Optional.empty();

        Run(SortedMap<String, Broker> brokers, Masters masters, int all) {
            this.brokers = brokers;
            this.masters = masters;
            this.all = all;
        }

        /** Writes all of a kind; gives back what it has seen last, and begins with what somebody has just seen. */
        <T> Map<String, Map<String, T>> all(Shelf<T> shelf, List<Work<T>> works, Map<String, Map<String, T>> seen)
                throws InterruptedException {
            Map<String, Map<String, T>> known = seen;
            for (int from = 0; from < works.size(); from += Wave.MOST) {
                List<Work<T>> some = works.subList(from, Math.min(works.size(), from + Wave.MOST));
                if (stop.isPresent()) {
                    Stop why = stop.get();
                    some.forEach(work -> work.end(Ending.NOT_ATTEMPTED, why.what(), why.fix()));
                    continue;
                }
                try {
                    known = new Wave<>(shelf, brokers, some, sender, masters, patience).run(known);
                } catch (Halt halt) {
                    stop = Optional.of(halt.stop());
                }
                done += some.size();
                progress.done(done, all);
            }
            return known;
        }
    }
}
