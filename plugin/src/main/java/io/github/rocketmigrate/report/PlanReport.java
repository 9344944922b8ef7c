package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.report.ValidationReport.amount;
import static java.util.Objects.requireNonNull;
import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Drift;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.Position;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.text.Sentences;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What {@code plan} found: what is to be done, and what stands in the way. */
public final class PlanReport {
    public static final String GOAL = "plan";

    private final String file;
    private final String selection;
    private final String changeSet;
    private final Situation situation;
    private final ChangeSet changes;
    private final List<Judgement> judgements;
    private final List<String> warnings;
    private final Map<Change, Decision> decisions = new IdentityHashMap<>();
    private final Set<Subject> drifted;
    private final List<Change> free;
    private final long heldSubjects;
    private List<PlanSection> sections;

    /**
     * Reports.
     *
     * @param file the plan's as the user named it
     * @param selection the part of the plan that was asked for, in words; empty for all of it
     * @param changeSet where the change set was saved, as the user would name it
     * @param warnings that hold nothing back
     */
    public PlanReport(String file, String selection, String changeSet, Assessment assessment, List<String> warnings) {
        this.file = Printable.of(file);
        this.selection = requireNonNull(selection, "selection is null");
        this.changeSet = requireNonNull(changeSet, "changeSet is null");
        this.situation = assessment.situation();
        this.changes = assessment.changes();
        this.judgements = assessment.judgements();
        this.warnings = List.copyOf(warnings);
        assessment.decisions().forEach(decision -> decisions.put(decision.change(), decision));
        this.drifted = Drift.in(situation, changes);
        this.free = changes.changes().stream().filter(not(this::isHeld)).toList();
        this.heldSubjects = Stream.concat(
                        changes.changes().stream().filter(this::isHeld).map(Change::subject),
                        changes.impossible().stream().map(Impossible::subject))
                .distinct()
                .count();
    }

    public String file() {
        return file;
    }

    public Situation situation() {
        return situation;
    }

    public ChangeSet changes() {
        return changes;
    }

    public List<Judgement> judgements() {
        return judgements;
    }

    String selection() {
        return selection;
    }

    String changeSet() {
        return changeSet;
    }

    List<String> warnings() {
        return warnings;
    }

    /** All that applies, the worst first. */
    public Set<Outcome> outcomes() {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        if (blocked() > 0) {
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

    /** Whether a change is held for what concerns its own object; a check of both clusters counts once, and for itself. */
    boolean isHeld(Change change) {
        return decisions.get(change) instanceof Decision.Held held && held.isForItself();
    }

    /** Whether a change waits for nothing but what earlier steps have begun. */
    boolean isAwaited(Change change) {
        return decisions.get(change) instanceof Decision.Awaited;
    }

    /** Whether somebody has changed an object behind git's back. */
    boolean hasDrifted(Subject subject) {
        return drifted.contains(subject);
    }

    /** The checks of topics that did not pass, by topic. */
    public Map<String, List<Judgement>> failing() {
        return judgements.stream()
                .filter(judgement ->
                        judgement.topic().isPresent() && !judgement.verdict().letsPass())
                .collect(groupingBy(judgement -> judgement.topic().get()));
    }

    /** The checks of both clusters as a whole that did not pass. */
    List<Judgement> barriers() {
        return judgements.stream()
                .filter(judgement ->
                        judgement.topic().isEmpty() && !judgement.verdict().letsPass())
                .toList();
    }

    /** Objects that are held back, whatever there is to do with each, and checks of both clusters. */
    private long blocked() {
        return heldSubjects + barriers().size();
    }

    /** The figures by their public names. */
    public Map<String, Long> counts() {
        long create = free.stream().filter(PlanReport::isCreation).count();
        long seed = free.stream().filter(Change.SeedOffsets.class::isInstance).count();
        Map<String, Long> counts = new TreeMap<>();
        counts.put("create", create);
        counts.put("update", free.size() - create - seed);
        counts.put("remove", 0L);
        counts.put("blocked", blocked());
        counts.put("drifted", (long) drifted.size());
        counts.put("unchanged", (long) changes.unchanged().size());
        counts.put("unmanaged", (long) changes.unmanaged().size());
        counts.put("unplanned", (long) changes.unplanned().size());
        counts.put("batches", (long) situation.plan().batches().size());
        counts.put("topics", (long) situation.scope().topics().size());
        counts.put("groups", (long) situation.scope().groups().size());
        return counts;
    }

    static boolean isCreation(Change change) {
        return change instanceof Change.AlignObject object && object.isNew();
    }

    /** One line that says it all; its form is public. */
    public String summary() {
        Map<String, Long> counts = counts();
        return "Plan: " + counts.get("create") + " to create, " + counts.get("update") + " to update, "
                + counts.get("remove") + " to remove; " + counts.get("blocked") + " blocked, " + counts.get("drifted")
                + " drifted, " + counts.get("unchanged") + " unchanged.";
    }

    /** From where to where. */
    String route() {
        return cluster(Side.SOURCE) + " → " + cluster(Side.DESTINATION);
    }

    private String cluster(Side side) {
        Metadata cluster = situation.at(side);
        return cluster.cluster() + " ("
                + cluster.versions().stream().map(ServerVersion::toString).collect(joining(", ")) + ", "
                + amount(cluster.brokers().size(), "broker") + ")";
    }

    /** Whether there are more brokers than one, so that it matters on which a thing is changed. */
    boolean hasSeveralBrokers() {
        return situation.destination().brokers().size() > 1;
    }

    /** The changes in words, batch by batch; made once, for they may be many. */
    List<PlanSection> sections() {
        if (sections == null) {
            sections = new PlanSections(this).all();
        }
        return sections;
    }

    /** What of the clusters is not in the plan, in words; none where all is. */
    List<String> strangers() {
        List<String> lines = new ArrayList<>();
        if (changes.unmanaged().size() > 0) {
            lines.add(strangers(changes.unmanaged()) + " of the destination are not in the plan and are not touched");
        }
        if (changes.unplanned().size() > 0) {
            lines.add(strangers(changes.unplanned()) + " of the source are not in the plan and stay behind");
        }
        return lines;
    }

    private static String strangers(ChangeSet.Strangers strangers) {
        return amount(strangers.topics().size(), "topic") + " and "
                + amount(strangers.groups().size(), "group");
    }

    /** What to do now. */
    String next() {
        return switch (outcome()) {
            case BLOCKED -> "mend what is marked with !, then plan again";
            case DRIFT -> "find out who changed what is marked as drift; mvn migrate:apply puts it back";
            case PENDING -> "review this, then mvn migrate:apply -Dmigrate.changeSet=" + changeSet;
            default ->
                isAtTheEnd() ? "set traffic.complete to true, once nobody needs the way back" : "nothing is to be done";
        };
    }

    /** Whether the whole plan is at its last stage, and only the end is left. */
    private boolean isAtTheEnd() {
        return situation.plan().traffic().filter(traffic -> !traffic.complete()).isPresent()
                && situation.plan().topics().findAny().isPresent()
                && situation
                        .plan()
                        .topics()
                        .allMatch(topic -> situation
                                .standing(topic.name().value())
                                .pair()
                                .equals(Optional.of(Pair.of(Stage.DESTINATION))));
    }

    /** What a build that fails says. */
    public String verdict() {
        return file + " and the clusters differ: " + summary()
                + obstacle().map(it -> " In the way: " + it + ".").orElse("") + " Next: " + next() + ".";
    }

    /** The first of what is in the way and what to do about it, for those who see nothing but this. */
    Optional<String> obstacle() {
        Stream<String> checks = judgements.stream()
                .filter(judgement -> !judgement.verdict().letsPass())
                .map(judgement -> judgement.check().name()
                        + judgement.topic().map(topic -> " of " + topic).orElse("") + ", "
                        + judgement.verdict().word() + ": "
                        + PlanSections.words(judgement.verdict()));
        return Stream.concat(changes.impossible().stream().map(one -> Sentences.of(one.what(), one.fix())), checks)
                .findFirst()
                .map(words -> words.endsWith(".") ? words.substring(0, words.length() - 1) : words);
    }

    /** The same for pipelines. */
    public Result result() {
        return new Result(
                GOAL, outcome(), file, counts(), List.of(), judgements, changes.impossible(), Optional.empty());
    }

    /** Every check as a test, and whatever is impossible as one that failed. */
    public List<JUnitFile.Case> tests() {
        List<JUnitFile.Case> cases = new ArrayList<>();
        judgements.forEach(judgement -> cases.add(test(judgement)));
        changes.impossible()
                .forEach(one -> cases.add(JUnitFile.Case.failed(
                        one.subject().kind().word() + " " + one.subject().name() + " " + file + ":"
                                + one.subject().at().map(Position::toString).orElse(""),
                        one.reason().word(),
                        Sentences.of(one.what(), one.fix()))));
        if (cases.isEmpty()) {
            cases.add(JUnitFile.Case.passed("nothing is in the way"));
        }
        return cases;
    }

    private static JUnitFile.Case test(Judgement judgement) {
        String name = judgement.check().name()
                + judgement.topic().map(topic -> " " + topic).orElse("");
        return switch (judgement.verdict().word()) {
            case "passed" -> JUnitFile.Case.passed(name);
            case "waived", "overruled" ->
                JUnitFile.Case.skipped(name, judgement.verdict().what());
            default ->
                JUnitFile.Case.failed(
                        name, judgement.verdict().word(), judgement.verdict().what());
        };
    }
}
