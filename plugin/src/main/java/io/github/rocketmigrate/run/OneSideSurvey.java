package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.OneSide;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Scope;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.RecordCopy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the cluster that still answers, after a reading of both has failed. */
final class OneSideSurvey {
    private final Connections clusters;
    private final MigrationPlan plan;
    private final Selection selection;
    private final Clock clock;

    OneSideSurvey(Connections clusters, MigrationPlan plan, Selection selection, Clock clock) {
        this.clusters = requireNonNull(clusters, "clusters is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.selection = requireNonNull(selection, "selection is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * What the only cluster that answers shows.
     *
     * @param lease of this cluster, if a run held it
     */
    record Found(OneSide seen, Optional<LeaseNote> lease) {}

    /** Empty if neither cluster answers, and if both do: then the failure was not that a cluster is unreachable. */
    Optional<Found> found() {
        List<Fault> asBefore = new ArrayList<>();
        Map<Side, Found> found = clusters.read(this::read, asBefore);
        return found.size() == 1 ? found.values().stream().findFirst() : Optional.empty();
    }

    private Found read(Side side, ClusterReader reader) throws InterruptedException {
        Map<String, Map<String, String>> notes = reader.notes();
        MigrationRecord recorded = recorded(side, notes);
        List<NameServer> nameServers = reader.nameServers();
        Metadata cluster = reader.metadata(
                nameServers, side == Side.SOURCE ? Set.of() : addresses(nameServers, recorded.mastersOf(Side.SOURCE)));
        ConsumerOffsets offsets = reader.consumerOffsets(cluster);
        Scope scope = selection.in(plan, offsets);
        return new Found(
                new OneSide(
                        plan,
                        scope,
                        side,
                        cluster,
                        traffic(reader, cluster, scope, offsets),
                        recorded,
                        clock.instant()),
                LeaseNote.of(cluster.cluster(), notes));
    }

    private MigrationRecord recorded(Side side, Map<String, Map<String, String>> notes) {
        String name = plan.name().value();
        return side == Side.SOURCE ? RecordCopy.read(name, notes) : RecordFormat.read(name, notes);
    }

    /** Joined brokers of the source are recognized by their names, because the source's own name servers are not read. */
    private static Set<String> addresses(List<NameServer> nameServers, Set<String> brokers) {
        return nameServers.stream()
                .flatMap(nameServer -> nameServer.brokers().entrySet().stream())
                .filter(broker -> brokers.contains(broker.getKey()))
                .flatMap(broker -> broker.getValue().values().stream())
                .collect(toSet());
    }

    private static ClusterTraffic traffic(ClusterReader reader, Metadata cluster, Scope scope, ConsumerOffsets offsets)
            throws InterruptedException {
        Set<String> topics = new TreeSet<>();
        Set<String> groups = new TreeSet<>();
        for (PlannedTopic topic : scope.topics()) {
            topics.add(topic.name());
            groups.addAll(offsets.groupsOf(topic.name()));
        }
        for (PlannedGroup group : scope.groups()) {
            groups.add(group.name());
            topics.addAll(offsets.topicsOf(group.name()));
            topics.add(Traffic.retries(group.name()));
        }
        return ClusterTraffic.of(offsets, reader.queueOffsets(cluster, topics), reader.clients(cluster, groups));
    }
}
