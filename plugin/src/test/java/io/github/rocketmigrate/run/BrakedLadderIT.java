package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTopics;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** People who intervene in each rung of the ladder, under live traffic: with the brake, and with a rollback. */
@Tag("thorough")
final class BrakedLadderIT {
    private static final List<Stage> UP = List.of(Stage.READ_BOTH, Stage.WRITE_DESTINATION, Stage.DESTINATION);
    private static final Duration OBEYED_WITHIN = Duration.ofSeconds(2);
    private static final int MOST_MINUTES = 5;

    private static final Apply.Settings PATIENT = new Apply.Settings(
            false,
            Duration.ofMinutes(3),
            Goals.SETTINGS.forgotten(),
            Goals.STEADY.terms(),
            Goals.SETTINGS.timeouts(),
            Goals.SETTINGS.policy());

    /** A run that is braked waits so long for somebody to release the brake. */
    private static final Apply.Settings HASTY = new Apply.Settings(
            false,
            Duration.ofSeconds(40),
            Goals.SETTINGS.forgotten(),
            Goals.STEADY.terms(),
            Goals.SETTINGS.timeouts(),
            Goals.SETTINGS.policy());

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        // Brokers from 5.3.0 on take many topics in one request, whose words do not say which.
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.1.4", 1);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static List<LiveTopic> topics(String suffix) {
        return List.of(
                new LiveTopic("clicks" + suffix, MessageType.NORMAL, LiveGroup.concurrent("audit" + suffix)),
                new LiveTopic("orders" + suffix, MessageType.FIFO, LiveGroup.orderly("billing" + suffix)));
    }

    /** A write of the rung, and not the creation of the topic without permissions before it. */
    private static boolean isStep(String write, Stage rung, List<LiveTopic> topics) {
        return write.startsWith("TOPIC at ")
                && !(rung == Stage.READ_BOTH && write.endsWith(", perm 0"))
                && topics.stream().anyMatch(topic -> write.contains("topic " + topic.name() + ","));
    }

    /** The plan wants the last stage, so only the brake keeps the run from the next rung; after the last one, there is none. */
    @Test
    void theBrakeStopsTheRunAfterTheRungThatHasBegun() throws Exception {
        List<LiveTopic> topics = topics("");
        try (Climb climb = Climb.joined(sandbox, folder, topics, Climb.QUICK)) {
            Stage before = Stage.SOURCE;
            for (Stage rung : UP) {
                Goals goals = climb.goals();
                String last = climb.plan(Stage.DESTINATION);
                AtomicReference<Instant> pulled = new AtomicReference<>();
                try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                    wire.onWrite(write -> isStep(write, rung, topics)).before(() -> {
                        goals.brake(last, List.of());
                        pulled.set(Instant.now());
                    });
                    ApplyReport braked = climb.attempt(Stage.DESTINATION, wire, HASTY);
                    assertThat(wire.unfired()).describedAs(rung.word()).isEmpty();
                    assertThat(braked.outcome())
                            .describedAs(Printed.of(braked))
                            .isEqualTo(isThere(climb, topics, Stage.DESTINATION) ? Outcome.APPLIED : Outcome.BLOCKED);
                    assertThat(Printed.of(braked)).contains("mvn migrate:resume");
                }
                assertThat(climb.journal().stream()
                                .filter(line -> line.path("event").asText().equals("step"))
                                .map(line -> Instant.parse(line.path("at").asText())))
                        .describedAs("steps begun after the brake")
                        .isNotEmpty()
                        .allMatch(at -> at.isBefore(pulled.get().plus(OBEYED_WITHIN)));
                assertStandings(climb, topics, before, rung);
                if (!isThere(climb, topics, Stage.DESTINATION)) {
                    ApplyReport held = goals.applySteadily(last);
                    assertThat(held.outcome()).describedAs(Printed.of(held)).isEqualTo(Outcome.BLOCKED);
                    assertThat(Printed.of(held)).contains("the brake is on");
                }
                goals.release(last, List.of());
                climb.to(rung);
                before = rung;
            }
            climb.goals().brake(climb.plan(Stage.SOURCE), List.of());
            ApplyReport back = climb.attempt(Stage.SOURCE);
            assertThat(back.outcome()).describedAs("going back is never braked").isEqualTo(Outcome.APPLIED);
            climb.goals().release(climb.plan(Stage.SOURCE), List.of());
            climb.finishUnharmed("braked-ladder");
        }
    }

    private static boolean isThere(Climb climb, List<LiveTopic> topics, Stage stage) {
        return topics.stream().allMatch(topic -> climb.standing(topic.name()).equals(Pair.of(stage)));
    }

    private static void assertStandings(Climb climb, List<LiveTopic> topics, Stage before, Stage after) {
        assertThat(topics)
                .allSatisfy(topic -> assertThat(climb.standing(topic.name()))
                        .describedAs(topic.name())
                        .isIn(Pair.of(before), Pair.of(after)));
    }

    /** Somebody rolls back while a run is at a write of the rung, or after a {@code kill -9} there. */
    @ParameterizedTest(name = "the run was killed: {0}")
    @ValueSource(booleans = {false, true})
    void aRollbackWithinARungLosesNothing(boolean killed) throws Exception {
        String suffix = killed ? "-killed" : "-running";
        List<LiveTopic> topics = topics(suffix);
        try (Climb climb = Climb.joined(sandbox, folder, topics, Climb.QUICK)) {
            Stage before = Stage.SOURCE;
            for (Stage rung : UP) {
                if (before != Stage.SOURCE) {
                    climb.to(before);
                }
                ApplyReport back =
                        killed ? rollbackAfterKill(climb, rung, topics) : rollbackMeanwhile(climb, rung, topics);
                assertThat(back.outcome()).describedAs(Printed.of(back)).isEqualTo(Outcome.APPLIED);
                assertStandings(climb, topics, Stage.SOURCE, Stage.SOURCE);
                anUnrelatedApplyLeavesThemThere(climb, rung, topics, suffix);
                climb.goals().resume(climb.plan(rung), Selection.ALL);
                before = rung;
            }
            climb.finishUnharmed("rollback-within" + suffix);
        }
    }

    private static ApplyReport rollback(Climb climb, Stage planned) throws Exception {
        return climb.rollback(
                planned,
                Selection.ALL,
                new RollbackOrder(Optional.of(Stage.SOURCE), "Checkout errors", Optional.empty()));
    }

    private static ApplyReport rollbackMeanwhile(Climb climb, Stage rung, List<LiveTopic> topics) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            AtomicReference<Future<ApplyReport>> back = new AtomicReference<>();
            wire.onWrite(write -> isStep(write, rung, topics))
                    .before(() -> back.set(other.submit(() -> rollback(climb, rung))));
            ApplyReport forward = climb.attempt(rung, Selection.ALL, wire, PATIENT);
            assertThat(wire.unfired()).describedAs(Printed.of(forward)).isEmpty();
            return back.get().get(MOST_MINUTES, TimeUnit.MINUTES);
        } finally {
            other.shutdownNow();
        }
    }

    private ApplyReport rollbackAfterKill(Climb climb, Stage rung, List<LiveTopic> topics) throws Exception {
        Path own = folder.resolve("killed-" + rung.word());
        AtomicReference<Process> apply = new AtomicReference<>();
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            wire.onWrite(write -> isStep(write, rung, topics))
                    .after(() -> apply.get().destroyForcibly().waitFor());
            apply.set(ApplyMain.start(climb.plan(rung, wire), own));
            assertThat(apply.get().waitFor())
                    .describedAs(ApplyMain.printed(own))
                    .isNotZero();
        } finally {
            apply.get().destroyForcibly().waitFor();
        }
        return rollback(climb, rung);
    }

    /** The next commit in git is about another topic, which moves. */
    private static void anUnrelatedApplyLeavesThemThere(Climb climb, Stage rung, List<LiveTopic> topics, String suffix)
            throws Exception {
        String other = "other" + suffix + "-" + rung.word();
        LiveTopics.create(sandbox, Side.SOURCE, List.of(new LiveTopic(other, MessageType.NORMAL)));
        String plan = climb.plan(rung)
                .replace("    groups:\n", "      - { name: " + other + ", type: NORMAL }\n    groups:\n");
        ApplyReport report = climb.goals().applySteadily(plan);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report)).contains("rolled back to source").contains(": Checkout errors");
        assertThat(report.left().situation().isAt(rung, other))
                .describedAs(Printed.of(report))
                .isTrue();
        assertStandings(climb, topics, Stage.SOURCE, Stage.SOURCE);
    }
}
