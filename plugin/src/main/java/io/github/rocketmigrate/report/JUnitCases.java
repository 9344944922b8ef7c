package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.text.Sentences;
import java.util.ArrayList;
import java.util.List;

/** Presents checks and changes as JUnit test cases, so that CI servers list what failed without a plugin of their own. */
final class JUnitCases {
    private JUnitCases() {}

    /** One case for each check, and a failed one for each impossible object. */
    static List<JUnitFile.Case> of(PlanReport plan) {
        List<JUnitFile.Case> cases = new ArrayList<>();
        plan.judgements().forEach(judgement -> cases.add(of(judgement)));
        plan.changes().impossible().forEach(one -> cases.add(of(one, plan.file())));
        if (cases.isEmpty()) {
            cases.add(JUnitFile.Case.passed("nothing is blocked"));
        }
        return cases;
    }

    /** The cases of the plan, and a failed one for each change that was not made. */
    static List<JUnitFile.Case> of(ApplyReport apply) {
        List<JUnitFile.Case> cases = new ArrayList<>(of(apply.left()));
        if (!apply.isDryRun()) {
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

    private static JUnitFile.Case of(Impossible one, String file) {
        return JUnitFile.Case.failed(
                one.subject().kind().word() + " " + one.subject().name() + " " + file + ":"
                        + one.subject().at().map(Position::toString).orElse(""),
                one.reason().word(),
                Sentences.of(one.what(), one.fix()));
    }
}
