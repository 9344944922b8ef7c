package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Queues and the clients that read them. */
final class QueuesAssignedTest extends StepStory {
    QueuesAssignedTest() {
        super(new QueuesAssigned());
    }

    @Test
    void everyQueueOfBothClustersNeedsOneClient() {
        destination.with(TOPIC, topic(1));
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .takes("audit", "a@1", TOPIC, "old-a", 3, 0, 1)
                .takes("audit", "a@2", TOPIC, "old-b", 3, 0, 1);
        fails(judge(FENCE), "1 of 5 queues is not read by any client of audit: new-a 0");
        traffic.takes("audit", "a@1", TOPIC, "new-a", 0, 0);
        passes(judge(FENCE), "5 queues are read by audit");
        traffic.takes("audit", "a@2", TOPIC, "old-a", 3, 0);
        fails(judge(FENCE), "1 of 5 queues is read by several clients of audit: old-a 0 by a@1 and a@2");
    }

    @Test
    void queuesThatCannotBeReadNeedNoClient() {
        destination.with(TOPIC, topic(8).withAccess(Access.WRITE));
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .takes("audit", "a@1", TOPIC, "old-a", 3, 0, 1)
                .takes("audit", "a@1", TOPIC, "old-b", 3, 0, 1);
        assertThat(judge(FENCE).word()).isEqualTo("passed");
    }

    @Test
    void everyClientOfABroadcastingGroupReadsEveryQueue() {
        traffic.consumes(SOURCE, "audit", TOPIC, true, ConsumeMode.PUSH, "a@1", "a@2")
                .takes("audit", "a@1", TOPIC, "old-a", 3, 0, 1)
                .takes("audit", "a@1", TOPIC, "old-b", 3, 0, 1)
                .takes("audit", "a@2", TOPIC, "old-a", 3, 0, 1)
                .takes("audit", "a@2", TOPIC, "old-b", 3, 1);
        fails(judge(FENCE), "1 of 4 queues is not read by every client of audit: old-b 0");
    }

    @Test
    void withoutAJoinAClientOfABroadcastingGroupReadsTheQueuesOfItsCluster() {
        routing = "client";
        destination.with(TOPIC, topic(1));
        traffic.consumes(SOURCE, "boards", TOPIC, true, ConsumeMode.PUSH, "b@1")
                .takes("boards", "b@1", TOPIC, "old-a", 0, 0, 1)
                .takes("boards", "b@1", TOPIC, "old-b", 0, 0, 1)
                .consumes(DESTINATION, "boards", TOPIC, true, ConsumeMode.PUSH, "b@2", "c@2")
                .takes("boards", "b@2", TOPIC, "new-a", 0, 0)
                .takes("boards", "c@2", TOPIC, "new-a", 0);
        fails(judge(FENCE), "1 of 5 queues is not read by every client of boards: new-a 0");
        traffic.takes("boards", "c@2", TOPIC, "new-a", 0, 0);
        passes(judge(FENCE), "5 queues are read by boards");
    }

    /** They keep no offsets at brokers, and begin at the end of a queue that they get back. */
    @Test
    void onTheWayBackClientsOfABroadcastingGroupHaveTheQueuesThatOpen() {
        Rung back = new Rung.Writes(
                List.of(
                        new Rung.AccessChange(SOURCE, Access.READ_WRITE),
                        new Rung.AccessChange(DESTINATION, Access.READ)),
                Purpose.BACK);
        destination.with(TOPIC, topic(1));
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1")
                .consumes(SOURCE, "boards", TOPIC, true, ConsumeMode.PUSH, "b@1")
                .takes("boards", "b@1", TOPIC, "new-a", 0, 0);
        fails(judge(back), "4 of 5 queues are not read by every client of boards: old-a 0, old-a 1, old-b 0, old-b 1");
        traffic.takes("boards", "b@1", TOPIC, "old-a", 0, 0, 1).takes("boards", "b@1", TOPIC, "old-b", 0, 0, 1);
        passes(judge(back), "5 queues are read by boards");
    }

    @Test
    void aStepBackThatDoesNotOpenTheSourceWaitsForNoClient() {
        traffic.consumes(SOURCE, "boards", TOPIC, true, ConsumeMode.PUSH, "b@1");
        passes(judge(HOME), "no broadcasting group would miss messages at the source");
    }

    /** Nobody has to start them, as the message on an offline group would ask. */
    @Test
    void clientsBehindAProxyDoNotReportTheirQueues() {
        traffic.subscribes(SOURCE, "audit", TOPIC)
                .isBehindProxy(DESTINATION, "audit", TOPIC, "web-1@321@0@x2lqkfwd9", "10.0.1.30");
        assertThat(judge(FENCE))
                .isEqualTo(new Unknown(
                        "all clients of audit are behind proxies, which do not report the queues that they read",
                        "Compare what arrives at the applications, then waive the check for this group."));
    }

    @Test
    void offlineSilentAndPullClientsAreUnknown() {
        traffic.subscribes(SOURCE, "audit", TOPIC)
                .consumes(SOURCE, "mail", TOPIC, "m@1")
                .isSilent("mail", "m@1", "too old")
                .consumes(SOURCE, "pull", TOPIC, false, ConsumeMode.PULL, "p@1")
                .uses("pull", "p@1", NEW_SERVER);
        assertThat(judge(FENCE))
                .isEqualTo(new Unknown(
                        "group audit is offline, so nobody reads its messages; 1 of 1 client of mail did not report"
                                + " assigned queues: m@1 (too old); pull clients of pull did not report whether they"
                                + " read 4 queues: old-a 0, old-a 1, old-b 0, old-b 1",
                        "Start it, add it to ignoredGroups if nobody runs it, or waive the check."));
    }

    @Test
    void aTopicThatNobodyConsumesNeedsNoClient() {
        passes(judge(FENCE), "no group consumes the topic");
    }

    @Test
    void popClientsShareQueues() {
        traffic.consumes(SOURCE, "audit", TOPIC, false, ConsumeMode.POP, "a@1", "a@2");
        for (String client : new String[] {"a@1", "a@2"}) {
            traffic.takes("audit", client, TOPIC, "old-a", 3, 0, 1).takes("audit", client, TOPIC, "old-b", 3, 0, 1);
        }
        passes(judge(FENCE), "4 queues are read by audit");
    }

    /** Brokers give them messages of any queue, and they report no queue by its number. */
    @Test
    void popClientsThatBrokersListAsPushClientsReadAllQueuesOfABroker() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2")
                .pops("audit", "a@1", TOPIC, "old-a", -1)
                .pops("audit", "a@2", TOPIC, "old-a", -1);
        fails(judge(FENCE), "2 of 4 queues are not read by any client of audit: old-b 0, old-b 1");
        traffic.pops("audit", "a@1", TOPIC, "old-b", -1);
        passes(judge(FENCE), "4 queues are read by audit");
    }
}
