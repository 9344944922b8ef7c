package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Sentences;
import io.github.rocketmigrate.write.AppliedChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Presents checks and changes as JUnit test cases, so that CI servers list what failed without a plugin of their own. */
final class JUnitCases {
    private final PlanReport plan;
    /** The positions of all objects in the plan's file, by kind and name. */
    private final Map<String, Position> places;
    /** The checks that fail because of an earlier step and pass with time. */
    private final Set<Judgement> ending;
    /** The objects with a change that is held, for whatever reason. */
    private final Set<String> held;

    private JUnitCases(PlanReport plan) {
        this(plan, plan);
    }

    /**
     * The cases of a plan.
     *
     * @param before the plan at the beginning of the run, which still has the objects that this run removed
     */
    private JUnitCases(PlanReport plan, PlanReport before) {
        this.plan = plan;
        this.places = Stream.of(plan, before)
                .flatMap(JUnitCases::subjects)
                .filter(subject -> subject.at().isPresent())
                .collect(toMap(JUnitCases::name, subject -> subject.at().orElseThrow(), (one, other) -> one));
        this.ending = plan.changes().changes().stream()
                .flatMap(change -> plan.decision(change).reasons().stream())
                .filter(reason -> reason instanceof Reason.OfCheck check && check.endsByItself())
                .map(reason -> ((Reason.OfCheck) reason).judgement())
                .collect(toSet());
        this.held = plan.changes().changes().stream()
                .filter(change -> plan.decision(change) instanceof Decision.Held)
                .map(change -> name(change.subject()))
                .collect(toSet());
    }

    private static Stream<Subject> subjects(PlanReport plan) {
        return Stream.of(
                        plan.changes().changes().stream().map(Change::subject),
                        plan.changes().impossible().stream().map(Impossible::subject),
                        plan.unchanged().stream())
                .flatMap(Function.identity());
    }

    /**
     * One case for each check and for each object. What somebody has to act on has failed: a check, an impossible object,
     * a removal. An object that is held only by one of these is skipped, so that nothing counts twice.
     */
    static List<JUnitFile.Case> of(PlanReport plan) {
        JUnitCases all = new JUnitCases(plan);
        List<JUnitFile.Case> cases = all.ofChecks();
        plan.changes().unchanged().forEach(subject -> cases.add(all.passed(name(subject), Duration.ZERO)));
        all.rows()
                .filter(row -> !all.isHeld(row))
                .forEach(row -> cases.add(all.passed(name(row.subject()), Duration.ZERO)));
        if (cases.isEmpty()) {
            cases.add(JUnitFile.Case.passed("nothing to check"));
        }
        return JUnitFile.merged(cases);
    }

    /** The cases that are the same before and after a run: checks, and objects that are held. */
    private List<JUnitFile.Case> ofChecks() {
        List<JUnitFile.Case> cases = new ArrayList<>();
        plan.judgements().forEach(judgement -> cases.add(of(judgement)));
        plan.idleWaivers().forEach(one -> cases.add(of(one)));
        plan.changes().impossible().forEach(one -> cases.add(of(one)));
        plan.removals().all().forEach((removal, reason) -> cases.add(of(removal, reason)));
        rows().filter(this::isHeld)
                .forEach(row -> cases.add(located(JUnitFile.Case.skipped(name(row.subject()), row.because()))));
        return cases;
    }

    /** A waiver that passes over nothing blocks nothing. */
    private JUnitFile.Case of(IdleWaiver idle) {
        return JUnitFile.Case.skipped("waiver of " + idle.check() + " in " + idle.batch(), idle.message())
                .at(plan.file(), Optional.of(idle.at()));
    }

    /** The rows of all objects but the impossible ones, which have a case of their own. */
    private Stream<PlanRow> rows() {
        return plan.batches().stream()
                .flatMap(batch -> batch.rows().stream())
                .filter(row -> row.mark() != PlanRow.Mark.IMPOSSIBLE);
    }

    private boolean isHeld(PlanRow row) {
        return held.contains(name(row.subject()));
    }

    private JUnitFile.Case passed(String name, Duration took) {
        return located(JUnitFile.Case.passed(name, took));
    }

    /** The case of an object, with its place in the plan. */
    private JUnitFile.Case located(JUnitFile.Case one) {
        return one.at(plan.file(), Optional.ofNullable(places.get(one.name())));
    }

    private static String name(Subject subject) {
        return subject.kind().word() + " " + subject.name();
    }

    /** The checks after the run, and a case for each object that was changed or was not. */
    static List<JUnitFile.Case> of(ApplyReport apply) {
        JUnitCases left = new JUnitCases(apply.left(), apply.plan());
        List<JUnitFile.Case> cases = apply.isDryRun() ? new ArrayList<>(of(apply.left())) : left.ofChecks();
        apply.checksOfMoved().forEach(judgement -> cases.add(left.of(judgement)));
        if (!apply.isDryRun()) {
            // A topic may be created, get offsets and move several steps: its case takes as long as all of them.
            Map<String, List<AppliedChange>> done = new LinkedHashMap<>();
            apply.plan().changes().unchanged().forEach(subject -> done.put(name(subject), new ArrayList<>()));
            apply.application().changes().stream()
                    .filter(one -> one.outcome().isDone())
                    .forEach(one -> done.computeIfAbsent(name(one.change().subject()), name -> new ArrayList<>())
                            .add(one));
            apply.unfinished().forEach(one -> done.remove(name(one.change().subject())));
            cases.forEach(failed -> done.remove(failed.name()));
            apply.late().keySet().forEach(topic -> done.remove(Subject.Kind.TOPIC.word() + " " + topic));
            done.forEach((name, all) -> cases.add(left.passed(name, ObjectTime.of(all))));
            apply.unfinished().forEach(one -> cases.add(left.of(one)));
            apply.stopped()
                    .ifPresent(stop -> cases.add(JUnitFile.Case.failed(
                            ApplyReport.GOAL,
                            "stopped",
                            Sentences.of(stop.what(), stop.fix()),
                            new FailureText(stop.what()).fix(stop.fix()))));
        }
        apply.late().forEach((topic, why) -> cases.add(left.late(topic, why)));
        apply.stale().forEach(one -> cases.add(left.of(one)));
        return JUnitFile.merged(cases);
    }

    private JUnitFile.Case of(Judgement judgement) {
        return unlocated(judgement).at(plan.file(), judgement.topic().flatMap(this::place));
    }

    private JUnitFile.Case unlocated(Judgement judgement) {
        String name = judgement.check().name()
                + judgement.topic().map(topic -> " " + topic).orElse("");
        Verdict verdict = judgement.verdict();
        if (verdict instanceof Verdict.Passed) {
            return JUnitFile.Case.passed(name);
        }
        return verdict.letsPass() || ending.contains(judgement)
                ? JUnitFile.Case.skipped(name, verdict.what())
                : JUnitFile.Case.failed(
                        name,
                        verdict.word(),
                        verdict.what(),
                        toPaste(
                                judgement,
                                FailureText.of(
                                        judgement,
                                        plan.file(),
                                        judgement.topic().flatMap(this::place))));
    }

    /** Adds the lines that settle the findings, as the list of things to do has them. */
    private FailureText toPaste(Judgement judgement, FailureText text) {
        Set<String> found = judgement.findings().stream()
                .map(finding -> finding.verdict().what())
                .collect(toSet());
        plan.toDo().stream()
                .flatMap(owner -> owner.items().stream())
                .filter(item -> item.checks().contains(judgement.check().name()) && found.contains(item.what()))
                .forEach(item -> text.paste(item.toPaste()));
        return text;
    }

    private Optional<Position> place(String topic) {
        return Optional.ofNullable(places.get(Subject.Kind.TOPIC.word() + " " + topic));
    }

    private JUnitFile.Case of(Change.Remove removal, Reason.OfRemoval reason) {
        String name = removal.word() + " " + removal.subject().name();
        // Without a fix, it only waits for another removal.
        JUnitFile.Case one = reason.fix().isEmpty()
                ? JUnitFile.Case.skipped(name, reason.words())
                : JUnitFile.Case.failed(
                        name,
                        Outcome.BLOCKED.word(),
                        reason.words(),
                        new FailureText(reason.what())
                                .at(plan.file(), removal.subject().at())
                                .fix(reason.fix())
                                .help(HelpPages.check("destination-clean")));
        return one.at(plan.file(), removal.subject().at());
    }

    private JUnitFile.Case of(Impossible one) {
        return JUnitFile.Case.failed(
                        name(one.subject()),
                        one.reason().word(),
                        Sentences.of(one.what(), one.fix()),
                        new FailureText(one.what())
                                .at(plan.file(), one.subject().at())
                                .fix(one.fix())
                                .help(one.reason().help()))
                .at(plan.file(), one.subject().at());
    }

    private JUnitFile.Case of(AppliedChange one) {
        Optional<Position> at = one.change().subject().at();
        return JUnitFile.Case.failed(
                        ApplyReport.words(one),
                        one.outcome().word(),
                        Sentences.of(one.why(), one.fix()),
                        new FailureText(one.why()).at(plan.file(), at).fix(one.fix()))
                .at(plan.file(), at);
    }

    /** A topic whose wait exceeded its limit, with the fixes of the checks that it waits for. */
    private JUnitFile.Case late(String topic, String why) {
        FailureText text = new FailureText(why).at(plan.file(), place(topic));
        for (Judgement judgement : plan.failing().getOrDefault(topic, List.of())) {
            judgement.findings().forEach(finding -> text.fix(finding.verdict().fix()));
            text.help(judgement.check().help());
        }
        return located(JUnitFile.Case.failed("topic " + topic, Outcome.BLOCKED.word(), why, text));
    }

    /** An object that somebody changed after the change set was saved. */
    private JUnitFile.Case of(Stale one) {
        return located(JUnitFile.Case.failed(
                one.kind() + " " + one.name(),
                Outcome.STALE.word(),
                one.what(),
                new FailureText(one.what()).fix("Plan again, review the new change set, then apply it.")));
    }
}
