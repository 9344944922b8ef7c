package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TopicsInUse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps the queues and masters of a topic at the destination while clients write it there. */
final class QueuesInUseTest {
    private final ClusterFixture source =
            cluster("old", "4.9.7", "old-a", "old-b").with("order-events", topic(8));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b");

    /** Otherwise keys would go to other queues, and groups would have no offsets in new ones. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "FIFO,   write-destination, READ_WRITE, 2, 2, 'FIFO and written by clients at the destination: with 4 queues"
                        + " instead of 2'",
                "FIFO,   write-destination, READ_WRITE, 6, 6, 'FIFO and written by clients at the destination: with 4 queues"
                        + " instead of 6'",
                "FIFO,   write-destination, WRITE,      2, 2, 'FIFO and written by clients at the destination: with 4 queues"
                        + " instead of 2'",
                "FIFO,   read-both,         READ_WRITE, 2, 2, -",
                "FIFO,   read-both,         READ,       2, 4, -",
                "FIFO,   read-both,         READ,       6, 4, -",
                "NORMAL, write-destination, READ_WRITE, 2, 2, 'is written by clients at the destination: with 4"
                        + " queues instead of 2'",
                "NORMAL, write-destination, READ_WRITE, 6, 4, -",
                "NORMAL, read-both,         READ,       2, 4, -",
            })
    void keepsTheQueuesOfATopicWhileClientsWriteIt(
            String type, String stage, Access access, int has, int gets, String refused) {
        Situation situation = ladder(type, stage, access, has, destination);
        ChangeSet changes = Planner.plan(situation);
        List<Integer> queues = changes.changes().stream()
                .filter(change -> change.word().equals("align-topic"))
                .map(change -> ((Change.AlignObject) change)
                        .after(TopicSettings.class)
                        .get("new-a")
                        .queues())
                .toList();
        assertThat(queues).isEqualTo(has == gets ? List.of() : List.of(gets));
        if (refused == null) {
            assertThat(changes.impossible()).isEmpty();
        } else {
            assertThat(changes.impossible()).singleElement().satisfies(one -> {
                assertThat(one.reason()).isEqualTo(Cause.QUEUES_IN_USE);
                assertThat(one.what()).contains(refused);
                assertThat(one.fix())
                        .isEqualTo(
                                has < 4
                                        ? "Set stage: read-both to add the queues, then plan the stage again, or"
                                                + " set queues: "
                                                + has + "."
                                        : "Set queues: " + has + ".");
            });
        }
    }

    /** Two masters of the destination have the topic; the queues to remove are empty. */
    private Situation ladder(String type, String stage, Access access, int queues, ClusterFixture destination) {
        source.with("order-events", topic(4).withAccess(access.isWritable() ? Access.READ : Access.READ_WRITE));
        destination.nameServer("10.0.1.11:9876", source.build());
        for (String broker : List.of("new-a", "new-b")) {
            destination.with(
                    broker, "order-events", topic(queues).withType(type).withAccess(access));
        }
        return Situations.leftByRuns(
                Situations.of(lines(type, stage), source, destination).withQueueOffsets(PlannedShop.held(0)));
    }

    private static String lines(String type, String stage) {
        return "traffic: { routing: join }\nbatches: [{ name: orders, stage: " + stage
                + ", topics: [{ name: order-events, type: " + type + ", queues: 4 }] }]\n";
    }

    @Test
    void warnsOfANewMasterWhileClientsWriteATopicAndCreatesItThereLater() {
        String warning = "The destination's master new-c lacks topic order-events, which clients write on other"
                + " masters. A topic in use gets no new masters until it is at read-both.";
        assertThat(TopicsInUse.warnings(ladder("FIFO", "write-destination", Access.READ_WRITE, 4, destination)))
                .isEmpty();
        Situation written = ladder("FIFO", "write-destination", Access.READ_WRITE, 4, withOneMore());
        assertThat(TopicsInUse.warnings(written)).containsExactly(warning);
        assertThat(Planner.plan(written).changes()).isEmpty();
        assertThat(Planner.plan(written).impossible()).isEmpty();

        Situation back = ladder("FIFO", "read-both", Access.READ, 4, withOneMore());
        assertThat(TopicsInUse.warnings(back)).isEmpty();
        assertThat(Planner.plan(back).changes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.AlignObject.class,
                        align -> assertThat(align.after())
                                .containsOnly(Map.entry(
                                        "new-c", topic(4).withType("FIFO").withAccess(Access.READ))));
    }

    private static ClusterFixture withOneMore() {
        return cluster("new", "5.5.0", "new-a", "new-b", "new-c");
    }

    /** Without stages, a topic counts as in use if it holds messages. */
    @ParameterizedTest
    @CsvSource({"FIFO, 0, ", "FIFO, 7, queues-in-use", "NORMAL, 7, "})
    void keepsTheQueuesOfAFifoTopicThatHoldsMessagesWithoutStages(String type, int held, String reason) {
        destination.with("order-events", topic(6).withType(type));
        String lines = "batches: [{ name: orders, topics: [{ name: order-events, type: " + type + ", queues: 8 }] }]\n";
        Situation situation = Situations.of(lines, source, destination);
        assertThat(Planner.inQuestion(situation)).hasSize(type.equals("FIFO") ? 1 : 0);
        assertThat(Planner.plan(situation.withQueueOffsets(PlannedShop.held(held)))
                        .impossible())
                .extracting(one -> one.reason().word())
                .isEqualTo(reason == null ? List.of() : List.of(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2 | 3 | 2 to 3 | Set stage: read-both to add the queues, then plan the stage again.
            2 | 4 | 2 to 4 | Set stage: read-both to add the queues, then plan the stage again.
            2 | 6 | 2 to 6 | Give it the same queues on all masters while no client writes.
            """)
    void namesTheFewestAndTheMostQueuesIfMastersDiffer(int one, int other, String queues, String fix) {
        ladder("FIFO", "write-destination", Access.READ_WRITE, one, destination);
        destination.with("new-b", "order-events", topic(other).withType("FIFO"));
        ChangeSet changes = Planner.plan(Situations.of(lines("FIFO", "write-destination"), source, destination));
        assertThat(changes.impossible()).singleElement().satisfies(refused -> {
            assertThat(refused.what()).contains("with 4 queues instead of " + queues + ", keys");
            assertThat(refused.fix()).isEqualTo(fix);
        });
    }
}
