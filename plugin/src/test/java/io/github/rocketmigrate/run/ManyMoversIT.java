package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTopics;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.write.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many topics take each step together: one list, one look, one wait. */
final class ManyMoversIT {
    private static final int TOPIC = 17;
    private static final int TOPICS = 18;

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 1);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void aReviewedChangeSetGoesAllItsWay() throws Exception {
        List<LiveTopic> topics = List.of(
                new LiveTopic("reviewed-one", MessageType.NORMAL), new LiveTopic("reviewed-two", MessageType.FIFO));
        LiveTopics.create(sandbox, Side.SOURCE, topics);
        Goals goals = new Goals(sandbox.endpoints(), folder);
        String plan = goals.ladder("traffic: { routing: join }\n", topics, Stage.WRITE_DESTINATION);
        goals.plan(plan, Selection.ALL);
        Apply.ChangeSetSource saved = new Apply.ChangeSetSource(folder.resolve("change-set.json"), "change-set.json");
        ApplyReport report = goals.apply(plan, Selection.ALL, Optional.of(saved), Goals.STEADY, new StopSignal());
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(report.counts()).containsEntry("moved", 2L);
        assertThat(goals.plan(plan, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
    }

    @Test
    void manyTopicsMoveTogether() throws Exception {
        moveTogether(100);
    }

    /** As many as a list may have. */
    @Test
    @Tag("thorough")
    void fiveHundredTopicsMoveTogether() throws Exception {
        moveTogether(500);
    }

    private void moveTogether(int many) throws Exception {
        List<LiveTopic> topics = IntStream.range(0, many)
                .mapToObj(i -> new LiveTopic("mover-" + many + "-" + i, MessageType.NORMAL))
                .toList();
        LiveTopics.create(sandbox, Side.SOURCE, topics);
        List<String> times = new ArrayList<>();
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            Goals goals = new Goals(wire.endpoints(), folder);
            for (Stage stage : List.of(Stage.READ_BOTH, Stage.WRITE_DESTINATION, Stage.DESTINATION)) {
                wire.codes();
                long begin = System.nanoTime();
                ApplyReport report = goals.applySteadily(goals.ladder("traffic: { routing: join }\n", topics, stage));
                times.add(stage.word() + " "
                        + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
                assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
                assertThat(report.counts()).containsEntry("moved", (long) many);
                Map<Integer, Integer> codes = wire.codes();
                switch (stage) {
                    // Created, then opened: a list each, and one topic alone before the first.
                    case READ_BOTH -> assertThat(codes).containsEntry(TOPICS, 2).containsEntry(TOPIC, 1);
                    // 4.9.7 takes one after the other.
                    case WRITE_DESTINATION ->
                        assertThat(codes).containsEntry(TOPICS, 1).containsEntry(TOPIC, many + 1);
                    default -> assertThat(codes).doesNotContainKey(TOPICS).containsEntry(TOPIC, many);
                }
            }
        }
        Files.writeString(Path.of("target", "many-movers-" + many + ".txt"), String.join("\n", times) + "\n");
    }
}
