package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.RowState.NotFired;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.AssessmentReport;
import io.github.rocketmigrate.report.AssessmentText;
import io.github.rocketmigrate.report.PlainTerminal;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.Mqadmin;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks of a plan between two clusters that require accounts. */
@Tag("thorough")
final class AccountsIT {
    private static final String SECRET = "order-service-secret";
    private static final List<String> SECRETS = List.of(SECRET, "sandbox-admin-secret", "sandbox-reader-secret");
    private static final String ACCOUNT = """
              - accessKey: order-service
                secretKey: order-service-secret
                whiteRemoteAddress: 10.98.0.*
                admin: false
                defaultTopicPerm: DENY
                defaultGroupPerm: SUB
                topicPerms:
                  - order-events=PUB|SUB
                  - stock-changes=SUB
                  - payments=DENY
                groupPerms:
                  - order-fulfilment=SUB
            globalWhiteRemoteAddresses:
              - 10.99.0.*
            """;

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

    /** The commands are run as they are printed, with the secret in the place of its placeholder. */
    @Test
    void theCommandsOfTheExaminationGrantWhatTheSourceHas() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.startWithAccounts(folder.resolve("servers"), "4.9.7", "5.5.0")) {
            Files.writeString(
                    sandbox.sandbox().folder().resolve("source-a/conf/plain_acl.yml"), ACCOUNT, UTF_8, APPEND);
            Map<String, AssessedRow> before = assess(sandbox);
            assertThat(before.get("RMA-501").objects()).containsExactly("order-service");
            assertThat(before.get("RMA-502").value().orElseThrow())
                    .startsWith("4 rules of 1 account are missing at the destination; order-service: ");
            assertThat(before.get("RMA-503").objects()).containsExactly("10.99.0.*", "order-service");
            assertThat(before.get("RMA-504").objects()).containsExactly("order-service", "sandbox-reader");
            assertThat(before.get("RMA-505").objects()).containsExactly("order-service", "sandbox-reader");
            assertThat(before.get("RMA-506").value()).hasValue("alike on 2 brokers");
            Path mqadmin = Mqadmin.script(
                    "5.5.0",
                    folder.resolve("mqadmin"),
                    sandbox.endpoints().admin().orElseThrow());
            for (String row : List.of("RMA-501", "RMA-502", "RMA-505")) {
                for (String command : before.get(row).commands()) {
                    Process shell = new ProcessBuilder(
                                    "sh",
                                    "-c",
                                    command.replace("<secret of order-service>", SECRET)
                                            .replaceFirst("mqadmin", mqadmin.toString()))
                            .redirectErrorStream(true)
                            .start();
                    assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8))
                            .describedAs(command)
                            .contains("success");
                }
            }
            Map<String, AssessedRow> after = assess(sandbox);
            for (String row : List.of("RMA-501", "RMA-502", "RMA-505")) {
                assertThat(after.get(row).state()).describedAs(row).isInstanceOf(NotFired.class);
            }
        }
    }

    /** Examines both clusters as the reader, and fails if a secret is in any file or in the output. */
    private Map<String, AssessedRow> assess(OwnSandbox sandbox) throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        Goals goals = new Goals(sandbox.endpoints(), files);
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        try (PrintStream heard = new PrintStream(console, true, UTF_8)) {
            System.setOut(heard);
            System.setErr(heard);
            AssessmentReport report = goals.assess(goals.head("batches: [{ name: all }]\n"));
            List<String> printed = new ArrayList<>();
            new AssessmentText(new PlainTerminal(printed), true).print(report);
            heard.println(printed);
            for (AssessedRow row : report.rows()) {
                heard.println(row);
            }
            return report.rows().stream().collect(toMap(AssessedRow::id, row -> row));
        } finally {
            System.setOut(out);
            System.setErr(err);
            assertThat(console.toString(UTF_8)).contains("order-service").doesNotContain(SECRETS);
            try (Stream<Path> written = Files.walk(files)) {
                List<Path> all = written.filter(Files::isRegularFile).toList();
                assertThat(all)
                        .extracting(file -> file.getFileName().toString())
                        .contains("assessment.json");
                assertThat(all)
                        .allSatisfy(file ->
                                assertThat(Files.readString(file, UTF_8)).doesNotContain(SECRETS));
            }
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
