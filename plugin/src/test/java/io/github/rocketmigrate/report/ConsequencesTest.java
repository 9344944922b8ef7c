package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.observe.TrafficFixture.due;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.plan.Plans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A plan says what people will notice until the planned stage is reached, and not of the first step only.
 *
 * <p>Longer than 300 lines: each consequence has its clusters.
 */
final class ConsequencesTest {
    private static List<String> consequences(String stage, boolean isComplete) {
        return plan(stage, isComplete).consequences().lines();
    }

    private static PlanReport plan(String stage, boolean isComplete) {
        return plan(stage, isComplete, TrafficFixture.of("clicks"));
    }

    private static PlanReport plan(String stage, boolean isComplete, TrafficFixture traffic) {
        return plan(stage, isComplete, traffic, ConsumerOffsets.NONE);
    }

    private static PlanReport plan(String stage, boolean isComplete, TrafficFixture traffic, ConsumerOffsets offsets) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .with("orders", topic(4))
                .with("clicks", topic(4))
                .with("letters", topic(4))
                .with("mailer", group(ConsumeOrder.CONCURRENT, 16))
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876");
        ClusterFixture destination = cluster("new", "5.5.0", "new-a")
                .nameServer("10.0.1.11:9876", source.build())
                .with("orders", topic(4).withType("FIFO").withAccess(Access.READ))
                .with("mailer", group(ConsumeOrder.CONCURRENT, 16))
                .with("clicks", topic(4).withType("NORMAL").withAccess(Access.READ));
        String plan = """
                traffic: { routing: join, complete: %s }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: orders, type: FIFO }, { name: clicks, type: NORMAL }]
                    groups: [{ name: mailer, order: CONCURRENT }]
                """.formatted(isComplete, stage);
        Situation situation = Situations.of(
                        Plans.plan(plan),
                        Selection.ALL,
                        source.build(),
                        destination.build(),
                        offsets,
                        QueueOffsets.NONE)
                .withTraffic(traffic.build());
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(situation, Planner.plan(situation), List.of()),
                List.of());
    }

    @Test
    void everyStepToThePlannedStageHasItsConsequence() {
        assertThat(consequences("destination", false))
                .anyMatch(line ->
                        line.startsWith("orders in the fence: consumers receive nothing new for up to 1 min 35 s"))
                .anyMatch(line -> line.startsWith("clicks at write-destination: producers write to the destination"))
                .anyMatch(line -> line.startsWith("orders at destination: the source is closed"))
                .noneMatch(line -> line.contains("leave the join"));
    }

    /** Producers follow one after the other, forward and back. */
    @Test
    void keysOfSeveralProducersMayPassEachOtherUnlessApplyPauses() {
        String passing =
                " fence: if several producers send messages of one key, these may arrive out of order for up to 35 s;"
                        + " with -Dmigrate.pause=true they keep their order, but producers cannot send for that time.";
        assertThat(consequences("destination", false)).contains("orders in the" + passing);
        assertThat(planBack().consequences().lines()).contains("orders in the reverse" + passing);
        assertThat(consequences("read-both", false)).noneMatch(line -> line.endsWith(passing));
        assertThat(plan("destination", false, TrafficFixture.of("clicks").within(FencePolicy.USUAL.withPause()))
                        .consequences()
                        .lines())
                .contains(
                        "orders in the fence: producers find no queue and cannot send for about 35 s, so that messages of a key that"
                                + " several producers send keep their order too.");
    }

    /** Nothing else finds producers that rarely send, and the team is asked once for all topics of its batch. */
    @Test
    void theOwnersConfirmTheNameServersOfProducersBeforeTheSourceCloses() {
        PlanReport plan = plan("write-destination", false);
        assertThat(plan.consequences().toConfirm())
                .extracting(ProducersToConfirm::sentence)
                .containsExactly(
                        "clicks, orders: before you apply, have the owners of batch all confirm that all producers use"
                                + " the destination's name servers. RocketMigrate sees only those that sent in the last"
                                + " 24 h; any other with the old name servers can no longer send (\"No route info of this"
                                + " topic\").");
        assertThat(PlanMarkdown.text(plan, GoldenPlanTest.PROVENANCE))
                .contains("#### To confirm\n\nbatch all:\n\n- [ ] **clicks, orders**: all producers use the"
                        + " destination's name servers. RocketMigrate sees only those that sent in the last 24 h; ");
        assertThat(plan("read-both", false).consequences().toConfirm()).isEmpty();
    }

    /** On the way back, too, consumers of a fenced topic wait, and somebody decides at night whether to begin. */
    @Test
    void aFencedTopicGoesBackThroughTheReverseFence() {
        PlanReport plan = planBack();
        assertThat(plan.batches())
                .flatExtracting(PlanBatch::rows)
                .extracting(PlanRow::what)
                .contains("write-destination → reverse fence → read-both");
        assertThat(plan.consequences().lines())
                .containsExactly(
                        "clicks on the way back: producers write to the source again within 35 s.",
                        "orders in the reverse fence: consumers receive nothing new for 35 s to"
                                + " 1 min 10 s, until the old messages at the destination are consumed; then new messages"
                                + " are delivered in order, to each consumer within 35 s more, after it has polled its routes. If"
                                + " that takes longer than 1 min 35 s, the topic stays in the fence and is reported as blocked.",
                        "orders in the reverse fence: if several producers send messages of one key, these may arrive out of order for up to 35 s;"
                                + " with -Dmigrate.pause=true they keep their order, but producers cannot send for that time.");
    }

    /** Nobody prepares for repeated messages that cannot come. */
    @Test
    void aTopicThatIsConsumedInOrderOnlyRepeatsNothing() {
        TrafficFixture inOrder = TrafficFixture.of("clicks", "orders")
                .consumes(Side.SOURCE, "mailer", "clicks", "m@1")
                .consumes(Side.SOURCE, "ledger", "orders", "l@1")
                .isOrderly("ledger", "l@1");
        assertThat(plan("destination", false, inOrder).consequences().lines())
                .filteredOn(line -> line.contains("the source is closed"))
                .containsExactly(
                        "clicks at destination: the source is closed, so a client that still uses it gets nothing; concurrent groups"
                                + " with several clients may get some messages twice for up to 35 s.",
                        "orders at destination: the source is closed, so a client that still uses it gets nothing.");
    }

    /** Their members divide the queues of both clusters before and after; only producers change the cluster. */
    @Test
    void groupsThatReadBothClustersRepeatNothingWhenOnlyProducersMove() {
        assertThat(consequences("write-destination", false))
                .contains(
                        "clicks at write-destination: producers write to the destination within 35 s; consumers read both clusters already.")
                .noneMatch(line -> line.contains("twice"));
        assertThat(consequences("destination", false))
                .filteredOn(line -> line.contains("twice"))
                .hasSize(1)
                .allMatch(line -> line.contains("the source is closed"));
    }

    /** Next names the same line. */
    @Test
    void theWayBackNamesTheLineOfTheStage() {
        PlanReport plan = plan("write-destination", false);
        assertThat(plan.consequences().undo())
                .extracting(Undo::what)
                .contains("all: set stage: read-both for clicks, orders (line 8).");
    }

    /** Three thousand repeated messages surprised somebody whose plan had said "may get some messages twice". */
    @Test
    void broadcastingClientsThatBeginAtTheFirstMessageConsumeTheSourceOnceMore() {
        String again =
                "clicks: 2 clients of the broadcasting group windows consume what the source still has (1600 messages)"
                        + " once more from the first message on. The application asks for it (CONSUME_FROM_FIRST_OFFSET), and clients"
                        + " before 5.2.0 forget their place in queues that they do not read.";
        assertThat(backFromDestination("write-destination", true)).contains(again);
        assertThat(backFromDestination("write-destination", false)).doesNotContain(again);
        assertThat(backFromDestination("destination", true)).doesNotContain(again);
    }

    /** A plan that only opens the source for reading does not bring producers back. */
    @Test
    void aStepBackSaysWhichClientsGoBack() {
        assertThat(backFromDestination("write-destination", false))
                .anyMatch(line -> line.startsWith(
                        "clicks on the way back: consumers read the source again, beside the destination"));
        assertThat(backFromDestination("read-both", false))
                .anyMatch(line -> line.startsWith("clicks on the way back: consumers read the source again, beside the"
                        + " destination; producers write to the source again within 35 s"));
        assertThat(backFromDestination("source", false))
                .anyMatch(line -> line.startsWith("clicks on the way back: consumers read the source again, beside the"
                        + " destination; producers write to the source again within 35 s; consumers leave the destination"
                        + " when its messages are consumed"));
    }

    /** The topic is at destination, and 1,600 messages are left at the source, all consumed. */
    private static List<String> backFromDestination(String stage, boolean beginsAtFirst) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a").with("clicks", topic(4).withAccess(Access.NONE));
        ClusterFixture destination = cluster("new", "5.5.0", "new-a")
                .with("clicks", topic(4).withType("NORMAL").withAccess(Access.READ_WRITE));
        TrafficFixture traffic = TrafficFixture.of("clicks")
                .consumes(Side.DESTINATION, "windows", "clicks", true, ConsumeMode.PUSH, "w@1", "w@2")
                .queue(Side.SOURCE, "clicks", "old-a", 0, 400, 2_000);
        if (beginsAtFirst) {
            traffic.beginsAtFirst(Side.DESTINATION, "windows");
        }
        Situation situation = Situations.leftByRuns(Situations.of("""
                traffic: { routing: client }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: clicks, type: NORMAL }]
                """.formatted(stage), source, destination))
                .withTraffic(traffic.build());
        return new PlanReport(
                        new Invocation("migration.yaml", Selection.ALL),
                        "change-set.json",
                        Assessment.of(situation, Planner.plan(situation), List.of()),
                        List.of())
                .consequences()
                .lines();
    }

    private static PlanReport planBack() {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .with("orders", topic(4).withAccess(Access.READ))
                .with("clicks", topic(4).withAccess(Access.READ));
        ClusterFixture destination = cluster("new", "5.5.0", "new-a")
                .with("orders", topic(4).withType("FIFO").withAccess(Access.READ_WRITE))
                .with("clicks", topic(4).withType("NORMAL").withAccess(Access.READ_WRITE));
        Situation situation = Situations.leftByRuns(Situations.of("""
                traffic: { routing: client }
                batches:
                  - name: all
                    stage: read-both
                    topics: [{ name: orders, type: FIFO }, { name: clicks, type: NORMAL }]
                """, source, destination))
                .withTraffic(TrafficFixture.of("clicks", "orders")
                        .consumes(Side.DESTINATION, "mailer", "clicks", "m@1")
                        .build());
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(situation, Planner.plan(situation), List.of()),
                List.of());
    }

    /** Their clients use the destination's name servers, which no longer list the source then. */
    @Test
    void theEndOfTheJoinNamesGroupsThatConsumeTopicsOutsideThePlan() {
        ConsumerOffsets offsets = new ConsumerOffsets(Map.of(
                "mailer",
                Map.of("clicks", Map.of(), "letters", Map.of(), "%RETRY%mailer", Map.of()),
                "stranger",
                Map.of("letters", Map.of())));
        assertThat(plan("destination", true, TrafficFixture.of("clicks"), offsets)
                        .consequences()
                        .lines())
                .contains("mailer: also consumes letters, not in this plan: at the end of the join, clients no longer"
                        + " find it through the destination's name servers.")
                .contains(
                        "stranger: not in this plan, and consumes letters, which stays at the source. Switch the clients"
                                + " back to the source's name servers first; otherwise they stop receiving.");
        assertThat(plan("destination", false, TrafficFixture.of("clicks"), offsets)
                        .consequences()
                        .lines())
                .noneMatch(line -> line.contains("letters"));
    }

    /** The plan said "0 blocked", and the next apply ended in a check that the plan had not even named. */
    @Test
    void theChecksBeforeTheEndOfTheJoinAreNamed() {
        assertThat(LaterCheck.in(plan("destination", true)))
                .extracting(LaterCheck::words)
                .anyMatch(words -> words.contains("nothing-left-behind")
                        && words.endsWith(": before the end of the join (old-a)"));
        assertThat(LaterCheck.in(plan("destination", false)))
                .extracting(LaterCheck::words)
                .noneMatch(words -> words.contains("nothing-left-behind"));
    }

    /** The source has to be drained only before the last step, which may be hours later. */
    @Test
    void thePlanSaysHowLongDelayedMessagesWillHoldATopic() {
        TrafficFixture delayed = TrafficFixture.of("clicks")
                .keeps(Side.SOURCE, HeldKind.DELAYED, due("clicks", 3, Situations.NOON.plus(Duration.ofHours(2))));
        assertThat(plan("destination", false, delayed).consequences().lines())
                .contains("clicks: waits until 3 delayed messages at the source are delivered and consumed; the last"
                        + " is due at 14:00 UTC (in 2 h).");
        assertThat(plan("write-destination", false, delayed).consequences().lines())
                .noneMatch(line -> line.contains("delayed"));
    }

    /** A producer that has forgotten its transaction held the topic for hours, and the plan had said nothing. */
    @Test
    void thePlanSaysThatHalfMessagesWillHoldATopic() {
        TrafficFixture half = TrafficFixture.of("clicks")
                .keeps(Side.SOURCE, HeldKind.HALF, TrafficFixture.amount(1, Map.of("clicks", 1L)));
        assertThat(plan("destination", false, half).consequences().lines())
                .contains("clicks: waits until 1 half message at the source is committed and consumed, or rolled back:"
                        + " that is up to its producer.");
        assertThat(plan("write-destination", false, half).consequences().lines())
                .noneMatch(line -> line.contains("half message"));
    }

    @Test
    void nothingIsSaidOfStepsBeyondThePlannedStage() {
        assertThat(consequences("write-destination", false)).noneMatch(line -> line.contains("the source is closed"));
    }

    @Test
    void thePlanAnnouncesTheEndOfTheJoinBeforeTopicsMove() {
        assertThat(consequences("destination", true))
                .contains(
                        "As soon as every topic is at destination, the source's brokers leave the join: they get their"
                                + " earlier name servers back. Afterwards, apply moves no topic of this plan. Only"
                                + " migrate:rollback goes back: it joins the clusters again, as long as the source runs"
                                + " and has its topics.");
    }

    @Test
    void theEndOfTheJoinIsTheLastRowOfThePlanWithItsUndo() {
        PlanReport plan = plan("destination", true);
        PlanBatch last = plan.batches().get(plan.batches().size() - 1);
        assertThat(last.name()).isEqualTo("end of the join");
        assertThat(last.counts()).isEqualTo("1 to leave the join");
        assertThat(last.rows())
                .extracting(PlanRow::words)
                .containsExactly(
                        "leave the join: name servers 10.0.0.11:9876;10.0.1.11:9876 → 10.0.0.11:9876; after all"
                                + " other changes");
        assertThat(plan.consequences().undo())
                .contains(new Undo(
                        "Broker old-a, which leaves the join: only migrate:rollback joins it again. For apply the plan"
                                + " stays frozen, even if somebody sets the broker's name servers by hand.",
                        Optional.empty()));
        assertThat(Printed.of(plan))
                .contains("To confirm before the join ends")
                .contains("- Every application has been restarted with the destination's name servers.");
        assertThat(PlanMarkdown.text(plan, GoldenPlanTest.PROVENANCE))
                .contains("#### To confirm before the join ends\n\nAfterwards, apply moves no topic of this plan.")
                .contains("- [ ] Every application has been restarted with the destination's name servers.\n")
                .doesNotContain("mqadmin updateBrokerConfig");
        assertThat(plan.summary()).contains("3 objects: 2 to move, 1 to leave the join;");
    }
}
