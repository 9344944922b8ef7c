package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What stays as it is: a finished migration, permissions that nobody knows, and names that are not in the plan. */
final class CompletePlanTest {
    private static final String PLAN = """
            traffic: { routing: join }
            batches:
              - name: all
                stage: read-both
                topics: [{ name: orders, type: NORMAL }]
                groups: [{ name: audit, order: CONCURRENT }]
            """;

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a", "old-b")
            .with("orders", topic(4))
            .with("audit", group(CONCURRENT, 16))
            .setting("old-a", "namesrvAddr", "10.0.0.11:9876")
            .setting("old-b", "namesrvAddr", "10.0.0.11:9876");
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b");

    @Test
    void aCompleteMigrationMovesNothingAndJoinsNobody() {
        MigrationRecord complete =
                new MigrationRecord(new TreeMap<>(), Map.of(), new TreeSet<>(), true, new TreeSet<>(), 1);
        ChangeSet changes = Planner.plan(Situations.recording(Situations.of(PLAN, source, destination), complete));
        assertThat(changes.impossible())
                .extracting(one -> one.subject().name() + " " + one.reason().word())
                .containsExactly("old-a frozen", "old-b frozen", "orders frozen");
        assertThat(changes.changes()).noneMatch(Change.MoveTopic.class::isInstance);
        assertThat(changes.changes()).noneMatch(Change.RegisterBroker.class::isInstance);
    }

    @Test
    void joinedBrokersAreUnchanged() {
        destination.nameServer("ns:9876", source.build());
        assertThat(Planner.plan(Situations.of(PLAN, source, destination)).unchanged())
                .extracting(Subject::name)
                .contains("old-a", "old-b");
    }

    @Test
    void permissionsThatNobodyKnowsAreShownByBroker() {
        destination.nameServer("ns:9876", source.build());
        source.with("old-a", "orders", topic(4).withAccess(Access.NONE));
        assertThat(Planner.plan(Situations.of(PLAN, source, destination)).impossible())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.reason()).isEqualTo(Impossible.Cause.FOREIGN_STATE);
                    assertThat(one.what())
                            .contains("topic 'orders'")
                            .contains("old-a no access, old-b read and write")
                            .contains("absent in the destination");
                });
    }

    @Test
    void aFifoTopicThatIsOpenInBothClustersNeedsSomebody() {
        destination.nameServer("ns:9876", source.build()).with("orders", topic(4).withType("FIFO"));
        assertThat(Planner.plan(Situations.of(PLAN.replace("NORMAL", "FIFO"), source, destination))
                        .impossible())
                .singleElement()
                .satisfies(one -> assertThat(one.what()).contains("is FIFO and open for writing in both clusters"));
    }

    @Test
    void ignoredGroupsAreNotUnplanned() {
        source.with("gone", group(CONCURRENT, 16)).with("stranger", group(CONCURRENT, 16));
        String plan = "ignoredGroups: [{ name: gone, reason: nobody runs it }]\n" + PLAN;
        assertThat(Planner.plan(Situations.of(plan, source, destination))
                        .unplanned(Side.SOURCE)
                        .groups())
                .containsExactly("stranger");
    }

    @Test
    void ignoredTopicsAreNotUnplanned() {
        source.with("gone", topic(4)).with("strange", topic(4));
        String plan = "ignoredTopics: [{ name: gone, reason: nobody sends to it }]\n" + PLAN;
        assertThat(Planner.plan(Situations.of(plan, source, destination))
                        .unplanned(Side.SOURCE)
                        .topics())
                .containsExactly("strange");
    }

    /** Each guess compares a name with all names of a cluster, so only the first twenty get one. */
    @Test
    void onlyTheFirstUnknownNamesGetAGuess() {
        StringBuilder plan = new StringBuilder("batches:\n  - name: all\n    topics:\n");
        for (int i = 10; i < 35; i++) {
            plan.append("      - { name: order").append(i).append(", type: NORMAL }\n");
        }
        assertThat(Planner.plan(Situations.of(plan.toString(), source.with("order1", topic(1)), destination))
                        .impossible())
                .hasSize(25)
                .filteredOn(one -> one.what().contains("did you mean"))
                .hasSize(20);
    }
}
