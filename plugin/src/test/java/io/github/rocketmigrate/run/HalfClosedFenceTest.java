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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server does not answer while a fence closes, so nobody knows whether it is closed. */
final class HalfClosedFenceTest {
    private static final String NAME_SERVER = "10.0.1.11:9876";

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private String routing;
    private Stage stage = Stage.READ_BOTH;

    private void begin(String itsRouting) {
        begin(itsRouting, "old-a");
    }

    private void begin(String itsRouting, String... sources) {
        routing = itsRouting;
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), sources)
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

    /** The broker hangs when it is to be closed, longer than the run waits, and makes the write {@code later}. */
    private void hangWhileClosing(Duration later) {
        AtomicBoolean hangs = new AtomicBoolean();
        network.begin(call -> {
            if (!closesSource(call) || hangs.getAndSet(true)) {
                return Optional.empty();
            }
            network.reachable(broker().address(), false);
            network.timing().after(Duration.ofMinutes(20), () -> network.reachable(broker().address(), true));
            network.timing()
                    .after(
                            later,
                            () -> network.topic(
                                    Side.SOURCE,
                                    "orders",
                                    ClusterFixture.topic(4).withAccess(Access.READ)));
            return Optional.of(WriteFault.LOST);
        });
    }

    /** People have put the plan back, and a run has found everything as it was before the fence. */
    @ParameterizedTest
    @CsvSource({"READ_BOTH, READ", "SOURCE, NONE"})
    void aRunFinishesAFenceThatABrokerClosesAfterTheTopicWasPutBack(Stage back, Access atDestination) {
        begin("client");
        ProducersView view = network.watch("orders", Set.of(Side.values()));
        hangWhileClosing(Duration.ofMinutes(30));
        ApplyReport closing = apply(Stage.WRITE_DESTINATION);
        assertThat(closing.outcome()).describedAs(Printed.of(closing)).isEqualTo(Outcome.INCOMPLETE);
        network.begin(FaultPlan.NONE);
        network.timing().sleep(Duration.ofMinutes(21));
        ApplyReport asBefore = apply(back);
        assertThat(standing()).describedAs(Printed.of(asBefore)).isEqualTo(Standing.of(Pair.of(back)));
        network.timing().sleep(Duration.ofMinutes(10));
        assertThat(standing()).isEqualTo(Standing.of(new Pair(Access.READ, atDestination)));
        assertThat(view.now()).describedAs("producers find no queue").isEmpty();
        ApplyReport finishing = apply(back);
        assertThat(finishing.outcome()).describedAs(Printed.of(finishing)).isEqualTo(Outcome.APPLIED);
        assertThat(standing()).isEqualTo(Standing.of(Pair.of(back)));
        assertThat(view.wasEverWritableOnBothSides()).isFalse();
    }

    /** What an operator does long after that is not finished. */
    @Test
    void anOldFenceWithoutAnswerExplainsNothing() {
        begin("client");
        hangWhileClosing(Duration.ofHours(3));
        apply(Stage.WRITE_DESTINATION);
        network.begin(FaultPlan.NONE);
        network.timing().sleep(Duration.ofHours(1));
        apply(Stage.READ_BOTH);
        network.timing().sleep(Duration.ofHours(2));
        assertThat(standing()).isEqualTo(Standing.of(new Pair(Access.READ, Access.READ)));
        ApplyReport report = apply(Stage.READ_BOTH);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        assertThat(standing()).isEqualTo(Standing.of(new Pair(Access.READ, Access.READ)));
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

    /** A broker of the side that closes crashes within the fence, and its name servers forget it until it is back. */
    @ParameterizedTest
    @CsvSource({"0", "2"})
    void aBrokerThatRestartsWithinAFenceIsAwaited(int secondsAfterItWasClosed) {
        begin("join", "old-a", "old-b");
        AtomicBoolean crashes = new AtomicBoolean();
        network.begin(call -> {
            if (!closesSource(call) || crashes.getAndSet(true)) {
                return Optional.empty();
            }
            Duration later = Duration.ofSeconds(secondsAfterItWasClosed);
            network.timing().after(later, () -> network.stop(broker()));
            network.timing().after(later.plusSeconds(50), () -> network.start(broker()));
            return later.isZero() ? Optional.of(WriteFault.LOST) : Optional.empty();
        });
        ApplyReport report = apply(Stage.WRITE_DESTINATION);
        assertThat(crashes).isTrue();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(standing()).isEqualTo(Standing.of(Pair.of(Stage.WRITE_DESTINATION)));
    }
}
