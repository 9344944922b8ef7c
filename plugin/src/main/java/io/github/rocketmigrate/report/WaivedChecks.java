package io.github.rocketmigrate.report;

import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import java.util.List;
import java.util.stream.Stream;

/** Says what waivers pass over, so that reviewers and operators see it. */
final class WaivedChecks {
    private WaivedChecks() {}

    static List<String> all(PlanReport report) {
        return in(report).map(WaivedChecks::words).toList();
    }

    /** Without those of both clusters. */
    static List<String> ofTopics(PlanReport report) {
        return in(report)
                .filter(judgement -> judgement.topic().isPresent())
                .map(WaivedChecks::words)
                .toList();
    }

    private static Stream<Judgement> in(PlanReport report) {
        return report.judgements().stream().filter(judgement -> judgement.verdict() instanceof Verdict.Waived);
    }

    private static String words(Judgement judgement) {
        return judgement.check().name()
                + judgement.topic().map(topic -> " of " + topic).orElse("") + ": "
                + judgement.verdict().what();
    }
}
