package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveSettings;
import io.github.rocketmigrate.live.LiveTopics;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A migration from its first apply to its end, with every interval and limit as it is in production. */
@Tag("thorough")
final class WholeWayIT {
    private static final Apply.Settings USUAL =
            new Apply.Settings(false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL);

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.start(sandboxFolder, "4.9.7", "5.5.0", 2, false);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void joinsGoesUpAndBackAndUpAndLeaves() throws Exception {
        LiveTopics.createUnevenly(sandbox, LadderIT.everyKind());
        Goals goals = new Goals(sandbox.endpoints(), folder.resolve("join"));
        ApplyReport joined = goals.apply(
                goals.ladder("traffic: { routing: join }\n", LadderIT.everyKind(), Stage.SOURCE),
                Selection.ALL,
                Optional.empty(),
                USUAL,
                new StopSignal());
        assertThat(joined.outcome()).describedAs(Printed.of(joined)).isEqualTo(Outcome.APPLIED);
        try (Climb climb = Climb.joined(sandbox, folder, LadderIT.everyKind(), LiveSettings.AS_IN_PRODUCTION)) {
            for (Stage stage : KilledLadderIT.UP_AND_BACK) {
                climb.to(climb.plan(stage), stage.word(), USUAL);
            }
            climb.to(climb.plan(Stage.DESTINATION), "destination", USUAL);
            climb.to(
                    climb.plan(Stage.DESTINATION).replace("routing: join", "routing: join, complete: true"),
                    "complete",
                    USUAL);
            LadderIT.repeatsNothingInOrder(climb.finishUnharmed("whole-way"), LadderIT.everyKind());
        }
    }
}
