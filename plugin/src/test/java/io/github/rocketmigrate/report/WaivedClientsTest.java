package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Finding;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Judgement.PassedOver;
import io.github.rocketmigrate.check.Outlook;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A plan that waives a check does not promise what the check has just disproved. */
final class WaivedClientsTest {
    private static final String ROUTE = "\"No route info of this topic\" (producers-switched is waived)";
    private static final String OLD = "10.1.0.8@52#1";

    private final TrafficFixture traffic = TrafficFixture.of("clicks", "orders");

    private List<String> consequences(String stage, String check, Optional<String> group, Verdict... verdicts) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .with("clicks", topic(4))
                .with("orders", topic(4))
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876");
        ClusterFixture destination = cluster("new", "5.5.0", "new-a")
                .nameServer("10.0.1.11:9876", source.build())
                .with("clicks", topic(4).withType("NORMAL").withAccess(Access.READ))
                .with("orders", topic(4).withType("FIFO").withAccess(Access.READ));
        Situation situation =
                Situations.of("""
                        traffic: { routing: join }
                        batches:
                          - name: all
                            stage: %s
                            topics: [{ name: clicks, type: NORMAL }, { name: orders, type: FIFO }]
                            waivers: [{ check: %s, reason: known, owner: ann, expires: 2026-11-30 }]
                        """.formatted(stage, check), source, destination).withTraffic(traffic.build());
        Waiver waiver = situation.plan().batches().get(0).waivers().get(0);
        List<Judgement> judgements = List.of("clicks", "orders").stream()
                .map(topic -> new Judgement(
                        CheckRegistry.of(check).orElseThrow(),
                        Optional.of(topic),
                        new Verdict.Passed("waived"),
                        List.of(),
                        Outlook.UNKNOWN,
                        List.of(verdicts).stream()
                                .map(verdict -> new PassedOver(
                                        new Finding(group, verdict, false, Optional.empty(), Optional.empty()), waiver))
                                .toList()))
                .toList();
        return new PlanReport(
                        new Invocation("migration.yaml", Selection.ALL),
                        "change-set.json",
                        Assessment.of(situation, Planner.plan(situation), judgements),
                        List.of())
                .consequences()
                .lines();
    }

    private static Verdict failed() {
        return new Verdict.Failed("1 of 1 producer is connected to the source only", "Restart it.");
    }

    /** The plan listed the producer as waived and promised below that producers write to the destination. */
    @Test
    void theOnlyProducerCannotSend() {
        traffic.produces(Side.SOURCE, "shop", OLD, "10.1.0.8:40000")
                .sent("clicks", "10.1.0.8:40000", Duration.ofSeconds(3))
                .sent("orders", "10.1.0.8:40000", Duration.ofSeconds(3));
        assertThat(consequences("write-destination", "producers-switched", Optional.empty(), failed()))
                .contains(
                        "clicks at write-destination: producer " + OLD + " cannot send from then on: " + ROUTE
                                + "; consumers read both clusters already.",
                        "orders in the fence: producer " + OLD + " cannot send from then on: " + ROUTE + ".");
    }

    @Test
    void theOtherProducersFollow() {
        traffic.produces(Side.SOURCE, "shop", OLD, "10.1.0.8:40000")
                .produces(Side.SOURCE, "cart", "c@1", "10.1.0.9:40000")
                .produces(Side.DESTINATION, "cart", "c@1", "10.1.0.9:40001")
                .sent("clicks", "10.1.0.8:40000", Duration.ofSeconds(3))
                .sent("clicks", "10.1.0.9:40000", Duration.ofSeconds(3));
        assertThat(consequences("write-destination", "producers-switched", Optional.empty(), failed()))
                .contains("clicks at write-destination: producer " + OLD + " cannot send from then on: " + ROUTE
                        + "; the other producers write to the destination within 35 s; consumers read both clusters"
                        + " already.");
    }

    @Test
    void producersThatNobodyKnowsAreNotNamed() {
        Verdict unknown = new Verdict.Unknown("1 host sent to the topic and has no producer at a broker now");
        assertThat(consequences("write-destination", "producers-switched", Optional.empty(), unknown))
                .contains("clicks at write-destination: producers that use the source only cannot send from then on: "
                        + ROUTE + "; the other producers write to the destination within 35 s; consumers read both"
                        + " clusters already.");
    }

    @Test
    void consumersOfWaivedGroupsReadOneClusterOnly() {
        Verdict failed = new Verdict.Failed("1 of 2 clients of mailer still uses 10.0.0.11:9876", "Restart it.");
        assertThat(consequences("write-destination", "consumers-switched", Optional.of("mailer"), failed))
                .contains("clicks at write-destination: producers write to the destination within 35 s; consumers read"
                        + " both clusters already, except clients of mailer that use the source only"
                        + " (consumers-switched is waived).");
        assertThat(consequences("write-destination", "queues-assigned", Optional.of("mailer"), failed))
                .contains("clicks at write-destination: producers write to the destination within 35 s; consumers read"
                        + " both clusters already, except queues that no client of mailer reads (queues-assigned is"
                        + " waived).");
    }

    @Test
    void aTopicThatLeavesItsMessagesDoesNotWaitForThem() {
        traffic.keeps(Side.SOURCE, HeldKind.HALF, TrafficFixture.amount(1, Map.of("clicks", 1L)));
        Verdict failed = new Verdict.Failed("1 half message of the topic is at the source", "Commit it.");
        assertThat(consequences("destination", "source-drained", Optional.empty(), failed))
                .contains("clicks: does not wait for delayed and half messages at the source, which no consumer gets"
                        + " there once it is closed (source-drained is waived).")
                .noneMatch(line -> line.contains("waits until"));
    }
}
