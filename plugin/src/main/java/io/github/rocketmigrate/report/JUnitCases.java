package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.text.Sentences;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Presents checks and changes as JUnit test cases, so that CI servers list what failed without a plugin of their own. */
final class JUnitCases {
    private JUnitCases() {}

    /** One case for each check and for each object; a blocked or impossible object has failed. */
    static List<JUnitFile.Case> of(PlanReport plan) {
        List<JUnitFile.Case> cases = ofChecks(plan);
        plan.changes().unchanged().forEach(subject -> cases.add(JUnitFile.Case.passed(name(subject))));
        for (PlanBatch batch : plan.batches()) {
            for (PlanRow row : batch.rows()) {
                if (row.mark() != PlanRow.Mark.BLOCKED && row.mark() != PlanRow.Mark.IMPOSSIBLE) {
                    cases.add(JUnitFile.Case.passed(name(row.subject())));
                }
            }
        }
        if (cases.isEmpty()) {
            cases.add(JUnitFile.Case.passed("nothing to check"));
        }
        return cases;
    }

    /** The cases that are the same before and after a run: checks, and objects that are blocked. */
    private static List<JUnitFile.Case> ofChecks(PlanReport plan) {
        List<JUnitFile.Case> cases = new ArrayList<>();
        plan.judgements().forEach(judgement -> cases.add(of(judgement)));
        plan.changes().impossible().forEach(one -> cases.add(of(one, plan.file())));
        plan.removals().all().forEach((removal, reason) -> cases.add(of(removal, reason, plan.file())));
        for (PlanBatch batch : plan.batches()) {
            for (PlanRow row : batch.rows()) {
                if (row.mark() == PlanRow.Mark.BLOCKED) {
                    cases.add(JUnitFile.Case.failed(name(row.subject()), Outcome.BLOCKED.word(), row.words()));
                }
            }
        }
        return cases;
    }

    private static String name(Subject subject) {
        return subject.kind().word() + " " + subject.name();
    }

    /** The checks after the run, and a case for each object that was changed or was not. */
    static List<JUnitFile.Case> of(ApplyReport apply) {
        List<JUnitFile.Case> cases = apply.isDryRun() ? of(apply.left()) : ofChecks(apply.left());
        if (!apply.isDryRun()) {
            // A topic may be created, get offsets and move several steps: its case takes as long as all of them.
            Map<String, Duration> done = new LinkedHashMap<>();
            apply.plan().changes().unchanged().forEach(subject -> done.put(name(subject), Duration.ZERO));
            apply.application().changes().stream()
                    .filter(one -> one.outcome().isDone())
                    .forEach(one ->
                            done.merge(name(one.change().subject()), one.took().orElse(Duration.ZERO), Duration::plus));
            apply.unfinished().forEach(one -> done.remove(name(one.change().subject())));
            cases.forEach(failed -> done.remove(failed.name()));
            done.forEach((name, took) -> cases.add(JUnitFile.Case.passed(name, took)));
            apply.unfinished()
                    .forEach(one -> cases.add(JUnitFile.Case.failed(
                            ApplyReport.words(one), one.outcome().word(), Sentences.of(one.why(), one.fix()))));
            apply.stopped()
                    .ifPresent(stop -> cases.add(
                            JUnitFile.Case.failed(ApplyReport.GOAL, "stopped", Sentences.of(stop.what(), stop.fix()))));
        }
        apply.late()
                .forEach((topic, why) ->
                        cases.add(JUnitFile.Case.failed("topic " + topic, Outcome.BLOCKED.word(), why)));
        apply.stale()
                .forEach(one -> cases.add(
                        JUnitFile.Case.failed(one.kind() + " " + one.name(), Outcome.STALE.word(), one.what())));
        return cases;
    }

    private static JUnitFile.Case of(Judgement judgement) {
        String name = judgement.check().name()
                + judgement.topic().map(topic -> " " + topic).orElse("");
        Verdict verdict = judgement.verdict();
        if (verdict instanceof Verdict.Passed) {
            return JUnitFile.Case.passed(name);
        }
        return verdict.letsPass()
                ? JUnitFile.Case.skipped(name, verdict.what())
                : JUnitFile.Case.failed(name, verdict.word(), verdict.what());
    }

    private static JUnitFile.Case of(Change.Remove removal, Reason.OfRemoval reason, String file) {
        return JUnitFile.Case.failed(
                removal.word() + " " + removal.subject().name() + " " + file + ":"
                        + removal.subject().at().map(Position::toString).orElse(""),
                Outcome.BLOCKED.word(),
                reason.words());
    }

    private static JUnitFile.Case of(Impossible one, String file) {
        return JUnitFile.Case.failed(
                one.subject().kind().word() + " " + one.subject().name() + " " + file + ":"
                        + one.subject().at().map(Position::toString).orElse(""),
                one.reason().word(),
                Sentences.of(one.what(), one.fix()));
    }
}
