package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.PlainTerminal;
import io.github.rocketmigrate.write.ApplyProgress;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody looks at the board at night, and one of the clusters does not answer. */
final class StatusOneSideTest {
    private static final String OLD = "10.0.0.11:9876";
    private static final String NEW = "10.0.1.11:9876";

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private final PrintedBoards shown = new PrintedBoards();
    private MigrationPlan plan;

    @BeforeEach
    void moveOneTopic() {
        network.cluster(Side.SOURCE, "5.1.4", List.of(OLD), "old-a")
                .cluster(Side.DESTINATION, "5.5.0", List.of(NEW), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4).withType("NORMAL"))
                .topic(Side.SOURCE, "views", ClusterFixture.topic(4).withType("NORMAL"))
                .group(Side.SOURCE, "audit", GroupSettings.DEFAULT)
                .joined();
        network.clients.consumes(Side.SOURCE, "10.0.0.7@1", "audit", "views").uses("10.0.0.7@1", NEW);
        plan = MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: web
                    stage: destination
                    topics:
                      - { name: clicks, type: NORMAL }
                      - { name: views, type: NORMAL, stage: source }
                    groups: [{ name: audit, order: CONCURRENT }]
                """);
        Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            writers.put(side, network.writer(side));
        }
        assertThat(SimulatedGoals.apply(plan, writers, network.timing(), folder, false, ApplyProgress.SILENT)
                        .outcome())
                .isEqualTo(Outcome.APPLIED);
    }

    private void look() {
        Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            readers.put(side, network.reader(side));
        }
        Object unused = new Status(
                        network.timing(),
                        Goals.outputs(folder),
                        FencePolicy.USUAL,
                        opened -> Connections.ofReaders(opened, readers, network.timing()))
                .run("migration.yaml", plan, Selection.ALL, shown);
    }

    private void lookInVain(String reason) {
        assertThatThrownBy(this::look).isInstanceOf(Fault.class).hasMessageContaining(reason);
        assertThat(shown.lines()).allMatch(line -> line.length() <= PlainTerminal.NARROW);
    }

    @Test
    void theSourceIsShownWhileTheDestinationDoesNotAnswer() {
        network.reachable(NEW, false);
        lookInVain(NEW);
        assertThat(shown.text())
                .contains(": source (5.1.4, 1 broker) → destination not read ")
                .contains(" SOURCE UNREAD CLIENTS DESTINATION ")
                .contains(" topic clicks closed ? 0 not read recorded: destination for 0 s ")
                .contains(" topic views read-write ? 1 not read group audit defined ? 1 not read ")
                .contains("1 topic cannot be written at the source: clicks. Its producers need the destination.")
                .contains("The destination was not read, so stages, checks and changes are unknown.")
                .endsWith("Next: fix the problem named first, then look again: mvn migrate:status"
                        + " = help: https://rocketmigrate.github.io/going-back.html#destination-down");
    }

    /** Its brokers have joined the destination's name servers, where they must not pass for the destination's. */
    @Test
    void theDestinationIsShownWhileTheSourceDoesNotAnswer() {
        network.reachable(OLD, false);
        lookInVain(OLD);
        assertThat(shown.text())
                .contains(": source not read → destination (5.5.0, 1 broker) ")
                .contains(" DESTINATION UNREAD CLIENTS SOURCE ")
                .contains(" topic clicks read-write ? 0 not read recorded: destination for 0 s ")
                .contains("1 topic cannot be written at the destination: views. Its producers need the source.")
                .endsWith("Next: fix the problem named first, then look again: mvn migrate:status");
    }

    @Test
    void theSourceIsShownWhileTheDestinationHasNameServersAlone() {
        network.stop(network.broker(Side.DESTINATION, "new-a"));
        lookInVain("The destination's name servers list none of its brokers. Earlier runs found new-a.");
        assertThat(shown.text()).contains("→ destination not read").contains(" topic clicks closed ");
    }

    @Test
    void nothingIsShownIfNoClusterAnswers() {
        network.reachable(OLD, false);
        network.reachable(NEW, false);
        lookInVain("does not answer");
        assertThat(shown.lines()).isEmpty();
    }

    @Test
    void afterwardsTheUsualBoardIsBack() {
        network.reachable(NEW, false);
        lookInVain(NEW);
        network.reachable(NEW, true);
        look();
        assertThat(shown.text()).contains(" topic clicks ■■■■ destination ").contains("Next: ");
    }
}
