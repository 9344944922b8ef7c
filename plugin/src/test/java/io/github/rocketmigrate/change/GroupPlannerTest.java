package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Creates a consumer group at the destination when the first of its topics leaves the source. */
final class GroupPlannerTest {
    private static final String ONE_OF_TWO_LEAVES = """
            traffic: { routing: join }
            batches:
              - name: all
                stage: read-both
                topics:
                  - { name: orders, type: NORMAL }
                  - { name: mail, type: NORMAL, stage: source }
                groups: [{ name: audit, order: CONCURRENT }]
            """;
    private static final String WITHOUT_STAGES = """
            batches: [{ name: all, groups: [{ name: audit, order: CONCURRENT }] }]
            """;

    private final ClusterFixture source = cluster("old", "5.1.4", "old-a")
            .with("orders", topic(2))
            .with("mail", topic(2))
            .with("audit", group(CONCURRENT, 16));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a");

    @Test
    void aGroupIsCreatedBeforeTheTopicOfItsBatchLeaves() {
        assertThat(creations(joined(ONE_OF_TWO_LEAVES)))
                .singleElement()
                .satisfies(create -> assertThat(create.neededBy()).containsExactly("orders"));
    }

    @Test
    void aGroupThatWasSeenToConsumeAnotherTopicIsNotCreatedYet() {
        assertThat(creations(consuming("mail"))).isEmpty();
        assertThat(Planner.plan(consuming("mail")).unchanged())
                .extracting(Subject::name)
                .contains("audit");
        assertThat(creations(consuming("orders")))
                .singleElement()
                .satisfies(create -> assertThat(create.neededBy()).containsExactly("orders"));
    }

    @Test
    void aTopicWithoutPermissionsAtTheDestinationHasNotLeftYet() {
        destination.with("orders", topic(2).withType("NORMAL").withAccess(Access.NONE));
        for (Situation situation : List.of(joined(ONE_OF_TWO_LEAVES), consuming("orders"))) {
            assertThat(creations(situation))
                    .singleElement()
                    .satisfies(create -> assertThat(create.neededBy()).containsExactly("orders"));
        }
    }

    @Test
    void aGroupWhoseTopicHasLeftIsNeededAtOnce() {
        destination.with("orders", topic(2).withType("NORMAL").withAccess(Access.READ));
        for (Situation situation : List.of(joined(ONE_OF_TWO_LEAVES), consuming("orders"))) {
            assertThat(creations(situation))
                    .singleElement()
                    .satisfies(create -> assertThat(create.neededBy()).isEmpty());
        }
        assertThat(creations(consuming("mail")))
                .describedAs("mail has not left")
                .isEmpty();
    }

    @Test
    void beforeTheJoinATopicAtTheDestinationIsSomebodyElses() {
        destination.with("orders", topic(2).withType("NORMAL"));
        assertThat(creations(Situations.of(ONE_OF_TWO_LEAVES.replace("read-both", "source"), source, destination)))
                .isEmpty();
    }

    @Test
    void theAttributesOfBothClustersComeTogetherAndTheSourceDecides() {
        source.with("audit", with(group(CONCURRENT, 16), Map.of("priority", "high", "quota", "5")));
        destination.with("audit", with(group(CONCURRENT, 3), Map.of("quota", "9", "owner", "ops")));
        assertThat(Planner.plan(Situations.of(WITHOUT_STAGES, source, destination))
                        .changes())
                .singleElement()
                .isInstanceOfSatisfying(
                        AlignObject.class,
                        align -> assertThat(align.after(GroupSettings.class).get("new-a"))
                                .isEqualTo(with(
                                        group(CONCURRENT, 16),
                                        Map.of("priority", "high", "quota", "5", "owner", "ops"))));
    }

    @Test
    void aGroupThatCannotHaveItsNameIsNotCreated() {
        destination.with("audit", topic(4));
        ChangeSet taken = Planner.plan(Situations.of(WITHOUT_STAGES, source, destination));
        assertThat(taken.impossible()).extracting(Impossible::reason).containsExactly(Cause.NAME_TAKEN);
        assertThat(taken.changes()).isEmpty();

        ChangeSet tooLong = Planner.plan(named("g".repeat(121)));
        assertThat(tooLong.impossible()).extracting(Impossible::reason).containsExactly(Cause.NAME_TOO_LONG);
        assertThat(tooLong.changes()).isEmpty();
    }

    @Test
    void aNameOfExactlyTheLimitIsCreated() {
        ChangeSet longest = Planner.plan(named("g".repeat(120)));
        assertThat(longest.impossible()).isEmpty();
        assertThat(longest.changes()).hasSize(1);
    }

    private Situation named(String name) {
        return Situations.of(
                WITHOUT_STAGES.replace("audit", name), source.with(name, GroupSettings.DEFAULT), destination);
    }

    private static GroupSettings with(GroupSettings group, Map<String, String> attributes) {
        return group.withAttributes(new TreeMap<>(attributes));
    }

    private static List<AlignObject> creations(Situation situation) {
        return Planner.plan(situation).changes().stream()
                .filter(change -> change.word().equals("create-group"))
                .map(AlignObject.class::cast)
                .toList();
    }

    private Situation joined(String plan) {
        return Situations.of(plan, source, destination.nameServer("10.0.1.11:9876", source.build()));
    }

    /** A client of the group was online, but the group has no offsets yet. */
    private Situation consuming(String topic) {
        return joined(ONE_OF_TWO_LEAVES)
                .withTraffic(TrafficFixture.of("orders", "mail")
                        .consumes(Side.SOURCE, "audit", topic, "a@1")
                        .build());
    }
}
