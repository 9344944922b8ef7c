package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Groups that consume a topic and are in the plan, ignored, or left out. */
final class GroupsPlannedTest extends StepStory {
    GroupsPlannedTest() {
        super(new GroupsPlanned());
    }

    @Test
    void plannedGroupsAndOfflineIgnoredGroupsPass() {
        assertThat(judge(LEAVE).what()).isEqualTo("no group consumes the topic");
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .offset(SOURCE, "gone", TOPIC, "old-a", 0, 3)
                .offset(SOURCE, "CID_RMQ_SYS_TRANS", TOPIC, "old-a", 0, 3)
                .offset(SOURCE, "TOOLS_CONSUMER", TOPIC, "old-a", 0, 3);
        passes(judge(LEAVE), "2 groups are in the plan: audit, gone");
    }

    /** Somebody disabled it at the source, and an earlier run copied that. A fence opens for the groups that are enabled. */
    @Test
    void aGroupThatIsDisabledAtTheDestinationWouldGetNothing() {
        destination.with("audit", GroupSettings.DEFAULT.withEnabled(false));
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1");
        for (Rung step : List.of(LEAVE, FENCE, LAST)) {
            fails(
                    judge(step),
                    "group audit is disabled at the destination on new-a, which would give it no message of the topic");
        }
        destination.with("audit", GroupSettings.DEFAULT);
        assertThat(judge(FENCE).word()).isEqualTo("passed");
    }

    @Test
    void groupsOutsideThePlanAreNamed() {
        traffic.consumes(SOURCE, "mail", TOPIC, "m@1", "m@2").offset(DESTINATION, "report", TOPIC, "new-a", 0, 3);
        fails(
                judge(LEAVE),
                "group mail consumes the topic with 2 clients and is not in the plan; group report has offsets of the"
                        + " topic and is not in the plan");
    }

    /** The line is pasted into the plan, where a CONCURRENT group of a FIFO topic fails the next check. */
    @Test
    void theLineForAGroupOfAFifoTopicIsOrderly() {
        traffic.offset(SOURCE, "report", TOPIC, "old-a", 0, 3).consumes(SOURCE, "mail", TOPIC, "m@1");
        assertThat(entries(plan()))
                .containsExactly(
                        "- { name: mail, order: CONCURRENT }  # or ORDERLY",
                        "- { name: report, order: CONCURRENT }  # or ORDERLY");
        assertThat(entries(plan().replace("type: NORMAL", "type: FIFO")))
                .containsExactly("- { name: mail, order: ORDERLY }", "- { name: report, order: ORDERLY }");
    }

    private List<String> entries(String plan) {
        Situation situation = Situations.of(plan, source, destination).withTraffic(traffic.build());
        TopicStep step = new TopicStep(situation, situation.scope().topics().get(0), LEAVE);
        return new GroupsPlanned()
                .judge(step).all().stream()
                        .map(finding -> finding.entry().orElseThrow())
                        .toList();
    }

    /** From 5.4.0 on, brokers list groups that have gone. */
    @Test
    void aGroupThatHasGoneWithoutOffsetsIsNamed() {
        traffic.subscribes(DESTINATION, "windows", TOPIC);
        fails(judge(LEAVE), "group windows has subscribed to the topic and is not in the plan");
    }

    @Test
    void aTopicThatABrokerListsAsAGroupIsIgnoredWithTheReason() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1").listsAsGroup(SOURCE, "old-a", TOPIC);
        passes(
                judge(LEAVE),
                "1 group is in the plan: audit; broker old-a lists the topic itself as a group, which it is not"
                        + " (RocketMQ 5.3.3, apache/rocketmq#9352)");
        traffic.offset(DESTINATION, TOPIC, TOPIC, "new-a", 0, 3);
        fails(judge(LEAVE), "group " + TOPIC + " has offsets of the topic and is not in the plan");
    }

    @Test
    void anIgnoredGroupThatIsOnlineIsNamed() {
        traffic.consumes(SOURCE, "gone", TOPIC, "g@1");
        fails(judge(LEAVE), "group gone is in ignoredGroups but consumes the topic with 1 client");
    }

    @Test
    void withoutTrafficTheGroupsAreUnknown() {
        Situation situation = Situations.of(plan(), source, destination);
        assertThat(judge(situation, LEAVE)).isEqualTo(new Unknown("the topic's traffic was not read"));
        assertThat(judge(situation.withTraffic(TrafficFixture.of("others").build()), LEAVE)
                        .word())
                .isEqualTo("unknown");
    }
}
