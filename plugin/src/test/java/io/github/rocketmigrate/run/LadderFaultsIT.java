package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTraffic;
import io.github.rocketmigrate.live.Mark;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.TopicsInUse;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults on the ladder under live traffic: the run reports them, loses nothing, and the next run continues.
 *
 * <p>Longer than 300 lines: its tests share one pair of joined clusters and its live clients.
 */
@Tag("thorough")
final class LadderFaultsIT {
    private static final int TOPIC = 17;
    private static final int SETTINGS = 26;
    private static final int SYSTEM_ERROR = 1;
    private static final String WRITE_ONLY = "2";
    private static final String READ_ONLY = "4";
    private static final String READ_WRITE = "6";

    /** Producers have followed by then, and what they sent has come. */
    private static final Duration FOLLOWED = Duration.ofSeconds(10);

    /** A fence that nothing drains stays closed for a few seconds only before it is given up. */
    private static final Apply.Settings HASTY = hasty(false);

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

    private static Apply.Settings hasty(boolean mayReorder) {
        return new Apply.Settings(
                false,
                Duration.ZERO,
                Goals.SETTINGS.forgotten(),
                Goals.STEADY.terms(),
                Goals.SETTINGS.timeouts(),
                new FencePolicy(Goals.SETTINGS.policy().routePoll(), Duration.ofSeconds(8), mayReorder));
    }

    private Climb climb(LiveTopic... topics) throws Exception {
        return Climb.joined(sandbox, folder, topics);
    }

    /** The fence is closed at the source, and no broker of the destination opens: all is put back at once. */
    @Test
    void aStepWhoseSecondSideIsRefusedIsTakenBack() throws Exception {
        try (Climb climb = climb(new LiveTopic("parcels", MessageType.FIFO, LiveGroup.orderly("couriers")))) {
            climb.to(Stage.READ_BOTH);
            Mark tried = climb.live().mark("tried");
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                for (String broker : List.of("destination-a", "destination-b")) {
                    wire.on(TOPIC)
                            .with("topic", "parcels")
                            .with("perm", WRITE_ONLY)
                            .at(broker)
                            .every()
                            .answer(SYSTEM_ERROR, "the disk is full");
                }
                ApplyReport refused = climb.attempt(Stage.DESTINATION, wire);
                assertThat(refused.outcome()).describedAs(Printed.of(refused)).isEqualTo(Outcome.INCOMPLETE);
                assertThat(Printed.of(refused)).contains("the disk is full");
                assertThat(wire.unfired()).isEmpty();
            }
            assertThat(climb.standing("parcels")).isEqualTo(Pair.of(Stage.READ_BOTH));
            Mark back = climb.live().mark("put back");
            climb.live().awaitFlowSince(back);
            climb.to(Stage.DESTINATION);
            Tally tally = climb.finish("refused");
            assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
            assertThat(tally.overtakers())
                    .describedAs(
                            "a producer that asked for routes meanwhile sends to the destination until it asks again\n"
                                    + tally.words())
                    .allSatisfy(one ->
                            assertThat(one.at()).isBetween(tried.at(), back.at().plus(FOLLOWED)));
        }
    }

    /** On the way back one broker of the destination closes and the other refuses to: both are as they were again. */
    @Test
    void aStepThatOneBrokerRefusesIsTakenBackOnTheOthers() throws Exception {
        try (Climb climb = climb(new LiveTopic("pages", MessageType.NORMAL, LiveGroup.concurrent("printers")))) {
            climb.to(Stage.WRITE_DESTINATION);
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                wire.on(TOPIC)
                        .with("topic", "pages")
                        .with("perm", READ_ONLY)
                        .at("destination-b")
                        .every()
                        .answer(SYSTEM_ERROR, "the disk is full");
                wire.on(TOPIC)
                        .with("topic", "pages")
                        .with("perm", READ_WRITE)
                        .at("destination-a")
                        .before(() -> {});
                ApplyReport refused = climb.attempt(Stage.READ_BOTH, wire);
                assertThat(refused.outcome()).describedAs(Printed.of(refused)).isEqualTo(Outcome.INCOMPLETE);
                assertThat(Printed.of(refused)).contains("the disk is full");
                assertThat(refused.application().changes())
                        .singleElement()
                        .satisfies(move -> assertThat(move.why()).endsWith("everything was put back as it was"));
                assertThat(wire.unfired())
                        .describedAs("destination-a closed, and was opened again")
                        .isEmpty();
            }
            assertThat(climb.standing("pages")).isEqualTo(Pair.of(Stage.WRITE_DESTINATION));
            climb.to(Stage.READ_BOTH);
            climb.finishUnharmed("one-refused");
        }
    }

    /** What goes wrong with one topic ends the run, and still the fence that is closed for another is opened. */
    @Test
    void aFenceIsOpenedThoughAnotherTopicCannotFollow() throws Exception {
        try (Climb climb = climb(
                new LiveTopic("crates", MessageType.FIFO, LiveGroup.orderly("porters")),
                new LiveTopic("cards", MessageType.NORMAL, LiveGroup.concurrent("readers")))) {
            climb.to(Stage.READ_BOTH);
            climb.awaitReady(Stage.WRITE_DESTINATION);
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                wire.on(TOPIC)
                        .with("topic", "crates")
                        .with("perm", READ_ONLY)
                        .at("source-a")
                        .before(() -> climb.live().slow("porters", 60_000));
                ApplyReport closed =
                        climb.attempt(Stage.WRITE_DESTINATION, Selection.of(null, "crates", null), wire, HASTY);
                assertThat(closed.overdue().get("crates")).contains("is still in the fence after");
                assertThat(wire.unfired()).isEmpty();
            }
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                // What is left in front of the fence is consumed only once the other topic is on its way.
                wire.on(TOPIC)
                        .with("topic", "cards")
                        .with("perm", READ_WRITE)
                        .at("destination-a")
                        .before(() -> climb.live().slow("porters", 0));
                for (String broker : List.of("source-a", "source-b")) {
                    wire.on(TOPIC)
                            .with("topic", "cards")
                            .with("perm", READ_ONLY)
                            .at(broker)
                            .every()
                            .answer(SYSTEM_ERROR, "the disk is full");
                }
                ApplyReport refused = climb.attempt(Stage.WRITE_DESTINATION, wire);
                assertThat(refused.outcome()).describedAs(Printed.of(refused)).isEqualTo(Outcome.INCOMPLETE);
                assertThat(Printed.of(refused)).contains("the disk is full");
                assertThat(wire.unfired()).isEmpty();
            }
            assertThat(climb.standing("crates")).isEqualTo(Pair.of(Stage.WRITE_DESTINATION));
            assertThat(climb.standing("cards")).isEqualTo(Pair.of(Stage.READ_BOTH));
            climb.to(Stage.WRITE_DESTINATION);
            climb.finishUnharmed("opened");
        }
    }

    /** It would get messages at which groups have no offsets: it waits until the topic is not written there. */
    @Test
    void aMasterThatComesLaterGetsTheTopicOnItsWayBack() throws Exception {
        sandbox.lose("destination-b");
        try (Climb climb = climb(
                new LiveTopic("mails", MessageType.NORMAL, LiveGroup.concurrent("sorters")),
                new LiveTopic("cables", MessageType.FIFO, LiveGroup.orderly("clerks")))) {
            Apply.Settings without = new Apply.Settings(
                    false,
                    Duration.ofMinutes(3),
                    Set.of("destination-b"),
                    Goals.STEADY.terms(),
                    Goals.STEADY.timeouts(),
                    Goals.STEADY.policy());
            climb.to(climb.plan(Stage.WRITE_DESTINATION), "without destination-b", without);
            sandbox.restart("destination-b");
            climb.to(Stage.WRITE_DESTINATION);
            assertThat(climb.destination("mails")).containsOnlyKeys("destination-a");
            assertThat(TopicsInUse.warnings(climb.situation(Stage.WRITE_DESTINATION)))
                    .singleElement()
                    .asString()
                    .startsWith(
                            "The destination's master destination-b lacks topics cables, mails, which clients write");
            climb.to(Stage.READ_BOTH);
            climb.to(Stage.WRITE_DESTINATION);
            for (String topic : List.of("mails", "cables")) {
                assertThat(climb.destination(topic).get("destination-b").access())
                        .isEqualTo(Access.READ_WRITE);
            }
            climb.finishUnharmed("new-master");
        }
    }

    @Test
    void aClientOnTheOldEndpointHoldsTheTopicBackAndIsNamed() throws Exception {
        try (Climb climb = climb(new LiveTopic("letters", MessageType.NORMAL, LiveGroup.concurrent("postmen")))) {
            String old = sandbox.endpoints().cluster(Side.SOURCE).nameServers();
            try (LiveTraffic.Stray stray = climb.live().stray("postmen", old)) {
                ApplyReport held = climb.attempt(Stage.READ_BOTH);
                assertThat(held.outcome()).describedAs(Printed.of(held)).isEqualTo(Outcome.BLOCKED);
                assertThat(Printed.of(held))
                        .contains("letters: consumers-switched failed", "1 of 4 clients of postmen still uses " + old)
                        .contains(stray.name());
                assertThat(held.left().situation().destination().topic("letters"))
                        .describedAs("a group over two endpoints would repeat")
                        .isEmpty();
            }
            climb.to(Stage.READ_BOTH);
            climb.finishUnharmed("stray");
        }
    }

    /** The group is slower than its producers: the fence is not opened over what it has left. */
    @Test
    void aFenceStaysClosedWhileSomethingIsLeftInFrontOfIt() throws Exception {
        staysClosed("", List.of(Stage.WRITE_DESTINATION));
    }

    @Test
    void aFenceStaysClosedOnTheWayBackToo() throws Exception {
        staysClosed("-back", List.of(Stage.WRITE_DESTINATION, Stage.READ_BOTH));
    }

    private void staysClosed(String suffix, List<Stage> stages) throws Exception {
        String topic = "claims" + suffix;
        String group = "adjusters" + suffix;
        try (Climb climb = climb(new LiveTopic(topic, MessageType.FIFO, LiveGroup.orderly(group)))) {
            climb.to(Stage.READ_BOTH);
            for (Stage stage : stages) {
                boolean forward = stage == Stage.WRITE_DESTINATION;
                climb.awaitReady(stage);
                try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                    // From the moment when the one side is closed, nobody consumes.
                    wire.on(TOPIC)
                            .with("topic", topic)
                            .with("perm", READ_ONLY)
                            .at(forward ? "source-a" : "destination-a")
                            .before(() -> climb.live().slow(group, 60_000));
                    ApplyReport late = climb.attempt(stage, wire, HASTY);
                    assertThat(late.outcome()).describedAs(Printed.of(late)).isEqualTo(Outcome.BLOCKED);
                    assertThat(Printed.of(late))
                            .contains("1 overdue")
                            .contains("Overdue ! topic " + topic + " it is still in the fence");
                    assertThat(wire.unfired()).isEmpty();
                }
                assertThat(climb.standing(topic))
                        .isEqualTo(forward ? new Pair(Access.READ, Access.WRITE) : new Pair(Access.WRITE, Access.READ));
                climb.live().slow(group, 0);
                climb.to(stage);
            }
            climb.finishUnharmed("fence" + suffix);
        }
    }

    /**
     * Both clusters are read again and again while a fence is closed: one answer that does not come leaves nobody in
     * it.
     */
    @Test
    void aServerThatCannotBeReadForAMomentHoldsNothingUp() throws Exception {
        try (Climb climb = climb(new LiveTopic("chats", MessageType.FIFO, LiveGroup.orderly("writers")))) {
            climb.to(Stage.READ_BOTH);
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                wire.on(TOPIC)
                        .with("topic", "chats")
                        .with("perm", READ_ONLY)
                        .at("source-a")
                        .before(() -> {
                            wire.on(SETTINGS).at("source-b").answer(SYSTEM_ERROR, "restarting");
                            wire.on(SETTINGS).at("source-b").nth(2).cutBefore();
                        });
                ApplyReport report = climb.attempt(Stage.WRITE_DESTINATION, wire);
                assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
                assertThat(wire.unfired()).isEmpty();
            }
            climb.to(Stage.WRITE_DESTINATION);
            climb.finishUnharmed("unread");
        }
    }

    /**
     * If the operator accepts it, the fence opens over the backlog, and the journal keeps the size of that backlog.
     */
    @Test
    void aFenceIsOpenedAtOnceWhereReorderingIsAllowed() throws Exception {
        Apply.Settings reordering = hasty(true);
        try (Climb climb = climb(new LiveTopic("bids", MessageType.FIFO, LiveGroup.orderly("sellers")))) {
            climb.to(Stage.READ_BOTH);
            climb.awaitReady(Stage.WRITE_DESTINATION);
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                wire.on(TOPIC)
                        .with("topic", "bids")
                        .with("perm", READ_ONLY)
                        .at("source-a")
                        .before(() -> climb.live().slow("sellers", 60_000));
                ApplyReport waiting = climb.attempt(Stage.WRITE_DESTINATION, wire, reordering);
                assertThat(waiting.outcome())
                        .describedAs("a fence that it closes itself has its time; " + Printed.of(waiting))
                        .isEqualTo(Outcome.BLOCKED);
                assertThat(wire.unfired()).isEmpty();
                ApplyReport report = climb.attempt(Stage.WRITE_DESTINATION, wire, reordering);
                assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
            }
            assertThat(climb.standing("bids")).isEqualTo(Pair.of(Stage.WRITE_DESTINATION));
            assertThat(climb.journal())
                    .filteredOn(line -> line.path("event").asText().equals("step"))
                    .last()
                    .satisfies(step -> {
                        assertThat(step.path("topic").asText()).isEqualTo("bids");
                        assertThat(step.path("checks")).anySatisfy(check -> {
                            assertThat(check.path("check").asText()).isEqualTo("source-drained");
                            assertThat(check.path("verdict").asText()).isEqualTo("overruled");
                            assertThat(check.path("message").asText())
                                    .contains("sellers")
                                    .endsWith("(overruled with -Dmigrate.allowReordering)");
                        });
                    });
            climb.live().slow("sellers", 0);
            Tally tally = climb.finish("reordered");
            assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
        }
    }

    /**
     * Producers cannot reach a broker that is down; what they could send is not lost, and the step is finished later.
     */
    @Test
    void aBrokerOfEachSideIsLostWithinAStep() throws Exception {
        try (Climb climb = climb(new LiveTopic("trips", MessageType.NORMAL, LiveGroup.concurrent("drivers")))) {
            climb.to(Stage.READ_BOTH);
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                wire.on(TOPIC).with("topic", "trips").at("source-b").before(() -> sandbox.kill("source-b"));
                ApplyReport lost = climb.attempt(Stage.WRITE_DESTINATION, wire);
                assertThat(lost.outcome()).describedAs(Printed.of(lost)).isEqualTo(Outcome.INCOMPLETE);
                assertThat(wire.unfired()).isEmpty();
            }
            sandbox.restart("source-b");
            climb.to(Stage.WRITE_DESTINATION);
            sandbox.lose("destination-a");
            ApplyReport missing = climb.attempt(Stage.DESTINATION);
            assertThat(missing.outcome()).describedAs(Printed.of(missing)).isEqualTo(Outcome.BLOCKED);
            assertThat(Printed.of(missing)).contains("brokers-present");
            sandbox.restart("destination-a");
            climb.live().awaitFlowSince(climb.live().mark("restarted"));
            climb.to(Stage.DESTINATION);
            climb.finish("lost-brokers");
        }
    }

    /**
     * A broker comes back without its join: until it has joined again, clients miss it, and then they get what it
     * holds.
     */
    @Test
    void aJoinIsLostAndMadeAgain() throws Exception {
        try (Climb climb = climb(
                new LiveTopic("tolls", MessageType.NORMAL, LiveGroup.concurrent("gates")),
                new LiveTopic("loads", MessageType.FIFO, LiveGroup.orderly("scales")))) {
            climb.to(Stage.READ_BOTH);
            sandbox.kill("source-b");
            sandbox.configure(
                    "source-b",
                    "namesrvAddr",
                    sandbox.endpoints().cluster(Side.SOURCE).nameServers());
            sandbox.restart("source-b");
            assertThat(climb.goals()
                            .plan(climb.plan(Stage.READ_BOTH), Selection.ALL)
                            .outcome())
                    .isEqualTo(Outcome.DRIFT);
            climb.to(Stage.READ_BOTH);
            climb.to(Stage.DESTINATION);
            climb.finish("lost-join");
        }
    }

    /**
     * In each step, up and back, servers are killed at the first write of a topic and come again; then the step is
     * finished. Messages to a queue that is away cannot be sent, and its keys go elsewhere: nothing else is asked for.
     */
    @ParameterizedTest
    @ValueSource(strings = {"source-b", "destination-b", "destination-nameserver destination-a destination-b"})
    void serversAreLostWithinEachStep(String names) throws Exception {
        List<String> servers = List.of(names.split(" "));
        String suffix = "-" + servers.size() + servers.get(0).charAt(0);
        Apply.Settings patient = new Apply.Settings(
                false,
                Duration.ofMinutes(3),
                Goals.SETTINGS.forgotten(),
                Goals.STEADY.terms(),
                Goals.SETTINGS.timeouts(),
                Goals.SETTINGS.policy());
        try (Climb climb = climb(
                new LiveTopic("rides" + suffix, MessageType.NORMAL, LiveGroup.concurrent("riders" + suffix)),
                new LiveTopic("fares" + suffix, MessageType.FIFO, LiveGroup.orderly("cashiers" + suffix)))) {
            for (Stage stage : KilledLadderIT.UP_AND_BACK) {
                AtomicBoolean lost = new AtomicBoolean();
                try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                    wire.onWrite(words -> words.startsWith("TOPIC at ") && words.contains("s" + suffix))
                            .before(() -> {
                                lost.set(true);
                                for (String server : servers) {
                                    sandbox.kill(server);
                                }
                            });
                    ApplyReport report = climb.attempt(stage, wire);
                    assertThat(report.outcome())
                            .describedAs(Printed.of(report))
                            .isIn(Outcome.INCOMPLETE, Outcome.BLOCKED, Outcome.APPLIED);
                }
                assertThat(lost).describedAs(stage.word()).isTrue();
                sandbox.restart(servers.toArray(String[]::new));
                climb.to(climb.plan(stage), stage.word(), patient);
            }
            climb.finish("lost-servers" + suffix);
        }
    }
}
