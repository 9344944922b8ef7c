package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.remoting.FrameMain;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.LocalServerJars;
import io.github.rocketmigrate.sandbox.QuietProgress;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.SandboxSettings;
import io.github.rocketmigrate.wire.WireTap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans between two clusters of 5.5.0, where topics can be made by the thousand. */
final class ManyTopicsIT {
    @TempDir
    static Path sandboxFolder;

    private static Sandbox sandbox;
    private static Endpoints endpoints;
    private static Endpoints.SandboxCluster source;
    private static Endpoints.SandboxCluster destination;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.in(sandboxFolder);
        ServerVersion version = new ServerVersion(5, 5, 0);
        endpoints = sandbox.start(
                        new SandboxSettings(version, version, 1, false, false, false, false, "384m"),
                        new LocalServerJars(),
                        Lifetime.OF_THIS_PROCESS,
                        new QuietProgress())
                .endpoints();
        source = endpoints.cluster(Side.SOURCE);
        destination = endpoints.cluster(Side.DESTINATION);
    }

    @AfterAll
    static void stop() {
        sandbox.stop(Lifetime.OF_THIS_PROCESS);
    }

    /** 2,001 is where the admin client of 5.5.0, which reads pages of 2,000, forgets one. */
    @ParameterizedTest
    @ValueSource(ints = {2_001, 10_000})
    void everyTopicIsPlannedWithAsManyRequestsAsForOne(int count) throws Exception {
        List<String> names = IntStream.range(0, count)
                .mapToObj(i -> "many-" + count + "-" + i)
                .toList();
        Topics.create(
                source,
                names.stream().map(name -> new TopicConfig(name, 4, 4, 6)).toList());
        StringBuilder lines = new StringBuilder("batches:\n  - name: all\n    topics:\n");
        names.forEach(name -> lines.append("      - { name: ").append(name).append(", type: FIFO }\n"));
        try (WireTap tap = new WireTap(endpoints)) {
            Goals goals = new Goals(tap.endpoints(), folder);
            PlanReport report = goals.plan(goals.head("") + lines, Selection.ALL);
            assertThat(report.counts()).containsEntry("create", (long) count).containsEntry("blocked", 0L);
            assertThat(report.changes().changes())
                    .extracting(change -> change.subject().name())
                    .containsExactlyInAnyOrderElementsOf(names);
            assertThat(tap.codes()).isEqualTo(Map.of(106, 2, 206, 2, 219, 1, 28, 2, 26, 2, 21, 2, 201, 2));
        }
    }

    /** A type with a message in it, on a real broker; and queues that hold one. */
    @Test
    void whatHoldsMessagesIsImpossibleAndWhatDoesNotIsAChange() throws Exception {
        Topics.create(source, new TopicConfig("planned-full", 8, 8, 6));
        Topics.create(source, new TopicConfig("planned-empty", 8, 8, 6));
        TopicConfig full = new TopicConfig("planned-full", 8, 8, 6);
        full.setAttributes(Map.of("+message.type", "DELAY"));
        TopicConfig empty = new TopicConfig("planned-empty", 8, 8, 6);
        empty.setAttributes(Map.of("+message.type", "FIFO"));
        Topics.create(destination, full);
        Topics.create(destination, empty);
        Topics.send(destination, "planned-full", 7);
        Goals goals = new Goals(endpoints, folder);
        PlanReport report = goals.plan(goals.head("") + """
                            batches:
                              - name: all
                                topics:
                                  - { name: planned-full, type: NORMAL, queues: 4 }
                                  - { name: planned-empty, type: NORMAL, queues: 4 }
                            """, Selection.ALL);
        assertThat(report.changes().impossible())
                .extracting(Impossible::what)
                .containsExactly(
                        "topic 'planned-full' is DELAY on the destination's broker destination-a and holds 1"
                                + " message, so it cannot become NORMAL",
                        "topic 'planned-full' has 8 queues on the destination's broker destination-a (plan:"
                                + " 4), and the queues to remove hold 1 message");
        assertThat(report.changes().changes()).singleElement().satisfies(change -> {
            assertThat(change.subject().name()).isEqualTo("planned-empty");
            assertThat(((Change.AlignObject) change)
                            .after(TopicSettings.class)
                            .get("destination-a")
                            .type())
                    .isEqualTo("NORMAL");
        });
        assertThat(report.outcomes()).containsExactly(Outcome.BLOCKED, Outcome.PENDING);
    }

    /** How long a frame may be is read once in a JVM, so it takes one of its own. */
    @Test
    void anAnswerThatIsTooLongForAFrameIsToldWithThePropertyThatAllowsIt() throws Exception {
        Topics.create(
                source,
                IntStream.range(0, 1_000)
                        .mapToObj(i -> new TopicConfig("frame-" + i, 4, 4, 6))
                        .toList());
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dcom.rocketmq.remoting.frameMaxLength=100000",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FrameMain.class.getName(),
                        source.nameServers())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output, UTF_8))
                .contains("answers, but not when asked for all its")
                .contains("the answer is longer than a frame (limit 100000 bytes).")
                .contains("Raise the limit: mvn -Dcom.rocketmq.remoting.frameMaxLength=400000");
    }
}
