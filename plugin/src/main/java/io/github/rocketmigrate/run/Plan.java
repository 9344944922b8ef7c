package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FenceEstimate;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.ObjectsOfOtherPlans;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.observe.Warnings;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.write.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs the goal {@code plan}: reads both clusters and reports the changes to make and what blocks them. */
public final class Plan {
    private final ClusterOpener opener;
    private final Timing timing;
    private final Outputs outputs;
    private final FencePolicy policy;
    private final boolean mayRemove;
    private final List<String> files;

    /**
     * Checks use the limits of {@code policy}, the same as in {@code apply}. With {@code mayRemove}, empty objects of the
     * plan may be removed before the join.
     */
    public Plan(Accounts accounts, Timing timing, Outputs outputs, FencePolicy policy, boolean mayRemove) {
        this(timing, outputs, policy, mayRemove, plan -> Connections.open(plan, accounts, timing));
    }

    /** Plans for clusters that are opened in another way, such as those in the memory of a test. */
    Plan(Timing timing, Outputs outputs, FencePolicy policy, boolean mayRemove, ClusterOpener opener) {
        this(timing, outputs, policy, mayRemove, opener, List.of());
    }

    private Plan(
            Timing timing,
            Outputs outputs,
            FencePolicy policy,
            boolean mayRemove,
            ClusterOpener opener,
            List<String> files) {
        this.files = List.copyOf(files);
        this.opener = requireNonNull(opener, "opener is null");
        this.timing = requireNonNull(timing, "timing is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
        this.policy = requireNonNull(policy, "policy is null");
        this.mayRemove = mayRemove;
    }

    /**
     * The same goal with metadata files in place of the source.
     *
     * @param parameters of the goal that name the files
     */
    public Plan comparing(StoredCluster source, Accounts accounts, List<String> parameters) {
        return comparing(
                plan -> Connections.comparing(plan, StoredSource.toCompare(source, plan), accounts, timing),
                parameters);
    }

    /** The same goal over clusters that are opened in another way. */
    Plan comparing(ClusterOpener other, List<String> parameters) {
        return new Plan(timing, outputs, policy, mayRemove, other, parameters);
    }

    /**
     * Reports the changes, then saves them as a change set.
     *
     * @param file the plan's file as the user wrote it
     * @param shown gets the report before it is written, because writing may fail
     */
    public PlanReport run(String file, MigrationPlan plan, Selection selection, Consumer<PlanReport> shown) {
        try (Connections clusters = opener.open(plan)) {
            Survey survey = new Survey(clusters, plan, selection, policy, timing.steadyClock());
            Assessment now = assess(survey);
            Assessment assessment = mayRemove ? now.allowingRemovals() : now;
            PlanReport report = new PlanReport(
                    new Invocation(file, selection).with(policy.routePoll()).comparing(files),
                    outputs.changeSetName(),
                    assessment,
                    warnings(assessment.situation(), survey),
                    survey.lease());
            shown.accept(report);
            outputs.write(report, assessment.changeSetText(outputs.provenance().revision()));
            return report;
        }
    }

    private List<String> warnings(Situation situation, Survey survey) {
        List<String> warnings = new ArrayList<>(Warnings.of(situation));
        warnings.addAll(ObjectsOfOtherPlans.warnings(situation, survey.objectsOfOthers()));
        outputs.assessedBlockers(situation).ifPresent(warnings::add);
        return warnings;
    }

    /**
     * Reads twice if a check compares two readings, so that it says the same as in {@code apply}, and if a fence on the way
     * back depends on the speed of a group.
     */
    private Assessment assess(Survey survey) {
        Assessment first = assessOnce(survey);
        boolean isEnough = first.judgements().stream()
                .filter(judgement -> judgement.check().comparesReadings())
                .noneMatch(judgement -> judgement.verdict() instanceof Unknown);
        if (isEnough && first.changes().changes().stream().allMatch(change -> isEstimated(change, first.situation()))) {
            return first;
        }
        try {
            timing.sleep(Traffic.LEAST_INTERVAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("plan was interrupted.", "Run it again.", e);
        }
        return assessOnce(survey);
    }

    private static boolean isEstimated(Change change, Situation situation) {
        return !(change instanceof MoveTopic move
                        && move.rung().isFor(Purpose.BACK)
                        && move.rung().closesFirst())
                || FenceEstimate.in(situation, Side.DESTINATION, move.subject().name())
                        .filter(estimate -> !estimate.isWhole())
                        .isEmpty();
    }

    private static Assessment assessOnce(Survey survey) {
        Survey.Planned planned = survey.planned();
        return Assessment.of(planned.situation(), planned.changes());
    }
}
