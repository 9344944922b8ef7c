package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryNetwork;
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
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A broker does not answer a run. Later runs move the topic on, and then the broker makes the write of the first run. */
final class LateWriteOfEarlierRunTest {
    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private String type = "NORMAL";
    private int writes;

    @BeforeEach
    void begin() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "orders", ClusterFixture.topic(4))
                .joined();
    }

    private MigrationPlan plan(Stage stage) {
        return MemorySituation.plan(network, """
                traffic: { routing: join }
                batches: [{ name: all, stage: %s, topics: [{ name: orders, type: %s }] }]
                """.formatted(stage.word(), type));
    }

    private ApplyReport apply(Stage stage) {
        return SimulatedGoals.apply(plan(stage), writers(), network.timing(), folder, false, ApplyProgress.SILENT);
    }

    private Map<Side, ClusterWriter> writers() {
        return Map.of(Side.SOURCE, network.writer(Side.SOURCE), Side.DESTINATION, network.writer(Side.DESTINATION));
    }

    private Standing standing() {
        return MemorySituation.of(network, plan(Stage.SOURCE)).standing("orders");
    }

    private MemoryBroker broker() {
        return network.broker(Side.DESTINATION, "new-a");
    }

    /** Write 1 creates the topic without permissions, write 2 opens it for reading. */
    @ParameterizedTest
    @CsvSource({
        "NORMAL, 1, NONE, DESTINATION",
        "NORMAL, 1, NONE, WRITE_DESTINATION",
        "NORMAL, 2, READ, DESTINATION",
        "NORMAL, 2, READ, WRITE_DESTINATION",
        "FIFO, 1, NONE, DESTINATION",
        "FIFO, 1, NONE, WRITE_DESTINATION",
        "FIFO, 2, READ, DESTINATION"
    })
    void theNextRunUndoesIt(String itsType, int write, Access late, Stage stage) {
        type = itsType;
        network.begin(call -> call.what().equals("topic") && call.names().contains("orders") && ++writes == write
                ? Optional.of(WriteFault.LOST)
                : Optional.empty());
        assertThat(apply(Stage.READ_BOTH).outcome()).isEqualTo(Outcome.INCOMPLETE);
        network.begin(FaultPlan.NONE);
        ApplyReport moving = apply(stage);
        assertThat(standing()).describedAs(Printed.of(moving)).isEqualTo(Standing.of(Pair.of(stage)));
        network.timing().sleep(Duration.ofMinutes(30));
        network.access(broker(), "orders", late);
        assertThat(standing().destination()).containsExactly(late);
        ApplyReport undoing = apply(stage);
        assertThat(undoing.outcome()).describedAs(Printed.of(undoing)).isEqualTo(Outcome.APPLIED);
        assertThat(standing()).isEqualTo(Standing.of(Pair.of(stage)));
    }

    /** The note of a write that may still come says nothing of a fence that the topic has passed. */
    @Test
    void aRollbackAfterTheFenceGoesBackOneStageOnly() {
        type = "FIFO";
        network.begin(call -> call.what().equals("topic") && call.names().contains("orders") && ++writes == 1
                ? Optional.of(WriteFault.LOST)
                : Optional.empty());
        assertThat(apply(Stage.READ_BOTH).outcome()).isEqualTo(Outcome.INCOMPLETE);
        network.begin(FaultPlan.NONE);
        assertThat(apply(Stage.DESTINATION).outcome()).isEqualTo(Outcome.APPLIED);
        ApplyReport back = SimulatedGoals.rollback(
                plan(Stage.DESTINATION),
                writers(),
                network.timing(),
                folder,
                FencePolicy.USUAL,
                Stage.WRITE_DESTINATION,
                ApplyProgress.SILENT);
        assertThat(back.outcome()).describedAs(Printed.of(back)).isEqualTo(Outcome.APPLIED);
        assertThat(standing()).isEqualTo(Standing.of(Pair.of(Stage.WRITE_DESTINATION)));
    }
}
