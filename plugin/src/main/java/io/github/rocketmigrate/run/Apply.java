package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.apply.ApplyLoop;
import io.github.rocketmigrate.apply.ApplyLoop.LoopResult;
import io.github.rocketmigrate.apply.TopicSteps;
import io.github.rocketmigrate.apply.Waits;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.ChangeSetReader;
import io.github.rocketmigrate.change.SavedChangeSet;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Warnings;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.RunResult;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.BrakeWatch;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.RecordCopy;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Runs the goal {@code apply}: makes the changes that nothing blocks and reads them back.
 *
 * <p>Longer than 300 lines: what the user allows a run to do is declared here, beside what reads it.
 */
public final class Apply {
    private final ClusterOpener opener;
    private final Timing timing;
    private final Outputs outputs;
    private final Origin origin;
    private final Settings settings;
    private final String goal;
    private final HoldChange holdChange;

    /**
     * What the user allows a run to do, and its limits.
     *
     * @param isDryRun whether to write nothing
     * @param maxWait how long to wait for another run and for the actions of other people
     * @param forgotten masters that were removed from their cluster
     * @param masters all masters of both clusters, in place of those of a record that is lost
     * @param mayRemove whether to remove empty objects of this plan before the join
     * @param forgottenPlan the name of a plan whose record is removed, as far as it is not of this plan
     */
    public record Settings(
            boolean isDryRun,
            Duration maxWait,
            Set<String> forgotten,
            Set<String> masters,
            Lease.Terms terms,
            Timeouts timeouts,
            FencePolicy policy,
            boolean mayRemove,
            Optional<String> forgottenPlan) {
        public Settings {
            requireNonNull(policy, "policy is null");
            requireNonNull(maxWait, "maxWait is null");
            forgotten = Set.copyOf(forgotten);
            masters = Set.copyOf(masters);
            requireNonNull(terms, "terms is null");
            requireNonNull(timeouts, "timeouts is null");
            requireNonNull(forgottenPlan, "forgottenPlan is null");
        }

        /** What a user allows who does not say otherwise: nothing is removed. */
        public Settings(
                boolean isDryRun,
                Duration maxWait,
                Set<String> forgotten,
                Lease.Terms terms,
                Timeouts timeouts,
                FencePolicy policy) {
            this(isDryRun, maxWait, forgotten, Set.of(), terms, timeouts, policy, false, Optional.empty());
        }

        /** The same, but empty objects of the plan may be removed before the join. */
        Settings removing() {
            return new Settings(isDryRun, maxWait, forgotten, masters, terms, timeouts, policy, true, forgottenPlan);
        }

        /** The same, but the record of a plan may be removed as far as it is not of this one. */
        Settings forgettingPlan(String name) {
            return new Settings(
                    isDryRun, maxWait, forgotten, masters, terms, timeouts, policy, mayRemove, Optional.of(name));
        }

        /** The same with the names of all masters. */
        Settings naming(Set<String> all) {
            return new Settings(isDryRun, maxWait, forgotten, all, terms, timeouts, policy, mayRemove, forgottenPlan);
        }
    }

    /**
     * A change set in a file.
     *
     * @param name the file as the user wrote it
     */
    public record ChangeSetSource(Path file, String name) {
        public ChangeSetSource {
            requireNonNull(file, "file is null");
            requireNonNull(name, "name is null");
        }
    }

    public Apply(Accounts accounts, Timing timing, Outputs outputs, Origin origin, Settings settings) {
        this(
                timing,
                outputs,
                origin,
                settings,
                plan -> Connections.openForWriting(
                        plan, accounts, settings.timeouts().answer(), timing));
    }

    /** Applies to clusters that are opened in another way, such as those in the memory of a test. */
    Apply(Timing timing, Outputs outputs, Origin origin, Settings settings, ClusterOpener opener) {
        this(timing, outputs.withoutChangeSet(), origin, settings, opener, ApplyReport.GOAL, HoldChange.NONE);
    }

    private Apply(
            Timing timing,
            Outputs outputs,
            Origin origin,
            Settings settings,
            ClusterOpener opener,
            String goal,
            HoldChange holdChange) {
        this.goal = requireNonNull(goal, "goal is null");
        this.holdChange = requireNonNull(holdChange, "holdChange is null");
        this.opener = requireNonNull(opener, "opener is null");
        this.timing = requireNonNull(timing, "timing is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
        this.origin = requireNonNull(origin, "origin is null");
        this.settings = requireNonNull(settings, "settings is null");
    }

    /** The goal {@code rollback}: takes the selected topics back against the plan, and keeps them there. */
    public Apply rollingBack(RollbackOrder order) {
        return with(
                ApplyReport.ROLLBACK, new Rollback(order, origin, timing.clock().instant()));
    }

    /** The goal {@code resume}: releases the selected topics from their holds. */
    public Apply resuming(Resume resume) {
        return with(Resume.GOAL, resume);
    }

    private Apply with(String otherGoal, HoldChange change) {
        return new Apply(timing, outputs, origin, settings, opener, otherGoal, change);
    }

    /** Shares the parts of one run among its steps. */
    record Run(Connections clusters, RunAssessments assessments, ApplyRequest request, RunControl control) {}

    /**
     * The plan, and the part of it that a run is to carry out.
     *
     * @param file the plan's file as the user wrote it
     */
    public record ApplyRequest(String file, MigrationPlan plan, Selection selection, Optional<ChangeSetSource> saved) {
        public ApplyRequest {
            requireNonNull(file, "file is null");
            requireNonNull(plan, "plan is null");
            requireNonNull(selection, "selection is null");
            requireNonNull(saved, "saved is null");
        }

        private ApplyRequest with(MigrationPlan other) {
            return new ApplyRequest(file, other, selection, saved);
        }

        /** How the user called the goal; a saved change set stands for its selection. */
        Invocation invocation() {
            Invocation called = new Invocation(file, selection);
            return saved.map(it -> called.applying(it.name())).orElse(called);
        }
    }

    /** Makes the changes; {@code shown} gets the plan's report before anything is written. */
    public ApplyReport run(
            ApplyRequest called, Consumer<PlanReport> shown, StopSignal stopping, ApplyProgress progress) {
        ApplyRequest request = called.with(holdChange.in(called.plan()));
        Optional<SavedChangeSet> reviewed = request.saved().map(it -> ChangeSetReader.read(it.file(), it.name()));
        try (Connections clusters = opener.open(request.plan())) {
            Survey survey = new Survey(
                    clusters, request.plan(), request.selection(), settings.policy(), timing.steadyClock(), holdChange);
            ForgottenPlan forgottenPlan = new ForgottenPlan(settings.forgottenPlan(), request.plan(), clusters);
            RunAssessments assessments = new RunAssessments(survey, forgottenPlan, settings, reviewed);
            Run run = new Run(
                    clusters,
                    assessments,
                    request,
                    new RunControl(
                            timing, stopping, progress, settings.timeouts(), Optional.of(brake(request, clusters))));
            RunRecord record = new RunRecord(run, settings.forgotten(), forgottenPlan);
            Assessment first;
            try {
                first = assessments.get();
            } catch (Fault fault) {
                return withoutDestination(run, Retreat.after(run, survey, settings, fault), shown);
            }
            Optional<Retreat.Opening> opening = Retreat.from(run, survey, settings, first.situation());
            if (opening.isPresent()) {
                return withoutDestination(run, opening.get(), shown);
            }
            shown.accept(report(request, first, forgottenPlan.words()));
            if (settings.isDryRun() || !first.stale().isEmpty() || !isAnythingToDo(first, record)) {
                AppliedChanges nothing = settings.isDryRun() ? dryRun(first) : AppliedChanges.NONE;
                ApplyReport report =
                        report(request, first, LoopResult.of(first, nothing), Optional.empty(), forgottenPlan.words());
                outputs.write(report, Optional.empty(), "");
                return report;
            }
            return applyUnderLeases(run, first, record, reviewed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault(goal + " was interrupted.", "Run again to continue.", e);
        }
    }

    private BrakeWatch brake(ApplyRequest request, Connections clusters) {
        List<Notes> notes = new ArrayList<>(List.of(clusters.destination()));
        Optional.ofNullable(clusters.writers().get(Side.SOURCE))
                .map(RecordCopy::new)
                .ifPresent(notes::add);
        return new BrakeWatch(notes, request.plan().name().value(), timing);
    }

    /** Opens the source for topics on their way back, and nothing else. */
    private ApplyReport withoutDestination(Run run, Retreat.Opening opening, Consumer<PlanReport> shown)
            throws InterruptedException {
        Assessment first = opening.first();
        shown.accept(report(run.request(), first));
        if (settings.isDryRun()) {
            LoopResult result = opening.retreat().wouldOpen(first, dryRun(first));
            ApplyReport report = report(run.request(), first, result, Optional.empty(), List.of());
            outputs.write(report, Optional.empty(), "");
            return report;
        }
        RunIdentity identity = RunIdentity.begin(origin, timing, outputs);
        try (Journal journal = identity.journal()) {
            journal.begin(settings.policy());
            LoopResult result = opening.retreat().open(first, identity.note(), journal);
            return written(run, first, result, identity, List.of(), Optional.empty());
        }
    }

    /** Writes the reviewed file byte for byte, which may have been deleted since; or the change set of this run. */
    private ApplyReport written(
            Run run,
            Assessment first,
            LoopResult result,
            RunIdentity identity,
            List<String> warnings,
            Optional<SavedChangeSet> reviewed) {
        ApplyReport report =
                report(run.request(), first, result, Optional.of(outputs.evidenceName(identity.id())), warnings);
        String changes = reviewed.map(SavedChangeSet::text)
                .orElseGet(() -> first.changeSetText(outputs.provenance().revision()));
        outputs.write(report, Optional.of(identity.evidence()), changes);
        return report;
    }

    private static AppliedChanges dryRun(Assessment assessment) {
        return new AppliedChanges(
                assessment.executable().stream()
                        .map(change -> new AppliedChange(change, WriteOutcome.NOT_ATTEMPTED, "dry run", ""))
                        .toList(),
                Optional.empty());
    }

    private PlanReport report(ApplyRequest request, Assessment assessment) {
        return report(request, assessment, List.of());
    }

    private PlanReport report(ApplyRequest request, Assessment assessment, List<String> notices) {
        List<String> warnings = new ArrayList<>(notices);
        warnings.addAll(Warnings.of(assessment.situation()));
        warnings.addAll(unknownMasters(assessment.situation()));
        Invocation invocation =
                holdChange.in(request.invocation()).with(settings.policy().routePoll());
        return new PlanReport(invocation, outputs.changeSetName(), assessment, warnings);
    }

    private List<String> unknownMasters(Situation situation) {
        return settings.forgotten().stream()
                .filter(master -> !situation.hasRecorded(master))
                .sorted()
                .map(master -> "forgetBrokers names '" + master + "', which no earlier run has recorded.")
                .toList();
    }

    private ApplyReport report(
            ApplyRequest request,
            Assessment first,
            LoopResult result,
            Optional<String> evidence,
            List<String> warnings) {
        return new ApplyReport(
                report(request, first),
                report(request, result.last()),
                new RunResult(
                        goal,
                        settings.isDryRun(),
                        first.stale(),
                        first.executable(),
                        result.all(),
                        result.overdue(),
                        result.beforeMoves(),
                        result.fences()),
                evidence,
                warnings);
    }

    private boolean isAnythingToDo(Assessment first, RunRecord record) throws InterruptedException {
        return !first.executable().isEmpty()
                || first.decisions().stream().anyMatch(this::isWorthWaiting)
                || (!first.changes().byHand().isEmpty() && mayWaitForOthers())
                || record.isDue(first);
    }

    private boolean isWorthWaiting(Decision decision) {
        return decision.change() instanceof MoveTopic
                && (decision.isWorthWaitingFor() || (decision.isWaitingForPeople() && mayWaitForOthers()));
    }

    private boolean mayWaitForOthers() {
        return !settings.maxWait().isZero();
    }

    private ApplyReport applyUnderLeases(Run run, Assessment first, RunRecord record, Optional<SavedChangeSet> reviewed)
            throws InterruptedException {
        RunIdentity identity = RunIdentity.begin(origin, timing, outputs);
        try (RunLeases leases = new RunLeases(run, settings, identity.note())) {
            Assessment now = leases.acquire(first);
            List<String> warnings = new ArrayList<>(record.forgotten());
            warnings.addAll(record.begin(now));
            LoopResult result;
            try (Journal journal = identity.journal()) {
                journal.begin(settings.policy());
                if (first.situation().recorded().isCopy()) {
                    journal.restored(first.situation().recorded());
                }
                Waits waits = new Waits(settings.policy(), settings.maxWait(), timing);
                try (TopicSteps steps =
                        new TopicSteps(run.clusters().writers(), leases.all(), journal, run.control())) {
                    result = new ApplyLoop(run.assessments(), steps, waits, run.control()).run(now);
                }
            }
            warnings.addAll(record.end(result, leases));
            return written(run, now, result, identity, warnings, reviewed);
        }
    }
}
