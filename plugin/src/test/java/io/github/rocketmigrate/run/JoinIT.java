package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The brokers of a source join the destination's name servers, lose the join, and leave it: one story, told in order.
 *
 * <p>Brokers look every two minutes which name servers they have, and ten seconds after their start for the first time:
 * where a test need not wait so long, it starts them again.
 *
 * <p>Longer than 300 lines: its tests share one pair of joined clusters.
 */
@TestMethodOrder(OrderAnnotation.class)
final class JoinIT {
    private static final int SETTINGS = 25;
    /** What a name server is asked for the brokers that it lists. */
    private static final int BROKERS = 106;
    /** Topics and groups one by one and in lists, and offsets. */
    private static final List<Integer> OTHER_WRITES = List.of(17, 18, 200, 225, 15);

    private static final String JOIN = "traffic: { routing: join }\n";
    private static final String A = "source-a";
    private static final String B = "source-b";

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        sandbox = OwnSandbox.start(sandboxFolder, "4.9.7", "5.5.0", 2, false);
        Topics.create(cluster(Side.SOURCE), new TopicConfig("clicks", 2, 2, 6));
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static Endpoints.SandboxCluster cluster(Side side) {
        return sandbox.endpoints().cluster(side);
    }

    private static String own() {
        return cluster(Side.SOURCE).nameServers();
    }

    private static String both() {
        return own() + ";" + cluster(Side.DESTINATION).nameServers();
    }

    private Goals goals() {
        return new Goals(sandbox.endpoints(), folder.resolve("direct"));
    }

    private static String plan(Goals goals, String traffic, String stage) {
        return goals.head(traffic) + "batches: [{ name: all, stage: " + stage
                + ", topics: [{ name: clicks, type: NORMAL }] }]\n";
    }

    private String plan() {
        return plan(goals(), JOIN, "source");
    }

    private PlanReport planned() {
        return goals().plan(plan(), Selection.ALL);
    }

    /** What each source broker has as its name servers. */
    private Map<String, String> nameServers() {
        Map<String, String> found = new TreeMap<>();
        planned()
                .situation()
                .source()
                .masters()
                .forEach(broker -> found.put(broker.name(), broker.settings().get("namesrvAddr")));
        return found;
    }

    /** The source brokers that the destination's name server lists. */
    private static Set<String> listed() throws Exception {
        try (AdminConnection connection =
                AdminConnection.open(cluster(Side.DESTINATION).nameServers(), Optional.empty())) {
            Set<String> all = new TreeSet<>(connection
                    .admin()
                    .examineBrokerClusterInfo()
                    .getBrokerAddrTable()
                    .keySet());
            all.retainAll(Set.of(A, B));
            return all;
        }
    }

    /** Starts brokers again, with what their owners have made of their configuration, if they have. */
    private static void restart(Optional<String> itsNameServers, String... brokers) throws Exception {
        ExecutorService each = Executors.newFixedThreadPool(brokers.length);
        try {
            List<Future<?>> restarts = new ArrayList<>();
            for (String broker : brokers) {
                restarts.add(each.submit(() -> {
                    sandbox.kill(broker);
                    if (itsNameServers.isPresent()) {
                        sandbox.configure(broker, "namesrvAddr", itsNameServers.get());
                    }
                    sandbox.restart(broker);
                    return broker;
                }));
            }
            for (Future<?> restart : restarts) {
                restart.get();
            }
        } finally {
            each.shutdownNow();
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

    /** Starts brokers again as soon as they are waited for, which spares most of the wait. */
    private static final class Impatience implements ApplyProgress {
        private final Set<String> impatientFor = new TreeSet<>();
        private final List<String> lines = new ArrayList<>();

        Impatience(String... brokers) {
            impatientFor.addAll(List.of(brokers));
        }

        @Override
        public void waiting(List<WaitReason> reasons) {
            String what = reasons.stream().map(WaitReason::what).collect(joining("; "));
            if (!lines.contains(what)) {
                lines.add(what);
            }
            List<String> now = impatientFor.stream().filter(what::contains).toList();
            now.forEach(impatientFor::remove);
            for (String broker : now) {
                try {
                    restart(Optional.empty(), broker);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        @Override
        public void done(int done, int all) {}

        @Override
        public void made(List<AppliedChange> changes, Duration took) {}

        @Override
        public void overruled(String what) {}
    }

    private static ApplyReport apply(Goals goals, String plan, ApplyProgress progress) {
        return goals.apply(plan, Goals.STEADY, new StopSignal(), progress);
    }

    @Test
    @Order(0)
    void aThirdClusterAtTheDestinationsNameServersIsInTheWay() throws Exception {
        String nameServer = cluster(Side.DESTINATION).nameServers();
        try (RegisteredCluster billing = new RegisteredCluster("billing", nameServer)) {
            billing.register(A, "10.0.2.3:10911");
            billing.register("billing-a", "10.0.2.4:10911", "clicks", "invoices");
            assertThat(Printed.of(planned()))
                    .contains("the destination's name server " + nameServer
                            + " lists source-a of cluster billing at 10.0.2.3:10911")
                    .contains("the destination's name server " + nameServer
                            + " lists 1 topic of the source, which no broker of cluster "
                            + cluster(Side.DESTINATION).name()
                            + " has: clicks; it also serves cluster billing (billing-a at 10.0.2.4:10911; source-a at"
                            + " 10.0.2.3:10911)");
        }
        Eventually.holds(
                "the name server has forgotten the other cluster",
                () -> !Printed.of(planned()).contains("billing"));
    }

    @Test
    @Order(1)
    void aTopicAtBothSidesIsNoPlaceToJoin() throws Exception {
        TopicConfig views = new TopicConfig("views", 1, 1, 6);
        Topics.create(cluster(Side.SOURCE), views);
        Topics.create(cluster(Side.DESTINATION), views);
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            ApplyReport report = goals.apply(plan(goals, JOIN, "source").replace("clicks", "views"));
            assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
            assertThat(Printed.of(report))
                    .contains("destination-clean failed 1 topic of the plan is already at the destination")
                    .contains(": views");
            assertThat(Printed.of(goals.apply(plan(goals, JOIN, "source"))))
                    .contains("1 topic outside the plan is in both clusters: views");
            assertThat(wire.codes()).doesNotContainKey(SETTINGS);
        } finally {
            // A 5.5.0 broker whose timer is off cannot delete topics.
            Topics.delete(cluster(Side.SOURCE), "views");
        }
    }

    @Test
    @Order(2)
    void aBrokerThatRefusesEndsTheRunAndTheOthersAreNotAsked() throws Exception {
        forgetEverything();
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            wire.on(SETTINGS).at(A).answer(1, "no such luck");
            Goals goals = new Goals(wire.endpoints(), folder);
            ApplyReport report = goals.apply(plan(goals, JOIN, "source"));
            assertThat(report.outcomes()).contains(Outcome.INCOMPLETE);
            assertThat(Printed.of(report)).contains("The source's broker source-a refused: no such luck (code 1).");
            assertThat(report.application().count(WriteOutcome.FAILED)).isEqualTo(1);
            assertThat(report.application().count(WriteOutcome.NOT_ATTEMPTED)).isEqualTo(1);
            assertThat(wire.codes()).containsEntry(SETTINGS, 1);
        }
        assertThat(nameServers()).isEqualTo(Map.of(A, own(), B, own()));
    }

    /** Of a run that ends while it waits it is said what it has done, though it has seen nothing come of it. */
    @Test
    @Order(3)
    void whoeverEndsWhileItWaitsSaysWhatIsUnderWay() throws Exception {
        // It looks which name servers it has 10 s after its start and every 2 min from then on: not while this runs.
        Eventually.holds("source-a has looked, and looks again later", () -> {
            long sinceLook = Math.floorMod(sandbox.uptime(A).toSeconds() - 10, 120L);
            return sandbox.uptime(A).toSeconds() > 10 && sinceLook >= 8 && sinceLook < 75;
        });
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            ApplyReport report = apply(goals, plan(goals, JOIN, "source"), new AtFirstWait(() -> {
                if (wire.unfired().isEmpty()) {
                    wire.on(BROKERS).at("destination-nameserver").every().cutBefore();
                }
            }));
            assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
            assertThat(endings(report)).containsExactly("source-a unknown", "source-b not-attempted");
            assertThat(wire.codes()).containsEntry(SETTINGS, 1);
        }
        StopSignal stopping = new StopSignal();
        ApplyReport report = goals().apply(plan(), Goals.STEADY, stopping, new AtFirstWait(stopping::request));
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(endings(report)).containsExactly("source-a unknown", "source-b not-attempted");
        assertThat(Printed.of(report)).contains("Stopped on request.", "then run again to continue: mvn migrate:apply");
    }

    private static List<String> endings(ApplyReport report) {
        return report.application().changes().stream()
                .map(one -> one.change().subject().name() + " " + one.outcome().word())
                .toList();
    }

    /** Does something when a run begins to wait. */
    private record AtFirstWait(Runnable action) implements ApplyProgress {
        @Override
        public void waiting(List<WaitReason> reasons) {
            action.run();
        }

        @Override
        public void done(int done, int all) {}

        @Override
        public void made(List<AppliedChange> changes, Duration took) {}

        @Override
        public void overruled(String what) {}
    }

    /** The settings of the first one are there, and nobody lists it yet. */
    @Test
    @Order(4)
    void theNextRunOnlyWaitsForWhatIsUnderWay() throws Exception {
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            assertThat(listed()).isEmpty();
            wire.on(SETTINGS).at(B).before(() -> assertThat(listed()).containsExactly(A));
            Impatience progress = new Impatience(A, B);
            ApplyReport report = apply(goals, plan(goals, JOIN, "source"), progress);
            assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
            assertThat(wire.codes()).containsEntry(SETTINGS, 1);
            assertThat(wire.unfired()).isEmpty();
            assertThat(progress.lines.get(0))
                    .isEqualTo("the destination's name servers do not list broker source-a yet");
        }
        assertThat(planned().outcome()).isEqualTo(Outcome.CLEAN);
    }

    /** Nobody has told the broker but apply, and nobody has started it again since. */
    @Test
    @Order(5)
    void oneBrokerJoinsAndTheOtherOnceTheFirstIsSeen() throws Exception {
        forgetEverything();
        restart(Optional.of(own()), A, B);
        assertThat(listed()).isEmpty();
        Set<String> topics = Set.copyOf(topicsOfSource());
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            String plan = plan(goals, JOIN, "source");
            wire.on(SETTINGS).at(A).before(() -> assertThat(listed()).isEmpty());
            wire.on(SETTINGS).at(B).before(() -> assertThat(listed()).containsExactly(A));
            ApplyReport report = apply(goals, plan, new Impatience(B));
            assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
            CheckedTopics.in(report.plan())
                    .passes(
                            "broker-names-distinct",
                            "cluster-names-distinct",
                            "zones-match",
                            "destination-clean",
                            "client-compatible",
                            "no-auto-create",
                            "name-servers-planned",
                            "record-of-this-plan");
            assertThat(report.application().changes())
                    .extracting(one -> one.change().subject().name())
                    .containsExactly(A, B);
            assertThat(wire.unfired()).isEmpty();
            assertThat(wire.codes())
                    .containsEntry(SETTINGS, 2)
                    .describedAs("nothing else is written")
                    .doesNotContainKeys(OTHER_WRITES.toArray(Integer[]::new));
            assertThat(topicsOfSource()).isEqualTo(topics);

            assertThat(goals.plan(plan, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(goals.apply(plan).outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(wire.codes()).doesNotContainKeys(SETTINGS, 100, 102);
        }
        assertThat(nameServers()).isEqualTo(Map.of(A, both(), B, both()));
        assertThat(listed()).containsExactly(A, B);
    }

    private Set<String> topicsOfSource() {
        return planned().situation().source().topics();
    }

    @Test
    @Order(6)
    void whoHasJoinedBeforeAnybodyRemembersIsLeftAlone() throws Exception {
        forgetEverything();
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            assertThat(goals.apply(plan(goals, JOIN, "source")).outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(wire.codes())
                    .doesNotContainKey(SETTINGS)
                    .doesNotContainKeys(OTHER_WRITES.toArray(Integer[]::new));
        }
        assertThat(planned().situation().recorded().joined()).containsExactly(A, B);
    }

    /** Its owners manage its configuration, and knew nothing of the join; meanwhile a topic has begun to move. */
    @Test
    @Order(7)
    void aJoinThatIsLostAtARestartIsDriftAndMadeAgain() throws Exception {
        String moved = plan(goals(), JOIN, "read-both");
        assertThat(goals().apply(moved).outcome()).isEqualTo(Outcome.APPLIED);
        restart(Optional.of(own()), A, B);
        assertThat(listed()).isEmpty();

        PlanReport plan = goals().plan(moved, Selection.ALL);
        assertThat(plan.outcomes()).describedAs(Printed.of(plan)).containsExactly(Outcome.DRIFT, Outcome.PENDING);
        assertThat(plan.summary()).isEqualTo("Plan: 2 to join; 2 drifted, 1 unchanged.");
        assertThat(goals().status(moved, Selection.ALL).outcomes()).contains(Outcome.DRIFT);
        assertThat(goals().status(moved, Selection.ALL).counts()).containsEntry("drifted", 2L);

        tell(B, both());
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            ApplyReport report = apply(goals, plan(goals, JOIN, "read-both"), new Impatience(A, B));
            assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
            assertThat(wire.codes())
                    .describedAs("the other one has its settings already")
                    .containsEntry(SETTINGS, 1);
        }
        assertThat(goals().plan(moved, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
    }

    private static void tell(String broker, String itsNameServers) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("namesrvAddr", itsNameServers);
        try (AdminConnection connection =
                AdminConnection.open(cluster(Side.SOURCE).nameServers(), Optional.empty())) {
            connection.admin().updateBrokerConfig(cluster(Side.SOURCE).brokers().get(broker), settings);
        }
    }

    @Test
    @Order(8)
    void theNextRunGoesOnAfterOneThatWasKilledAtItsFirstWrite() throws Exception {
        restart(Optional.of(own()), A, B);
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            AtomicReference<Process> apply = new AtomicReference<>();
            wire.on(SETTINGS)
                    .at(Side.SOURCE)
                    .after(() -> apply.get().destroyForcibly().waitFor());
            String plan = plan(new Goals(wire.endpoints(), folder), JOIN, "read-both");
            apply.set(ApplyMain.start(plan, folder.resolve("killed")));
            assertThat(apply.get().waitFor())
                    .describedAs(ApplyMain.printed(folder.resolve("killed")))
                    .isNotZero();
        }
        assertThat(nameServers()).isEqualTo(Map.of(A, both(), B, own()));
        ApplyReport next =
                goals().apply(plan(goals(), JOIN, "read-both"), Goals.SETTINGS, new StopSignal(), new Impatience(A, B));
        assertThat(next.outcome()).describedAs(Printed.of(next)).isEqualTo(Outcome.APPLIED);
        assertThat(nameServers()).isEqualTo(Map.of(A, both(), B, both()));
        assertThat(listed()).containsExactly(A, B);
    }

    @Test
    @Order(9)
    void whatIsCompleteLeavesTheJoin() throws Exception {
        String last = plan(goals(), JOIN, "destination");
        ApplyReport arrived = goals().apply(last);
        assertThat(arrived.outcome()).describedAs(Printed.of(arrived)).isEqualTo(Outcome.APPLIED);
        String complete = plan(goals(), "traffic: { routing: join, complete: true }\n", "destination");
        PlanReport plan = goals().plan(complete, Selection.ALL);
        assertThat(plan.changes().changes())
                .allSatisfy(change -> assertThat(change).isInstanceOf(Change.RegisterBroker.class))
                .hasSize(2);
        nobodyLeavesWithoutItsNameServers(complete);
        nobodyLeavesWhileANameServerIsMissing(complete);
        tell(A, both());

        Impatience progress = new Impatience(A, B);
        ApplyReport report = apply(goals(), complete, progress);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(nameServers()).isEqualTo(Map.of(A, own(), B, own()));
        assertThat(listed()).isEmpty();
        assertThat(progress.lines).contains("the destination's name servers still list broker source-a");

        PlanReport after = goals().plan(complete, Selection.ALL);
        assertThat(after.outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(after.situation().recorded().joined()).isEmpty();
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            String again = plan(goals, "traffic: { routing: join, complete: true }\n", "destination");
            assertThat(goals.apply(again).outcome()).isEqualTo(Outcome.CLEAN);
            assertThat(wire.codes()).doesNotContainKey(SETTINGS);
        }
    }

    /** The name that the broker uses is one of the destination's, as after a move of that name. */
    private void nobodyLeavesWithoutItsNameServers(String complete) throws Exception {
        String there = "\"" + cluster(Side.DESTINATION).nameServers() + "\"]";
        String moved = own().replace("127.0.0.1", "localhost");
        tell(A, moved + ";" + cluster(Side.DESTINATION).nameServers());
        PlanReport report =
                goals().plan(complete.replace(there, there + ", clientAddresses: [\"" + moved + "\"]"), Selection.ALL);
        assertThat(report.changes().changes())
                .extracting(change -> change.subject().name())
                .containsExactly(B);
        assertThat(Printed.of(report))
                .contains("the source's broker source-a ("
                        + cluster(Side.SOURCE).brokers().get(A)
                        + ") would have no name server after it has left the join");
    }

    private void nobodyLeavesWhileANameServerIsMissing(String complete) throws Exception {
        tell(A, both() + ";127.0.0.1:1");
        PlanReport report = goals().plan(complete, Selection.ALL);
        assertThat(Printed.decisions(report)).hasSize(2).hasOnlyElementsOfType(Decision.Held.class);
        assertThat(Printed.of(report))
                .contains("the source's broker source-a ("
                        + cluster(Side.SOURCE).brokers().get(A)
                        + ") registers with 127.0.0.1:1, which the plan does not list");
    }
}
