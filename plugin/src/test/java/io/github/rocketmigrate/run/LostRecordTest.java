package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.memory.MemoryNameServer;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Name servers on throw-away disks start again with nothing, while a master with unread messages may be down. */
final class LostRecordTest {
    private static final String LOST = "have lost the record of earlier runs. It was read from the copy";
    private static final String OLD_MASTER = "old-b";

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));

    @BeforeEach
    void moveAndLoseTheRecord() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a", OLD_MASTER)
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
                .joined();
        ApplyReport report = apply(Stage.WRITE_DESTINATION, Set.of());
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        loseNotes(Side.DESTINATION);
    }

    private void loseNotes(Side side) {
        network.nameServers(side).values().forEach(MemoryNameServer::forget);
    }

    @Test
    void aMasterThatIsDownIsMissedByTheCopyAtTheSource() {
        network.stop(network.broker(Side.SOURCE, OLD_MASTER));
        assertOldMasterIsMissed(apply(Stage.DESTINATION, Set.of()));
    }

    @Test
    void aMasterThatIsDownIsMissedAlthoughNoBrokerOfTheSourceHasRegisteredYet() {
        ApplyReport back = apply(Stage.READ_BOTH, Set.of());
        assertThat(back.outcome()).describedAs(Printed.of(back)).isEqualTo(Outcome.APPLIED);
        restartWithEmptyDisks();
        assertOldMasterIsMissed(apply(Stage.DESTINATION, Set.of()));
    }

    @Test
    void aMasterThatIsDownIsMissedAlthoughNoTopicHasMovedYet() {
        ApplyReport back = apply(Stage.SOURCE, Set.of());
        assertThat(back.outcome()).describedAs(Printed.of(back)).isEqualTo(Outcome.APPLIED);
        restartWithEmptyDisks();
        assertOldMasterIsMissed(apply(Stage.DESTINATION, Set.of()));
    }

    @Test
    void withoutTheCopyTheSettingOfABrokerThatHasNotRegisteredYetProvesTheJoin() {
        ApplyReport back = apply(Stage.READ_BOTH, Set.of());
        assertThat(back.outcome()).describedAs(Printed.of(back)).isEqualTo(Outcome.APPLIED);
        loseNotes(Side.SOURCE);
        restartWithEmptyDisks();
        ApplyReport report = apply(Stage.DESTINATION, Set.of());
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report)).contains("the record of earlier runs is lost");
    }

    /** The destination's name servers start anew while a master is down, and no broker of the source has registered yet. */
    private void restartWithEmptyDisks() {
        loseNotes(Side.DESTINATION);
        network.stop(network.broker(Side.SOURCE, OLD_MASTER));
        network.nameServers(Side.DESTINATION)
                .values()
                .forEach(nameServer -> network.brokers(Side.SOURCE).forEach(nameServer::forget));
    }

    private static void assertOldMasterIsMissed(ApplyReport report) {
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report))
                .contains("1 master of an earlier run is not listed by every name server: old-b (source)");
        assertThat(Printed.of(report.plan())).contains(LOST);
    }

    @Test
    void theNextRunWritesTheRecordBackAndSaysSo() throws IOException {
        ApplyReport report = apply(Stage.WRITE_DESTINATION, Set.of());
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.CLEAN);
        assertThat(Printed.of(report.plan())).contains(LOST);
        assertThat(journals()).contains("\"event\":\"record-restored\"", "\"sourceMasters\":[\"old-a\",\"old-b\"]");
        ApplyReport next = apply(Stage.DESTINATION, Set.of());
        assertThat(next.outcome()).describedAs(Printed.of(next)).isEqualTo(Outcome.APPLIED);
        assertThat(Printed.of(next.plan())).doesNotContain(LOST);
    }

    @Test
    void withoutTheCopyNothingMovesUntilTheMastersAreNamed() {
        loseNotes(Side.SOURCE);
        network.stop(network.broker(Side.SOURCE, OLD_MASTER));
        for (int run = 0; run < 2; run++) {
            ApplyReport report = apply(Stage.DESTINATION, Set.of());
            assertThat(report.outcome())
                    .describedAs("no run may record the masters that are left as all: " + Printed.of(report))
                    .isEqualTo(Outcome.BLOCKED);
            assertThat(Printed.of(report)).contains("the record of earlier runs is lost");
        }
        Set<String> all = Set.of("old-a", OLD_MASTER, "new-a");
        ApplyReport named = apply(Stage.DESTINATION, all);
        assertThat(named.outcome()).describedAs(Printed.of(named)).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(named)).contains("old-b (source)");
        network.start(network.broker(Side.SOURCE, OLD_MASTER));
        ApplyReport report = apply(Stage.WRITE_DESTINATION, all);
        assertThat(report.outcomes()).describedAs(Printed.of(report)).doesNotContain(Outcome.BLOCKED);
        ApplyReport next = apply(Stage.DESTINATION, Set.of());
        assertThat(next.outcome()).describedAs(Printed.of(next)).isEqualTo(Outcome.APPLIED);
    }

    private String journals() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.endsWith(Journal.NAME)).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private MigrationPlan plan(Stage stage) {
        return MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: clicks, type: NORMAL }]
                """.formatted(stage.word()));
    }

    private ApplyReport apply(Stage stage, Set<String> masters) {
        Apply apply = new Apply(
                network.timing(),
                Goals.outputs(folder),
                MemoryRun.ORIGIN,
                new Apply.Settings(false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL)
                        .naming(masters),
                opened -> Connections.of(
                        opened,
                        Map.of(
                                Side.SOURCE, network.writer(Side.SOURCE),
                                Side.DESTINATION, network.writer(Side.DESTINATION)),
                        network.timing()));
        return apply.run(
                new Apply.ApplyRequest("migration.yaml", plan(stage), Selection.ALL, Optional.empty()),
                planned -> {},
                new StopSignal(),
                ApplyProgress.SILENT);
    }
}
