package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveGroup;
import io.github.rocketmigrate.live.LiveSettings;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.Mark;
import io.github.rocketmigrate.live.SharedKeys;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two producers send messages of the same keys through a fence. Without a pause, some come after a later one of the other
 * producer; how many is kept in {@code target/shared-keys.txt}. With a pause, none does, and sends fail meanwhile.
 */
@Tag("thorough")
final class SharedKeysIT {
    private static final LiveGroup BILLING = LiveGroup.orderly("billing");
    private static final LiveTopic ORDERS = new LiveTopic("orders", MessageType.FIFO, BILLING);

    private static final Apply.Settings USUAL =
            new Apply.Settings(false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL);

    @TempDir
    Path folder;

    private final List<String> figures = new ArrayList<>();

    @Test
    void keysOfSeveralProducersKeepTheirOrderWithAPause() throws Exception {
        keepTheirOrder(Climb.QUICK, Goals.STEADY);
    }

    /** With every interval and limit as in production, there is time for many to come late without a pause. */
    @Test
    void keysOfSeveralProducersInProduction() throws Exception {
        List<SharedKeys> unpaused = keepTheirOrder(LiveSettings.AS_IN_PRODUCTION, USUAL);
        assertThat(unpaused).describedAs("%s", figures).anyMatch(keys -> keys.late() > 0);
    }

    private List<SharedKeys> keepTheirOrder(LiveSettings clients, Apply.Settings settings) throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.startJoined(folder.resolve("sandbox"), "4.9.7", "5.5.0", 2);
                Climb climb = Climb.joined(sandbox, folder, List.of(ORDERS), clients)) {
            climb.to(climb.plan(Stage.READ_BOTH), "read-both", settings);
            SharedKeys unpaused = pass(climb, Stage.WRITE_DESTINATION, settings);
            SharedKeys unpausedBack = pass(climb, Stage.READ_BOTH, settings);
            assertThat(climb.live().errors())
                    .describedAs("sends that failed without a pause")
                    .isEmpty();
            SharedKeys paused = pass(climb, Stage.WRITE_DESTINATION, paused(settings));
            SharedKeys pausedBack = pass(climb, Stage.READ_BOTH, paused(settings));
            figures.add(climb.live().errors().size() + " sends failed in both pauses");
            Tally tally = climb.finish("shared-keys");
            assertThat(tally.errors())
                    .describedAs(tally.words())
                    .isNotEmpty()
                    .allSatisfy(error -> assertThat(error.text()).contains("No route info"));
            assertThat(tally.overtakers()).describedAs(tally.words()).isEmpty();
            assertThat(List.of(unpaused, unpausedBack, paused, pausedBack))
                    .allSatisfy(keys -> assertThat(keys.messages()).isPositive());
            assertThat(paused.late()).describedAs("%s", figures).isZero();
            assertThat(pausedBack.late()).describedAs("%s", figures).isZero();
            return List.of(unpaused, unpausedBack);
        } finally {
            Files.write(Path.of("target", "shared-keys.txt"), figures);
        }
    }

    private static Apply.Settings paused(Apply.Settings settings) {
        return new Apply.Settings(
                false,
                settings.maxWait(),
                Set.of(),
                settings.terms(),
                settings.timeouts(),
                settings.policy().withPause());
    }

    private SharedKeys pass(Climb climb, Stage stage, Apply.Settings settings) throws Exception {
        climb.awaitReady(stage);
        Instant since = Instant.now();
        ApplyReport report =
                climb.goals().apply(climb.plan(stage), Selection.ALL, Optional.empty(), settings, new StopSignal());
        assertThat(report.outcome()).describedAs(Printed.of(report)).isIn(Outcome.APPLIED, Outcome.CLEAN);
        climb.live().awaitFlowSince(new Mark("after " + stage.word(), Instant.now()));
        SharedKeys keys = SharedKeys.of(climb.live(), ORDERS.name(), BILLING.name(), since);
        figures.add(keys.words((settings.policy().pauses() ? "paused, to " : "not paused, to ") + stage.word()));
        return keys;
    }
}
