package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.ApplyMarkdown;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.ApplyText;
import io.github.rocketmigrate.run.Apply;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/** Runs a goal that changes clusters: prints what it does as it happens, then the report, and fails the build. */
record WritingRun(MavenSession session, Log log, BuildFolder build, boolean details, boolean isDryRun) {
    ApplyReport carryOut(ConnectedGoal connected, Apply goal, Apply.ApplyRequest request, FailOn failOn)
            throws MojoFailureException {
        MavenTerminal terminal = new MavenTerminal(log);
        ApplyText text = new ApplyText(terminal, details);
        try (Interruption interruption = new Interruption(terminal);
                LiveProgress progress = LiveProgress.of(session, log, terminal)) {
            ApplyReport report = goal.run(
                    request,
                    planned -> {
                        text.begin(planned, isDryRun);
                        progress.begin(planned.situation());
                    },
                    interruption.stopping(),
                    progress);
            progress.end();
            text.print(report);
            connected.addToStepSummary(page -> ApplyMarkdown.append(page, report));
            build.publish(report.outcome(), report.counts());
            failOn.check(
                    report.outcomes(), report.verdict(), log, errors -> new ApplyText(errors, details).print(report));
            return report;
        }
    }
}
