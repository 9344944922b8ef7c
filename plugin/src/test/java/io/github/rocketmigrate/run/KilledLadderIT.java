package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.apply.Lease;
import io.github.rocketmigrate.apply.Stopping;
import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveSettings;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTopics;
import io.github.rocketmigrate.live.LiveTraffic;
import io.github.rocketmigrate.live.Mark;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.wire.Occasion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} in every rung of the ladder, under live traffic: the next run goes on, and nothing is lost. */
final class KilledLadderIT {
    private static final int TOPIC = 17;
    private static final int TOPICS = 18;
    private static final int OFFSET = 15;
    private static final int ROUTE = 217;

    private static final String TRAFFIC = "traffic: { routing: join }\n";

    /** The dead lease is taken over as soon as it can be seen that it is dead. */
    private static final Apply.Settings IMPATIENT = new Apply.Settings(
            false,
            Duration.ZERO,
            Set.of(),
            new Lease.Terms(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofMillis(400)),
            Goals.SETTINGS.patienceWithServers(),
            Goals.SETTINGS.limits());

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 2);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = 1)
    void theNextRunGoesOn(int seed) throws Exception {
        Random random = new Random(seed);
        List<LiveTopic> topics = List.of(
                new LiveTopic("clicks" + seed, MessageType.NORMAL, LiveGroup.concurrent("audit" + seed)),
                new LiveTopic("orders" + seed, MessageType.FIFO, LiveGroup.orderly("billing" + seed)));
        LiveTopics.create(sandbox, Side.SOURCE, topics);
        Goals goals = new Goals(sandbox.endpoints(), folder.resolve("output"));
        Tally tally;
        int kills = 0;
        try (LiveTraffic live = LiveTraffic.start(
                folder.resolve("live"),
                sandbox.endpoints().cluster(Side.DESTINATION).nameServers(),
                topics,
                LiveSettings.following(Duration.ofSeconds(2)))) {
            live.awaitFlow();
            for (Stage stage : List.of(
                    Stage.READ_BOTH,
                    Stage.WRITE_DESTINATION,
                    Stage.DESTINATION,
                    Stage.WRITE_DESTINATION,
                    Stage.READ_BOTH,
                    Stage.SOURCE)) {
                Mark mark = live.mark(stage.word());
                kills += isKilled(
                                topics,
                                stage,
                                random,
                                folder.resolve(stage.word() + mark.at().toEpochMilli()))
                        ? 1
                        : 0;
                String plan = goals.ladder(TRAFFIC, topics, stage);
                ApplyReport next = goals.apply(plan, Selection.ALL, Optional.empty(), IMPATIENT, new Stopping());
                assertThat(next.outcome()).describedAs(next.verdict()).isIn(Outcome.APPLIED, Outcome.CLEAN);
                assertThat(goals.plan(plan, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
                live.awaitFlowSince(live.mark("after " + stage.word()));
            }
            tally = live.finish(Duration.ofSeconds(60));
        }
        Files.writeString(Path.of("target", "killed-ladder-tally-" + seed + ".txt"), tally.words());
        assertThat(kills).describedAs("runs that came to their moment").isGreaterThanOrEqualTo(4);
        assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
        assertThat(tally.lost()).describedAs(tally.words()).isEmpty();
        assertThat(tally.overtakers()).describedAs(tally.words()).isEmpty();
    }

    /** Applies in a process of its own, and ends that at one of its writes. */
    private boolean isKilled(List<LiveTopic> topics, Stage stage, Random random, Path own) throws Exception {
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            AtomicReference<Process> apply = new AtomicReference<>();
            AtomicBoolean killed = new AtomicBoolean();
            FaultyWire.Action kill = () -> {
                killed.set(true);
                apply.get().destroyForcibly().waitFor();
            };
            List<Integer> codes = switch (stage) {
                case READ_BOTH -> List.of(TOPIC, TOPICS, OFFSET, TOPIC);
                case WRITE_DESTINATION -> List.of(TOPIC, ROUTE, TOPIC, TOPIC);
                default -> List.of(TOPIC);
            };
            Occasion moment = wire.on(codes.get(random.nextInt(codes.size()))).nth(1 + random.nextInt(2));
            if (random.nextBoolean()) {
                moment.before(kill);
            } else {
                moment.after(kill);
            }
            String real = sandbox.endpoints().cluster(Side.DESTINATION).nameServers();
            String plan = new Goals(wire.endpoints(), folder)
                    .ladder(TRAFFIC, topics, stage)
                    .replaceFirst("(destination: \\{.*) \\}", "$1, clientAddresses: [\"" + real + "\"] }");
            apply.set(ApplyMain.start(plan, own));
            int exit = apply.get().waitFor();
            assertThat(killed.get() || exit == 0)
                    .describedAs(ApplyMain.printed(own))
                    .isTrue();
            return killed.get();
        }
    }
}
