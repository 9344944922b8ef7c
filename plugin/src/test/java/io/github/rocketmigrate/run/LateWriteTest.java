package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.Killed;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.ProducersView;
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
import io.github.rocketmigrate.record.StepNote;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker does not answer while it opens for a fence, answers the same request when it comes again, and then makes the first one. */
final class LateWriteTest {
    private static final String NAME_SERVER = "10.0.1.11:9876";
    /** A fence closes the broker for reading first. */
    private static final int OPENING = 2;
    /** On the way back, the source closes, the two masters of the destination close, and the source opens for writing. */
    private static final int OF_CLOSED_FENCE = 4;

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private Stage stage = Stage.READ_BOTH;
    private int writes;

    @BeforeEach
    void begin() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of(NAME_SERVER), "new-a", "new-b")
                .topic(Side.SOURCE, "orders", ClusterFixture.topic(4))
                .joined();
        assertThat(apply(Stage.READ_BOTH).outcome()).isEqualTo(Outcome.APPLIED);
    }

    private MigrationPlan plan() {
        return MemorySituation.plan(network, """
                traffic: { routing: join }
                batches: [{ name: all, stage: %s, topics: [{ name: orders, type: FIFO }] }]
                """.formatted(stage.word()));
    }

    private ApplyReport apply(Stage wanted) {
        return apply(wanted, FencePolicy.USUAL);
    }

    private ApplyReport apply(Stage wanted, FencePolicy policy) {
        stage = wanted;
        return SimulatedGoals.apply(
                plan(),
                Map.of(
                        Side.SOURCE, network.writer(Side.SOURCE),
                        Side.DESTINATION, network.writer(Side.DESTINATION)),
                network.timing(),
                folder,
                policy,
                false,
                ApplyProgress.SILENT);
    }

    private Standing standing() {
        return MemorySituation.of(network, plan()).standing("orders");
    }

    private MemoryBroker broker() {
        return network.broker(Side.DESTINATION, "new-a");
    }

    /** The request that opens the broker for writing is not answered, and takes effect that much later. */
    private void openLate(Duration later) {
        network.begin(call -> {
            boolean opens =
                    call.what().equals("topic") && call.address().equals(broker().address()) && ++writes == OPENING;
            if (opens) {
                network.timing().after(later, () -> openForWriting(broker()));
            }
            return opens ? Optional.of(WriteFault.LOST) : Optional.empty();
        });
    }

    private void openForWriting(MemoryBroker broker) {
        network.access(broker, "orders", Access.WRITE);
    }

    /** After a pause, the fence could open at once; it opens 10 s after the repeated request was answered. */
    @ParameterizedTest
    @ValueSource(ints = {31, 35, 39})
    void aWriteThatComesSoonAfterItWasRepeatedChangesNothing(int seconds) {
        openLate(Duration.ofSeconds(seconds));
        ApplyReport report = apply(Stage.DESTINATION, FencePolicy.USUAL.withPause());
        network.timing().sleep(Duration.ofMinutes(1));
        assertThat(standing()).describedAs(Printed.of(report)).isEqualTo(Standing.of(Pair.of(Stage.DESTINATION)));
        assertThat(report.outcome()).isEqualTo(Outcome.APPLIED);
    }

    /** One of two masters, after the topic has left the source. */
    @Test
    void aWriteThatComesMuchLaterIsUndoneByTheNextRun() {
        openLate(Duration.ofMinutes(30));
        ApplyReport report = apply(Stage.DESTINATION);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(notes()).describedAs("the note of the step stays").isNotEmpty();
        network.timing().sleep(Duration.ofMinutes(35));
        assertThat(standing())
                .isEqualTo(new Standing(
                        new TreeSet<>(Set.of(Access.NONE)), new TreeSet<>(Set.of(Access.WRITE, Access.READ_WRITE))));
        assertUndone();
    }

    /** Both masters, which no stage and no single step explains. */
    @Test
    void aWriteOnEveryMasterIsUndoneToo() {
        openLate(Duration.ofMinutes(30));
        apply(Stage.DESTINATION);
        network.timing().sleep(Duration.ofMinutes(35));
        openForWriting(network.broker(Side.DESTINATION, "new-b"));
        assertThat(standing()).isEqualTo(Standing.of(new Pair(Access.NONE, Access.WRITE)));
        assertUndone();
    }

    private void assertUndone() {
        ProducersView view = network.watch("orders", Set.of(Side.values()));
        ApplyReport undoing = apply(Stage.DESTINATION);
        assertThat(undoing.outcome()).describedAs(Printed.of(undoing)).isEqualTo(Outcome.APPLIED);
        assertThat(standing()).isEqualTo(Standing.of(Pair.of(Stage.DESTINATION)));
        assertThat(view.wasEverWritableOnBothSides()).isFalse();
    }

    /** What an operator does long after that is not undone. */
    @Test
    void anHourLaterTheNoteIsGone() {
        openLate(Duration.ofMinutes(1));
        apply(Stage.DESTINATION);
        network.timing().sleep(Duration.ofMinutes(65));
        apply(Stage.DESTINATION);
        assertThat(notes()).isEmpty();
    }

    private Set<String> notes() {
        return StepNote.keysOf(
                plan().name().value(),
                network.nameServers(Side.DESTINATION).get(NAME_SERVER).notes());
    }

    /** Steps without such a request are as quick as ever. */
    @Test
    void aStepWithoutARepeatedRequestLeavesNoNote() {
        apply(Stage.DESTINATION);
        assertThat(notes()).isEmpty();
    }

    /** A name server does not answer when the note of a fence is removed, and removes that of the next fence instead. */
    @Test
    void theNoteOfAFenceOutlivesTheLateRemovalOfAnEarlierOne() {
        apply(Stage.WRITE_DESTINATION);
        network.begin(call -> call.what().equals("topic") && ++writes == OF_CLOSED_FENCE
                ? Optional.of(WriteFault.KILLED_AFTER)
                : Optional.empty());
        assertThatThrownBy(() -> apply(Stage.READ_BOTH)).isInstanceOf(Killed.class);
        network.begin(FaultPlan.NONE);
        network.timing().sleep(Duration.ofMinutes(3));
        AtomicBoolean isRemoved = new AtomicBoolean();
        network.begin(call -> {
            boolean removes = call.names().toString().startsWith("[steps:")
                    && standing().equals(Standing.of(Pair.of(Stage.READ_BOTH)))
                    && !isRemoved.getAndSet(true);
            if (removes) {
                network.timing().after(Duration.ofSeconds(33), () -> removeNote(call.names()));
            }
            return removes ? Optional.of(WriteFault.LOST) : Optional.empty();
        });
        ApplyReport report = apply(Stage.WRITE_DESTINATION, FencePolicy.USUAL.withPause());
        assertThat(isRemoved).isTrue();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(standing()).isEqualTo(Standing.of(Pair.of(Stage.WRITE_DESTINATION)));
    }

    private void removeNote(List<String> keys) {
        for (String key : keys) {
            assertThat(network.writer(Side.DESTINATION).remove(NAME_SERVER, key))
                    .isInstanceOf(Claim.Accepted.class);
        }
    }
}
