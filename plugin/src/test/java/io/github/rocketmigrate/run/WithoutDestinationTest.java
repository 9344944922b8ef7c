package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.report.ResultFile;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way back of topics that have left the source, with every broker of the destination down.
 *
 * <p>Longer than 300 lines: every run of the way begins with the same story.
 */
final class WithoutDestinationTest {
    private static final String NAME_SERVER = "10.0.1.11:9876";

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));

    @BeforeEach
    void moveAndLoseTheDestination() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a", "old-b")
                .cluster(Side.DESTINATION, "5.5.0", List.of(NAME_SERVER), "new-a", "new-b")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
                .topic(Side.SOURCE, "views", ClusterFixture.topic(4))
                .topic(Side.SOURCE, "orders", ClusterFixture.topic(4))
                .joined();
        ApplyReport report = apply(Stage.DESTINATION, FencePolicy.USUAL);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        stop("new-a", "new-b");
    }

    private void stop(String... brokers) {
        for (String broker : brokers) {
            network.stop(network.broker(Side.DESTINATION, broker));
        }
    }

    private void start(String... brokers) {
        for (String broker : brokers) {
            network.start(network.broker(Side.DESTINATION, broker));
        }
    }

    private MigrationPlan plan(Stage stage) {
        return MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: clicks, type: NORMAL }, { name: views, type: NORMAL }, { name: orders, type: FIFO }]
                """.formatted(stage.word()));
    }

    private ApplyReport apply(Stage stage, FencePolicy policy) {
        return apply(plan(stage), policy);
    }

    private ApplyReport apply(MigrationPlan plan, FencePolicy policy) {
        return apply(plan, policy, ApplyProgress.SILENT);
    }

    private ApplyReport apply(MigrationPlan plan, FencePolicy policy, ApplyProgress progress) {
        Apply apply = new Apply(
                network.timing(),
                Goals.outputs(folder),
                MemoryRun.ORIGIN,
                new Apply.Settings(false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, policy),
                opened -> Connections.of(
                        opened,
                        Map.of(
                                Side.SOURCE, network.writer(Side.SOURCE),
                                Side.DESTINATION, network.writer(Side.DESTINATION)),
                        network.timing()));
        return apply.run(
                new Apply.ApplyRequest("migration.yaml", plan, Selection.ALL, Optional.empty()),
                planned -> {},
                new StopSignal(),
                progress);
    }

    private List<Access> atSource(String topic) {
        return network.reader(Side.SOURCE).metadata().topic(topic).values().stream()
                .map(settings -> settings.access())
                .distinct()
                .toList();
    }

    @Test
    void topicsOpenAtTheSource() {
        for (Stage stage : List.of(Stage.READ_BOTH, Stage.SOURCE)) {
            ApplyReport report = apply(stage, FencePolicy.USUAL);
            assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.INCOMPLETE);
            assertThat(Printed.of(report))
                    .contains("Only the source was opened. The destination's name servers list none of its brokers.")
                    .contains("Earlier runs found new-a, new-b")
                    .contains("When the destination is back, run again");
            assertThat(atSource("clicks")).containsExactly(Access.READ_WRITE);
            assertThat(atSource("views")).containsExactly(Access.READ_WRITE);
        }
    }

    /** Nobody changed anything, and nobody knows what is at the destination. */
    @Test
    void theReportDoesNotGuessWhatIsAtTheDestination() {
        ApplyReport report = apply(Stage.SOURCE, FencePolicy.USUAL);
        assertThat(Printed.of(report.plan()))
                .contains("→ destination not read")
                .contains("open at the source: none → read-write")
                .doesNotContain("drift");
        assertThat(report.counts()).containsEntry("drifted", 0L);
        assertThat(report.verdict())
                .isEqualTo(
                        "Incomplete: 2 topics opened at the source, 1 waits for the destination; run again when it is"
                                + " back.");
        assertThat(apply(Stage.SOURCE, FencePolicy.USUAL).verdict())
                .isEqualTo("Incomplete: no further topic can be opened at the source, 1 waits for the destination; run"
                        + " again when it is back.");
    }

    @Test
    void eachOpenedTopicIsPrinted() {
        List<AppliedChange> printed = new ArrayList<>();
        ApplyReport report = apply(plan(Stage.SOURCE), FencePolicy.USUAL, new ApplyProgress() {
            @Override
            public void waiting(List<WaitReason> reasons) {}

            @Override
            public void done(int done, int all) {}

            @Override
            public void made(List<AppliedChange> changes, Duration took) {
                printed.addAll(changes);
            }

            @Override
            public void overruled(String what) {}
        });
        assertThat(Printed.of(printed, report))
                .contains("✓ opened 2 topics at the source: none → read-write: clicks, views");
    }

    @Test
    void pipelinesGetTheSideThatWasWrittenAndACommandThatCanWork() throws IOException {
        ApplyReport unused = apply(Stage.SOURCE, FencePolicy.USUAL);
        JsonNode result = new ObjectMapper()
                .readTree(folder.resolve(ResultFile.name(ApplyReport.GOAL)).toFile());
        JsonNode opened = result.path("outcomes").path(0);
        assertThat(opened.path("name").asText()).isEqualTo("clicks");
        assertThat(opened.path("side").asText()).isEqualTo("source");
        assertThat(opened.path("from").asText()).isEqualTo("none");
        assertThat(opened.path("to").asText()).isEqualTo("read-write");
        assertThat(result.path("blocked").path(0).path("command").asText()).isEqualTo("mvn migrate:apply");
    }

    @Test
    void theNextRunWithTheDestinationFinishes() {
        ApplyReport unused = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        start("new-a", "new-b");
        ApplyReport report = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        for (String topic : List.of("clicks", "views", "orders")) {
            assertThat(MemorySituation.of(network, plan(Stage.READ_BOTH)).isAt(Stage.READ_BOTH, topic))
                    .describedAs(topic)
                    .isTrue();
        }
    }

    private void loseAtTheSource(String broker) {
        network.nameServers(Side.SOURCE)
                .values()
                .forEach(nameServer -> nameServer.forget(network.broker(Side.SOURCE, broker)));
    }

    /** The next run asked who had changed the permissions, because nothing said that the run before had. */
    @Test
    void theNextRunFinishesAnOpeningThatAMasterHasMissed() {
        loseAtTheSource("old-b");
        ApplyReport partly = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        assertThat(partly.outcome()).describedAs(Printed.of(partly)).isEqualTo(Outcome.INCOMPLETE);
        network.start(network.broker(Side.SOURCE, "old-b"));
        assertThat(atSource("clicks")).containsExactlyInAnyOrder(Access.NONE, Access.READ_WRITE);
        start("new-a", "new-b");
        ApplyReport report = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        for (String topic : List.of("clicks", "views", "orders")) {
            assertThat(MemorySituation.of(network, plan(Stage.READ_BOTH)).isAt(Stage.READ_BOTH, topic))
                    .describedAs(topic)
                    .isTrue();
        }
        assertThat(network.reader(Side.SOURCE).notes().toString())
                .describedAs("nothing is left of the note")
                .doesNotContain("openings:");
    }

    /** Somebody else may do the same later, for a reason. */
    @Test
    void aFinishedOpeningExplainsNothing() {
        theNextRunFinishesAnOpeningThatAMasterHasMissed();
        network.access(network.broker(Side.SOURCE, "old-b"), "clicks", Access.NONE);
        ApplyReport report = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report))
                .contains("topic 'clicks' is at no stage")
                .contains("No run of this plan left it so");
    }

    /** The run advised to name a cluster of the destination, because it took the source's broker for one of another. */
    @Test
    void aBrokerThatTheSourceHasLostIsNotTakenForOneOfTheDestination() {
        start("new-a", "new-b");
        loseAtTheSource("old-b");
        ApplyReport report = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(report)).contains("not listed by every name server: old-b (source)");
    }

    @Test
    void oneMasterOfTheDestinationIsEnoughToBlockTheUsualWay() {
        start("new-a");
        ApplyReport report = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(Printed.of(report))
                .contains("Only the source was opened. The destination's name servers do not list new-b, which earlier")
                .contains("Apply: 2 opened at the source, to finish");
        assertThat(atSource("clicks")).containsExactly(Access.READ_WRITE);
        ApplyReport again = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        assertThat(again.outcome()).describedAs(Printed.of(again)).isEqualTo(Outcome.BLOCKED);
        start("new-b");
        ApplyReport last = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        assertThat(last.outcome()).describedAs(Printed.of(last)).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void itDoesNotMatterWhetherItsNameServersAnswer() {
        network.reachable(NAME_SERVER, false);
        ApplyReport report = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.INCOMPLETE);
        assertThat(Printed.of(report)).contains("restart the applications with the source's: 10.0.0.11:9876.");
        assertThat(atSource("clicks")).containsExactly(Access.READ_WRITE);
    }

    @Test
    void aTopicWhoseOrderIsKeptOpensOnlyIfTheUserAllowsIt() {
        ApplyReport report = apply(Stage.READ_BOTH, FencePolicy.USUAL);
        assertThat(report.outcomes()).contains(Outcome.BLOCKED);
        assertThat(Printed.of(report))
                .contains("order-without-destination")
                .contains("topic 'orders' is FIFO: its new messages would be consumed before those that are left");
        assertThat(atSource("orders")).containsExactly(Access.NONE);

        ApplyReport allowed = apply(
                Stage.READ_BOTH, new FencePolicy(FencePolicy.USUAL.routePoll(), FencePolicy.USUAL.maxFence(), true));
        assertThat(allowed.outcomes()).doesNotContain(Outcome.BLOCKED);
        assertThat(atSource("orders")).containsExactly(Access.READ_WRITE);
    }

    /** The copy of the record shows what runs of the plan have closed; the rest is not theirs. */
    @Test
    void whatOthersHaveClosedStaysClosed() {
        network.topic(Side.SOURCE, "closed", ClusterFixture.topic(4).withAccess(Access.READ));
        MigrationPlan more = MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: all
                    topics: [{ name: clicks, type: NORMAL }, { name: closed, type: NORMAL }]
                """);
        ApplyReport report = apply(more, FencePolicy.USUAL);
        assertThat(Printed.of(report))
                .contains("topic 'closed' is not open at the source, and no run of this plan has closed it there");
        assertThat(atSource("closed")).containsExactly(Access.READ);
        assertThat(atSource("clicks")).containsExactly(Access.READ_WRITE);
    }

    @Test
    void nothingIsDoneIfThePlanWantsNothingBack() {
        assertThatThrownBy(() -> apply(Stage.DESTINATION, FencePolicy.USUAL))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("The destination's name servers list none of its brokers.");
    }

    /** Each request to a server that is down can cost its time limit. */
    @Test
    void nothingIsWrittenToTheDestination() {
        int before = network.writes().size();
        ApplyReport unused = apply(Stage.SOURCE, FencePolicy.USUAL);
        assertThat(network.writes().subList(before, network.writes().size()))
                .isNotEmpty()
                .extracting(WriteCall::address)
                .allMatch(address -> !address.equals(NAME_SERVER));
    }
}
