package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.ChangeSetFile;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.write.ApplyProgress;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The end of the join ends the way back, so it belongs to what is reviewed, and comes when it was reviewed. */
final class EndOfJoinTest {
    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1))
            .cluster(Side.SOURCE, "5.1.4", List.of("10.0.0.11:9876"), "old-a")
            .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876"), "new-a")
            .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4).withType("NORMAL"))
            .topic(Side.SOURCE, "orders", ClusterFixture.topic(4).withType("NORMAL"));

    private MigrationPlan plan(String topics) {
        return MemorySituation.plan(network, """
                traffic: { routing: join, complete: true }
                batches: [{ name: all, stage: destination, topics: [%s] }]
                """.formatted(topics));
    }

    private static final String ORDERS = "{ name: orders, type: NORMAL }";
    private static final String BOTH = ORDERS + ", { name: clicks, type: NORMAL }";

    private Apply.ChangeSetSource reviewed(MigrationPlan plan) throws Exception {
        Situation situation = MemorySituation.of(network, plan);
        ChangeSet changes = Planner.plan(situation);
        Path file = folder.resolve("reviewed.json");
        Files.writeString(file, ChangeSetFile.text(changes, situation));
        assertThat(Files.readString(file)).contains("\"leave-broker\"");
        return new Apply.ChangeSetSource(file, "reviewed.json");
    }

    private ApplyReport apply(MigrationPlan plan, Apply.ChangeSetSource reviewed) {
        Apply apply = new Apply(
                network.timing(),
                Goals.outputs(folder),
                MemoryRun.ORIGIN,
                new Apply.Settings(
                        false, Duration.ZERO, Set.of(), Lease.Terms.USUAL, Timeouts.USUAL, FencePolicy.USUAL),
                opened -> Connections.of(
                        opened,
                        Map.of(
                                Side.SOURCE, network.writer(Side.SOURCE),
                                Side.DESTINATION, network.writer(Side.DESTINATION)),
                        network.timing()));
        return apply.run(
                new Apply.ApplyRequest("migration.yaml", plan, Selection.ALL, Optional.of(reviewed)),
                planned -> {},
                new StopSignal(),
                ApplyProgress.SILENT);
    }

    private boolean isJoined(MigrationPlan plan) {
        return MemorySituation.of(network, plan).isAnyJoined();
    }

    @Test
    void theReviewedEndOfTheJoinComesInTheRunThatMovesTheLastTopic() throws Exception {
        MigrationPlan plan = plan(BOTH);
        ApplyReport report = apply(plan, reviewed(plan));
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
        assertThat(report.summary()).contains("4 objects: 2 created and moved, 1 joined, 1 left the join");
        assertThat(isJoined(plan)).isFalse();
    }

    /** Its destination's name servers list no topic of the source any more. */
    @Test
    void aClientOfAnotherTopicThatNeedsTheJoinHoldsItsEnd() throws Exception {
        network.topic(Side.SOURCE, "letters", ClusterFixture.topic(4))
                .clients
                .consumes(Side.SOURCE, "10.0.9.1@1", "mail", "letters")
                .uses("10.0.9.1@1", "10.0.1.11:9876");
        network.broker(Side.SOURCE, "old-a").commit("mail", "letters", 0, 7);
        MigrationPlan plan = plan(BOTH);
        ApplyReport held = apply(plan, reviewed(plan));
        assertThat(held.outcome()).describedAs(Printed.of(held)).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(held))
                .contains("1 of 1 client of mail consumes letters (outside the plan) through the join: 10.0.9.1@1 at"
                        + " 10.0.9.1:4711");
        assertThat(isJoined(plan)).isTrue();
        network.clients.uses("10.0.9.1@1", "10.0.0.11:9876");
        assertThat(apply(plan, reviewed(plan)).outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(isJoined(plan)).isFalse();
    }

    /** It has just started, or is broadcasting: no broker has offsets of it. */
    @Test
    void aClientWithoutOffsetsThatNeedsTheJoinHoldsItsEndToo() throws Exception {
        network.topic(Side.SOURCE, "letters", ClusterFixture.topic(4))
                .clients
                .consumes(Side.SOURCE, "10.0.9.1@1", "mail", "letters")
                .uses("10.0.9.1@1", "10.0.1.11:9876");
        MigrationPlan plan = plan(BOTH);
        ApplyReport held = apply(plan, reviewed(plan));
        assertThat(held.outcome()).describedAs(Printed.of(held)).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(held))
                .contains(
                        "mail: nothing-left-behind failed",
                        "1 of 1 client of mail consumes letters (outside the plan) through the join");
        assertThat(isJoined(plan)).isTrue();
    }

    @Test
    void aTopicThatNobodyReviewedMakesTheEndStale() throws Exception {
        ApplyReport report = apply(plan(BOTH), reviewed(plan(ORDERS)));
        assertThat(report.outcome()).isEqualTo(Outcome.STALE);
        assertThat(Printed.of(report)).contains("it was edited after this change set was saved");
    }

    /** A change set of an earlier version has no hash of the plan, and its objects still fit. */
    @Test
    void aTopicThatNobodyReviewedKeepsTheJoin() throws Exception {
        Apply.ChangeSetSource reviewed = reviewed(plan(ORDERS));
        String text = Files.readString(reviewed.file());
        Files.writeString(reviewed.file(), text.replaceFirst("  \"planSha256\" : \"[0-9a-f]{64}\",\n", ""));
        ApplyReport report = apply(plan(BOTH), reviewed);
        assertThat(report.summary())
                .contains("2 objects: 1 created and moved, 1 joined")
                .doesNotContain("left the join");
        assertThat(isJoined(plan(BOTH))).isTrue();
    }
}
