package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryNameServer;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One command stops a migration: no run begins a new step, and none leaves a step half done. */
final class BrakeTest extends RollbackStory {
    private static final List<String> WHOLE_PLAN = List.of();

    private final Brake brake = new Brake(
            network.timing(),
            MemoryRun.ORIGIN,
            opened -> Connections.of(
                    opened,
                    Map.of(
                            Side.SOURCE, network.writer(Side.SOURCE),
                            Side.DESTINATION, network.writer(Side.DESTINATION)),
                    network.timing()));

    private Brake.BrakeReport pull(List<String> batches) {
        return brake.pull(plan(), batches, Optional.of("Checkout errors"));
    }

    @Test
    void noStepBeginsUntilItIsReleased() {
        views = Stage.WRITE_DESTINATION;
        Brake.BrakeReport pulled = pull(WHOLE_PLAN);
        assertThat(pulled.written()).containsExactly("1 name server of the source", "1 name server of the destination");
        ApplyReport report = apply();
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(stage("views")).isEqualTo(Stage.READ_BOTH);
        assertThat(Printed.of(report))
                .containsPattern("the brake is on since .+ UTC, put on by tester on here: ")
                .contains(": Checkout errors")
                .contains("mvn migrate:resume");
        Brake.BrakeReport released = brake.release(plan(), WHOLE_PLAN);
        assertThat(released.released()).hasSize(1);
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("views")).isEqualTo(Stage.WRITE_DESTINATION);
    }

    @Test
    void itIsOnAlsoWhileThereIsNothingToDo() {
        pull(WHOLE_PLAN);
        PlanReport report = look();
        assertThat(Printed.of(report))
                .contains("The brake is on for all batches")
                .contains("Next: when the reason for the brake is gone, release it:");
    }

    @Test
    void itHoldsTheTopicsOfItsBatchesOnly() {
        clicks = Stage.WRITE_DESTINATION;
        apply();
        clicks = Stage.DESTINATION;
        pull(List.of("another"));
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
        views = Stage.WRITE_DESTINATION;
        pull(List.of("all"));
        ApplyReport report = apply();
        assertThat(Printed.of(report)).contains("mvn migrate:resume -Dmigrate.batch=all");
        assertThat(stage("views")).isEqualTo(Stage.READ_BOTH);
    }

    @Test
    void theWayBackIsNeverBraked() {
        pull(WHOLE_PLAN);
        clicks = Stage.READ_BOTH;
        ApplyReport report = apply();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.READ_BOTH);
        rollback(TO_SOURCE, "views");
        assertThat(stage("views")).isEqualTo(Stage.SOURCE);
    }

    /** The run finds the note before its next step; the step that has begun is finished on both sides. */
    @Test
    void aRunAtWorkBeginsNoOtherStep() {
        clicks = Stage.SOURCE;
        views = Stage.SOURCE;
        apply();
        clicks = Stage.DESTINATION;
        views = Stage.READ_BOTH;
        network.begin(write -> {
            if (write.what().startsWith("topic") && note(Side.DESTINATION).isEmpty()) {
                pull(WHOLE_PLAN);
            }
            return Optional.empty();
        });
        ApplyReport report = apply();
        assertThat(stage("clicks"))
                .describedAs("from source, at the first step")
                .isEqualTo(Stage.READ_BOTH);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        network.begin(FaultPlan.NONE);
        brake.release(plan(), WHOLE_PLAN);
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
    }

    /** A run reads both clusters first, and may wait for its lease long after that. */
    @Test
    void aRunThatWasWaitingForItsLeaseObeysToo() {
        views = Stage.WRITE_DESTINATION;
        network.begin(write -> {
            if (write.names().toString().contains("lease:")
                    && note(Side.DESTINATION).isEmpty()) {
                pull(WHOLE_PLAN);
            }
            return Optional.empty();
        });
        assertThat(apply().outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(stage("views")).isEqualTo(Stage.READ_BOTH);
    }

    /** Consumers of a topic in a fence get no new messages: it has to open, also if its run was killed in between. */
    @Test
    void aFenceThatIsClosedOpens() {
        orders = Stage.SOURCE;
        apply();
        orders = Stage.WRITE_DESTINATION;
        AtomicInteger writes = new AtomicInteger();
        network.begin(write -> write.what().startsWith("topic")
                        && write.names().toString().contains("orders")
                        && isFenceClosed()
                        && writes.incrementAndGet() > 2
                ? Optional.of(WriteFault.KILLED_BEFORE)
                : Optional.empty());
        assertThatThrownBy(this::apply).isNotNull();
        network.begin(FaultPlan.NONE);
        assertThat(pull(WHOLE_PLAN).inFence()).containsExactly("orders");
        network.timing().sleep(Duration.ofMinutes(3));
        ApplyReport report = apply();
        assertThat(stage("orders")).describedAs(Printed.of(report)).isEqualTo(Stage.WRITE_DESTINATION);
    }

    private boolean isFenceClosed() {
        return RecordFormat.read("shop-to-5x", network.reader(Side.DESTINATION).notes())
                .fenced()
                .contains("orders");
    }

    @Test
    void oneClusterIsEnough() {
        network.begin(write -> write.names().toString().contains("brake:")
                        && !write.names().toString().contains("copy:")
                ? Optional.of(WriteFault.LOST)
                : Optional.empty());
        Brake.BrakeReport report = pull(WHOLE_PLAN);
        assertThat(report.written()).containsExactly("1 name server of the source");
        assertThat(report.missing()).hasSize(1);
        network.begin(FaultPlan.NONE);
        views = Stage.WRITE_DESTINATION;
        assertThat(apply().outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(stage("views")).isEqualTo(Stage.READ_BOTH);
    }

    /** An old copy must not bring a brake back that somebody has released. */
    @Test
    void aReleasedBrakeStaysReleased() {
        pull(WHOLE_PLAN);
        network.begin(write ->
                write.names().toString().contains("copy:brake") ? Optional.of(WriteFault.LOST) : Optional.empty());
        assertThat(brake.release(plan(), WHOLE_PLAN).missing()).hasSize(1);
        network.begin(FaultPlan.NONE);
        views = Stage.WRITE_DESTINATION;
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void aBrakeThatNobodyKnowsOfIsAFault() {
        network.begin(write -> Optional.of(WriteFault.LOST));
        assertThatThrownBy(() -> pull(WHOLE_PLAN))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("No name server of either cluster took the note");
    }

    @Test
    void aBrakeHasAReason() {
        assertThatThrownBy(() -> brake.pull(plan(), WHOLE_PLAN, Optional.empty()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("migrate.reason is missing")
                .isInstanceOfSatisfying(
                        Fault.class, fault -> assertThat(fault.nextStep()).endsWith(" -Dmigrate.reason='WHY'"));
    }

    private Optional<String> note(Side side) {
        return network.nameServers(side).values().stream()
                .map(MemoryNameServer::notes)
                .flatMap(notes -> Optional.ofNullable(notes.get("brake:shop-to-5x")).stream())
                .findFirst();
    }
}
