package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppliedPlanMarkdownTest {
    private static final Instant ENDED = Instant.parse("2026-11-21T12:00:09.5Z");

    @Test
    void saysThatThePlanIsOutOfDateAndKeepsIt() {
        assertThat(AppliedPlanMarkdown.text(
                        "### Migration plan `shop`: pending\n\nmore\n", "apply", Outcome.APPLIED, ENDED))
                .isEqualTo("""
                        > **Out of date.** `apply` ran after this plan was made. It ended at 2026-11-21 12:00 UTC with the \
                        outcome `applied`. Plan again to see what is left.

                        ### Migration plan `shop`: pending

                        more
                        """);
    }

    @Test
    void namesOnlyTheLastRun() {
        String once = AppliedPlanMarkdown.text("### Plan\n", "rollback", Outcome.INCOMPLETE, ENDED);
        assertThat(AppliedPlanMarkdown.text(once, "apply", Outcome.APPLIED, ENDED))
                .contains("`applied`", "### Plan")
                .doesNotContain("incomplete");
    }

    @Test
    void marksThePageOfAPlanIfThereIsOne(@TempDir Path folder) throws IOException {
        ApplyReport applied = GoldenApplyTest.Case.APPLIED.report();
        AppliedPlanMarkdown.mark(folder, applied);
        assertThat(folder).isEmptyDirectory();

        Path page = Files.writeString(folder.resolve("plan.md"), "### Plan\n");
        AppliedPlanMarkdown.mark(folder, GoldenApplyTest.Case.DRY_RUN.report());
        assertThat(page).content().isEqualTo("### Plan\n");
        AppliedPlanMarkdown.mark(folder, applied);
        assertThat(page).content().startsWith("> **Out of date.** ").endsWith("### Plan\n");
    }
}
