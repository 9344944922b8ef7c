package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.apply.MetadataExecutor;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.Controls;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.LeaseNotes;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * What may happen between {@code apply} and a server. Whatever it is, the outcome says what is known, and the next run
 * brings everything to its end.
 *
 * <p>Longer than 300 lines: its tests share one sandbox behind one wire.
 */
final class ApplyFaultsIT {
    private static final int ONE_TOPIC = 17;
    private static final int TOPICS = 18;
    private static final int ROUTE = 105;

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    private FaultyWire wire;
    private Goals goals;
    private List<String> names;
    private String plan;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.start(sandboxFolder, "5.5.0", "5.5.0", 2, false);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    /** Twelve topics and two groups of its own for each test. */
    @BeforeEach
    void prepare(TestInfo test) throws Exception {
        String prefix = test.getTestMethod().orElseThrow().getName();
        names = IntStream.range(0, 12).mapToObj(i -> prefix + "-" + i).toList();
        List<String> groups = List.of(prefix + "-one", prefix + "-two");
        Topics.createBoth(cluster(Side.SOURCE), names, groups);
        wire = new FaultyWire(sandbox.endpoints());
        goals = new Goals(wire.endpoints(), folder);
        plan = goals.batch(names, groups);
    }

    @AfterEach
    void close() throws Exception {
        wire.close();
    }

    private static Endpoints.SandboxCluster cluster(Side side) {
        return sandbox.endpoints().cluster(side);
    }

    private static List<WriteOutcome> endings(ApplyReport report) {
        return report.application().changes().stream()
                .map(AppliedChange::outcome)
                .distinct()
                .sorted()
                .toList();
    }

    /** Without the fault, the next run finds what is there, does the rest, and leaves nothing to do. */
    private void theNextRunConverges() {
        assertThat(wire.unfired()).isEmpty();
        wire.repair();
        ApplyReport next = goals.applySteadily(plan);
        assertThat(next.outcome()).describedAs(Printed.of(next)).isIn(Outcome.APPLIED, Outcome.CLEAN);
        assertThat(goals.plan(plan, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void anAnswerThatIsCutOffIsReplacedByAReading() throws Exception {
        wire.on(TOPICS).at("destination-a").cutAfter();
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(endings(report)).containsExactly(WriteOutcome.CONFIRMED);
        theNextRunConverges();
    }

    @Test
    void aRequestThatNeverArrivesIsUnknownAndStopsTheRun() throws Exception {
        wire.on(TOPICS).at("destination-a").cutBefore();
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(endings(report)).containsExactly(WriteOutcome.CONFIRMED, WriteOutcome.UNKNOWN);
        assertThat(Printed.of(report))
                .contains("The destination's broker destination-a closed the connection before it answered")
                .contains("11 unknown")
                .contains("run again");
        assertThat(goals.plan(plan, Selection.ALL).summary())
                .describedAs("the first topic went by itself, and the second master has taken its list")
                .contains("Plan: 11 to update");
        theNextRunConverges();
    }

    @Test
    void aBrokerThatTakesTooLongMayStillDoIt() throws Exception {
        wire.on(TOPICS).at("destination-b").delay(Duration.ofMillis(4_500));
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome())
                .describedAs("the time-out is 3 s, and for 2 s more it is looked for")
                .isIn(Outcome.APPLIED, Outcome.INCOMPLETE);
        theNextRunConverges();
    }

    @Test
    void anAnswerThatNeverComesIsReplacedByAReading() throws Exception {
        wire.on(TOPICS).at("destination-a").swallow();
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        theNextRunConverges();
    }

    @Test
    void aFullDiskIsToldOnceAndNotTwelveTimes() throws Exception {
        wire.on(TOPICS).at("destination-a").every().answer(1, "No space left on device");
        wire.on(ONE_TOPIC).at("destination-a").every().answer(1, "No space left on device");
        wire.codes();
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(endings(report)).containsExactly(WriteOutcome.CONFIRMED, WriteOutcome.FAILED);
        assertThat(Printed.of(report))
                .contains("destination-a refused: No space left on device (code 1), 3 times in a row");
        assertThat(wire.codes().get(ONE_TOPIC))
                .describedAs("the first topic at each master, the first that is left, and three tries")
                .isEqualTo(6);
        theNextRunConverges();
    }

    /** 5.x answers SUCCESS to a list with an entry that it has already, and takes none of it. */
    @Test
    void aListThatIsTakenWithoutAnyEffectIsWrittenOneByOne() throws Exception {
        TopicConfig same = new TopicConfig(names.get(5), 3, 3, 6);
        same.getAttributes().put("+message.type", "FIFO");
        wire.on(TOPICS).at("destination-a").before(() -> Topics.create(cluster(Side.DESTINATION), same));
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(endings(report)).containsExactly(WriteOutcome.CONFIRMED);
        theNextRunConverges();
    }

    @Test
    void aTopicThatSomebodyChangesMeanwhileIsLeftToThem() throws Exception {
        String contested = names.get(3);
        // The first write, of another topic, goes out when all is planned.
        wire.on(ONE_TOPIC)
                .at("destination-a")
                .before(() -> Topics.create(cluster(Side.DESTINATION), new TopicConfig(contested, 16, 16, 6)));
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(Printed.of(report))
                .contains("1 failed")
                .contains(
                        "topic " + contested + " somebody has changed it on broker destination-a since it was planned");
        assertThat(report.application().count(WriteOutcome.CONFIRMED)).isEqualTo(13);
        theNextRunConverges();
    }

    @Test
    void aTopicThatSomebodyChangesAfterTheListIsLeftToThem() throws Exception {
        String contested = names.get(3);
        wire.on(TOPICS)
                .at("destination-a")
                .after(() -> Topics.create(cluster(Side.DESTINATION), new TopicConfig(contested, 16, 16, 6)));
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(Printed.of(report))
                .contains("1 failed")
                .contains("topic " + contested + " broker destination-a accepted it, but has other settings");
        theNextRunConverges();
    }

    @Test
    void aBrokerThatTakesItAndThenForgetsItIsNotBelieved() throws Exception {
        wire.on(TOPICS).at("destination-a").answer(0, "done");
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(endings(report))
                .describedAs("what the list did not bring was written one by one")
                .containsExactly(WriteOutcome.CONFIRMED);
        theNextRunConverges();
    }

    @Test
    void aNameServerThatDiesLeavesItUnknown() throws Exception {
        wire.on(ROUTE).at(Side.DESTINATION).every().cutBefore();
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(endings(report)).containsExactly(WriteOutcome.UNKNOWN, WriteOutcome.NOT_ATTEMPTED);
        assertThat(Printed.of(report)).contains("1 unknown, 13 not attempted");
        theNextRunConverges();
    }

    /** The broker's own words, and the topics beside it are made. */
    @Test
    void anAttributeThatABrokerDoesNotKnowSpoilsItsTopicOnly() throws Exception {
        ApplyReport planned = goals.applySteadily(plan);
        assertThat(planned.outcome()).isEqualTo(Outcome.APPLIED);
        Metadata destination = planned.plan().situation().destination();
        List<Change.AlignObject> changes = new ArrayList<>();
        for (String name : List.of("attribute-good", "attribute-bad", "attribute-fine")) {
            TopicSettings settings = ClusterFixture.topic(2).withType("NORMAL");
            TopicSettings wanted =
                    name.endsWith("bad") ? settings.withAttributes(Map.of("no.such.thing", "1")) : settings;
            SortedMap<String, TopicSettings> after = new TreeMap<>();
            destination.brokers().keySet().forEach(broker -> after.put(broker, wanted));
            changes.add(Change.AlignObject.create(
                    new Subject(Subject.Kind.TOPIC, name, Side.DESTINATION, Optional.of("all"), Optional.empty()),
                    after,
                    new TreeSet<>()));
        }
        RunControl control = Controls.real(Goals.SETTINGS.timeouts());
        try (NotesOf opened = new NotesOf(wire.endpoints());
                Lease lease = Lease.take(
                        new LeaseNotes(opened.notes(), "attributes"),
                        LeaseNote.of(Goals.ORIGIN, Instant.EPOCH, new Random()),
                        Goals.SETTINGS.terms(),
                        Duration.ZERO,
                        control);
                Journal journal = Journal.open(List.of(folder.resolve("j")), "run", Goals.ORIGIN, Clock.systemUTC())) {
            AppliedChanges made = new MetadataExecutor(
                            opened.writer(), new WriteGuard(List.of(lease), journal, control.stopping()), control)
                    .apply(destination, changes);
            assertThat(made.changes())
                    .extracting(AppliedChange::outcome)
                    .containsExactly(WriteOutcome.CONFIRMED, WriteOutcome.FAILED, WriteOutcome.CONFIRMED);
            assertThat(made.changes().get(1).why())
                    .isEqualTo("The destination's broker destination-a refused: unsupported key: no.such.thing"
                            + " (code 1)");
        }
    }

    /** When it was planned, the queues were empty. */
    @Test
    void messagesThatComeBeforeTheirQueuesGoKeepThem() throws Exception {
        assertThat(goals.applySteadily(plan).outcome()).isEqualTo(Outcome.APPLIED);
        String filled = names.get(5);
        wire.on(ONE_TOPIC).at("destination-a").before(() -> Topics.send(cluster(Side.DESTINATION), filled, 2));
        ApplyReport report = goals.applySteadily(plan.replace("type: FIFO", "type: FIFO, queues: 1"));
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(Printed.of(report))
                .contains(
                        "topic " + filled + " 1 message has arrived at broker destination-a, in queues to be removed,");
        assertThat(report.application().count(WriteOutcome.CONFIRMED)).isEqualTo(11);
        assertThat(wire.unfired()).isEmpty();
        assertThat(goals.plan(plan, Selection.ALL)
                        .situation()
                        .destination()
                        .topic(filled)
                        .get("destination-a")
                        .queues())
                .isEqualTo(3);
    }

    /** The first master has taken everything; the second refuses. */
    @Test
    void oneOfTwoMastersFails() throws Exception {
        wire.on(TOPICS).at("destination-b").every().answer(1, "disk is read-only");
        wire.on(ONE_TOPIC).at("destination-b").every().answer(1, "disk is read-only");
        ApplyReport report = goals.applySteadily(plan);
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(Printed.of(report)).contains("broker destination-b refused: disk is read-only");
        assertThat(goals.plan(plan, Selection.ALL).summary())
                .describedAs("they are there, on one of two")
                .contains("Plan: 12 to update");
        theNextRunConverges();
    }
}
