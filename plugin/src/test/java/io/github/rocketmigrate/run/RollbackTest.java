package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.memory.FaultPlan;
import io.github.rocketmigrate.memory.MemoryBroker;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Topics go back against the plan, each from where it is, also without the destination. */
final class RollbackTest extends RollbackStory {
    @Test
    void eachTopicGoesBackOneStageFromWhereItIs() {
        ApplyReport report = rollback(ONE_STAGE, null);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(report.summary()).startsWith("Rollback: 3 moved");
        assertThat(stage("clicks")).isEqualTo(Stage.WRITE_DESTINATION);
        assertThat(stage("views")).isEqualTo(Stage.SOURCE);
        assertThat(stage("orders")).isEqualTo(Stage.READ_BOTH);
    }

    /** At write-destination, nothing has changed for producers, and a reader who needs that has to know the next command. */
    @Test
    void aRollbackThatLeavesProducersAtTheDestinationSaysSoAndHowToGoFurther() {
        String one = Printed.of(rollback(ONE_STAGE, "clicks"));
        assertThat(one)
                .contains(
                        "clicks is on hold at write-destination: no apply moves it forward until somebody releases it."
                                + " Producers still write to the destination; consumers read both clusters.",
                        "With the first command the topics go back further, to read-both, where producers write to the"
                                + " source again; with the second they may move forward again",
                        "mvn migrate:rollback -Dmigrate.topic=clicks -Dmigrate.to=read-both -Dmigrate.reason=");
        String two = Printed.of(rollback(Optional.of(Stage.READ_BOTH), "clicks"));
        assertThat(two)
                .contains(
                        "the topics go back further, to source; with the second",
                        "-Dmigrate.to=source -Dmigrate.reason=")
                .doesNotContain("Producers still");
        assertThat(Printed.of(rollback(TO_SOURCE, "clicks"))).doesNotContain("go back further");
    }

    @Test
    void allTopicsGoBackToTheSource() {
        ApplyReport report = rollback(TO_SOURCE, null);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(List.of(stage("clicks"), stage("views"), stage("orders"))).containsOnly(Stage.SOURCE);
    }

    @Test
    void topicsGoBackToAStageAndNoneGoesForward() {
        rollback(Optional.of(Stage.WRITE_DESTINATION), null);
        assertThat(stage("clicks")).isEqualTo(Stage.WRITE_DESTINATION);
        assertThat(stage("views")).isEqualTo(Stage.READ_BOTH);
        assertThat(stage("orders")).isEqualTo(Stage.WRITE_DESTINATION);
    }

    @Test
    void patternsSelectTheTopics() {
        ApplyReport report = rollback(TO_SOURCE, "c*,view?");
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(List.of(stage("clicks"), stage("views"))).containsOnly(Stage.SOURCE);
        assertThat(stage("orders")).isEqualTo(Stage.WRITE_DESTINATION);
    }

    /** A user who repeats a command that was interrupted does not ask for another stage. */
    @Test
    void anInterruptedRollbackIsContinuedAndAFinishedOneGoesFurther() {
        network.begin(write -> write.what().startsWith("topic") ? Optional.of(WriteFault.REFUSED) : Optional.empty());
        ApplyReport stopped = rollback(ONE_STAGE, "clicks");
        assertThat(stopped.outcome()).describedAs(Printed.of(stopped)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(stage("clicks")).isEqualTo(Stage.DESTINATION);
        network.begin(FaultPlan.NONE);
        rollback(ONE_STAGE, "clicks");
        assertThat(stage("clicks")).isEqualTo(Stage.WRITE_DESTINATION);
        rollback(ONE_STAGE, "clicks");
        assertThat(stage("clicks")).isEqualTo(Stage.READ_BOTH);
    }

    /** The rollback of one topic leaves the others and their settings alone, whatever the plan asks for meanwhile. */
    @Test
    void nothingElseMoves() {
        orders = Stage.DESTINATION;
        ApplyReport report = rollback(TO_SOURCE, "clicks");
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(stage("orders")).isEqualTo(Stage.WRITE_DESTINATION);
    }

    /** The holds are at the source only; the destination's record knows them as soon as a run reaches both. */
    @Test
    void withoutTheDestinationTheSourceOpensAndTheHoldStays() {
        stop("new-a", "new-b");
        ApplyReport report = rollback(TO_SOURCE, "clicks");
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(network.reader(Side.SOURCE).metadata().topic("clicks").values())
                .allMatch(settings -> settings.access() == Access.READ_WRITE);
        start("new-a", "new-b");
        ApplyReport next = apply();
        assertThat(stage("clicks")).isEqualTo(Stage.SOURCE);
        assertThat(Printed.of(next)).contains("rolled back to source and put on hold by tester on here");
        assertThat(RecordFormat.read(
                                "shop-to-5x", network.reader(Side.DESTINATION).notes())
                        .holds())
                .describedAs("copied to the destination")
                .containsOnlyKeys("clicks");
    }

    /** Nothing of the destination answers, its name servers included. */
    @Test
    void withoutItsNameServersTheSourceOpensToo() {
        network.reachable(DESTINATION, false);
        ApplyReport report = rollback(TO_SOURCE, "clicks");
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(network.reader(Side.SOURCE).metadata().topic("clicks").values())
                .allMatch(settings -> settings.access() == Access.READ_WRITE);
        network.reachable(DESTINATION, true);
        assertThat(Printed.of(apply())).contains("rolled back to source and put on hold by tester on here");
    }

    @Test
    void aDryRunSaysWhatItCostsAndWritesNothing() {
        Standing before = MemorySituation.of(network, plan()).standing("clicks");
        ApplyReport report = dryRun(TO_SOURCE, null);
        assertThat(Printed.of(report.plan()))
                .contains(
                        "destination → write-destination → read-both → source",
                        "Steps back, if no check blocks",
                        "clicks takes 1 rollback: 3 steps back")
                .doesNotContain("planned stage", "1 apply", "that apply measures");
        assertThat(Printed.of(report))
                .contains("review the steps back, then roll back: mvn migrate:rollback -Dmigrate.reason='A drill'"
                        + " -Dmigrate.to=source");
        assertThat(MemorySituation.of(network, plan()).standing("clicks")).isEqualTo(before);
        assertThat(look().outcome()).isEqualTo(Outcome.CLEAN);
    }

    /** The step back is shown as waiting, so it is not nothing. */
    @Test
    void aDryRunWhoseStepWaitsSaysHowToRollBack() {
        MemoryBroker at = network.broker(Side.DESTINATION, "new-a");
        at.holds("views", 0, 0, 5);
        at.commit("mailer", "views", 0, 0);
        assertThat(Printed.of(dryRun(ONE_STAGE, "views")))
                .contains("review the steps back, then roll back: mvn migrate:rollback -Dmigrate.topic=views"
                        + " -Dmigrate.reason='A drill'");
    }

    private ApplyReport dryRun(Optional<Stage> to, String topics) {
        Apply dry = new Apply(
                network.timing(),
                Goals.outputs(folder),
                MemoryRun.ORIGIN,
                new Apply.Settings(true, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL),
                opened -> Connections.of(
                        opened,
                        Map.of(
                                Side.SOURCE, network.writer(Side.SOURCE),
                                Side.DESTINATION, network.writer(Side.DESTINATION)),
                        network.timing()));
        return run(dry.rollingBack(new RollbackOrder(to, "A drill", Optional.empty())), topics);
    }
}
