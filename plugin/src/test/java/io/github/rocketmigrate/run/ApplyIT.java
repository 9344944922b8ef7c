package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.WireTap;
import io.github.rocketmigrate.write.Controls;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.LeaseNotes;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.WriteOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code apply} on real clusters, when nothing goes wrong on the way.
 *
 * <p>Longer than 300 lines: its tests share one sandbox, which takes longer to start than most of them take.
 */
final class ApplyIT {
    /** All that writes: topics and groups one by one and in lists, notes put and removed. */
    private static final List<Integer> WRITING = List.of(17, 18, 200, 225, 100, 102);

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    private Goals goals;
    private List<String> names;
    private List<String> groups;
    private String plan;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.start(sandboxFolder, "5.5.0", "5.5.0", 2, false);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** Five topics and two groups of its own for each test. */
    @BeforeEach
    void prepare(TestInfo test) throws Exception {
        String prefix = test.getTestMethod().orElseThrow().getName();
        names = names(prefix, 5);
        groups = List.of(prefix + "-one", prefix + "-two");
        Topics.createBoth(cluster(Side.SOURCE), names, groups);
        goals = new Goals(sandbox.endpoints(), folder);
        plan = goals.batch(names, groups);
    }

    private static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
    }

    private static Endpoints.SandboxCluster cluster(Side side) {
        return sandbox.endpoints().cluster(side);
    }

    private PlanReport planned() {
        return goals.plan(plan, Selection.ALL);
    }

    @Test
    void appliedThenPlannedThenAppliedAgain() throws Exception {
        try (WireTap tap = new WireTap(sandbox.endpoints())) {
            Goals tapped = new Goals(tap.endpoints(), folder);
            String tappedPlan = tapped.batch(names, groups);
            ApplyReport report = tapped.apply(tappedPlan);
            assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
            assertThat(report.summary()).isEqualTo("Apply: 7 created.");
            SortedMap<Integer, Integer> codes = tap.codes();
            assertThat(codes)
                    .describedAs("one topic by itself at each master, to see whether it may be written; a list for the"
                            + " groups and for the other topics; each topic's route read once")
                    .containsEntry(17, 2)
                    .containsEntry(225, 2)
                    .containsEntry(18, 2)
                    .containsEntry(105, 5)
                    .describedAs("all topics and groups of each master: to plan, before, and after each write")
                    .containsEntry(21, 4 * looks(codes) + 2 + 2 + 2)
                    .containsEntry(201, 4 * looks(codes) + 2 + 2)
                    .doesNotContainKey(200);
            assertThat(planned().outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(tapped.apply(tappedPlan).outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(tap.codes().keySet()).contains(219).doesNotContainAnyElementsOf(WRITING);
        }
    }

    /**
     * How often both sides were planned: once, or again where the lease came so slowly that others may have written.
     */
    private static int looks(Map<Integer, Integer> codes) {
        int brokers = codes.get(206);
        assertThat(brokers).isIn(2, 4);
        return brokers / 2;
    }

    @Test
    void everyWriteIsInTheJournalTwiceAndWhatWasDoneIsKept() throws Exception {
        goals.apply(plan);
        List<JsonNode> journal = journal(folder.resolve(Journal.NAME));
        assertThat(journal).hasSize(13);
        assertThat(journal.get(0).path("event").asText()).isEqualTo("begin");
        assertThat(journal.get(0).path("routePollSeconds").asLong())
                .isEqualTo(Goals.SETTINGS.policy().routePoll().toSeconds());
        assertThat(journal.get(1).path("event").asText()).isEqualTo("before");
        assertThat(journal.get(1).path("what").asText()).isEqualTo("topic");
        assertThat(journal.get(1).path("server").asText()).startsWith("destination-a 127.0.0.1:");
        assertThat(journal.get(1).path("names")).extracting(JsonNode::asText).containsExactly(names.get(0));
        assertThat(journal.get(2).path("event").asText()).isEqualTo("after");
        assertThat(journal.get(2).path("claim").asText()).isEqualTo("accepted");
        assertThat(journal).allSatisfy(line -> {
            assertThat(line.path("actor").asText()).isEqualTo("tester");
            assertThat(line.path("commit").asText()).isEqualTo("abc123");
        });
        try (Stream<Path> runs = Files.list(folder.resolve("evidence"))) {
            Path run = runs.findFirst().orElseThrow();
            assertThat(run.getFileName().toString())
                    .isEqualTo(journal.get(0).path("run").asText());
            assertThat(run.resolve("change-set.json")).content(UTF_8).contains(names.get(0));
            assertThat(run.resolve("result.json"))
                    .content(UTF_8)
                    .contains("\"ending\" : \"confirmed\"", "\"routePollSeconds\" : ");
            assertThat(run.resolve("journal.jsonl")).hasSameTextualContentAs(folder.resolve(Journal.NAME));
        }
    }

    private static List<JsonNode> journal(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file, UTF_8)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @Test
    void whatSomebodyElseHasChangedIsDriftAndIsPutBack() throws Exception {
        goals.apply(plan);
        Topics.create(cluster(Side.DESTINATION), new TopicConfig(names.get(0), 3, 3, 4));
        PlanReport report = planned();
        assertThat(report.outcomes()).containsExactly(Outcome.DRIFT, Outcome.PENDING);
        assertThat(report.summary()).isEqualTo("Plan: 1 to update; 1 drifted, 6 unchanged.");
        assertThat(goals.apply(plan).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(planned().outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void whatThePlanWantsAnewIsPendingAndNoDrift() throws Exception {
        goals.apply(plan);
        String more = plan.replace(names.get(0) + ",", names.get(0) + ", queues: 6,");
        assertThat(goals.plan(more, Selection.ALL).outcomes()).containsExactly(Outcome.PENDING);
        assertThat(goals.apply(more).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(goals.plan(more, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
    }

    /** Each batch counts how often it was written, so the one that a topic has left must not be believed any more. */
    @Test
    void aTopicThatHasGoneToAnotherBatchIsNoDrift() throws Exception {
        plan = plan.replace("name: test\n", "name: regrouped\n");
        goals.apply(plan);
        goals.apply(plan.replace(names.get(1) + ",", names.get(1) + ", queues: 4,"));
        String line = "      - { name: " + names.get(0) + ", type: FIFO }\n";
        String moved =
                plan.replace(line, "") + "  - name: other\n    topics:\n" + line.replace(", type", ", queues: 5, type");
        goals.apply(moved);
        assertThat(goals.plan(moved.replace("queues: 5", "queues: 6"), Selection.ALL)
                        .outcomes())
                .containsExactly(Outcome.PENDING);
    }

    @Test
    void whatARunHasRecordedThatCameBetweenLookAndLeaseIsKept() throws Exception {
        String others = plan.replace("name: test\n", "name: both\n")
                + "  - name: other\n    topics: [{ name: shop-other-" + names.get(0) + ", type: FIFO }]\n";
        Topics.createBoth(cluster(Side.SOURCE), List.of("shop-other-" + names.get(0)), List.of());
        goals.apply(
                others,
                Selection.of("all", null, null),
                Optional.empty(),
                shown -> goals.apply(others, Selection.of("other", null, null), Optional.empty()));
        try (NotesOf notes = new NotesOf(sandbox.endpoints())) {
            assertThat(notes.all().keySet()).contains("record:batch:4:both:all/0", "record:batch:4:both:other/0");
        }
    }

    /** The join waits for checks that this version does not make; topics and groups do not. */
    @Test
    void whatIsMadeOfAPlanThatJoinsIsRecorded() throws Exception {
        Topics.create(
                cluster(Side.DESTINATION),
                names.stream().map(name -> new TopicConfig(name, 3, 3, 0)).toList());
        String joining = plan.replace("name: test\n", "name: joining\n")
                .replace("batches:", "traffic: { routing: join }\nbatches:")
                .replace(names.get(0) + ",", names.get(0) + ", queues: 6,");
        assertThat(goals.apply(joining).outcomes()).contains(Outcome.BLOCKED, Outcome.APPLIED);
        try (NotesOf notes = new NotesOf(sandbox.endpoints())) {
            assertThat(notes.all().keySet()).contains("record:batch:7:joining:all/0", "record:masters:joining");
        }
    }

    @Test
    void withoutARecordDriftIsPendingAndTheNextRunWritesOne() throws Exception {
        goals.apply(plan);
        forgetEverything();
        Topics.create(cluster(Side.DESTINATION), new TopicConfig(names.get(0), 3, 3, 4));
        assertThat(planned().outcomes()).containsExactly(Outcome.PENDING);
        assertThat(goals.apply(plan).outcome()).isEqualTo(Outcome.APPLIED);
        Topics.create(cluster(Side.DESTINATION), new TopicConfig(names.get(1), 3, 3, 4));
        assertThat(planned().outcome()).isEqualTo(Outcome.DRIFT);
    }

    @Test
    void aLostRecordIsWrittenAgainThoughNothingElseIsToBeDone() throws Exception {
        goals.apply(plan);
        forgetEverything();
        assertThat(goals.apply(plan).outcome()).isEqualTo(Outcome.CLEAN);
        try (NotesOf notes = new NotesOf(sandbox.endpoints())) {
            assertThat(notes.all().keySet())
                    .contains("record:batch:4:test:all/0", "record:masters:test")
                    .noneMatch(key -> key.startsWith("lease"));
        }
    }

    private static void forgetEverything() throws Exception {
        try (NotesOf opened = new NotesOf(sandbox.endpoints())) {
            Notes notes = opened.notes();
            for (String nameServer : notes.nameServers()) {
                for (String key : opened.all().keySet()) {
                    notes.remove(nameServer, key);
                }
            }
        }
    }

    private Optional<Apply.ChangeSetSource> saved() throws IOException {
        planned();
        Path file = Files.copy(folder.resolve("change-set.json"), folder.resolve("reviewed.json"));
        return Optional.of(new Apply.ChangeSetSource(file, "reviewed.json"));
    }

    @Test
    void exactlyWhatWasReviewedIsAppliedAndAgainWithoutEffect() throws Exception {
        Optional<Apply.ChangeSetSource> saved = saved();
        assertThat(goals.apply(plan, Selection.ALL, saved).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(goals.apply(plan, Selection.ALL, saved).outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void aChangeSetMayGoAwayOnceItIsRead() throws Exception {
        Optional<Apply.ChangeSetSource> saved = saved();
        String text = Files.readString(saved.orElseThrow().file(), UTF_8);
        ApplyReport report = goals.apply(plan, Selection.ALL, saved, shown -> {
            boolean unused = saved.orElseThrow().file().toFile().delete();
        });
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
        try (Stream<Path> runs = Files.list(folder.resolve("evidence"))) {
            assertThat(runs.findFirst().orElseThrow().resolve("change-set.json"))
                    .hasContent(text);
        }
    }

    @Test
    void aHalfAppliedChangeSetIsGoneOnWith() throws Exception {
        Optional<Apply.ChangeSetSource> saved = saved();
        goals.apply(plan, Selection.of(null, names.get(0), null), Optional.empty());
        ApplyReport report = goals.apply(plan, Selection.ALL, saved);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(report.summary()).startsWith("Apply: 4 created; 3 unchanged.");
        assertThat(planned().outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void aChangeSetThatDoesNotFitAnyMoreIsNotAppliedAtAll() throws Exception {
        Optional<Apply.ChangeSetSource> saved = saved();
        Topics.create(cluster(Side.DESTINATION), new TopicConfig(names.get(2), 9, 9, 6));
        try (WireTap tap = new WireTap(sandbox.endpoints())) {
            Goals tapped = new Goals(tap.endpoints(), folder);
            // With other addresses, the plan is another one, too.
            ApplyReport report = tapped.apply(tapped.batch(names, groups), Selection.ALL, saved);
            assertThat(report.outcome()).isEqualTo(Outcome.STALE);
            assertThat(Printed.of(report))
                    .contains("no longer fits ! plan test it was edited after this change set was saved ! topic "
                            + names.get(2)
                            + " on broker destination-a it was absent and is now present with type NORMAL, queues 9")
                    .contains("Apply (stale): nothing was changed.");
            assertThat(tap.codes().keySet()).contains(219).doesNotContainAnyElementsOf(WRITING);
        }
    }

    @Test
    void aPlanThatHasChangedSinceMakesTheChangeSetStale() throws Exception {
        Optional<Apply.ChangeSetSource> saved = saved();
        String more = plan.replace(names.get(0) + ",", names.get(0) + ", queues: 6,");
        ApplyReport report = goals.apply(more, Selection.ALL, saved);
        assertThat(report.outcome()).isEqualTo(Outcome.STALE);
        assertThat(Printed.of(report))
                .contains("the change set wants queues 3, but the plan or the source was changed and now wants"
                        + " queues 6");
        assertThat(planned().summary()).contains("7 to create");
    }

    @Test
    void whatIsNoChangeSetIsToldWithItsPlace() throws Exception {
        Path file = Files.writeString(folder.resolve("reviewed.json"), "{ \"version\": 1,\n  \"plan\": }", UTF_8);
        Apply.ChangeSetSource broken = new Apply.ChangeSetSource(file, "reviewed.json");
        assertThatThrownBy(() -> goals.apply(plan, Selection.ALL, Optional.of(broken)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("reviewed.json is not a change set that this version can apply: line 2");
    }

    @Test
    void aDryRunLooksAndDoesNothing() throws Exception {
        try (WireTap tap = new WireTap(sandbox.endpoints())) {
            Apply.Settings looking = new Apply.Settings(
                    true,
                    Goals.SETTINGS.maxWait(),
                    Goals.SETTINGS.forgotten(),
                    Goals.SETTINGS.terms(),
                    Goals.SETTINGS.timeouts(),
                    Goals.SETTINGS.policy());
            Goals tapped = new Goals(tap.endpoints(), folder);
            ApplyReport report = tapped.apply(
                    tapped.batch(names, groups), Selection.ALL, Optional.empty(), looking, new StopSignal());
            assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
            assertThat(report.summary()).startsWith("Apply (dry run): 7 to create.");
            assertThat(tap.codes().keySet()).contains(219).doesNotContainAnyElementsOf(WRITING);
        }
        assertThat(folder.resolve(Journal.NAME)).doesNotExist();
        assertThat(folder.resolve("evidence")).doesNotExist();
    }

    @Test
    void whoeverIsToldToStopHasAttemptedNothingAndSaysSo() {
        StopSignal stopping = new StopSignal();
        stopping.request();
        ApplyReport report = goals.apply(plan, Selection.ALL, Optional.empty(), Goals.SETTINGS, stopping);
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(report.application().count(WriteOutcome.NOT_ATTEMPTED)).isEqualTo(7);
        assertThat(Printed.of(report)).contains("Stopped on request.");
        assertThat(goals.apply(plan).outcome())
                .describedAs("the lease was released")
                .isEqualTo(Outcome.APPLIED);
    }

    @Test
    void whoeverKnowsThatARunIsDeadReleasesItsLease() throws Exception {
        assertThat(goals.unlock(plan, Optional.empty())).isEqualTo("No run holds the lease of sandbox-destination.");
        try (NotesOf opened = new NotesOf(sandbox.endpoints())) {
            LeaseNote dead = LeaseNote.of(Goals.ORIGIN, Instant.parse("2026-11-21T03:00:00Z"), new Random());
            Lease left = Lease.take(
                    new LeaseNotes(opened.notes(), "sandbox-destination"),
                    dead,
                    // Who is dead has no heart that beats.
                    new Lease.Terms(Duration.ofHours(1), Duration.ofHours(3), Duration.ofMillis(400)),
                    Duration.ZERO,
                    Controls.real(Timeouts.USUAL));
            try {
                assertThat(goals.unlock(plan, Optional.empty()))
                        .startsWith("The lease of sandbox-destination is held by tester on here,"
                                + " since 2026-11-21T03:00:00Z, lease " + dead.id() + ". Last heartbeat ")
                        .endsWith("release its lease: mvn migrate:unlock -Dmigrate.leaseId=" + dead.id());
                assertThatThrownBy(() -> goals.unlock(plan, Optional.of("another")))
                        .isInstanceOf(Fault.class)
                        .hasMessage("There is no lease another of sandbox-destination.");
                assertThat(goals.unlock(plan, Optional.of(dead.id()))).endsWith("was released on 1 name server.");
                assertThat(goals.apply(plan).outcome()).isEqualTo(Outcome.APPLIED);
            } finally {
                left.close();
            }
        }
    }

    @Test
    void ofTwoRunsAtOnceOneWaitsAndFindsNothingLeft() throws Exception {
        Apply.Settings patient = new Apply.Settings(
                false,
                Duration.ofMinutes(1),
                Set.of(),
                Goals.SETTINGS.terms(),
                Goals.SETTINGS.timeouts(),
                Goals.SETTINGS.policy());
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Callable<ApplyReport>> runs = new ArrayList<>();
            for (String name : List.of("one", "two")) {
                runs.add(() -> new Goals(sandbox.endpoints(), folder.resolve(name))
                        .apply(plan, Selection.ALL, Optional.empty(), patient, new StopSignal()));
            }
            long confirmed = 0;
            for (Future<ApplyReport> run : two.invokeAll(runs)) {
                assertThat(run.get().outcome()).describedAs(run.get().verdict()).isIn(Outcome.APPLIED, Outcome.CLEAN);
                confirmed += run.get().application().count(WriteOutcome.CONFIRMED);
            }
            assertThat(confirmed).describedAs("each was made once").isEqualTo(7);
        } finally {
            two.shutdownNow();
        }
        assertThat(planned().outcome()).isEqualTo(Outcome.CLEAN);
    }

    /** Fewer queues with messages in them: what a broker would do, and data would be lost. */
    @Test
    void neverLessThanWhatHoldsMessages() throws Exception {
        String normal = plan.replace(names.get(0) + ", type: FIFO", names.get(0) + ", type: NORMAL");
        goals.apply(normal);
        Topics.send(cluster(Side.DESTINATION), names.get(0), 2);
        String less = normal.replace(names.get(0) + ",", names.get(0) + ", queues: 1,");
        ApplyReport report = goals.apply(less);
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report))
                .contains("has 3 queues")
                .contains("(plan: 1), and the queues to remove hold 1" + " message");
    }

    /** More queues of a FIFO topic: keys would change theirs, and what is not consumed yet would be overtaken. */
    @Test
    void keysStayInTheirQueuesWhileThereAreMessages() throws Exception {
        goals.apply(plan);
        Topics.send(cluster(Side.DESTINATION), names.get(0), 2);
        String more = plan.replace(names.get(0) + ",", names.get(0) + ", queues: 5,")
                .replace(names.get(1) + ",", names.get(1) + ", queues: 5,");
        ApplyReport report = goals.apply(more);
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report))
                .contains("'" + names.get(0) + "' is FIFO and written by clients at the destination: with 5 queues"
                        + " instead of 3")
                .contains("Set queues: 3.");
        assertThat(goals.plan(more, Selection.ALL)
                        .situation()
                        .destination()
                        .topic(names.get(1))
                        .values())
                .describedAs("a topic without messages")
                .extracting(TopicSettings::queues)
                .containsOnly(5);
    }

    @Test
    void twoThousandAndOneTopicsGoInListsOfFiveHundred() throws Exception {
        List<String> many = names("plenty", 2_001);
        Topics.create(
                cluster(Side.SOURCE),
                many.stream().map(name -> new TopicConfig(name, 2, 2, 6)).toList());
        String large = goals.batch(many, List.of());
        try (WireTap tap = new WireTap(sandbox.endpoints())) {
            Goals tapped = new Goals(tap.endpoints(), folder);
            ApplyReport report = tapped.apply(tapped.batch(many, List.of()));
            assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
            SortedMap<Integer, Integer> codes = tap.codes();
            assertThat(codes)
                    .describedAs("for each of two masters the first topic by itself, and four lists of 500")
                    .containsEntry(18, 8)
                    .containsEntry(17, 2)
                    .describedAs("all topics of each master: to plan both sides, before, and after each list")
                    .containsEntry(21, 4 * looks(codes) + 2 + 2 + 8)
                    .containsEntry(105, 2_001);
        }
        assertThat(goals.plan(large, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void theRecordOfALargeBatchIsCutIntoSmallParts() throws Exception {
        List<String> many = names("parts", 2_100);
        Topics.create(
                cluster(Side.SOURCE),
                many.stream().map(name -> new TopicConfig(name, 1, 1, 6)).toList());
        goals.apply(goals.batch(many, List.of()).replace("name: test", "name: large"));
        try (NotesOf notes = new NotesOf(sandbox.endpoints())) {
            Map<String, String> all = notes.all();
            assertThat(all).containsKeys("record:batch:5:large:all/0", "record:batch:5:large:all/1");
            assertThat(all.values())
                    .allSatisfy(value -> assertThat(value.length()).isLessThan(32 * 1024));
        }
        Topics.create(cluster(Side.DESTINATION), new TopicConfig(many.get(2_099), 1, 1, 4));
        assertThat(goals.plan(goals.batch(many, List.of()).replace("name: test", "name: large"), Selection.ALL)
                        .outcome())
                .isEqualTo(Outcome.DRIFT);
    }
}
