package io.github.rocketmigrate.decide;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import org.junit.jupiter.api.Test;

/** A topic appears at the destination only when each of its groups is complete on every master there. */
final class GroupReadinessTest {
    private static final String TOPIC = "orders";
    private static final String PLAN = """
            traffic: { routing: %s }
            batches:
              - name: all
                stage: read-both
                topics: [{ name: orders, type: NORMAL }]
                groups: [{ name: audit, order: CONCURRENT }, { name: mailer, order: CONCURRENT }]
            """;

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a").with(TOPIC, topic(4));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b");
    private final TrafficFixture traffic = TrafficFixture.of(TOPIC);

    @Test
    void aTopicThatNobodyConsumesWaitsForNobody() {
        assertThat(join().waitsFor()).isEmpty();
    }

    @Test
    void withoutAJoinClientsComeToTheDestinationThemselves() {
        traffic.subscribes(SOURCE, "audit", TOPIC);
        assertThat(readiness("client").waitsFor()).isEmpty();
    }

    @Test
    void aGroupHasToBeOnEveryMaster() {
        traffic.subscribes(SOURCE, "audit", TOPIC);
        destination.with("new-a", "audit", group(ConsumeOrder.CONCURRENT, 16));
        assertThat(join().waitsFor()).contains("group audit to be at the destination");
        assertThat(join().withoutRetries()).isEmpty();
    }

    @Test
    void theRetriesOfAGroupHaveToBeOnEveryMasterToo() {
        traffic.subscribes(SOURCE, "audit", TOPIC);
        destination.with("audit", group(ConsumeOrder.CONCURRENT, 16)).with("new-b", "%RETRY%audit", topic(1));
        assertThat(join().waitsFor()).contains("the retry topic of group audit to be at the destination");
        assertThat(join().withoutRetries()).containsExactly("audit");
    }

    @Test
    void everyMasterHasToKnowEveryMember() {
        withGroup("audit");
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1", "a@2").consumes(DESTINATION, "audit", TOPIC, "a@1");
        traffic.isKnownTo(DESTINATION, "audit", "a@1", "new-a", "new-b");
        assertThat(join().waitsFor())
                .contains("1 of 2 clients of audit to register with every master of the destination: a@2");

        traffic.consumes(DESTINATION, "audit", TOPIC, "a@2").isKnownTo(DESTINATION, "audit", "a@2", "new-b");
        assertThat(join().waitsFor())
                .describedAs("new-a would hand all its queues to a@1")
                .contains("1 of 2 clients of audit to register with every master of the destination: a@2");

        traffic.isKnownTo(DESTINATION, "audit", "a@2", "new-a", "new-b");
        assertThat(join().waitsFor()).isEmpty();
    }

    /** Each member of a broadcasting group reads everything, so nothing is handed out and nothing retried. */
    @Test
    void aBroadcastingGroupHasToBeThereAndNoMore() {
        traffic.consumes(SOURCE, "audit", TOPIC, true, ConsumeMode.PUSH, "a@1");
        assertThat(join().waitsFor()).contains("group audit to be at the destination");
        destination.with("audit", group(ConsumeOrder.CONCURRENT, 16));
        assertThat(join().waitsFor()).isEmpty();
    }

    @Test
    void allGroupsAreAwaitedTogether() {
        traffic.subscribes(SOURCE, "audit", TOPIC)
                .subscribes(SOURCE, "mailer", TOPIC)
                .subscribes(SOURCE, "x", TOPIC);
        destination.with("mailer", group(ConsumeOrder.CONCURRENT, 16));
        assertThat(join().waitsFor())
                .contains(
                        "group audit to be at the destination, the retry topic of group mailer to be at the destination");
    }

    private void withGroup(String name) {
        destination.with(name, group(ConsumeOrder.CONCURRENT, 16)).with("%RETRY%" + name, topic(1));
    }

    private GroupReadiness join() {
        return readiness("join");
    }

    private GroupReadiness readiness(String routing) {
        return GroupReadiness.of(
                Situations.of(PLAN.formatted(routing), source, destination).withTraffic(traffic.build()), TOPIC);
    }
}
