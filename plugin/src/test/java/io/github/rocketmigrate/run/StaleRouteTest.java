package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A name server has missed the last step of a topic: its clients follow the old route until a run sees to it. */
final class StaleRouteTest {
    private static final String REACHED = "10.0.1.11:9876";
    private static final String CUT_OFF = "10.0.1.12:9876";

    @TempDir
    private Path folder;

    private MemoryNetwork network;
    private String routing;
    private Stage stage = Stage.SOURCE;

    private void begin(String routing, String destination) {
        this.routing = routing;
        network = new MemoryNetwork(new VirtualTiming(1))
                .cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, destination, List.of(REACHED, CUT_OFF), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4));
        if (routing.equals("join")) {
            network.joined();
        }
        assertThat(apply(Stage.READ_BOTH).outcome()).isEqualTo(Outcome.APPLIED);
    }

    private MemoryBroker broker() {
        return network.broker(Side.DESTINATION, "new-a");
    }

    private MigrationPlan plan() {
        return MemorySituation.plan(network, """
                traffic: { routing: %s }
                batches: [{ name: all, stage: %s, topics: [{ name: clicks, type: NORMAL }] }]
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

    private PlanReport look() {
        Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            readers.put(side, network.reader(side));
        }
        return SimulatedGoals.plan(plan(), readers, network.timing(), folder);
    }

    private Access shown(String nameServer) {
        return network.nameServers(Side.DESTINATION)
                .get(nameServer)
                .route("clicks")
                .get("new-a")
                .access();
    }

    /** The broker does not reach one of its name servers, and no name server can be told a route. */
    private void writeUnseen() {
        network.cut(broker(), CUT_OFF);
        network.begin(call -> isRoute(call) ? Optional.of(WriteFault.REFUSED) : Optional.empty());
        ApplyReport report = apply(Stage.WRITE_BOTH);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(shown(CUT_OFF)).isEqualTo(Access.READ);
        network.begin(FaultPlan.NONE);
        network.connect(broker(), CUT_OFF);
    }

    private static boolean isRoute(WriteCall call) {
        return call.what().equals("route");
    }

    @ParameterizedTest
    @CsvSource({"join, 5.1.3", "join, 5.5.0", "client, 5.1.3", "client, 5.5.0"})
    void theNextRunRegistersTheTopicAgain(String itsRouting, String destination) {
        begin(itsRouting, destination);
        writeUnseen();
        PlanReport planned = look();
        assertThat(planned.outcome()).describedAs(Printed.of(planned)).isEqualTo(Outcome.PENDING);
        assertThat(Printed.of(planned)).contains("register again: not every name server shows write-both");
        ApplyReport report = apply(Stage.WRITE_BOTH);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(List.of(shown(REACHED), shown(CUT_OFF))).containsOnly(Access.READ_WRITE);
        assertThat(look().outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void aNameServerThatIsStillCutOffKeepsTheTopicUnknown() {
        begin("client", "5.1.3");
        writeUnseen();
        network.cut(broker(), CUT_OFF);
        ApplyReport report = apply(Stage.WRITE_BOTH);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(look().outcome()).describedAs("the note is kept").isEqualTo(Outcome.PENDING);
    }

    /** The broker reports while the run is dead. */
    @Test
    void aRouteThatHasBecomeRightIsLeftAlone() {
        begin("client", "5.5.0");
        writeUnseen();
        network.stop(broker());
        network.start(broker());
        assertThat(look().outcome()).isEqualTo(Outcome.CLEAN);
        ApplyReport report = apply(Stage.WRITE_BOTH);
        assertThat(report.summary()).contains("nothing changed");
        assertThat(network.writes()).extracting(WriteCall::what).doesNotContain("route", "topic");
    }

    @Test
    void aKilledRunLeavesItToTheNext() {
        begin("client", "5.5.0");
        network.cut(broker(), CUT_OFF);
        network.begin(call -> call.what().equals("topic") ? Optional.of(WriteFault.KILLED_AFTER) : Optional.empty());
        assertThatThrownBy(() -> apply(Stage.WRITE_BOTH)).isNotNull();
        network.begin(FaultPlan.NONE);
        network.connect(broker(), CUT_OFF);
        network.timing().sleep(Duration.ofMinutes(5));
        apply(Stage.WRITE_BOTH);
        assertThat(List.of(shown(REACHED), shown(CUT_OFF))).containsOnly(Access.READ_WRITE);
    }

    /** Where name servers take routes, the run does not leave it to the next one. */
    @ParameterizedTest
    @CsvSource({"join", "client"})
    void aRunSetsTheRouteItself(String itsRouting) {
        begin(itsRouting, "5.5.0");
        network.cut(broker(), CUT_OFF);
        ApplyReport report = apply(Stage.WRITE_BOTH);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(List.of(shown(REACHED), shown(CUT_OFF))).containsOnly(Access.READ_WRITE);
    }
}
