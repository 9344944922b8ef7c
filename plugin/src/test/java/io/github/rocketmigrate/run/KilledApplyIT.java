package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.wire.Occasion;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.StopSignal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} at any request of an {@code apply}: the next one brings everything to its end. */
final class KilledApplyIT {
    /** Notes read and put and removed, groups and topics read and written, routes read. */
    private static final List<Integer> MOMENTS = List.of(219, 101, 100, 102, 201, 225, 21, 18, 105);

    private static final List<Integer> WRITES = List.of(225, 18, 100);

    /** Others' topics, with settings that nobody plans. */
    private static final TopicConfig STRANGER = new TopicConfig("stranger", 5, 6, 4);

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;
    private static int runs;
    private static int kills;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        sandbox = OwnSandbox.start(sandboxFolder, "5.5.0", "5.5.0", 2, false);
        Topics.create(sandbox.endpoints().cluster(Side.DESTINATION), STRANGER);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        assertThat(kills).describedAs("runs that came to their moment").isGreaterThanOrEqualTo(runs / 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 5})
    void theNextRunConverges(int seed) throws Exception {
        converges(seed);
    }

    static IntStream moreSeeds() {
        return IntStream.rangeClosed(2, 30).filter(seed -> seed != 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("moreSeeds")
    @Tag("thorough")
    void theNextRunConvergesWheneverItIsKilled(int seed) throws Exception {
        converges(seed);
    }

    private void converges(int seed) throws Exception {
        runs++;
        Random random = new Random(seed);
        // Every fifth needs two waves.
        int count = seed % 5 == 0 ? 520 : 20;
        List<String> topics =
                IntStream.range(0, count).mapToObj(i -> "seed" + seed + "-" + i).toList();
        List<String> groups = List.of("seed" + seed + "-one", "seed" + seed + "-two");
        Topics.createBoth(sandbox.endpoints().cluster(Side.SOURCE), topics, groups);

        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            AtomicReference<Process> apply = new AtomicReference<>();
            List<Integer> codes = random.nextBoolean() ? WRITES : MOMENTS;
            Occasion moment = wire.on(codes.get(random.nextInt(codes.size())))
                    .nth(1 + random.nextInt(2))
                    .at(Side.DESTINATION);
            AtomicBoolean killed = new AtomicBoolean();
            FaultyWire.Action kill = () -> {
                killed.set(true);
                apply.get().destroyForcibly().waitFor();
            };
            if (random.nextBoolean()) {
                moment.before(kill);
            } else {
                moment.after(kill);
            }
            String tapped = new Goals(wire.endpoints(), folder).batch(topics, groups);
            apply.set(ApplyMain.start(tapped, folder.resolve("killed")));
            int exit = apply.get().waitFor();
            assertThat(killed.get() || exit == 0)
                    .describedAs(ApplyMain.printed(folder.resolve("killed")))
                    .isTrue();
            if (killed.get()) {
                kills++;
            }
        }

        Goals goals = new Goals(sandbox.endpoints(), folder);
        String plan = goals.batch(topics, groups);
        ApplyReport next = goals.apply(plan, Selection.ALL, Optional.empty(), IMPATIENT, new StopSignal());
        assertThat(next.outcome()).describedAs(Printed.of(next)).isIn(Outcome.APPLIED, Outcome.CLEAN);
        assertThat(goals.plan(plan, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(goals.apply(plan).outcome()).isEqualTo(Outcome.CLEAN);
        // A run without writes does not ask for the lease, so it does not see the one left behind.
        nothingElseIsThere(seed, topics, groups, next.outcome() == Outcome.APPLIED);
    }

    /** The dead lease is taken over soon; a run on a busy machine keeps its own for some seconds without a heartbeat. */
    private static final Apply.Settings IMPATIENT = new Apply.Settings(
            false,
            Duration.ofSeconds(30),
            Set.of(),
            new Lease.Terms(Duration.ofMillis(500), Duration.ofSeconds(6), Duration.ofMillis(400)),
            Goals.SETTINGS.timeouts(),
            Goals.SETTINGS.policy());

    private static void nothingElseIsThere(int seed, List<String> topics, List<String> groups, boolean released)
            throws Exception {
        try (NotesOf notes = new NotesOf(sandbox.endpoints())) {
            assertThat(notes.all().keySet()).noneMatch(key -> released && key.startsWith("lease"));
        }
        Goals goals = new Goals(sandbox.endpoints(), sandboxFolder.resolve("look"));
        Metadata destination = goals.plan(goals.batch(topics, groups), Selection.ALL)
                .situation()
                .destination();
        String prefix = "seed" + seed + "-";
        assertThat(destination.topics().stream().filter(name -> name.startsWith(prefix)))
                .containsExactlyInAnyOrderElementsOf(topics);
        assertThat(destination.groups().stream().filter(name -> name.startsWith(prefix)))
                .containsExactlyInAnyOrderElementsOf(groups);
        assertThat(destination.topic(STRANGER.getTopicName()).values())
                .describedAs("what nobody planned")
                .hasSize(2)
                .allSatisfy(
                        stranger -> assertThat(Map.of("read", stranger.readQueues(), "write", stranger.writeQueues()))
                                .isEqualTo(Map.of("read", 5, "write", 6)));
    }
}
