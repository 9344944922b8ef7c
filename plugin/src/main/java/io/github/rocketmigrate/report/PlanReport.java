package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Drift;
import io.github.rocketmigrate.change.SourceDrift;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.write.LeaseNote;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The result of {@code plan}: the changes that the plan asks for, and what blocks them.
 *
 * <p>Longer than 300 lines: every report asks here, so that all of them say the same.
 */
public final class PlanReport {
    public static final String GOAL = "plan";

    private final Invocation invocation;
    private final String changeSet;
    private final Situation situation;
    private final ChangeSet changes;
    private final List<Judgement> judgements;
    private final List<Subject> unchanged;
    private final List<String> warnings;
    private final Optional<RunAtWork> atWork;
    private final IdentityHashMap<Change, Decision> decisions = new IdentityHashMap<>();
    private final Set<Subject> drifted;
    private final List<SourceDrift> ofSource;
    private final List<IdleWaiver> idleWaivers;
    private final List<CutGroup> cutGroups;
    private final List<Change> unblocked;
    private final PlanCounts figures;
    private final Consequences consequences;
    private List<PlanBatch> batches;
    private List<ToDo> toDo;

    /**
     * Takes the changes, and what blocks them, from the assessment.
     *
     * @param changeSet the path of the saved change set as the user would name it
     * @param warnings problems that block nothing
     */
    public PlanReport(Invocation invocation, String changeSet, Assessment assessment, List<String> warnings) {
        this(invocation, changeSet, assessment, warnings, Optional.empty());
    }

    /**
     * The same while another run may be at work.
     *
     * @param lease of the destination, if a run holds it
     */
    public PlanReport(
            Invocation invocation,
            String changeSet,
            Assessment assessment,
            List<String> warnings,
            Optional<LeaseNote> lease) {
        this.invocation = requireNonNull(invocation, "invocation is null");
        this.changeSet = requireNonNull(changeSet, "changeSet is null");
        this.situation = assessment.situation();
        this.changes = assessment.changes();
        this.judgements = ClusterWide.grouped(assessment.judgements());
        this.unchanged = assessment.unchanged();
        this.ofSource = SourceDrift.in(situation);
        this.idleWaivers = IdleWaiver.in(situation, assessment.judgements());
        this.cutGroups = invocation.isRollback() ? List.of() : CutGroup.in(situation);
        this.warnings = with(warnings);
        assessment.decisions().forEach(decision -> decisions.put(decision.change(), decision));
        this.atWork = lease.map(note -> new RunAtWork(note, situation.readAt()));
        this.drifted = new HashSet<>(Drift.in(situation, changes, atWork.isPresent()));
        ofSource.forEach(one -> drifted.add(one.subject()));
        this.unblocked = changes.changes().stream().filter(not(this::isHeld)).toList();
        this.figures = new PlanCounts(this);
        this.consequences = new Consequences(this, unblocked);
    }

    /** Adds what the source has otherwise, groups that the plan cuts, and idle waivers: no row of the plan shows them. */
    private List<String> with(List<String> others) {
        List<String> all = new ArrayList<>(others);
        idleWaivers.forEach(one -> all.add(one.message()));
        ofSource.forEach(one -> all.add(one.what() + ". " + one.fix()));
        all.addAll(SourceDrift.disagreements(situation));
        all.addAll(CutGroup.warnings(cutGroups));
        return List.copyOf(all);
    }

    Invocation invocation() {
        return invocation;
    }

    public String file() {
        return Printable.of(invocation.file());
    }

    public Situation situation() {
        return situation;
    }

    public ChangeSet changes() {
        return changes;
    }

    /** The objects that match the plan, even if a saved change set has only some of the plan's changes. */
    List<Subject> unchanged() {
        return unchanged;
    }

    /** What the checks found; a check of both clusters once, and not for each topic. */
    public List<Judgement> judgements() {
        return judgements;
    }

    /** The selected part of the plan in words. */
    String selection() {
        return invocation.part();
    }

    String changeSet() {
        return changeSet;
    }

    List<String> warnings() {
        return warnings;
    }

    /** The run that holds the lease of the destination, dead or alive. */
    Optional<RunAtWork> atWork() {
        return atWork;
    }

    boolean hasRunAtWork() {
        return atWork.filter(RunAtWork::isAlive).isPresent();
    }

    /** Sentences for later; they ask for nothing now. */
    List<String> notes() {
        return Stream.of(
                        situation.routing().isEmpty() ? JoinLater.note(this).stream() : Stream.<String>empty(),
                        GroupsLeftOut.notes(situation).stream(),
                        rightToWrite().stream(),
                        ofFiles().stream())
                .flatMap(Function.identity())
                .toList();
    }

    /**
     * What only the first write shows: no request asks a broker whether an account may write. A record proves that an earlier
     * run could.
     */
    private List<String> rightToWrite() {
        if (!situation.recorded().batches().isEmpty()) {
            return List.of();
        }
        boolean createsFirst = changes.changes().stream().anyMatch(change -> change instanceof Change.AlignObject);
        List<String> notes = new ArrayList<>();
        for (Side side : Side.values()) {
            (side == Side.SOURCE ? situation.plan().source() : situation.plan().destination())
                    .credentials()
                    .filter(account -> changes.changes().stream().anyMatch(change -> change.writes(side)))
                    .ifPresent(account ->
                            notes.add("Not known before the first apply: whether the account of credentials: "
                                    + account.value() + " may write at the " + side.word() + ". If it may not, "
                                    + (side == Side.DESTINATION && createsFirst
                                            ? "apply stops at the first object and writes no other."
                                            : "apply names the first server that denies a change.")));
        }
        return notes;
    }

    /** What a comparison with files leaves open. */
    private Optional<String> ofFiles() {
        return invocation.isOfFiles()
                ? Optional.of("Files stood for the source. Unknown: what has changed there since they were written, its"
                        + " clients, its messages, and whether its brokers are up.")
                : Optional.empty();
    }

    /** All outcomes that apply, worst first. */
    public Set<Outcome> outcomes() {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        if (figures().blocked() + figures().waiting() > 0) {
            outcomes.add(Outcome.BLOCKED);
        }
        if (!drifted.isEmpty()) {
            outcomes.add(Outcome.DRIFT);
        }
        if (!changes.changes().isEmpty() || !changes.impossible().isEmpty()) {
            outcomes.add(Outcome.PENDING);
        }
        if (outcomes.isEmpty()) {
            outcomes.add(Outcome.CLEAN);
        }
        return outcomes;
    }

    public Outcome outcome() {
        return outcomes().iterator().next();
    }

    /** Whether a change is held for a reason of its own. A failed check of both clusters counts once, not for each change. */
    boolean isHeld(Change change) {
        return decisions.get(change) instanceof Decision.Held held && held.hasOwnReason();
    }

    /** Whether a held change asks somebody to act. Others wait for another object, or for a check of both clusters. */
    boolean isBlocked(Change change) {
        boolean isFollower = change instanceof Change.AlignObject object && !object.isOfTopic();
        return isHeld(change)
                && !isFollower
                && decisions.get(change).reasons().stream().anyMatch(reason -> isTask(change, reason));
    }

    private static boolean isTask(Change change, Reason reason) {
        if (reason instanceof Reason.OfRemoval removal) {
            return change instanceof Change.Remove && !removal.fix().isEmpty();
        }
        return reason instanceof Reason.OfCheck && !reason.isOfClusters();
    }

    /** The removals that are held, and what waits for them. */
    HeldRemovals removals() {
        return new HeldRemovals(this);
    }

    boolean hasDrifted(Subject subject) {
        return drifted.contains(subject);
    }

    Set<Subject> drifted() {
        return drifted;
    }

    /** What differs at the source, and is not copied. */
    List<SourceDrift> ofSource() {
        return ofSource;
    }

    /** Whether a run can remove some drift. */
    boolean canRemoveDrift() {
        Set<Subject> changed = changes.changes().stream().map(Change::subject).collect(toSet());
        return drifted.stream().anyMatch(changed::contains);
    }

    List<Change> unblocked() {
        return unblocked;
    }

    /** The failed and unknown checks of topics, by topic. */
    public Map<String, List<Judgement>> failing() {
        return judgements.stream()
                .filter(judgement ->
                        judgement.topic().isPresent() && !judgement.verdict().letsPass())
                .collect(groupingBy(judgement -> judgement.topic().get()));
    }

    /** The failed and unknown checks of both clusters. */
    List<Judgement> barriers() {
        return judgements.stream()
                .filter(judgement ->
                        judgement.topic().isEmpty() && !judgement.verdict().letsPass())
                .toList();
    }

    List<IdleWaiver> idleWaivers() {
        return idleWaivers;
    }

    /** The groups whose topics the plan keeps apart. */
    List<CutGroup> cutGroups() {
        return cutGroups;
    }

    /** When something at the source will be over, as far as the traffic of topics that move shows it. */
    List<Estimate> estimates() {
        return Estimate.of(situation, situation.traffic());
    }

    List<Estimate> shownEstimates() {
        return Estimate.shown(estimates(), Estimate.ShownIn.PLANS);
    }

    /** The steps that are left to the planned stages. */
    List<Itinerary> itinerary() {
        return Itinerary.in(this);
    }

    /** What waivers pass over. */
    List<WaivedCheck> waived() {
        return WaivedCheck.in(judgements);
    }

    PlanCounts figures() {
        return figures;
    }

    /** The counts by their public names. */
    public Map<String, Long> counts() {
        return figures().byName();
    }

    static boolean isCreation(Change change) {
        return change instanceof Change.AlignObject object && object.isNew();
    }

    /** The counts in one line. */
    public String summary() {
        return figures().summary();
    }

    /** Both clusters with their versions and sizes. */
    String route() {
        return ClusterRoute.of(situation).words();
    }

    /** The changes by batch. They are built only once because a plan may have thousands of them. */
    List<PlanBatch> batches() {
        if (batches == null) {
            batches = new PlanRows(this).all();
        }
        return batches;
    }

    List<ToDo> toDo() {
        if (toDo == null) {
            toDo = ToDoList.of(this);
        }
        return toDo;
    }

    Consequences consequences() {
        return consequences;
    }

    /** The decision about one of the changes. */
    Decision decision(Change change) {
        return decisions.get(change);
    }

    /** The checks of both clusters that are due, once each. */
    List<Judgement> ofClusters() {
        Set<String> seen = new HashSet<>();
        return judgements.stream()
                .filter(judgement -> judgement.topic().isEmpty())
                .filter(judgement -> seen.add(judgement.check().name()))
                .toList();
    }

    /** The name servers that applications must use once the clusters are joined. */
    Optional<String> endpoint() {
        return JoinedEndpoint.notice(situation);
    }

    NextStep next() {
        return NextStep.after(this);
    }

    /** The message of a failed build. */
    public String verdict() {
        return PlanVerdict.of(this);
    }

    /** The result for pipelines. */
    public Result result() {
        return new Result(GOAL, outcome(), file(), counts(), Result.Details.of(this), invocation.routePoll());
    }

    public List<JUnitFile.Case> tests() {
        return JUnitCases.of(this);
    }
}
