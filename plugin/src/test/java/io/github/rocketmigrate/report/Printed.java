package io.github.rocketmigrate.report;

import java.util.ArrayList;
import java.util.List;

/** The text that a run prints, in one line, for tests that look for a message in it. */
public final class Printed {
    private static final int NO_LIMIT = 100_000;

    private Printed() {}

    public static String of(ApplyReport report) {
        List<String> lines = new ArrayList<>();
        new ApplyText(new PlainTerminal(NO_LIMIT, lines), false).print(report);
        return String.join(" ", lines).replaceAll(" +", " ");
    }

    public static String of(PlanReport report) {
        List<String> lines = new ArrayList<>();
        new PlanText(new PlainTerminal(NO_LIMIT, lines), true, false).print(report);
        return String.join(" ", lines).replaceAll(" +", " ");
    }
}
