package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.WriteOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares the complete output of every writer for the same runs of {@code apply}.
 *
 * <p>After an intended change, run {@code mvn test -Dtest=GoldenApplyTest -Dgolden.update=true} to rewrite the files,
 * and review their difference before you commit it.
 *
 * <p>Longer than 300 lines: each run is a story, and the stories share their clusters and changes.
 */
final class GoldenApplyTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/apply");

    private static final AppliedChanges.Stop SILENT = new AppliedChanges.Stop(
            "The destination's broker new-b did not answer within 30 s.", "Check that server, then run again.");

    @TempDir
    Path output;

    private static final String UNREAD = "12 messages are unread by billing";

    /** Runs with different results. */
    enum Case {
        APPLIED {
            @Override
            ApplyReport report() {
                return of(
                        changes().stream()
                                .map(change -> new AppliedChange(
                                        change,
                                        WriteOutcome.CONFIRMED,
                                        "",
                                        "",
                                        Optional.of(Duration.ofMillis(
                                                change.subject().name().length() * 10L)),
                                        Optional.of(Duration.ofSeconds(1)),
                                        false))
                                .toList(),
                        Optional.empty(),
                        List.of(),
                        false);
            }
        },
        INCOMPLETE {
            @Override
            ApplyReport report() {
                List<Change> changes = changes();
                return of(
                        List.of(
                                new AppliedChange(changes.get(0), WriteOutcome.CONFIRMED, "", ""),
                                new AppliedChange(
                                        changes.get(1),
                                        WriteOutcome.FAILED,
                                        "The destination's broker new-a refused: kv string format wrong (code 1)",
                                        "Look into its log for the reason and fix it, then run again."),
                                new AppliedChange(
                                        changes.get(2),
                                        WriteOutcome.UNKNOWN,
                                        "The destination's broker new-b did not answer within 30 s",
                                        "Run again: the run reads both clusters first."),
                                new AppliedChange(
                                        changes.get(3), WriteOutcome.NOT_ATTEMPTED, SILENT.what(), SILENT.fix()),
                                new AppliedChange(
                                        changes.get(2), WriteOutcome.NOT_ATTEMPTED, SILENT.what(), SILENT.fix())),
                        Optional.of(SILENT),
                        List.of(),
                        false);
            }
        },
        STOPPED {
            @Override
            ApplyReport report() {
                return of(
                        List.of(new AppliedChange(changes().get(0), WriteOutcome.CONFIRMED, "", "")),
                        Optional.of(SILENT),
                        List.of(),
                        false);
            }
        },
        STALE {
            @Override
            ApplyReport report() {
                return of(
                        List.of(),
                        Optional.empty(),
                        List.of(
                                new Stale(
                                        "topic",
                                        "user-events",
                                        "on broker new-a it was absent and is present with type NORMAL, queues 9"),
                                new Stale("group", "audit", "on broker new-a it was retries 16 and is retries 3")),
                        false);
            }
        },
        DRY_RUN {
            @Override
            ApplyReport report() {
                return of(
                        changes().stream()
                                .map(change -> new AppliedChange(change, WriteOutcome.NOT_ATTEMPTED, "dry run", ""))
                                .toList(),
                        Optional.empty(),
                        List.of(),
                        true);
            }
        },
        OVERDUE {
            @Override
            ApplyReport report() {
                return inFence(
                        new TreeMap<>(Map.of(
                                "order-events",
                                "it is still in the fence after 1 min 35 s, so its consumers get no new messages."
                                        + " It waits for source-drained: " + UNREAD)),
                        Optional.empty());
            }
        },
        INTERRUPTED {
            @Override
            ApplyReport report() {
                return inFence(new TreeMap<>(), Optional.of(Halt.onRequest().stop()));
            }
        };

        abstract ApplyReport report();

        private static final Situation SITUATION = situation();

        private static Situation situation() {
            ClusterFixture source = cluster("old", "4.9.7", "old-a")
                    .with("user-events", topic(8))
                    .with("page-views", topic(8))
                    .with("invoices", topic(4))
                    .with("audit", group(CONCURRENT, 16));
            ClusterFixture destination =
                    cluster("new", "5.5.0", "new-a", "new-b").with("page-views", topic(4));
            return Situations.of("""
                    batches:
                      - name: low-risk
                        topics:
                          - { name: user-events, type: NORMAL }
                          - { name: page-views, type: NORMAL }
                          - { name: invoices, type: DELAY }
                        groups:
                          - { name: audit, order: CONCURRENT }
                    """, source, destination);
        }

        /** A run that has closed a fence and not opened it. */
        private static ApplyReport inFence(SortedMap<String, String> overdue, Optional<AppliedChanges.Stop> stop) {
            ClusterFixture source =
                    cluster("old", "4.9.7", "old-a").with("order-events", topic(8).withAccess(Access.READ));
            ClusterFixture destination = cluster("new", "5.5.0", "new-a")
                    .nameServer("10.0.1.11:9876", source.build())
                    .with("order-events", topic(8).withType("FIFO").withAccess(Access.WRITE));
            Situation situation = Situations.leftByRuns(Situations.of("""
                    traffic: { routing: join }
                    batches:
                      - name: orders
                        stage: destination
                        topics: [{ name: order-events, type: FIFO }]
                    """, source, destination));
            Judgement drained = new Judgement(
                    CheckRegistry.of("source-drained").orElseThrow(),
                    Optional.of("order-events"),
                    new Verdict.Failed(UNREAD, "Wait until they are consumed."));
            PlanReport fenced = new PlanReport(
                    new Invocation("migration.yaml", Selection.ALL),
                    "change-set.json",
                    Assessment.of(situation, Planner.plan(situation), List.of(drained)),
                    List.of());
            // The same run closed the fence: the topic has moved a step, and waits.
            Change closed = new Change.MoveTopic(
                    Planner.plan(situation).changes().get(0).subject(),
                    Standing.of(Pair.of(Stage.READ_BOTH)),
                    Ladder.next(Pair.of(Stage.READ_BOTH), Stage.DESTINATION, true),
                    Stage.DESTINATION);
            return new ApplyReport(
                    fenced,
                    fenced,
                    new RunResult(
                            ApplyReport.GOAL,
                            false,
                            List.of(),
                            List.of(),
                            new AppliedChanges(
                                    List.of(new AppliedChange(closed, WriteOutcome.CONFIRMED, "", "")), stop),
                            overdue,
                            List.of(new Judgement(
                                    CheckRegistry.of("fence-ready").orElseThrow(),
                                    Optional.of("order-events"),
                                    new Verdict.Passed(
                                            "new messages would wait for up to 70 s: up to 35 s until producers have followed, then about"
                                                    + " 35 s (limit 60 s)"))),
                            List.of()),
                    Optional.of("target/migrate/evidence/run"),
                    List.of());
        }

        static List<Change> changes() {
            return Planner.plan(SITUATION).changes();
        }

        static ApplyReport of(
                List<AppliedChange> applied, Optional<AppliedChanges.Stop> stop, List<Stale> stale, boolean isDryRun) {
            ChangeSet changes = Planner.plan(SITUATION);
            Invocation invocation = new Invocation("migration.yaml", Selection.ALL);
            PlanReport plan = new PlanReport(
                    stale.isEmpty() ? invocation : invocation.applying("target/migrate/change-set.json"),
                    "change-set.json",
                    Assessment.of(SITUATION, changes, List.of()),
                    List.of());
            Optional<String> evidence =
                    applied.isEmpty() || isDryRun ? Optional.empty() : Optional.of("target/migrate/evidence/run");
            List<Change> executable = stale.isEmpty() ? changes.changes() : List.of();
            return new ApplyReport(
                    plan,
                    plan,
                    new RunResult(
                            ApplyReport.GOAL,
                            isDryRun,
                            stale,
                            executable,
                            new AppliedChanges(applied, stop),
                            new TreeMap<>(),
                            List.of(),
                            List.of()),
                    evidence,
                    List.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWriterPrintsTheRun(Case one) throws Exception {
        ApplyReport report = one.report();
        List<String> lines = new ArrayList<>();
        ApplyText text = new ApplyText(new PlainTerminal(lines), false);
        text.begin(report.plan(), report.isDryRun());
        new AppliedText(new PlainTerminal(lines), report.plan().situation())
                .print(report.application().changes(), Duration.ofMillis(140));
        text.print(report);
        lines.add("");
        lines.add("verdict: " + report.verdict());
        assertThat(lines.subList(0, lines.size() - 2)).allMatch(line -> line.length() <= PlainTerminal.NARROW);
        matchesGolden(one, "txt", String.join("\n", lines) + "\n");
        matchesGolden(one, "md", ApplyMarkdown.text(report));
        new ResultFile(GoldenPlanTest.PROVENANCE).write(output, report);
        fits(output.resolve("result.json"));
        matchesGolden(one, "result.json", Files.readString(output.resolve("result.json"), UTF_8));
        new JUnitFile(GoldenPlanTest.PROVENANCE)
                .write(output, ApplyReport.GOAL, report.tests(), Situations.NOON.plusMillis(1_250));
        matchesGolden(one, "xml", Files.readString(output.resolve("TEST-migrate-apply.xml"), UTF_8));
    }

    private static void matchesGolden(Case one, String kind, String text) throws IOException {
        Path golden = FOLDER.resolve(one.name().toLowerCase(Locale.ROOT) + "." + kind);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, text, UTF_8);
        }
        assertThat(text)
                .as("%s; after an intended change, run this test with -Dgolden.update=true and review the diff", golden)
                .isEqualTo(Files.readString(golden, UTF_8));
    }

    private static void fits(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                json.readTree(Path.of("../schema/result-1.json").toFile()))
                        .validate(json.readTree(file.toFile())))
                .isEmpty();
    }

    /** Planning again comes next, so no report promises a run that continues. */
    @Test
    void aTopicThatWaitsIsNotPromisedToContinueIfTheChangeSetIsStale() {
        Stale stale = new Stale("topic", "clicks", "on broker old-a it was read-write and is closed");
        String continues = "continues with";
        assertThat(Printed.of(waiting(List.of()))).contains(continues);
        assertThat(ApplyMarkdown.text(waiting(List.of()))).contains(continues);
        assertThat(Printed.of(waiting(List.of(stale))))
                .doesNotContain(continues)
                .contains("Next: plan again");
        assertThat(ApplyMarkdown.text(waiting(List.of(stale)))).doesNotContain(continues);
    }

    private static ApplyReport waiting(List<Stale> stale) {
        PlanReport fenced = Case.OVERDUE.report().left();
        AppliedChanges nothing = new AppliedChanges(List.of(), Optional.empty());
        return new ApplyReport(
                fenced,
                fenced,
                new RunResult(
                        ApplyReport.GOAL, false, stale, List.of(), nothing, new TreeMap<>(), List.of(), List.of()),
                Optional.empty(),
                List.of());
    }

    /** A fence is two changes, each of a moment, with about a minute between them. */
    @Test
    void theTestOfATopicTakesFromItsFirstWriteToItsLastConfirmation() {
        Change change = Case.changes().get(0);
        ApplyReport report = Case.of(
                List.of(confirmed(change, 120, 1_000), confirmed(change, 30, 61_000)),
                Optional.empty(),
                List.of(),
                false);
        assertThat(report.tests())
                .filteredOn(one -> one.name().equals("group " + change.subject().name()))
                .extracting(JUnitFile.Case::took)
                .containsExactly(Duration.ofMillis(60_120));
    }

    private static AppliedChange confirmed(Change change, long took, long endedAt) {
        return new AppliedChange(
                change,
                WriteOutcome.CONFIRMED,
                "",
                "",
                Optional.of(Duration.ofMillis(took)),
                Optional.of(Duration.ofMillis(endedAt)),
                false);
    }

    @Test
    void everyGoldenFileBelongsToACase() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("\\..*", "")))
                    .isSubsetOf("applied", "incomplete", "stopped", "stale", "dry_run", "overdue", "interrupted");
        }
    }
}
