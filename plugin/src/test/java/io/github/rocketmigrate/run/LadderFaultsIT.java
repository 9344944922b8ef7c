package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.apply.Stopping;
import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveSettings;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTopics;
import io.github.rocketmigrate.live.LiveTraffic;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Limits;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong on the ladder under live traffic: it is told, nothing is lost, and the next run goes on. */
final class LadderFaultsIT {
    private static final int TOPIC = 17;
    private static final int SYSTEM_ERROR = 1;
    private static final String WRITE_ONLY = "2";
    private static final String TRAFFIC = "traffic: { routing: join }\n";

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 2);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private LiveTraffic live(List<LiveTopic> topics) throws Exception {
        LiveTopics.create(sandbox, Side.SOURCE, topics);
        LiveTraffic live = LiveTraffic.start(
                folder.resolve("live"),
                sandbox.endpoints().cluster(Side.DESTINATION).nameServers(),
                topics,
                LiveSettings.following(Duration.ofSeconds(2)));
        live.awaitFlow();
        return live;
    }

    private Goals goals() {
        return new Goals(sandbox.endpoints(), folder.resolve("output"));
    }

    private void comesTo(List<LiveTopic> topics, Stage stage) throws Exception {
        ApplyReport report = goals().move(goals().ladder(TRAFFIC, topics, stage));
        assertThat(report.outcome()).describedAs(report.verdict()).isEqualTo(Outcome.APPLIED);
    }

    private Pair standing(List<LiveTopic> topics, Stage stage) {
        return goals().plan(goals().ladder(TRAFFIC, topics, stage), Selection.ALL)
                .situation()
                .standing(topics.get(0).name())
                .pair()
                .orElseThrow();
    }

    /** The fence is closed at the source, and no broker of the destination opens: all is put back at once. */
    @Test
    void aStepWhoseSecondSideIsRefusedIsTakenBack() throws Exception {
        List<LiveTopic> topics = List.of(new LiveTopic("parcels", MessageType.FIFO, LiveGroup.orderly("couriers")));
        Tally tally;
        try (LiveTraffic live = live(topics)) {
            comesTo(topics, Stage.READ_BOTH);
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                for (String broker : List.of("destination-a", "destination-b")) {
                    wire.on(TOPIC)
                            .with("topic", "parcels")
                            .with("perm", WRITE_ONLY)
                            .at(broker)
                            .every()
                            .answer(SYSTEM_ERROR, "the disk is full");
                }
                ApplyReport refused = new Goals(wire.endpoints(), folder.resolve("refused"))
                        .move(known(new Goals(wire.endpoints(), folder).ladder(TRAFFIC, topics, Stage.DESTINATION)));
                assertThat(refused.outcome()).describedAs(refused.verdict()).isEqualTo(Outcome.INCOMPLETE);
                assertThat(refused.verdict()).contains("the disk is full");
                assertThat(wire.unfired()).isEmpty();
            }
            assertThat(standing(topics, Stage.DESTINATION)).isEqualTo(Pair.of(Stage.READ_BOTH));
            live.awaitFlowSince(live.mark("put back"));
            comesTo(topics, Stage.DESTINATION);
            live.awaitFlowSince(live.mark("destination"));
            tally = live.finish(Duration.ofSeconds(30));
        }
        isClean(tally);
    }

    /** Clients of the destination list its real address, which is not that of the wire. */
    private static String known(String plan) {
        String real = sandbox.endpoints().cluster(Side.DESTINATION).nameServers();
        return plan.replaceFirst("(destination: \\{.*) \\}", "$1, clientAddresses: [\"" + real + "\"] }");
    }

    private static void isClean(Tally tally) {
        assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
        assertThat(tally.lost()).describedAs(tally.words()).isEmpty();
        assertThat(tally.overtakers()).describedAs(tally.words()).isEmpty();
    }

    @Test
    void aClientOnTheOldEndpointHoldsTheTopicBackAndIsNamed() throws Exception {
        List<LiveTopic> topics = List.of(new LiveTopic("letters", MessageType.NORMAL, LiveGroup.concurrent("postmen")));
        Tally tally;
        try (LiveTraffic live = live(topics)) {
            String old = sandbox.endpoints().cluster(Side.SOURCE).nameServers();
            try (LiveTraffic.Stray stray = live.stray("postmen", old)) {
                ApplyReport held = goals().move(goals().ladder(TRAFFIC, topics, Stage.READ_BOTH));
                assertThat(held.outcome()).describedAs(held.verdict()).isEqualTo(Outcome.BLOCKED);
                assertThat(held.verdict())
                        .contains("consumers-switched of letters, failed: 1 of 4 clients of postmen still use " + old)
                        .contains(stray.name());
                assertThat(held.left().situation().destination().topic("letters"))
                        .describedAs("a group over two endpoints would repeat")
                        .isEmpty();
            }
            comesTo(topics, Stage.READ_BOTH);
            live.awaitFlowSince(live.mark("read-both"));
            tally = live.finish(Duration.ofSeconds(30));
        }
        isClean(tally);
    }

    /** The group is slower than its producers: the fence is not opened over what it has left. */
    @Test
    void aFenceStaysClosedWhileSomethingIsLeftInFrontOfIt() throws Exception {
        List<LiveTopic> topics = List.of(new LiveTopic("claims", MessageType.FIFO, LiveGroup.orderly("adjusters")));
        Apply.Settings hasty = new Apply.Settings(
                false,
                Duration.ZERO,
                Goals.SETTINGS.forgotten(),
                Goals.STEADY.terms(),
                Goals.SETTINGS.patienceWithServers(),
                new Limits(Goals.SETTINGS.limits().routePoll(), Duration.ofSeconds(8), false));
        Tally tally;
        try (LiveTraffic live = live(topics)) {
            comesTo(topics, Stage.READ_BOTH);
            live.awaitFlowSince(live.mark("read-both"));
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                // From the moment when the source is closed, nobody consumes.
                wire.on(TOPIC).with("topic", "claims").at("source-a").before(() -> live.slow("adjusters", 60_000));
                ApplyReport late = new Goals(wire.endpoints(), folder.resolve("late"))
                        .apply(
                                known(new Goals(wire.endpoints(), folder)
                                        .ladder(TRAFFIC, topics, Stage.WRITE_DESTINATION)),
                                Selection.ALL,
                                Optional.empty(),
                                hasty,
                                new Stopping());
                assertThat(late.outcome()).describedAs(late.verdict()).isEqualTo(Outcome.BLOCKED);
                assertThat(late.overdue().get("claims")).contains("stays in the fence");
            }
            assertThat(standing(topics, Stage.WRITE_DESTINATION)).isEqualTo(new Pair(Access.READ, Access.WRITE));
            live.slow("adjusters", 0);
            comesTo(topics, Stage.WRITE_DESTINATION);
            live.awaitFlowSince(live.mark("write-destination"));
            tally = live.finish(Duration.ofSeconds(60));
        }
        isClean(tally);
    }

    /** Producers cannot reach a broker that is down; what they could send is not lost, and the step is finished later. */
    @Test
    void aBrokerOfEachSideIsLostWithinAStep() throws Exception {
        List<LiveTopic> topics = List.of(new LiveTopic("trips", MessageType.NORMAL, LiveGroup.concurrent("drivers")));
        Tally tally;
        try (LiveTraffic live = live(topics)) {
            comesTo(topics, Stage.READ_BOTH);
            live.awaitFlowSince(live.mark("read-both"));
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                wire.on(TOPIC).with("topic", "trips").at("source-b").before(() -> sandbox.kill("source-b"));
                ApplyReport lost = new Goals(wire.endpoints(), folder.resolve("lost"))
                        .move(known(
                                new Goals(wire.endpoints(), folder).ladder(TRAFFIC, topics, Stage.WRITE_DESTINATION)));
                assertThat(lost.outcome()).describedAs(lost.verdict()).isEqualTo(Outcome.INCOMPLETE);
                assertThat(wire.unfired()).isEmpty();
            }
            sandbox.restart("source-b");
            comesTo(topics, Stage.WRITE_DESTINATION);
            sandbox.kill("destination-a");
            ApplyReport missing = goals().move(goals().ladder(TRAFFIC, topics, Stage.DESTINATION));
            assertThat(missing.outcome()).describedAs(missing.verdict()).isEqualTo(Outcome.BLOCKED);
            assertThat(missing.verdict()).contains("brokers-present");
            sandbox.restart("destination-a");
            live.awaitFlowSince(live.mark("restarted"));
            comesTo(topics, Stage.DESTINATION);
            live.awaitFlowSince(live.mark("destination"));
            tally = live.finish(Duration.ofSeconds(60));
        }
        assertThat(tally.lost()).describedAs(tally.words()).isEmpty();
    }
}
