package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Groups that a plan forgets are named long before they stop its topics. */
final class GroupsLeftOutTest {
    private static final String JOIN = "traffic: { routing: join }\n";
    private static final String TOPICS = """
            batches: [{ name: all, topics: [{ name: orders, type: NORMAL }, { name: stock, type: NORMAL }],
            groups: [{ name: billing, order: CONCURRENT }] }]
            """;
    private static final String IGNORED = "ignoredGroups: [{ name: old, reason: off since 2024 }]\n";

    @Test
    void oneGroupIsNamedWithItsTopic() {
        assertThat(GroupsLeftOut.notes(reading(JOIN + TOPICS, "audit", "billing")))
                .contains("Group audit has offsets of orders, stock and is not in the plan. Add it to groups, or to"
                        + " ignoredGroups if nobody runs it, before these topics leave source.");
    }

    @Test
    void ofManyGroupsThreeAreNamed() {
        assertThat(GroupsLeftOut.notes(reading(JOIN + TOPICS, "a", "b", "c", "d"))
                        .get(0))
                .startsWith(
                        "Groups a, b, c and 1 more have offsets of orders, stock and are not in the plan. Add them");
    }

    @Test
    void groupsOfThePlanAndIgnoredOnesAreNotNamed() {
        assertThat(GroupsLeftOut.notes(reading(JOIN + IGNORED + TOPICS, "billing", "old")))
                .isEmpty();
    }

    @Test
    void onceTheTopicIsToMoveTheCheckNamesThem() {
        String moving = JOIN + TOPICS.replace("name: all,", "name: all, stage: read-both,");
        assertThat(GroupsLeftOut.notes(reading(moving, "audit"))).isEmpty();
    }

    @Test
    void withoutAJoinNobodyLosesMessages() {
        assertThat(GroupsLeftOut.notes(reading(TOPICS, "audit"))).isEmpty();
    }

    private static Situation reading(String plan, String... groups) {
        Map<String, Map<String, Map<QueueKey, Long>>> offsets = new HashMap<>();
        for (String group : groups) {
            offsets.put(
                    group,
                    Map.of(
                            "orders", Map.of(new QueueKey("old-a", 0), 12L),
                            "stock", Map.of(new QueueKey("old-a", 0), 7L)));
        }
        return Situations.of(
                Plans.plan(plan),
                Selection.ALL,
                cluster("old", "4.9.7", "old-a")
                        .with("orders", topic(4))
                        .with("stock", topic(4))
                        .build(),
                cluster("new", "5.5.0", "new-a").build(),
                new ConsumerOffsets(offsets),
                QueueOffsets.NONE);
    }
}
