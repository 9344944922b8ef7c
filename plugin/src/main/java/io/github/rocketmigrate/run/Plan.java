package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.ChangeSetFile;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.check.Checks;
import io.github.rocketmigrate.check.Due;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Progress;
import io.github.rocketmigrate.cluster.Ranges;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.PlanReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** The goal {@code plan}: reads both clusters, and says what is to be done and what stands in the way. */
public final class Plan {
    private final Accounts accounts;
    private final Clock clock;
    private final Outputs outputs;

    public Plan(Accounts accounts, Clock clock, Outputs outputs) {
        this.accounts = requireNonNull(accounts, "accounts is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
    }

    /**
     * Plans.
     *
     * @param file how the user calls the plan's file
     */
    public PlanReport run(String file, MigrationPlan plan, Selection selection) {
        try (Clusters clusters = Clusters.open(plan, accounts)) {
            Map<Side, Metadata> metadata = clusters.metadata();
            Situation situation = situation(clusters, plan, selection, metadata);
            ChangeSet changes = Planner.plan(situation);
            PlanReport report = new PlanReport(
                    file,
                    selection.words(),
                    outputs.changeSetName(),
                    situation,
                    changes,
                    judgements(situation, changes),
                    Clusters.disagreements(metadata));
            outputs.write(report, ChangeSetFile.text(changes, situation));
            return report;
        }
    }

    private Situation situation(
            Clusters clusters, MigrationPlan plan, Selection selection, Map<Side, Metadata> metadata) {
        Metadata source = metadata.get(Side.SOURCE);
        Metadata destination = metadata.get(Side.DESTINATION);
        boolean joining = plan.traffic()
                .filter(traffic -> traffic.routing().value() == Routing.JOIN)
                .isPresent();
        // Who consumes what is asked only where something depends on it.
        Progress progress = selection.isPartial() || joining
                ? clusters.one(Side.SOURCE, (side, reader) -> reader.progress(source))
                : Progress.NONE;
        Situation situation = new Situation(
                plan, selection.in(plan, progress), source, destination, progress, Ranges.NONE, clock.instant());
        SortedSet<String> inQuestion = Planner.inQuestion(situation);
        return inQuestion.isEmpty()
                ? situation
                : situation.withHeld(
                        clusters.one(Side.DESTINATION, (side, reader) -> reader.ranges(destination, inQuestion)));
    }

    /** Makes the checks that stand before the changes, and no others. */
    private static List<Judgement> judgements(Situation situation, ChangeSet changes) {
        Checks checks = new Checks(situation);
        Set<CheckName> ofClusters = EnumSet.noneOf(CheckName.class);
        List<Judgement> judgements = new ArrayList<>();
        for (Change change : changes.changes()) {
            switch (change.kind()) {
                case CREATE_TOPIC, CREATE_GROUP, ALIGN_TOPIC, ALIGN_GROUP -> ofClusters.addAll(Due.beforeMetadata());
                case JOIN_BROKER -> ofClusters.addAll(Due.beforeJoining());
                case LEAVE_BROKER -> ofClusters.addAll(Due.beforeLeaving());
                case MOVE_TOPIC -> {
                    Rung rung = ((Change.MoveTopic) change).rung();
                    judgements.addAll(checks.ofTopic(change.subject().name(), Due.before(purpose(rung))));
                }
            }
        }
        judgements.addAll(0, checks.ofClusters(ofClusters));
        return judgements;
    }

    private static Rung.Purpose purpose(Rung rung) {
        return rung instanceof Rung.Writes writes ? writes.purpose() : ((Rung.Wait) rung).purpose();
    }
}
