package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Progress;
import io.github.rocketmigrate.cluster.Ranges;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.StatusReport;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The goal {@code status}: where every topic stands now, who uses it, and what is left to consume. */
public final class Status {
    private final Accounts accounts;
    private final Clock clock;
    private final Outputs outputs;

    public Status(Accounts accounts, Clock clock, Outputs outputs) {
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
    }

    /**
     * Looks.
     *
     * @param file how the user calls the plan's file
     * @param shown gets the report before it is written, which may fail
     */
    public StatusReport run(String file, MigrationPlan plan, Selection selection, Consumer<StatusReport> shown) {
        try (Clusters clusters = Clusters.open(plan, accounts)) {
            Planning planning = Planning.of(clusters, plan, selection, clock.instant());
            PlanReport planned = planning.report(file, selection.words(), outputs);
            StatusReport report = new StatusReport(planned, traffic(clusters, planning.situation()));
            shown.accept(report);
            outputs.write(report);
            return report;
        }
    }

    private static Traffic traffic(Clusters clusters, Situation situation) {
        Map<Side, Progress> progress = clusters.both((side, reader) ->
                isKnown(situation, side) ? situation.progress() : reader.progress(situation.at(side)));
        Set<String> topics = new TreeSet<>();
        situation.scope().topics().stream().map(PlannedTopic::name).forEach(topics::add);
        Set<String> groups = new TreeSet<>();
        situation.scope().groups().stream().map(PlannedGroup::name).forEach(groups::add);
        for (String topic : Set.copyOf(topics)) {
            progress.values().forEach(side -> groups.addAll(side.groupsOf(topic)));
        }
        for (PlannedGroup group : situation.scope().groups()) {
            progress.values().forEach(side -> topics.addAll(side.topicsOf(group.name())));
            topics.add(Traffic.retries(group.name()));
        }
        Map<Side, Ranges> ranges = clusters.both((side, reader) -> reader.ranges(situation.at(side), topics));
        Map<Side, Clients> clients = clusters.both((side, reader) -> reader.clients(situation.at(side), groups));
        return new Traffic(progress, ranges, clients);
    }

    /** Whether planning has asked for the source's offsets already. */
    private static boolean isKnown(Situation situation, Side side) {
        return side == Side.SOURCE && situation.progress() != Progress.NONE;
    }
}
