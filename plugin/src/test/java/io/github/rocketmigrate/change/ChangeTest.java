package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.Change.SeedOffsets;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What each change is called, and how it is undone. */
final class ChangeTest {
    @Test
    void newObjectsCanBeDeletedOrLeft() {
        AlignObject topic = AlignObject.create(subject(Subject.Kind.TOPIC), settings(topic(4)), new TreeSet<>());
        assertThat(topic.word()).isEqualTo("create-topic");
        assertThat(topic.inverse()).isEqualTo("delete it while it is empty and unused");
        AlignObject group =
                AlignObject.create(subject(Subject.Kind.GROUP), settings(group(CONCURRENT, 3)), new TreeSet<>());
        assertThat(group.word()).isEqualTo("create-group");
        assertThat(group.inverse()).startsWith("not needed");
    }

    @Test
    void alignedObjectsGetTheirValuesBack() {
        AlignObject shrinks = align(Subject.Kind.TOPIC, topic(8), topic(4));
        assertThat(shrinks.word()).isEqualTo("align-topic");
        assertThat(shrinks.inverse()).isEqualTo("write the previous values");
        assertThat(align(Subject.Kind.TOPIC, topic(4), topic(8)).inverse())
                .isEqualTo("write the previous values; added queues can be removed only while they are empty");
        AlignObject group = align(Subject.Kind.GROUP, group(CONCURRENT, 3), group(CONCURRENT, 16));
        assertThat(group.word()).isEqualTo("align-group");
        assertThat(group.inverse()).isEqualTo("write the previous values");
    }

    @Test
    void removedObjectsAreCreatedAgainWithoutTraffic() {
        Change.Remove topic = new Change.Remove(subject(Subject.Kind.TOPIC), settings(topic(4)), false);
        assertThat(topic.word()).isEqualTo("remove-topic");
        assertThat(topic.inverse()).isEqualTo("remove traffic from the plan: the next apply creates it again");
        Change.Remove group = new Change.Remove(subject(Subject.Kind.GROUP), settings(group(CONCURRENT, 3)), true);
        assertThat(group.word()).isEqualTo("remove-group");
        assertThat(group.neededBy()).isEmpty();
    }

    @Test
    void brokersGetTheirNameServersBack() {
        RegisterBroker join = new RegisterBroker(subject(Subject.Kind.BROKER), "10.0.0.1:10911", "a", "a;b", true);
        assertThat(join.word()).isEqualTo("join-broker");
        assertThat(join.inverse()).isEqualTo("run mqadmin updateBrokerConfig -b 10.0.0.1:10911 -k namesrvAddr -v 'a'");
        RegisterBroker leave = new RegisterBroker(subject(Subject.Kind.BROKER), "10.0.0.1:10911", "a;b", "a", false);
        assertThat(leave.word()).isEqualTo("leave-broker");
        assertThat(leave.inverse())
                .isEqualTo("run mqadmin updateBrokerConfig -b 10.0.0.1:10911 -k namesrvAddr -v 'a;b'");
    }

    @Test
    void seededOffsetsComeWithTheirTopicAndNeedNoUndo() {
        SeedOffsets seed = new SeedOffsets(
                subject(Subject.Kind.TOPIC),
                Side.DESTINATION,
                new TreeMap<>(Map.of("audit", new TreeMap<>(Map.of(new QueueKey("new-a", 0), 0L)))));
        assertThat(seed.word()).isEqualTo("seed-offsets");
        assertThat(seed.inverse()).startsWith("not needed");
        assertThat(seed.neededBy()).containsExactly("orders");
    }

    @Test
    void aTopicGoesBackToTheStageItCameFrom() {
        MoveTopic move = move(Pair.of(Stage.READ_BOTH), Stage.DESTINATION, false);
        assertThat(move.word()).isEqualTo("move-topic");
        assertThat(move.inverse()).isEqualTo("plan stage read-both again");
        assertThat(move.after()).isEqualTo(Standing.of(Pair.of(Stage.WRITE_DESTINATION)));
        assertThat(move.neededBy()).isEmpty();
        MoveTopic fenced = move(new Pair(Access.READ, Access.WRITE), Stage.DESTINATION, true);
        assertThat(fenced.inverse()).isEqualTo("plan stage read-both again");
        assertThat(move(new Pair(Access.WRITE, Access.READ), Stage.SOURCE, true).inverse())
                .isEqualTo("plan stage write-destination again");
        assertThat(fenced.after().at(Side.DESTINATION)).containsExactly(Access.READ_WRITE);
    }

    @Test
    void onlyTopicsThatWaitInAFenceAreFenced() {
        ChangeSet.UnplannedObjects two =
                new ChangeSet.UnplannedObjects(new TreeSet<>(List.of("x")), new TreeSet<>(List.of("y")));
        assertThat(two.size()).isEqualTo(2);
        for (boolean fence : new boolean[] {true, false}) {
            Change move = fence
                    ? move(new Pair(Access.READ, Access.WRITE), Stage.DESTINATION, true)
                    : move(Pair.of(Stage.READ_BOTH), Stage.DESTINATION, true);
            ChangeSet changes = new ChangeSet("shop", false, List.of(move), List.of(), List.of(), Map.of());
            assertThat(changes.fenced()).isEqualTo(fence ? Set.of("orders") : Set.of());
        }
    }

    private static MoveTopic move(Pair from, Stage wanted, boolean fifo) {
        return new MoveTopic(subject(Subject.Kind.TOPIC), Standing.of(from), Ladder.next(from, wanted, fifo), wanted);
    }

    private static AlignObject align(Subject.Kind kind, ObjectSettings before, ObjectSettings after) {
        return AlignObject.align(subject(kind), settings(before), settings(after));
    }

    private static SortedMap<String, ObjectSettings> settings(ObjectSettings settings) {
        return new TreeMap<>(Map.of("new-a", settings));
    }

    private static Subject subject(Subject.Kind kind) {
        return new Subject(kind, "orders", Side.DESTINATION, Optional.of("all"), Optional.empty());
    }
}
