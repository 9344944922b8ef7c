package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryNameServer;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.RecordCopy;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics that were rolled back stay where they are, whatever the plan asks for, until somebody releases them. */
final class RollbackTest {
    private static final Optional<Stage> ONE_STAGE = Optional.empty();
    private static final Optional<Stage> TO_SOURCE = Optional.of(Stage.SOURCE);
    private static final String DESTINATION = "10.0.1.11:9876";

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    /** The stages in the plan, which a rollback does not change. */
    private Stage clicks = Stage.DESTINATION;

    private Stage orders = Stage.WRITE_DESTINATION;

    /** Topics of mixed stages: clicks is at destination, views at read-both, orders (FIFO) at write-destination. */
    @BeforeEach
    void move() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a", "old-b")
                .cluster(Side.DESTINATION, "5.5.0", List.of(DESTINATION), "new-a", "new-b")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
                .topic(Side.SOURCE, "views", ClusterFixture.topic(4))
                .topic(Side.SOURCE, "orders", ClusterFixture.topic(4))
                .joined();
        ApplyReport report = apply();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
    }

    private MigrationPlan plan() {
        return MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: destination
                    topics:
                      - { name: clicks, type: NORMAL, stage: %s }
                      - { name: views, type: NORMAL, stage: read-both }
                      - { name: orders, type: FIFO, stage: %s }
                """.formatted(clicks.word(), orders.word()));
    }

    private Apply goal() {
        return new Apply(
                network.timing(),
                Goals.outputs(folder),
                MemoryRun.ORIGIN,
                new Apply.Settings(
                        false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL),
                opened -> Connections.of(
                        opened,
                        Map.of(
                                Side.SOURCE, network.writer(Side.SOURCE),
                                Side.DESTINATION, network.writer(Side.DESTINATION)),
                        network.timing()));
    }

    private ApplyReport run(Apply goal, String topics) {
        return goal.run(
                new Apply.ApplyRequest("migration.yaml", plan(), Selection.of(null, topics, null), Optional.empty()),
                planned -> {},
                new StopSignal(),
                ApplyProgress.SILENT);
    }

    private ApplyReport apply() {
        return run(goal(), null);
    }

    private ApplyReport rollback(Optional<Stage> to, String topics) {
        return run(goal().rollingBack(new RollbackOrder(to, "Checkout errors", Optional.empty())), topics);
    }

    private PlanReport look() {
        Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            readers.put(side, network.reader(side));
        }
        return SimulatedGoals.plan(plan(), readers, network.timing(), folder);
    }

    private Stage stage(String topic) {
        return MemorySituation.of(network, plan())
                .standing(topic)
                .pair()
                .flatMap(Pair::stage)
                .orElseThrow();
    }

    private void stop(String... brokers) {
        for (String broker : brokers) {
            network.stop(network.broker(Side.DESTINATION, broker));
        }
    }

    private void start(String... brokers) {
        for (String broker : brokers) {
            network.start(network.broker(Side.DESTINATION, broker));
        }
    }

    @Test
    void eachTopicGoesBackOneStageFromWhereItIs() {
        ApplyReport report = rollback(ONE_STAGE, null);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(report.summary()).startsWith("Rollback: 0 created, 0 updated, 3 moved");
        assertThat(stage("clicks")).isEqualTo(Stage.WRITE_DESTINATION);
        assertThat(stage("views")).isEqualTo(Stage.SOURCE);
        assertThat(stage("orders")).isEqualTo(Stage.READ_BOTH);
    }

    @Test
    void allTopicsGoBackToTheSource() {
        ApplyReport report = rollback(TO_SOURCE, null);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(List.of(stage("clicks"), stage("views"), stage("orders"))).containsOnly(Stage.SOURCE);
    }

    @Test
    void topicsGoBackToAStageAndNoneGoesForward() {
        rollback(Optional.of(Stage.WRITE_DESTINATION), null);
        assertThat(stage("clicks")).isEqualTo(Stage.WRITE_DESTINATION);
        assertThat(stage("views")).isEqualTo(Stage.READ_BOTH);
        assertThat(stage("orders")).isEqualTo(Stage.WRITE_DESTINATION);
    }

    @Test
    void laterRunsTakeThemNoFurtherForward() {
        rollback(ONE_STAGE, "clicks");
        ApplyReport report = apply();
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(stage("clicks")).isEqualTo(Stage.WRITE_DESTINATION);
        assertThat(Printed.of(report))
                .contains("clicks: on hold rolled back to write-destination and held there by tester on here since ")
                .contains(": Checkout errors");
        assertThat(Printed.of(look())).contains("rolled back to write-destination and held there by tester on here");
        assertThat(stage("orders")).describedAs("not rolled back").isEqualTo(Stage.WRITE_DESTINATION);
    }

    /** A user who repeats a command that was interrupted does not ask for another stage. */
    @Test
    void anInterruptedRollbackIsContinuedAndAFinishedOneGoesFurther() {
        network.begin(write -> write.what().startsWith("topic") ? Optional.of(WriteFault.REFUSED) : Optional.empty());
        ApplyReport stopped = rollback(ONE_STAGE, "clicks");
        assertThat(stopped.outcome()).describedAs(Printed.of(stopped)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
        network.begin(FaultPlan.NONE);
        rollback(ONE_STAGE, "clicks");
        assertThat(stage("clicks")).isEqualTo(Stage.WRITE_DESTINATION);
        rollback(ONE_STAGE, "clicks");
        assertThat(stage("clicks")).isEqualTo(Stage.READ_BOTH);
    }

    /** The rollback of one topic leaves the others and their settings alone, whatever the plan asks for meanwhile. */
    @Test
    void nothingElseMoves() {
        orders = Stage.DESTINATION;
        ApplyReport report = rollback(TO_SOURCE, "clicks");
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(stage("orders")).isEqualTo(Stage.WRITE_DESTINATION);
    }

    @Test
    void aPlanThatAsksForNoMoreEndsTheHold() {
        rollback(ONE_STAGE, "clicks");
        clicks = Stage.WRITE_DESTINATION;
        assertThat(apply().outcome()).isEqualTo(Outcome.CLEAN);
        clicks = Stage.DESTINATION;
        ApplyReport report = apply();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
    }

    @Test
    void aPlanThatAsksForLessIsFollowed() {
        rollback(ONE_STAGE, "clicks");
        clicks = Stage.SOURCE;
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.SOURCE);
    }

    @Test
    void aReleasedTopicMovesAgain() {
        rollback(ONE_STAGE, null);
        Resume resume = new Resume();
        run(goal().resuming(resume), "clicks");
        assertThat(resume.released().keySet()).containsExactly("clicks");
        assertThat(stage("clicks")).describedAs("resume itself moves nothing").isEqualTo(Stage.WRITE_DESTINATION);
        ApplyReport report = apply();
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
        assertThat(stage("orders")).isEqualTo(Stage.READ_BOTH);
        assertThat(report.outcome()).describedAs("the others are on hold").isEqualTo(Outcome.BLOCKED);
    }

    /** The holds are at the source only; the destination's record knows them as soon as a run reaches both. */
    @Test
    void withoutTheDestinationTheSourceOpensAndTheHoldStays() {
        stop("new-a", "new-b");
        ApplyReport report = rollback(TO_SOURCE, "clicks");
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(network.reader(Side.SOURCE).metadata().topic("clicks").values())
                .allMatch(settings -> settings.access() == Access.READ_WRITE);
        start("new-a", "new-b");
        ApplyReport next = apply();
        assertThat(stage("clicks")).isEqualTo(Stage.SOURCE);
        assertThat(Printed.of(next)).contains("rolled back to source and held there by tester on here");
        assertThat(RecordFormat.read(
                                "shop-to-5x", network.reader(Side.DESTINATION).notes())
                        .holds())
                .describedAs("copied to the destination")
                .containsOnlyKeys("clicks");
    }

    /** Nothing of the destination answers, its name servers included. */
    @Test
    void withoutItsNameServersTheSourceOpensToo() {
        network.reachable(DESTINATION, false);
        ApplyReport report = rollback(TO_SOURCE, "clicks");
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(network.reader(Side.SOURCE).metadata().topic("clicks").values())
                .allMatch(settings -> settings.access() == Access.READ_WRITE);
        network.reachable(DESTINATION, true);
        assertThat(Printed.of(apply())).contains("rolled back to source and held there by tester on here");
    }

    /** Another run reads the record of both clusters; a hold that one side has kept must not come back. */
    @Test
    void aReleasedTopicStaysReleased() {
        rollback(ONE_STAGE, "clicks");
        run(goal().resuming(new Resume()), null);
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
    }

    /** Without its record, a run cannot tell which masters there were; what it writes must not look like one. */
    @Test
    void aLostRecordStaysLost() {
        network.nameServers(Side.DESTINATION).values().forEach(MemoryNameServer::forget);
        network.stop(network.broker(Side.SOURCE, "old-b"));
        rollback(ONE_STAGE, "clicks");
        assertThat(RecordCopy.read("shop-to-5x", network.reader(Side.SOURCE).notes())
                        .mastersOf(Side.SOURCE))
                .containsExactly("old-a", "old-b");
        assertThat(Printed.of(apply())).contains("old-b");
    }

    /** The end of a hold did not reach the copy of the record at the source. */
    @Test
    void aCopyOfAHoldThatHasEndedDoesNotBringItBack() {
        rollback(ONE_STAGE, "clicks");
        network.begin(write ->
                write.names().toString().contains("copy:") ? Optional.of(WriteFault.REFUSED) : Optional.empty());
        clicks = Stage.WRITE_DESTINATION;
        apply();
        assertThat(RecordCopy.read("shop-to-5x", network.reader(Side.SOURCE).notes())
                        .holds()
                        .get("clicks"))
                .matches(copy -> copy.stops(Stage.DESTINATION));
        network.begin(FaultPlan.NONE);
        clicks = Stage.DESTINATION;
        ApplyReport report = apply();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void aDryRunSaysWhatItCostsAndWritesNothing() {
        Standing before = MemorySituation.of(network, plan()).standing("clicks");
        Apply dry = new Apply(
                network.timing(),
                Goals.outputs(folder),
                MemoryRun.ORIGIN,
                new Apply.Settings(true, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL),
                opened -> Connections.of(
                        opened,
                        Map.of(
                                Side.SOURCE, network.writer(Side.SOURCE),
                                Side.DESTINATION, network.writer(Side.DESTINATION)),
                        network.timing()));
        ApplyReport report = run(dry.rollingBack(new RollbackOrder(TO_SOURCE, "A drill", Optional.empty())), null);
        assertThat(Printed.of(report.plan())).contains("destination → source");
        assertThat(Printed.of(report))
                .contains(
                        "run again without -Dmigrate.dryRun: mvn migrate:rollback -Dmigrate.reason='A drill' -Dmigrate.to=source");
        assertThat(MemorySituation.of(network, plan()).standing("clicks")).isEqualTo(before);
        assertThat(look().outcome()).isEqualTo(Outcome.CLEAN);
    }
}
