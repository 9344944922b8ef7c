package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.wire.Occasion;
import io.github.rocketmigrate.write.Lease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} in every rung of the ladder, under live traffic: the next run continues, and nothing is lost. */
final class KilledLadderIT {
    static final List<Stage> UP_AND_BACK = List.of(
            Stage.READ_BOTH,
            Stage.WRITE_DESTINATION,
            Stage.DESTINATION,
            Stage.WRITE_DESTINATION,
            Stage.READ_BOTH,
            Stage.SOURCE);

    private static final int MOST_SKIPPED = 10;

    /** The dead lease is taken over as soon as it can be seen that it is dead; clients may need a moment. */
    private static final Apply.Settings IMPATIENT = new Apply.Settings(
            false,
            Duration.ofSeconds(30),
            Set.of(),
            new Lease.Terms(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofMillis(400)),
            Goals.SETTINGS.timeouts(),
            Goals.SETTINGS.policy());

    /** The same for a fence that nothing drains: it is given up after a few seconds. */
    private static final Apply.Settings HASTY = new Apply.Settings(
            false,
            Duration.ofSeconds(8),
            Set.of(),
            IMPATIENT.terms(),
            Goals.SETTINGS.timeouts(),
            new FencePolicy(Goals.SETTINGS.policy().routePoll(), Duration.ofSeconds(8), false));

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    private int runs;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 2);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private Climb climb(String suffix) throws Exception {
        return Climb.joined(
                sandbox,
                folder,
                new LiveTopic("clicks" + suffix, MessageType.NORMAL, LiveGroup.concurrent("audit" + suffix)),
                new LiveTopic("orders" + suffix, MessageType.FIFO, LiveGroup.orderly("billing" + suffix)));
    }

    /**
     * The run is killed between the two source brokers, and nobody consumes what is left: the next run closes the other one,
     * and does not open the fence over unread messages. On the way back a run is killed in the reverse fence.
     */
    @Test
    void theNextRunGoesOnInAFenceAndOpensItOverNothingUnread() throws Exception {
        try (Climb climb = climb("-fence")) {
            climb.to(Stage.READ_BOTH);
            climb.awaitReady(Stage.WRITE_DESTINATION);
            // Slow from the first write of the fence on: later, producers may know that the source is closed, and
            // nothing
            // that they sent may be unread.
            assertThat(killed(climb, Stage.WRITE_DESTINATION, slowedBefore(climb, isStep("source-a")), false))
                    .isPresent();
            try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
                ApplyReport late = climb.attempt(Stage.WRITE_DESTINATION, wire, HASTY);
                assertThat(late.outcome()).describedAs(Printed.of(late)).isEqualTo(Outcome.BLOCKED);
                assertThat(Printed.of(late))
                        .contains("1 overdue")
                        .contains("Overdue ! topic orders-fence it is still in the fence");
            }
            assertThat(climb.standing("orders-fence")).isEqualTo(new Pair(Access.READ, Access.WRITE));
            climb.live().slow("billing-fence", 0);
            climb.to(climb.plan(Stage.WRITE_DESTINATION), "write-destination", IMPATIENT);
            assertThat(killed(climb, Stage.SOURCE, isStep("destination-a"), false))
                    .isPresent();
            climb.to(climb.plan(Stage.SOURCE), "source", IMPATIENT);
            climb.finishUnharmed("killed-fence");
        }
    }

    private static Predicate<String> slowedBefore(Climb climb, Predicate<String> isMeant) {
        return words -> {
            if (words.contains("topic orders-fence")) {
                climb.live().slow("billing-fence", 60_000);
            }
            return isMeant.test(words);
        };
    }

    private static Predicate<String> isStep(String broker) {
        return words -> words.startsWith("TOPIC at " + broker + ": topic orders-fence,");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3})
    @Tag("thorough")
    void theNextRunGoesOnOnEveryRung(int seed) throws Exception {
        List<String> kills = killedOnTheWay(seed);
        assertThat(kills).describedAs("runs that came to their moment").hasSizeGreaterThanOrEqualTo(4);
    }

    private List<String> killedOnTheWay(int seed) throws Exception {
        Random random = new Random(seed);
        List<String> kills = new ArrayList<>();
        String suffix = "-" + seed;
        try (Climb climb = climb(suffix)) {
            for (Stage stage : UP_AND_BACK) {
                Set<String> seen = new HashSet<>();
                int skipped = random.nextInt(MOST_SKIPPED);
                killed(climb, stage, words -> seen.add(words) && seen.size() > skipped, random.nextBoolean())
                        .ifPresent(moment -> kills.add(stage.word() + ": " + moment));
                climb.to(climb.plan(stage), stage.word(), IMPATIENT);
            }
            climb.finishUnharmed("killed-ladder" + suffix);
        }
        return kills;
    }

    /** Run after run is killed at a write at which none has been killed in this step, until there is no such write. */
    @Test
    @Tag("thorough")
    void eachWriteOfEachStepCanBeTheLast() throws Exception {
        Random random = new Random(5);
        List<String> kills = new ArrayList<>();
        try (Climb climb = climb("-each")) {
            for (Stage stage : UP_AND_BACK) {
                Set<String> done = new HashSet<>();
                climb.live().mark("killed on the way to " + stage.word());
                while (true) {
                    boolean before = random.nextBoolean();
                    Optional<String> moment = killed(climb, stage, done::add, before);
                    if (moment.isEmpty()) {
                        break;
                    }
                    kills.add(stage.word() + (before ? ", before " : ", after ") + moment.get());
                    Files.write(Path.of("target", "killed-ladder-each.txt"), kills);
                }
                climb.to(climb.plan(stage), stage.word(), IMPATIENT);
            }
            climb.finishUnharmed("killed-ladder-each");
        }
        assertThat(kills)
                .anyMatch(kill -> kill.startsWith("read-both, ") && kill.contains("OFFSET at destination-b"))
                .anyMatch(kill -> kill.startsWith("write-destination, ") && kill.contains("ROUTE at "))
                .anyMatch(kill -> kill.startsWith("write-destination, ") && kill.contains("TOPIC at source-a"))
                .anyMatch(kill -> kill.startsWith("source, ") && kill.contains("TOPIC at destination-b"));
    }

    /**
     * Applies in a process of its own, and ends that at one of its writes.
     *
     * @param isMeant whether of the words of a write; asked until it is
     * @return at which, if it came to one
     */
    private Optional<String> killed(Climb climb, Stage stage, Predicate<String> isMeant, boolean before)
            throws Exception {
        Path own = folder.resolve("killed-" + ++runs);
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            AtomicReference<Process> apply = new AtomicReference<>();
            AtomicReference<String> moment = new AtomicReference<>();
            Occasion occasion = wire.onWrite(words -> {
                // Other writes that are under way at that moment count for later runs.
                if (moment.get() == null && isMeant.test(words)) {
                    moment.set(words);
                    return true;
                }
                return false;
            });
            FaultyWire.Action kill = () -> apply.get().destroyForcibly().waitFor();
            if (before) {
                occasion.before(kill);
            } else {
                occasion.after(kill);
            }
            apply.set(ApplyMain.start(climb.plan(stage, wire), own));
            int exit = apply.get().waitFor();
            assertThat(moment.get() != null || exit == 0)
                    .describedAs(ApplyMain.printed(own))
                    .isTrue();
            return Optional.ofNullable(moment.get());
        }
    }
}
