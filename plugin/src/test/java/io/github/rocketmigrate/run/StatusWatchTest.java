package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.LiveBoard;
import io.github.rocketmigrate.report.PlainTerminal;
import io.github.rocketmigrate.report.StatusChanges;
import io.github.rocketmigrate.report.StatusLook;
import io.github.rocketmigrate.report.WindowScreen;
import io.github.rocketmigrate.write.StopSignal;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody watches the board while the plan is edited and servers fail. */
final class StatusWatchTest {
    private static final String OLD = "10.0.0.11:9876";
    private static final String NEW = "10.0.1.11:9876";
    private static final String BROKEN = "batches: [{ name: all, stage: nowhere }]\n";

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1))
            .cluster(Side.SOURCE, "5.1.4", List.of(OLD), "old-a")
            .cluster(Side.DESTINATION, "5.3.2", List.of(NEW), "new-a")
            .topic(Side.SOURCE, "orders", ClusterFixture.topic(4).withType("NORMAL"));
    private final List<String> lines = new ArrayList<>();
    private String plan = at("source");

    @Test
    void theBoardShowsTheStageOfTheEditedPlan() {
        watch(live(), () -> {}, () -> plan = at("read-both"));
        assertThat(lines.get(0)).isEqualTo("12:00:10 · every 10 s · Ctrl-C ends");
        assertThat(String.join("\n", lines)).contains("wanted: read-both").doesNotContain("Not current");
    }

    @Test
    void anInvalidPlanIsNamedAboveTheBoardOfTheLastValidOne() {
        plan = at("read-both");
        watch(live(), () -> {}, () -> plan = BROKEN);
        assertThat(lines.get(1)).startsWith("! migration.yaml is not valid (");
        assertThat(String.join("\n", lines)).contains("migration.yaml:5:").contains("wanted: read-both");
        assertThat(lines).noneMatch(line -> line.length() > PlainTerminal.NARROW);
    }

    @Test
    void aBoardThatIsNotCurrentSaysSinceWhen() {
        watch(live(), () -> {}, this::stopBoth, () -> {});
        assertThat(String.join(" ", lines))
                .startsWith("12:00:20 · every 10 s · Ctrl-C ends"
                        + " ! Not current: last reading 12:00:00, 20 s ago. Server 10.0.0.11:9876");
        assertThat(lines).anyMatch(line -> line.contains("topic  orders"));
    }

    /** In an outage, the last figures may ask for a move that nobody should make now. */
    @Test
    void aBoardThatIsNotCurrentAsksForNoMove() {
        plan = at("read-both");
        watch(live(), () -> {});
        assertThat(String.join(" ", lines)).contains("mvn migrate:plan");
        watch(live(), () -> {}, this::stopBoth);
        assertThat(String.join(" ", lines))
                .endsWith(
                        "Next: fix what is named above, and move no topic forward until the figures are current again.")
                .doesNotContain("mvn migrate:plan");
    }

    private void stopBoth() {
        network.reachable(OLD, false);
        network.reachable(NEW, false);
    }

    /** The same board as that of status without watch, but nobody has to ask for it again. */
    @Test
    void theClusterThatAnswersIsShownFromTheFirstLookOn() {
        network.reachable(NEW, false);
        watch(live(), () -> {});
        assertThat(String.join(" ", lines))
                .startsWith("12:00:00 · every 10 s · Ctrl-C ends ! Server " + NEW)
                .contains("→ destination not read")
                .containsPattern("topic +orders +read-write")
                .contains("this board shows both clusters again once they can be read")
                .doesNotContain("not read yet")
                .doesNotContain("mvn migrate:status");
    }

    @Test
    void theClusterThatAnswersIsReadAgainForEachLook() {
        watch(
                live(),
                () -> {},
                () -> network.reachable(OLD, false),
                () -> network.topic(Side.DESTINATION, "orders", ClusterFixture.topic(4)));
        assertThat(String.join(" ", lines))
                .startsWith("12:00:20 · every 10 s · Ctrl-C ends ! Both clusters were last read 12:00:00, 20 s ago.")
                .contains("source not read →")
                .containsPattern("topic +orders +read-write");
        watch(live(), () -> network.reachable(OLD, true));
        assertThat(String.join(" ", lines)).doesNotContain("not read").doesNotContain("!");
    }

    @Test
    void aLogShowsTheClusterThatAnswersOnceInEachOutage() {
        Consumer<StatusLook> log = new StatusChanges(new PlainTerminal(200, lines), false)::print;
        watch(log, () -> {}, () -> network.reachable(NEW, false), () -> {}, () -> {});
        assertThat(lines)
                .filteredOn(line -> line.contains("destination not read"))
                .hasSize(1);
    }

    @Test
    void aLogHasALineForEachChange() {
        Consumer<StatusLook> log = new StatusChanges(new PlainTerminal(200, lines), false)::print;
        watch(
                log,
                () -> {},
                lines::clear,
                () -> plan = at("read-both"),
                this::stopBoth,
                () -> {},
                () -> {
                    network.reachable(OLD, true);
                    network.reachable(NEW, true);
                },
                () -> plan = BROKEN,
                () -> {},
                () -> plan = at("read-both"));
        assertThat(lines.get(0)).startsWith("12:00:20Z  topic orders  source; wanted: read-both; ");
        assertThat(lines.get(1)).startsWith("Not current since 12:00:20Z. Server 10.0.0.11:9876");
        assertThat(lines.get(2)).isEqualTo("12:00:50Z  The board is current again.");
        assertThat(lines.get(3)).startsWith("migration.yaml is not valid (");
        assertThat(lines).last().isEqualTo("12:01:20Z  The plan's file is valid again.");
    }

    private Consumer<StatusLook> live() {
        WindowScreen screen = WindowScreen.high();
        LiveBoard board = new LiveBoard(screen, new PlainTerminal(lines), ZoneOffset.UTC, Status.BETWEEN_LOOKS, false);
        return look -> {
            board.print(look);
            lines.clear();
            lines.addAll(screen.page());
        };
    }

    private static String at(String stage) {
        return "traffic: { routing: client }\nbatches: [{ name: all, stage: " + stage
                + ", topics: [{ name: orders, type: NORMAL }] }]\n";
    }

    /** Refreshes the board once after each event. */
    private void watch(Consumer<StatusLook> shown, Runnable... events) {
        StopSignal stopping = new StopSignal();
        List<Runnable> left = new ArrayList<>(List.of(events));
        new Status(
                        network.timing(),
                        Goals.outputs(folder),
                        FencePolicy.USUAL,
                        opened -> Connections.ofReaders(
                                opened,
                                Map.of(
                                        Side.SOURCE, network.reader(Side.SOURCE),
                                        Side.DESTINATION, network.reader(Side.DESTINATION)),
                                network.timing()))
                .watch(
                        new Invocation("migration.yaml", Selection.ALL),
                        read().plan().orElseThrow(),
                        () -> {
                            left.remove(0).run();
                            return read();
                        },
                        look -> {
                            shown.accept(look);
                            if (left.isEmpty()) {
                                stopping.request();
                            }
                        },
                        stopping);
    }

    private PlanReading read() {
        return Plans.read("""
                version: 1
                name: shop-to-5x
                source: { nameServers: ["10.0.0.11:9876"] }
                destination: { nameServers: ["10.0.1.11:9876"] }
                """ + plan, Map.of());
    }
}
