package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Groups whose topics the plan moves apart. */
final class CutGroupTest {
    private static final String PLAN = """
            traffic: { routing: join }
            batches:
              - name: web
                topics:
                  - { name: clicks, type: NORMAL }
                  - { name: views, type: NORMAL }
                groups:
                  - { name: audit, order: CONCURRENT }
              - name: shop
                topics:
                  - { name: orders, type: NORMAL }
                groups:
                  - { name: ledger, order: CONCURRENT }
            """;
    private static final String WEB_LEAVES = PLAN.replace("name: web", "name: web\n    stage: read-both");

    private final Map<String, List<String>> consumed = new TreeMap<>(Map.of(
            "audit", List.of("clicks", "orders", "views"),
            "ledger", List.of("orders")));

    private Situation situation(String plan, Selection selection) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a");
        consumed.values().stream().flatMap(List::stream).distinct().forEach(name -> source.with(name, topic(4)));
        return Situations.of(
                Plans.plan(plan),
                selection,
                source.build(),
                cluster("new", "5.5.0", "new-a").build(),
                new ConsumerOffsets(consumed.entrySet().stream()
                        .collect(toMap(
                                Map.Entry::getKey,
                                entry -> entry.getValue().stream().collect(toMap(name -> name, name -> Map.of()))))),
                QueueOffsets.NONE);
    }

    private List<String> warnings(String plan) {
        return CutGroup.warnings(CutGroup.in(situation(plan, Selection.ALL)));
    }

    @Test
    void topicsInTwoBatchesAreNamedBeforeTheFirstLeavesTheSource() {
        assertThat(warnings(PLAN))
                .containsExactly(
                        "batch-cuts-group: Group audit consumes clicks, views (batch web, stage source, line 9)"
                                + " and orders (batch shop, stage source, line 15). Its clients depend on both clusters until the"
                                + " last of these topics has moved. Put them into one batch, or move these batches in one commit.");
    }

    @Test
    void topicsAtTwoStagesAreNamedAsLongAsTheyAreApart() {
        assertThat(warnings(WEB_LEAVES))
                .singleElement()
                .asString()
                .contains("clicks, views (batch web, stage read-both, line 10) and orders (batch shop, stage source,")
                .endsWith("Put them into one batch, or set one stage for all of them.");
        assertThat(warnings(WEB_LEAVES.replace("read-both", "destination"))).hasSize(1);
    }

    @Test
    void aTopicThatLagsBehindItsOwnBatchIsMeantTo() {
        assertThat(warnings(WEB_LEAVES
                        .replace("{ name: views, type: NORMAL }", "{ name: views, type: NORMAL, stage: source }")
                        .replace("{ name: orders, type: NORMAL }", "{ name: orders, type: NORMAL, stage: source }")
                        .replace("  - name: shop\n    topics:\n", "")
                        .replace("    groups:\n      - { name: audit, order: CONCURRENT }\n", "")
                        .replace("    groups:\n", "    groups:\n      - { name: audit, order: CONCURRENT }\n")))
                .isEmpty();
    }

    @Test
    void batchesOfOneStageMoveTogether() {
        assertThat(warnings(WEB_LEAVES.replace("name: shop", "name: shop\n    stage: read-both")))
                .isEmpty();
        assertThat(warnings(WEB_LEAVES
                        .replace("name: shop", "name: shop\n    stage: read-both")
                        .replace("read-both", "destination")))
                .isEmpty();
    }

    @Test
    void aPlanWithoutTrafficCutsNothing() {
        assertThat(warnings(PLAN.replace("traffic: { routing: join }\n", ""))).isEmpty();
    }

    @Test
    void aPartOfThePlanNamesTheGroupsOfItsTopics() {
        consumed.put("ledger", List.of("orders", "refunds"));
        String plan = PLAN + """
              - name: money
                topics:
                  - { name: refunds, type: NORMAL }
            """;
        assertThat(CutGroup.in(situation(plan, Selection.ALL)))
                .extracting(CutGroup::name)
                .containsExactly("audit", "ledger");
        assertThat(CutGroup.in(situation(plan, Selection.of("money", null, null))))
                .extracting(CutGroup::name)
                .containsExactly("ledger");
    }

    /** A warning that is longer than the plan would hide it. */
    @Test
    void ofManyGroupsThreeAreExplained() {
        StringBuilder plan = new StringBuilder(PLAN);
        for (int i = 0; i < 12; i++) {
            String name = String.format("reader-%02d", i);
            consumed.put(name, List.of("clicks", "orders"));
            plan.append("      - { name: ").append(name).append(", order: CONCURRENT }\n");
        }
        assertThat(warnings(plan.toString()))
                .hasSize(4)
                .last()
                .isEqualTo("batch-cuts-group: the topics of 10 more groups are in several batches:"
                        + " reader-02, reader-03, reader-04, reader-05, reader-06 and 5 more. The result lists all of"
                        + " them as cutGroups.");
    }

    @Test
    void manyBatchesAreCounted() {
        StringBuilder plan = new StringBuilder(PLAN);
        for (int i = 0; i < 4; i++) {
            plan.append("  - { name: part-")
                    .append(i)
                    .append(", topics: [{ name: log-")
                    .append(i);
            plan.append(", type: NORMAL }] }\n");
        }
        consumed.put("audit", List.of("clicks", "log-0", "log-1", "log-2", "log-3"));
        assertThat(warnings(plan.toString()))
                .singleElement()
                .asString()
                .contains("; log-1 (batch part-1, stage source, line 19); and 2 more. Its clients");
    }
}
