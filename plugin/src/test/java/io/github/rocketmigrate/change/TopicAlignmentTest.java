package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Aligns the settings of a topic that is at the destination already. */
final class TopicAlignmentTest {
    private final PlannedShop shop = new PlannedShop();
    private final ClusterFixture source = shop.source();
    private final ClusterFixture destination = shop.destination();

    @Test
    void keepsAttributesThatOnlyTheDestinationHas() {
        TopicSettings found = topic(8).withType("NORMAL").withAttributes(Map.of("max.age", "9"));
        destination.with("order-events", found);
        Change.AlignObject align = (Change.AlignObject) shop.plan("""
                batches:
                  - name: orders
                    topics: [{ name: order-events, type: NORMAL, queues: 12 }]
                """).changes().get(0);
        assertThat(align.after().get("new-a")).isEqualTo(found.withQueues(12));
        assertThat(align.inverse()).contains("added queues can be removed only while they are empty");
    }

    @Test
    void refusesToChangeTheTypeOfATopicThatHoldsMessages() {
        destination.with("order-events", topic(4).withType("NORMAL"));
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: FIFO, queues: 4 }] }]\n";
        Situation situation = Situations.of(lines, source, destination);
        assertThat(Planner.inQuestion(situation)).containsExactly("order-events");

        assertThat(Planner.plan(situation).impossible())
                .describedAs("unknown is not zero")
                .extracting(Impossible::what)
                .allSatisfy(what -> assertThat(what).contains("holds an unknown number of messages"));
        assertThat(Planner.plan(situation.withQueueOffsets(PlannedShop.held(3))).impossible())
                .extracting(Impossible::reason)
                .containsOnly(Cause.TYPE_HAS_MESSAGES);
        ChangeSet empty = Planner.plan(situation.withQueueOffsets(PlannedShop.held(0)));
        assertThat(empty.impossible()).isEmpty();
        assertThat(((Change.AlignObject) empty.changes().get(0))
                        .after(TopicSettings.class)
                        .get("new-a")
                        .type())
                .isEqualTo("FIFO");
    }

    /** With two types, whether a message is accepted would depend on the master that a client sends it to. */
    @Test
    void createsATopicOnAnotherMasterWithTheTypeThatItCannotChangeOnTheFirst() {
        TopicSettings found = topic(4).withType("FIFO").withAttributes(Map.of("queue.type", "BatchCQ"));
        destination.with("new-a", "order-events", found);
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: NORMAL, queues: 4 }] }]\n";
        ChangeSet changes =
                Planner.plan(Situations.of(lines, source, destination).withQueueOffsets(PlannedShop.held(3)));
        assertThat(changes.impossible())
                .extracting(Impossible::reason)
                .containsExactlyInAnyOrder(Cause.TYPE_HAS_MESSAGES, Cause.FIXED_ATTRIBUTE);
        Change.AlignObject align = (Change.AlignObject) changes.changes().get(0);
        assertThat(align.after()).containsOnly(Map.entry("new-b", found));
    }

    @Test
    void refusesToRemoveQueuesThatHoldMessages() {
        destination.with("order-events", topic(8).withType("NORMAL"));
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: NORMAL, queues: 4 }] }]\n";
        Situation situation = Situations.of(lines, source, destination);
        assertThat(Planner.inQuestion(situation)).containsExactly("order-events");
        ChangeSet full = Planner.plan(situation.withQueueOffsets(PlannedShop.held(1)));
        assertThat(full.impossible()).extracting(Impossible::reason).containsOnly(Cause.QUEUES_HOLD_MESSAGES);
        assertThat(full.changes()).isEmpty();
        assertThat(full.unchanged()).isEmpty();
        Change.AlignObject shrink = (Change.AlignObject) Planner.plan(situation.withQueueOffsets(PlannedShop.held(0)))
                .changes()
                .get(0);
        assertThat(shrink.after(TopicSettings.class).get("new-a").readQueues()).isEqualTo(4);
    }

    @Test
    void refusesMixedTopicsWhereABrokerDoesNotAllowThem() {
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: MIXED }] }]\n";
        destination.setting("new-b", "enableMixedMessageType", "false");
        assertThat(shop.plan(lines).impossible())
                .extracting(Impossible::reason)
                .containsExactly(Cause.MIXED_NOT_ENABLED);
        assertThat(shop.plan(lines).changes()).isEmpty();
        destination.setting("new-b", "enableMixedMessageType", "true");
        assertThat(shop.plan(lines).impossible()).isEmpty();
        assertThat(shop.plan(lines).changes()).hasSize(1);
    }

    @Test
    void refusesToChangeAttributesThatBrokersFixAtCreation() {
        destination.with("user-events", topic(16).withAttributes(Map.of("cleanup.policy", "COMPACTION")));
        assertThat(shop.plan(PlannedShop.PLAN).impossible())
                .extracting(Impossible::what)
                .containsExactly(
                        "topic 'user-events' has cleanup.policy=DELETE in the source and COMPACTION on the"
                                + " destination's broker new-a: brokers cannot change this attribute",
                        "topic 'user-events' has cleanup.policy=DELETE in the source and COMPACTION on the"
                                + " destination's broker new-b: brokers cannot change this attribute");
    }

    /** A plan whose stages are removed after the switch must not close topics that clients use by now. */
    @Test
    void neverRevokesPermissionsOfATopicWithoutAStage() {
        source.with("order-events", topic(8).withAccess(Access.NONE))
                .with("old-a", "user-events", topic(4).withAccess(Access.READ))
                .with("old-b", "user-events", topic(16).withAccess(Access.WRITE));
        destination.with("order-events", topic(4).withType("FIFO"));
        ChangeSet changes = shop.plan(PlannedShop.PLAN);
        assertThat(changes.unchanged()).extracting(Subject::name).containsExactly("order-events");
        Change.AlignObject create = (Change.AlignObject) changes.changes().get(2);
        assertThat(create.after(TopicSettings.class).get("new-a").access())
                .describedAs("what one master of the source closes, the other may open")
                .isEqualTo(Access.READ_WRITE);
    }

    @Test
    void copiesAttributesOfTheSourceThatBrokersCanChange() {
        source.with("user-events", topic(16).withAttributes(Map.of("max.age", "9", "queue.type", "SimpleCQ")));
        destination.with("user-events", topic(16).withAttributes(Map.of("max.age", "5")));
        Change.AlignObject align = (Change.AlignObject) shop.plan("""
                batches: [{ name: users, topics: [{ name: user-events, type: NORMAL }] }]
                """).changes().get(0);
        assertThat(align.after().get("new-b")).isEqualTo(topic(16).withAttributes(Map.of("max.age", "9")));
    }

    @Test
    void opensATopicWithoutAStageAsFarAsTheSourceHasItOpen() {
        destination.with("user-events", topic(16).withAccess(Access.READ));
        Change.AlignObject align = (Change.AlignObject) shop.plan("""
                batches: [{ name: users, topics: [{ name: user-events, type: NORMAL }] }]
                """).changes().get(0);
        assertThat(align.after().get("new-a")).isEqualTo(topic(16));
    }

    @Test
    void saysOnWhichBrokersHowManyMessagesAreInTheWay() {
        destination
                .with("new-a", "order-events", topic(8).withType("NORMAL"))
                .with("new-b", "order-events", topic(6).withType("NORMAL"));
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: %s, queues: 4 }] }]\n";
        Situation fifo = Situations.of(lines.formatted("FIFO"), source, destination);
        assertThat(reasons(fifo.withQueueOffsets(PlannedShop.held(1))))
                .contains("topic 'order-events' is NORMAL on the destination's brokers new-a, new-b and holds 2"
                        + " messages, so it cannot become FIFO");
        Situation normal = Situations.of(lines.formatted("NORMAL"), source, destination);
        String tooMany = "topic 'order-events' has 8 queues on the destination's brokers new-a, new-b (plan: 4), and"
                + " the queues to remove hold ";
        assertThat(reasons(normal.withQueueOffsets(PlannedShop.held(1)))).containsExactly(tooMany + "2 messages");
        assertThat(reasons(normal)).containsExactly(tooMany + "an unknown number of messages");
    }

    private static List<String> reasons(Situation situation) {
        return Planner.plan(situation).impossible().stream()
                .map(Impossible::what)
                .toList();
    }

    @Test
    void asksForTheMessagesOnlyIfTheAnswerMatters() {
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: FIFO, queues: 4 }] }]\n";
        assertThat(Planner.inQuestion(Situations.of(lines, source, destination)))
                .describedAs("the topic is absent")
                .isEmpty();
        destination.with("new-a", "order-events", topic(4).withType("FIFO"));
        assertThat(Planner.inQuestion(Situations.of(lines, source, destination)))
                .describedAs("a FIFO topic in use gets no other master")
                .containsExactly("order-events");
        destination.with("order-events", topic(4).withType("FIFO"));
        assertThat(Planner.inQuestion(Situations.of(lines, source, destination)))
                .describedAs("all masters have the planned queues")
                .isEmpty();
    }

    @Test
    void aTopicOfWhichAPartCannotBeDoneIsNotUnchanged() {
        destination.with("new-a", "user-events", topic(16).withType("FIFO"));
        ChangeSet changes = shop.plan("""
                batches: [{ name: users, topics: [{ name: user-events, type: NORMAL }] }]
                """);
        assertThat(changes.changes()).hasSize(1);
        assertThat(changes.impossible()).hasSize(1);
        assertThat(changes.unchanged()).isEmpty();
    }
}
