package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.MessageType.DELAY;
import static io.github.rocketmigrate.model.MessageType.FIFO;
import static io.github.rocketmigrate.model.MessageType.NORMAL;
import static io.github.rocketmigrate.model.MessageType.TRANSACTION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.check.Verdict.Waived;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.Plans;
import org.junit.jupiter.api.Test;

/** The type of the plan against the newest messages of the topic. */
final class TypeMatchesTest extends StepStory {
    TypeMatchesTest() {
        super(new TypeMatches());
    }

    @Test
    void messagesOfThePlannedTypeFit() {
        traffic.samples(TOPIC, 64, NORMAL);
        passes(judge(LEAVE), "64 sampled messages fit NORMAL");
    }

    @Test
    void aTopicWithoutMessagesPassesAndSaysSo() {
        passes(judge(LEAVE), "the topic has no message to sample");
    }

    @Test
    void oneMessageOfAnotherTypeIsEnough() {
        traffic.samples(TOPIC, 60, NORMAL).samples(TOPIC, 4, DELAY);
        fails(judge(LEAVE), "60 NORMAL, 4 DELAY of 64 sampled, and the plan says NORMAL");
        assertThat(judge(LEAVE).fix())
                .isEqualTo("Send each type to a topic of its own, or set type: MIXED in line 10."
                        + " If nobody sends messages of another type anymore, waive the check.");
    }

    @Test
    void messagesOfOneTypeNameTheTypeToSet() {
        traffic.samples(TOPIC, 7, TRANSACTION);
        fails(judge(LEAVE), "7 TRANSACTION of 7 sampled, and the plan says NORMAL");
        assertThat(judge(LEAVE).fix()).startsWith("Set type: TRANSACTION in line 10. ");
    }

    /** A proxy denies a message without a delay on a topic of type DELAY. */
    @Test
    void plainMessagesContradictEveryTypeButFifo() {
        traffic.samples(TOPIC, 3, NORMAL);
        type = "DELAY";
        fails(judge(LEAVE), "3 NORMAL of 3 sampled, and the plan says DELAY");
        type = "TRANSACTION";
        fails(judge(LEAVE), "3 NORMAL of 3 sampled, and the plan says TRANSACTION");
        type = "FIFO";
        passes(judge(LEAVE), "3 sampled messages fit FIFO; 3 without a mark, as 4.x clients send messages in order");
        type = "MIXED";
        passes(judge(LEAVE), "3 sampled messages fit MIXED");
    }

    @Test
    void aTopicThatIsConsumedInOrderMayBeFifo() {
        traffic.samples(TOPIC, 3, NORMAL)
                .consumes(SOURCE, "audit", TOPIC, "10.1.0.7@4711")
                .isOrderly("audit", "10.1.0.7@4711");
        type = "DELAY";
        fails(judge(LEAVE), "3 NORMAL or FIFO of 3 sampled, and the plan says DELAY");
        assertThat(judge(LEAVE).fix()).startsWith("Set type: FIFO in line 10. ");
    }

    @Test
    void aMarkOfAnOrderContradictsNormal() {
        traffic.samples(TOPIC, 2, FIFO);
        fails(judge(LEAVE), "2 FIFO of 2 sampled, and the plan says NORMAL");
    }

    @Test
    void aDestinationWithoutMixedTopicsHasOneWayOut() {
        traffic.samples(TOPIC, 1, NORMAL).samples(TOPIC, 1, DELAY);
        MigrationPlan managed = Plans.whole("""
                version: 1
                name: shop
                source: { nameServers: [10.0.0.11:9876] }
                destination: { nameServers: [10.0.1.11:9876], profile: tdmq }
                """ + plan());
        Situation situation = Situations.of(
                        managed,
                        Selection.ALL,
                        source.build(),
                        destination.build(),
                        ConsumerOffsets.NONE,
                        QueueOffsets.NONE)
                .withTraffic(traffic.build());
        assertThat(judge(situation, LEAVE).fix())
                .startsWith("Send each type to a topic of its own: the destination has no topics of type MIXED.");
    }

    @Test
    void whatCannotBeReadIsUnknown() {
        traffic.samples(TOPIC, MessageSample.unseen("old-a did not return all of them (no permission)"));
        assertThat(judge(LEAVE)).isInstanceOf(Unknown.class);
        assertThat(judge(LEAVE).what())
                .isEqualTo(
                        "not all messages of the sample were read: old-a did not return all of them (no permission)");
    }

    @Test
    void whatWasReadFailsAlsoIfTheRestIsUnknown() {
        traffic.samples(TOPIC, 1, DELAY).samples(TOPIC, MessageSample.unseen("old-a did not return all of them"));
        fails(
                judge(LEAVE),
                "1 failed: 1 DELAY of 1 sampled, and the plan says NORMAL; 1 unknown: not all messages of the sample were"
                        + " read: old-a did not return all of them");
    }

    @Test
    void withoutASampleNothingIsKnown() {
        traffic.takesNoSample(TOPIC);
        assertThat(judge(LEAVE)).isEqualTo(new Unknown("the topic's messages were not sampled"));
    }

    @Test
    void itCanBeWaivedForATopic() {
        traffic.samples(TOPIC, 1, DELAY);
        waivers = waiver("topics: [orders],");
        assertThat(judge(LEAVE)).isInstanceOf(Waived.class);
    }
}
