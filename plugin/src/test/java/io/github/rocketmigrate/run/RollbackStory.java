package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.GateLook;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.Gate;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Topics of mixed stages, and the goals that take them back and forward. */
abstract class RollbackStory {
    static final Optional<Stage> ONE_STAGE = Optional.empty();
    static final Optional<Stage> TO_SOURCE = Optional.of(Stage.SOURCE);
    static final String DESTINATION = "10.0.1.11:9876";

    @TempDir
    Path folder;

    final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    /** The stages in the plan, which a rollback does not change. */
    Stage clicks = Stage.DESTINATION;

    Stage views = Stage.READ_BOTH;

    Stage orders = Stage.WRITE_DESTINATION;
    /** More of the plan's traffic. */
    String traffic = "";
    /** How long a run waits. */
    Duration wait = Duration.ZERO;

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

    MigrationPlan plan() {
        return MemorySituation.plan(network, """
                traffic: { routing: join%s }
                batches:
                  - name: all
                    stage: destination
                    topics:
                      - { name: clicks, type: NORMAL, stage: %s }
                      - { name: views, type: NORMAL, stage: %s }
                      - { name: orders, type: FIFO, stage: %s }
                """.formatted(traffic, clicks.word(), views.word(), orders.word()));
    }

    Apply goal() {
        return new Apply(
                network.timing(),
                Goals.outputs(folder),
                MemoryRun.ORIGIN,
                new Apply.Settings(false, wait, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL),
                opened -> Connections.of(
                        opened,
                        Map.of(
                                Side.SOURCE, network.writer(Side.SOURCE),
                                Side.DESTINATION, network.writer(Side.DESTINATION)),
                        network.timing(),
                        this::lookAt));
    }

    /** What is seen of the gates that are due; these plans have none. */
    Map<Gate, GateLook> lookAt(Collection<Gate> due, Instant at) {
        return Map.of();
    }

    ApplyReport run(Apply goal, String topics) {
        return goal.run(
                new Apply.ApplyRequest("migration.yaml", plan(), Selection.of(null, topics, null), Optional.empty()),
                planned -> {},
                new StopSignal(),
                ApplyProgress.SILENT);
    }

    ApplyReport apply() {
        return run(goal(), null);
    }

    ApplyReport rollback(Optional<Stage> to, String topics) {
        return run(goal().rollingBack(new RollbackOrder(to, "Checkout errors", Optional.empty())), topics);
    }

    PlanReport look() {
        Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            readers.put(side, network.reader(side));
        }
        return SimulatedGoals.plan(plan(), readers, network.timing(), folder);
    }

    Stage stage(String topic) {
        return MemorySituation.of(network, plan())
                .standing(topic)
                .pair()
                .flatMap(Pair::stage)
                .orElseThrow();
    }

    void stop(String... brokers) {
        for (String broker : brokers) {
            network.stop(network.broker(Side.DESTINATION, broker));
        }
    }

    void start(String... brokers) {
        for (String broker : brokers) {
            network.start(network.broker(Side.DESTINATION, broker));
        }
    }
}
