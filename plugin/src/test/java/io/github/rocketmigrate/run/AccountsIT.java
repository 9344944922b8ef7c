package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of a plan between two clusters that require accounts. */
@Tag("thorough")
final class AccountsIT {
    @TempDir
    Path folder;

    @Test
    void anAccountThatMayNotConsumeLeavesSamplesUnknown() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.startWithAccounts(folder.resolve("servers"), "4.9.7", "5.5.0")) {
            Goals goals = new Goals(sandbox.endpoints(), folder);
            String plan = goals.head("traffic: { routing: join }\n") + """
                    batches:
                      - name: all
                        stage: read-both
                        topics: [{ name: invoices, type: DELAY }]
                        groups: [{ name: invoice-printer, order: CONCURRENT }]
                    """;
            PlanReport report = goals.plan(plan, Selection.ALL);
            assertThat(verdict(report, "client-compatible"))
                    .isInstanceOf(Verdict.Unknown.class)
                    .satisfies(
                            verdict -> assertThat(verdict.what())
                                    .isEqualTo(
                                            "both clusters require accounts, and a client has one access key for the brokers of"
                                                    + " both: it is not known whether the destination has the accounts of the source"));
            assertThat(verdict(report, "type-matches")).isInstanceOf(Verdict.Passed.class);
            assertThat(verdict(report, "features-fit")).isInstanceOf(Verdict.Passed.class);

            Path accounts = sandbox.sandbox().folder().resolve("source-a/conf/plain_acl.yml");
            Files.writeString(
                    accounts,
                    Files.readString(accounts, UTF_8).replace("defaultTopicPerm: SUB", "defaultTopicPerm: DENY"),
                    UTF_8);
            Eventually.holds(
                    "the broker has read its accounts again",
                    () -> verdict(goals.plan(plan, Selection.ALL), "type-matches") instanceof Verdict.Unknown);
            PlanReport denied = goals.plan(plan, Selection.ALL);
            assertThat(verdict(denied, "type-matches").what())
                    .startsWith("not all messages of the sample were read: source-a did not return all of them (");
            assertThat(verdict(denied, "features-fit")).isInstanceOf(Verdict.Unknown.class);
        }
    }

    private static Verdict verdict(PlanReport report, String check) {
        return report.judgements().stream()
                .filter(judgement -> judgement.check().name().equals(check))
                .map(Judgement::verdict)
                .findFirst()
                .orElseThrow();
    }
}
