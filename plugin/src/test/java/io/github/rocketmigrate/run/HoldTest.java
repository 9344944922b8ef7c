package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryNameServer;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlainTerminal;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.report.StatusText;
import io.github.rocketmigrate.write.RecordCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Topics that were rolled back stay where they are, whatever the plan asks for, until somebody releases them. */
final class HoldTest extends RollbackStory {
    @Test
    void laterRunsTakeThemNoFurtherForward() {
        rollback(ONE_STAGE, "clicks");
        ApplyReport report = apply();
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(report.verdict())
                .endsWith(
                        ": clicks is on hold at write-destination (tester on here: Checkout errors); see 'To do' above.");
        assertThat(stage("clicks")).isEqualTo(Stage.WRITE_DESTINATION);
        assertThat(Printed.of(report))
                .contains("clicks: on hold rolled back to write-destination and put on hold by tester on here since ")
                .contains(": Checkout errors")
                .contains("release it: mvn migrate:resume -Dmigrate.topic=clicks ");
        assertThat(Printed.of(look())).contains("rolled back to write-destination and put on hold by tester on here");
        assertThat(stage("orders")).describedAs("not rolled back").isEqualTo(Stage.WRITE_DESTINATION);
    }

    /** The rollback said only how to release a topic, which nobody had called on hold before. */
    @Test
    void theRollbackSaysWhatIsOnHold() {
        assertThat(Printed.of(rollback(ONE_STAGE, "clicks")))
                .contains(
                        "clicks is on hold at write-destination: no apply moves it forward until somebody releases it.")
                .contains("mvn migrate:resume -Dmigrate.topic=clicks");
    }

    /** The board called the stage of the hold the planned one, so that all topics seemed to have arrived. */
    @Test
    void theBoardShowsThePlannedStageAndWhoPutTheTopicOnHold() {
        rollback(ONE_STAGE, "clicks");
        PlanReport plan = look();
        List<String> lines = new ArrayList<>();
        new StatusText(new PlainTerminal(lines), true)
                .print(new StatusReport(plan, TrafficFixture.of("clicks").build()));
        assertThat(String.join(" ", lines).replaceAll(" +", " "))
                .containsPattern(
                        "[0-9] of [0-9] topics? at (their planned stages|the planned stage destination); 1 on hold")
                .containsPattern(
                        "on hold at write-destination since [0-9]{2}:[0-9]{2} UTC by tester on here: Checkout errors")
                .containsPattern("topic clicks ■■■□ write-destination [^ ]+ .*destination");
    }

    @Test
    void aPlanThatAsksForNoMoreEndsTheHold() {
        rollback(ONE_STAGE, "clicks");
        clicks = Stage.WRITE_DESTINATION;
        assertThat(apply().outcome()).isEqualTo(Outcome.CLEAN);
        clicks = Stage.DESTINATION;
        ApplyReport report = apply();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
    }

    @Test
    void aPlanThatAsksForLessIsFollowed() {
        rollback(ONE_STAGE, "clicks");
        clicks = Stage.SOURCE;
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.SOURCE);
    }

    @Test
    void aReleasedTopicMovesAgain() {
        rollback(ONE_STAGE, null);
        Resume resume = new Resume();
        run(goal().resuming(resume), "clicks");
        assertThat(resume.released().keySet()).containsExactly("clicks");
        assertThat(stage("clicks")).describedAs("resume itself moves nothing").isEqualTo(Stage.WRITE_DESTINATION);
        ApplyReport report = apply();
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
        assertThat(stage("orders")).isEqualTo(Stage.READ_BOTH);
        assertThat(report.outcome()).describedAs("the others are on hold").isEqualTo(Outcome.BLOCKED);
    }

    /** Another run reads the record of both clusters; a hold that one side has kept must not come back. */
    @Test
    void aReleasedTopicStaysReleased() {
        rollback(ONE_STAGE, "clicks");
        run(goal().resuming(new Resume()), null);
        assertThat(apply().outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
    }

    /** Without its record, a run cannot tell which masters there were; what it writes must not look like one. */
    @Test
    void aLostRecordStaysLost() {
        network.nameServers(Side.DESTINATION).values().forEach(MemoryNameServer::forget);
        network.stop(network.broker(Side.SOURCE, "old-b"));
        rollback(ONE_STAGE, "clicks");
        assertThat(RecordCopy.read("shop-to-5x", network.reader(Side.SOURCE).notes())
                        .mastersOf(Side.SOURCE))
                .containsExactly("old-a", "old-b");
        assertThat(Printed.of(apply())).contains("old-b");
    }

    /** The end of a hold did not reach the copy of the record at the source. */
    @Test
    void aCopyOfAHoldThatHasEndedDoesNotBringItBack() {
        rollback(ONE_STAGE, "clicks");
        network.begin(write ->
                write.names().toString().contains("copy:") ? Optional.of(WriteFault.REFUSED) : Optional.empty());
        clicks = Stage.WRITE_DESTINATION;
        apply();
        assertThat(RecordCopy.read("shop-to-5x", network.reader(Side.SOURCE).notes())
                        .holds()
                        .get("clicks"))
                .matches(copy -> copy.stops(Stage.DESTINATION));
        network.begin(FaultPlan.NONE);
        clicks = Stage.DESTINATION;
        ApplyReport report = apply();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
    }
}
