package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.ProducersView;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server does not answer while a fence closes, so nobody knows whether it is closed. */
final class HalfClosedFenceTest {
    private static final String NAME_SERVER = "10.0.1.11:9876";

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private String routing;
    private Stage stage = Stage.READ_BOTH;

    private void begin(String itsRouting) {
        routing = itsRouting;
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of(NAME_SERVER), "new-a")
                .topic(Side.SOURCE, "orders", ClusterFixture.topic(4));
        if (routing.equals("join")) {
            network.joined();
        }
        assertThat(apply(Stage.READ_BOTH).outcome()).isEqualTo(Outcome.APPLIED);
    }

    private MigrationPlan plan() {
        return MemorySituation.plan(network, """
                traffic: { routing: %s }
                batches: [{ name: all, stage: %s, topics: [{ name: orders, type: FIFO }] }]
                """.formatted(routing, stage.word()));
    }

    private ApplyReport apply(Stage wanted) {
        stage = wanted;
        return SimulatedGoals.apply(
                plan(),
                Map.of(
                        Side.SOURCE, network.writer(Side.SOURCE),
                        Side.DESTINATION, network.writer(Side.DESTINATION)),
                network.timing(),
                folder,
                false,
                ApplyProgress.SILENT);
    }

    private Standing standing() {
        return MemorySituation.of(network, plan()).standing("orders");
    }

    private MemoryBroker broker() {
        return network.broker(Side.SOURCE, "old-a");
    }

    private boolean closesSource(WriteCall call) {
        return call.what().equals("topic") && call.address().equals(broker().address());
    }

    /** The broker hangs for a minute when it is to be closed, and makes the write long after that. */
    @Test
    void aRunFinishesAFenceThatItMayHaveClosed() {
        begin("client");
        ProducersView view = network.watch("orders", Set.of(Side.values()));
        AtomicBoolean hangs = new AtomicBoolean();
        network.begin(call -> {
            if (!closesSource(call) || hangs.getAndSet(true)) {
                return Optional.empty();
            }
            network.reachable(broker().address(), false);
            network.timing().after(Duration.ofMinutes(1), () -> network.reachable(broker().address(), true));
            network.timing()
                    .after(
                            Duration.ofMinutes(10),
                            () -> network.topic(
                                    Side.SOURCE,
                                    "orders",
                                    ClusterFixture.topic(4).withAccess(Access.READ)));
            return Optional.of(WriteFault.LOST);
        });
        ApplyReport report = apply(Stage.WRITE_DESTINATION);
        network.timing().sleep(Duration.ofMinutes(15));
        assertThat(view.now())
                .describedAs("producers find a queue: %s", Printed.of(report))
                .isNotEmpty();
        assertThat(standing()).isEqualTo(Standing.of(Pair.of(Stage.WRITE_DESTINATION)));
        assertThat(view.wasEverWritableOnBothSides()).isFalse();
    }

    /** Producers that have turned find no queue, although brokers are as before. */
    @Test
    void aRouteThatCouldNotBePutBackIsSaidToBeThere() {
        begin("join");
        AtomicBoolean refused = new AtomicBoolean();
        network.begin(call -> {
            if (closesSource(call)) {
                refused.set(true);
                return Optional.of(WriteFault.REFUSED);
            }
            return refused.get() && call.what().equals("route") ? Optional.of(WriteFault.LOST) : Optional.empty();
        });
        ApplyReport report = apply(Stage.WRITE_DESTINATION);
        assertThat(report.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(standing()).isEqualTo(Standing.of(Pair.of(Stage.READ_BOTH)));
        assertThat(shown()).describedAs("the source at the name server").isEqualTo(Access.READ);
        assertThat(Printed.of(report))
                .doesNotContain("was put back as it was")
                .contains("unknown move topic orders the brokers are as before")
                .contains("some name server still sends producers to the destination");
        network.begin(FaultPlan.NONE);
        assertThat(apply(Stage.READ_BOTH).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(shown()).isEqualTo(Access.READ_WRITE);
    }

    private Access shown() {
        return network.nameServers(Side.DESTINATION)
                .get(NAME_SERVER)
                .route("orders")
                .get("old-a")
                .access();
    }
}
