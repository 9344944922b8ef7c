package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.check.Verdict.Waived;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.OutsideConsumers;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.plan.Plans;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients that consume what stays at the source. */
final class NothingLeftBehindTest {
    private static final String OURS = "10.0.1.11:9876";
    private static final String OLD = "10.0.0.11:9876";
    private static final String PLAN = """
            traffic: { routing: join, complete: true }
            ignoredGroups: [{ name: gone, reason: nobody runs it }]
            batches:
              - name: all
                stage: destination
                topics: [{ name: orders, type: NORMAL }]
                groups: [{ name: billing, order: CONCURRENT }]
            """;
    private static final String WAIVER = """
                waivers:
                  - { check: nothing-left-behind, groups: [billing], reason: ends today, owner: team, expires: 2999-12-31 }
            """;

    private TrafficFixture clients = TrafficFixture.of();
    private String plan = PLAN;

    private Situation unread(String... groups) {
        Map<String, Map<String, Map<QueueKey, Long>>> offsets = new HashMap<>();
        for (String group : groups) {
            offsets.put(group, Map.of("letters", Map.of()));
        }
        return Situations.of(
                Plans.plan(plan),
                Selection.ALL,
                cluster("old", "4.9.7", "old-a")
                        .with("orders", topic(4))
                        .with("letters", topic(4))
                        .build(),
                cluster("new", "5.5.0", "new-a").build(),
                new ConsumerOffsets(offsets),
                QueueOffsets.NONE);
    }

    private Verdict judge(String... groups) {
        Situation situation = unread(groups);
        Traffic traffic = clients.build();
        return judge(situation.withOutsideConsumers(OutsideConsumers.of(
                situation,
                traffic.at(Side.SOURCE).subscribers(),
                traffic.at(Side.SOURCE).clients(),
                traffic.reports(),
                traffic.addresses())));
    }

    private static Verdict judge(Situation situation) {
        return new Checks(situation)
                .judge(new NothingLeftBehind(), Optional.empty())
                .verdict();
    }

    @Test
    void aClientThatHasSwitchedAndConsumesAnotherTopicIsNamedWithItsAddress() {
        clients = clients.consumes(Side.SOURCE, "billing", "letters", "b@1", "b@2")
                .uses("billing", "b@1", OURS)
                .uses("billing", "b@2", OLD)
                .consumes(Side.SOURCE, "mail", "letters", "m@1")
                .uses("mail", "m@1", OURS, OLD);
        Verdict verdict = judge("billing", "mail");
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what())
                .isEqualTo("1 of 2 clients of billing consumes letters (outside the plan) through the join: b@1 at"
                        + " b:4711; 1 of 1 client of mail consumes letters (outside the plan) through the join:"
                        + " m@1 at m:4711");
        assertThat(verdict.fix())
                .isEqualTo(
                        "Add letters to a batch, or remove letters from the subscriptions of these clients and consume"
                                + " it with clients of the source's name servers. Configure the client of mail to use only the source's name"
                                + " servers (10.0.0.11:9876), and restart it.");
    }

    @Test
    void aWaiverOfOneGroupLeavesTheOthers() {
        plan = PLAN + WAIVER;
        clients = clients.consumes(Side.SOURCE, "billing", "letters", "b@1").uses("billing", "b@1", OURS);
        assertThat(judge("billing")).isInstanceOf(Waived.class);
        clients = clients.consumes(Side.SOURCE, "mail", "letters", "m@1").uses("mail", "m@1", OURS);
        assertThat(judge("billing", "mail").what()).contains("of mail").doesNotContain("of billing");
    }

    @Test
    void clientsOfTheSourceStayAsTheyAre() {
        clients = clients.consumes(Side.SOURCE, "mail", "letters", "m@1").uses("mail", "m@1", OLD);
        assertThat(judge("mail", "retired", "gone"))
                .isEqualTo(new Passed("no client of the destination's name servers consumes a topic outside the plan;"
                        + " offline: retired"));
    }

    @Test
    void offsetsOfATopicThatAClientNoLongerConsumesDoNotCount() {
        clients = clients.consumes(Side.SOURCE, "billing", "orders", "b@1").uses("billing", "b@1", OURS);
        assertThat(judge("billing")).isInstanceOf(Passed.class);
    }

    @Test
    void aSilentClientAndAnOfflineGroupOfThePlanAreUnknown() {
        clients = clients.consumes(Side.SOURCE, "mail", "letters", "m@1").isSilent("mail", "m@1", "it did not answer");
        assertThat(judge("billing", "mail"))
                .isEqualTo(new Unknown(
                        "group billing is offline, and has offsets of letters (outside the plan); 1 of 1 client of mail"
                                + " did not report name servers, and may consume letters through the join: m@1 (it did"
                                + " not answer)",
                        "Start it. If it no longer consumes letters, waive the check."));
    }

    @Test
    void whatWasNotReadIsUnknownUnlessNothingIsToBeRead() {
        assertThat(judge(unread("mail"))).isInstanceOf(Unknown.class);
        assertThat(judge(unread("gone")))
                .describedAs("groups without offsets may consume a topic, too")
                .isInstanceOf(Unknown.class);
        plan = PLAN.replace(
                "[{ name: orders, type: NORMAL }]",
                "[{ name: orders, type: NORMAL }, { name: letters, type: NORMAL }]");
        assertThat(judge(unread("mail"))).isEqualTo(new Passed("the source has no topic outside the plan"));
    }

    @Test
    void membersThatPopAreNoOthers() {
        clients = clients.consumes(Side.SOURCE, "mail", "letters", false, ConsumeMode.POP, "m@1")
                .uses("mail", "m@1", OURS);
        assertThat(judge("mail")).isInstanceOf(Failed.class);
    }
}
