package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static io.github.rocketmigrate.model.ConsumeOrder.ORDERLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans what topics and groups need at the destination, from a plan and two clusters. */
final class PlannerTest {
    private final PlannedShop shop = new PlannedShop();
    private final ClusterFixture source = shop.source();
    private final ClusterFixture destination = shop.destination();

    @Test
    void createsMissingObjectsOnEveryMasterWithThePlannedSettingsOrElseThoseOfTheSource() {
        ChangeSet changes = shop.plan(PlannedShop.PLAN);
        assertThat(changes.changes())
                .extracting(change -> change.word() + " " + change.subject().name())
                .containsExactly(
                        "create-group audit",
                        "create-group order-fulfilment",
                        "create-topic order-events",
                        "create-topic user-events");
        Change.AlignObject userEvents = (Change.AlignObject) changes.changes().get(3);
        assertThat(userEvents.after().keySet()).containsExactly("new-a", "new-b");
        assertThat(userEvents.after().get("new-b"))
                .describedAs("with the queues of the source broker that has the most")
                .isEqualTo(topic(16).withType("NORMAL"));
        Change.AlignObject fulfilment = (Change.AlignObject) changes.changes().get(1);
        assertThat(fulfilment.after().get("new-a")).isEqualTo(group(ORDERLY, 3));
        Change.AlignObject audit = (Change.AlignObject) changes.changes().get(0);
        assertThat(audit.after().get("new-a")).isEqualTo(group(CONCURRENT, 5));
    }

    /** No perpetual differences: settings that brokers add, or omit because they are defaults, are no change. */
    @Test
    void leavesObjectsThatMatchThePlanUnchanged() {
        destination
                .with("order-events", topic(4).withType("FIFO"))
                .with("user-events", topic(16))
                .with("order-fulfilment", group(ORDERLY, 3))
                .with("audit", group(CONCURRENT, 5));
        ChangeSet changes = shop.plan(PlannedShop.PLAN);
        assertThat(changes.changes()).isEmpty();
        assertThat(changes.impossible()).isEmpty();
        assertThat(changes.unchanged()).hasSize(4);
    }

    @Test
    void changesOnlyTheMastersThatLackAnObjectOrDiffer() {
        destination
                .with("new-a", "order-events", topic(4).withType("FIFO"))
                .with("user-events", topic(16))
                .with("new-a", "audit", group(CONCURRENT, 5))
                .with("new-b", "audit", group(CONCURRENT, 6))
                .with("order-fulfilment", group(ORDERLY, 3));
        ChangeSet changes = Planner.plan(
                Situations.of(PlannedShop.PLAN, source, destination).withQueueOffsets(PlannedShop.held(0)));
        assertThat(changes.changes()).hasSize(2);
        assertThat(Differences.of((Change.AlignObject) changes.changes().get(0)))
                .extracting(
                        Difference::attribute,
                        Difference::from,
                        Difference::to,
                        it -> it.brokers().first())
                .containsExactly(tuple("retries", "6", "5", "new-b"));
        Change.AlignObject events = (Change.AlignObject) changes.changes().get(1);
        assertThat(events.before()).isEmpty();
        assertThat(events.after().keySet()).containsExactly("new-b");
    }

    @Test
    void suggestsASimilarNameForAnObjectThatTheSourceLacks() {
        ChangeSet changes = shop.plan("""
                batches:
                  - name: orders
                    topics: [{ name: order-event, type: FIFO }]
                    groups: [{ name: audits, order: CONCURRENT }]
                """);
        assertThat(changes.impossible())
                .extracting(Impossible::what)
                .containsExactly(
                        "the source has no consumer group 'audits'; did you mean audit?",
                        "the source has no topic 'order-event'; did you mean order-events?");
    }

    @Test
    void refusesATopicThatHasTheNameOfAGroupAndAGroupThatHasTheNameOfATopic() {
        destination.with("order-events", GroupSettings.DEFAULT).with("audit", topic(4));
        ChangeSet changes = shop.plan(PlannedShop.PLAN);
        assertThat(changes.impossible())
                .extracting(it -> it.subject().kind(), Impossible::reason)
                .containsExactly(
                        tuple(Subject.Kind.GROUP, Cause.NAME_TAKEN), tuple(Subject.Kind.TOPIC, Cause.NAME_TAKEN));
        assertThat(changes.changes())
                .extracting(change -> change.subject().name())
                .containsExactly("order-fulfilment", "user-events");
    }

    @ParameterizedTest
    @CsvSource({"5.3.3, 0", "5.4.0, 1"})
    void refusesLongGroupNamesSince54(String version, int refused) {
        String name = "g".repeat(121);
        ChangeSet changes = Planner.plan(Situations.of(
                "batches: [{ name: b, groups: [{ name: " + name + ", order: CONCURRENT }] }]\n",
                source.with(name, GroupSettings.DEFAULT),
                cluster("new", version, "new-a")));
        assertThat(changes.impossible()).hasSize(refused);
    }

    @Test
    void countsObjectsThatAreNotInThePlanAndChangesNone() {
        destination
                .with("somebody-elses", topic(4))
                .with("theirs", GroupSettings.DEFAULT)
                .with("TBW102", topic(8));
        source.with("forgotten", topic(4)).with("%RETRY%audit", topic(1));
        ChangeSet changes = shop.plan(PlannedShop.PLAN);
        assertThat(changes.unplanned(Side.DESTINATION).topics()).containsExactly("somebody-elses");
        assertThat(changes.unplanned(Side.DESTINATION).groups()).containsExactly("theirs");
        assertThat(changes.unplanned(Side.SOURCE).topics()).containsExactly("forgotten");
        assertThat(changes.changes())
                .noneMatch(change -> change.subject().name().startsWith("somebody"));
    }

    @Test
    void countsTopicsWhoseNamesBeginWithTheNameOfTheCluster() {
        destination.with("new_things", topic(1)).with("new_REPLY_TOPIC", topic(1));
        assertThat(shop.plan(PlannedShop.PLAN).unplanned(Side.DESTINATION).topics())
                .containsExactly("new_things");
    }

    @Test
    void savesTheSameChangeSetForAnyOrderOfThePlan() {
        String reversed = """
                # another order, other lines
                batches:
                  - name: orders
                    groups:
                      - { name: audit, order: CONCURRENT }
                      - { name: order-fulfilment, order: ORDERLY, retries: 3 }
                    topics:
                      - { name: user-events, type: NORMAL }
                      - { name: order-events, type: FIFO, queues: 4 }
                """;
        assertThat(shop.text(reversed)).isEqualTo(shop.text(PlannedShop.PLAN));
    }

    @Test
    void changesTheFingerprintOnlyWithSelectedObjects() {
        String before = shop.fingerprint(PlannedShop.PLAN);
        source.with("forgotten", topic(4));
        assertThat(shop.fingerprint(PlannedShop.PLAN))
                .describedAs("another topic")
                .isEqualTo(before);
        destination.with("new-a", "audit", group(CONCURRENT, 9));
        assertThat(shop.fingerprint(PlannedShop.PLAN))
                .describedAs("the group at the destination")
                .isNotEqualTo(before);
    }

    @Test
    void selectsTheGroupsThatConsumeTheSelectedTopics() {
        ConsumerOffsets offsets = new ConsumerOffsets(Map.of(
                "audit", Map.of("user-events", Map.of(new QueueKey("old-a", 0), 7L)),
                "order-fulfilment", Map.of("order-events", Map.of(new QueueKey("old-a", 0), 7L))));
        ChangeSet changes = Planner.plan(Situations.of(
                Plans.plan(PlannedShop.PLAN),
                Selection.of(null, "user-*", null),
                source.build(),
                destination.build(),
                offsets,
                QueueOffsets.NONE));
        assertThat(changes.partial()).isTrue();
        assertThat(changes.changes())
                .extracting(change -> change.subject().name())
                .containsExactly("audit", "user-events");
    }

    @Test
    void plansTenThousandTopics() {
        StringBuilder lines = new StringBuilder("batches:\n  - name: all\n    topics:\n");
        for (int i = 0; i < 10_000; i++) {
            lines.append("      - { name: topic-").append(i).append(", type: NORMAL }\n");
            source.with("topic-" + i, topic(8));
            destination.with("topic-" + i, i % 2 == 0 ? topic(8) : topic(4));
        }
        Map<String, Integer> kinds = new TreeMap<>();
        ChangeSet changes = shop.plan(lines.toString());
        changes.changes().forEach(change -> kinds.merge(change.word(), 1, Integer::sum));
        assertThat(kinds).isEqualTo(Map.of("align-topic", 5_000));
        assertThat(changes.unchanged()).hasSize(5_000);
        assertThat(changes.changes().get(0).subject().name()).isEqualTo("topic-1");
    }
}
