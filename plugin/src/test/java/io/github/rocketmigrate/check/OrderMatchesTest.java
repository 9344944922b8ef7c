package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.check.Verdict.Waived;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import org.junit.jupiter.api.Test;

/** What the plan says of the order of a group, and how its clients consume. */
final class OrderMatchesTest extends StepStory {
    OrderMatchesTest() {
        super(new OrderMatches());
    }

    @Test
    void clientsThatConsumeAsThePlanSaysPass() {
        assertThat(judge(LEAVE).what()).isEqualTo("no planned group consumes the topic");
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1").uses("audit", "a@1", NEW_SERVER);
        traffic.consumes(DESTINATION, "mailer", TOPIC, "m@1", "m@2")
                .uses("mailer", "m@1", NEW_SERVER)
                .uses("mailer", "m@2", NEW_SERVER);
        passes(judge(LEAVE), "3 clients of audit, mailer consume as the plan says");
    }

    /** Without this check, the destination would deliver its messages to gRPC clients in any order. */
    @Test
    void clientsThatConsumeInOrderContradictAConcurrentGroup() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .isOrderly("audit", "a@1")
                .isOrderly("audit", "a@2");
        Verdict verdict = judge(LEAVE);
        fails(verdict, "2 of 2 clients of audit have an orderly listener, and the plan says CONCURRENT: a@1, a@2");
        assertThat(verdict.fix())
                .matches("Set order: ORDERLY in line \\d+, or let them register a concurrent listener\\.");
    }

    /** Two releases of an application are at work, so neither order is right for all. */
    @Test
    void someClientsThatDifferHaveToChange() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .isOrderly("audit", "a@1")
                .uses("audit", "a@2", NEW_SERVER);
        Verdict verdict = judge(LEAVE);
        fails(verdict, "1 of 2 clients of audit has an orderly listener, and the plan says CONCURRENT: a@1");
        assertThat(verdict.fix()).isEqualTo("Let them register a concurrent listener.");
    }

    @Test
    void concurrentClientsContradictAnOrderlyGroup() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1").uses("audit", "a@1", NEW_SERVER);
        fails(
                judge(planned(plan().replace("audit, order: CONCURRENT", "audit, order: ORDERLY")), LEAVE),
                "1 of 1 client of audit has a concurrent listener, and the plan says ORDERLY: a@1");
    }

    @Test
    void aConcurrentGroupOfAFifoTopicFailsWhetherItIsOnlineOrNot() {
        traffic.offset(SOURCE, "audit", TOPIC, "old-a", 0, 3);
        Verdict verdict = judge(planned(fifo()), LEAVE);
        fails(
                verdict,
                "group audit is CONCURRENT and consumes a FIFO topic, so messages of one key may overtake each other in"
                        + " it");
        assertThat(verdict.fix()).contains("Set order: ORDERLY in line").endsWith("waive the check for it.");
        waivers = waiver("groups: [audit],");
        assertThat(judge(planned(fifo()), LEAVE)).isInstanceOf(Waived.class);
    }

    /** The plan alone is wrong: "register an orderly listener" would ask for what the clients have. */
    @Test
    void aConcurrentGroupOfAFifoTopicWithOrderlyClientsIsOneTask() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .isOrderly("audit", "a@1")
                .isOrderly("audit", "a@2");
        Verdict verdict = judge(planned(fifo()), LEAVE);
        fails(
                verdict,
                "the plan says CONCURRENT, but the topic is FIFO and 2 of 2 clients of audit have an orderly listener:"
                        + " a@1, a@2");
        assertThat(verdict.fix()).matches("Set order: ORDERLY in line \\d+\\.");
    }

    @Test
    void aFifoTopicIsNeverToBecomeConcurrent() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .isOrderly("audit", "a@1")
                .uses("audit", "a@2", NEW_SERVER);
        assertThat(judge(planned(fifo()), LEAVE).fix())
                .matches("Set order: ORDERLY in line \\d+ and let all its clients register an orderly listener\\.");
        String orderly = fifo().replace("audit, order: CONCURRENT", "audit, order: ORDERLY");
        assertThat(judge(planned(orderly), LEAVE).fix()).isEqualTo("Let them register an orderly listener.");
    }

    @Test
    void clientsThatDoNotSayHowTheyConsumeAreUnknown() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2", "a@3")
                .uses("audit", "a@1", NEW_SERVER)
                .hasNoOrder("audit", "a@2")
                .isSilent("audit", "a@3", "it did not answer within 5 s");
        Verdict verdict = judge(LEAVE);
        assertThat(verdict).isInstanceOf(Unknown.class);
        assertThat(verdict.what())
                .isEqualTo("2 of 3 clients of audit did not report how they consume: a@2 (its report has no order), a@3"
                        + " (it did not answer within 5 s)");
    }

    @Test
    void groupsOutsideThePlanAreTheBusinessOfAnotherCheck() {
        traffic.consumes(SOURCE, "stranger", TOPIC, "s@1").isOrderly("stranger", "s@1");
        passes(judge(LEAVE), "no planned group consumes the topic");
    }

    private String fifo() {
        return plan().replace("type: NORMAL", "type: FIFO");
    }

    private Situation planned(String plan) {
        return Situations.of(plan, source, destination).withTraffic(traffic.build());
    }
}
