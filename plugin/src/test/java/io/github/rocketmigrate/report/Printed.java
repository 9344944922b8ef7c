package io.github.rocketmigrate.report;

import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.write.AppliedChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a run says: its text in one line, for tests that look for a message in it, and its decisions. */
public final class Printed {
    private static final int NO_LIMIT = 100_000;

    private Printed() {}

    public static String of(ApplyReport report) {
        List<String> lines = new ArrayList<>();
        new ApplyText(new PlainTerminal(NO_LIMIT, lines), false).print(report);
        return String.join(" ", lines).replaceAll(" +", " ");
    }

    /** What a run prints of the changes that it has made. */
    public static String of(List<AppliedChange> made, ApplyReport report) {
        List<String> lines = new ArrayList<>();
        new AppliedText(new PlainTerminal(NO_LIMIT, lines), report.plan().situation()).print(made, Duration.ZERO);
        return String.join(" ", lines).replaceAll(" +", " ");
    }

    /** The decisions of a plan, one for each change. */
    public static List<Decision> decisions(PlanReport report) {
        return report.changes().changes().stream().map(report::decision).toList();
    }

    public static String of(PlanReport report) {
        List<String> lines = new ArrayList<>();
        new PlanText(new PlainTerminal(NO_LIMIT, lines), true, false).print(report);
        return String.join(" ", lines).replaceAll(" +", " ");
    }
}
