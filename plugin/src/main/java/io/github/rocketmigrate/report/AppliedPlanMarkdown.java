package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.text.UtcTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Marks the page of a plan once a run has tried to apply changes, because the page no longer shows what is left to do. */
public final class AppliedPlanMarkdown {
    private static final String BEGIN = "> **Out of date.** ";

    private AppliedPlanMarkdown() {}

    /** Marks the page in {@code folder}, if there is one; the mark of an earlier run is replaced. */
    public static void mark(Path folder, ApplyReport report) throws IOException {
        Path page = folder.resolve(PlanMarkdown.NAME);
        if (Files.exists(page) && !report.isDryRun()) {
            Instant ended = report.left().situation().readAt();
            WholeFile.write(page, text(Files.readString(page, UTF_8), report.goal(), report.outcome(), ended));
        }
    }

    static String text(String page, String goal, Outcome outcome, Instant ended) {
        String plan = page.startsWith(BEGIN) ? page.substring(page.indexOf("\n\n") + 2) : page;
        return BEGIN + "`" + goal + "` ran after this plan was made. It ended at "
                + UtcTime.words(ended) + " with the outcome `" + outcome.word()
                + "`. Plan again to see what is left.\n\n" + plan;
    }
}
