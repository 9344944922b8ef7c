package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After the end of the join, a rollback joins again while the source still runs, and goes back stage by stage. */
final class RollbackAfterEndTest extends RollbackStory {
    private static final String COMPLETE = ", complete: true";

    @BeforeEach
    void end() {
        views = Stage.DESTINATION;
        orders = Stage.DESTINATION;
        traffic = COMPLETE;
        ApplyReport report = apply();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(isJoined()).isFalse();
    }

    @Test
    void theClustersJoinAgainAndTopicsGoBack() {
        ApplyReport report = rollback(ONE_STAGE, null);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(isJoined()).isTrue();
        assertThat(stages()).containsOnly(Stage.WRITE_DESTINATION);
        assertThat(Printed.of(report.plan())).contains("The migration was complete.", "join again");
        assertThat(rollback(TO_SOURCE, null).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stages()).containsOnly(Stage.SOURCE);
    }

    /** The plan still asks for the end of the join, which would cut the topics off from the source. */
    @Test
    void aLaterApplyKeepsTheJoinUntilTheTopicsAreReleased() {
        rollback(ONE_STAGE, "clicks");
        ApplyReport held = apply();
        assertThat(held.outcome()).describedAs(Printed.of(held)).isEqualTo(Outcome.BLOCKED);
        assertThat(isJoined()).isTrue();
        assertThat(stage("clicks")).isEqualTo(Stage.WRITE_DESTINATION);
        run(goal().resuming(new Resume()), "clicks");
        ApplyReport ended = apply();
        assertThat(ended.outcome()).describedAs(Printed.of(ended)).isEqualTo(Outcome.APPLIED);
        assertThat(isJoined()).isFalse();
        assertThat(stages()).containsOnly(Stage.DESTINATION);
    }

    /** A freeze holds the join of a migration that begins, and never a way back. */
    @Test
    void aFreezeDoesNotHoldTheJoinOfTheWayBack() {
        traffic = COMPLETE + ", freeze: [{ from: 2000-01-01, to: 2999-12-31, zone: UTC }]";
        ApplyReport report = rollback(ONE_STAGE, null);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(stages()).containsOnly(Stage.WRITE_DESTINATION);
    }

    /** The record no longer says that the migration is complete, but the join is still missing. */
    @Test
    void aRollbackThatStoppedBeforeTheJoinGoesOn() {
        network.begin(write -> write.what().equals("settings") ? Optional.of(WriteFault.REFUSED) : Optional.empty());
        ApplyReport stopped = rollback(ONE_STAGE, null);
        assertThat(stopped.outcome()).describedAs(Printed.of(stopped)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(stages()).containsOnly(Stage.DESTINATION);
        network.begin(FaultPlan.NONE);
        ApplyReport report = rollback(ONE_STAGE, null);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(stages()).containsOnly(Stage.WRITE_DESTINATION);
    }

    private List<Stage> stages() {
        return List.of(stage("clicks"), stage("views"), stage("orders"));
    }

    private boolean isJoined() {
        return MemorySituation.of(network, plan()).isJoined();
    }
}
