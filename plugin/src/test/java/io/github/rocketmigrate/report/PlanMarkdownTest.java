package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.PlanRevision;
import io.github.rocketmigrate.text.HelpPages;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A reviewer reads the plan in a merge request. */
final class PlanMarkdownTest {
    private static String text(boolean isReview) {
        PlanReport plan = new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(Situations.of(
                        """
                        batches:
                          - name: all
                            topics: [{ name: orders, type: NORMAL }]
                        """,
                        cluster("old", "4.9.7", "old-a").with("orders", topic(4)),
                        cluster("new", "5.5.0", "new-a"))),
                List.of());
        return PlanMarkdown.text(
                plan,
                new Provenance(
                        "0.1.0", Situations.NOON, PlanRevision.UNKNOWN, Optional.empty(), Optional.empty(), isReview));
    }

    /** Nobody applies on a laptop what the pipeline applies after the merge. */
    @Test
    void aMergeRequestIsMergedToApply() {
        assertThat(text(true))
                .endsWith("Next: review the changes, then merge to apply them.\n")
                .doesNotContain("mvn migrate:apply");
        assertThat(text(false)).contains("mvn migrate:apply");
    }

    /** An address with a backslash in it leads to no page. */
    @Test
    void addressesOfTheHelpStayLinksAndOtherTextIsEscaped() {
        assertThat(MarkdownText.escaped("a_b #1: " + HelpPages.DESTINATION_DOWN + "."))
                .isEqualTo("a\\_b \\#1: https://rocketmigrate.github.io/going-back.html#destination-down.");
        assertThat(MarkdownText.escaped(HelpPages.SITE + "x](http://evil/#y_z) <b>"))
                .isEqualTo("https://rocketmigrate.github.io/x\\](http://evil/\\#y\\_z) &lt;b&gt;");
    }

    @Test
    void checksThatPassedAreFolded() {
        assertThat(text(true))
                .contains("<details><summary>2 checks passed</summary>\n\n- record-of-this-plan: ")
                .contains("\n- destination-stable: all brokers run 5.5.0\n");
    }
}
