package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static io.github.rocketmigrate.model.ConsumeOrder.ORDERLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Settings in the words of reports, and what changes on which master. */
final class DifferencesTest {
    @Test
    void aTopicInWords() {
        TopicSettings topic = new TopicSettings(8, 4, Access.READ, true, 0, new TreeMap<>(Map.of("max.age", "9")));
        assertThat(Differences.words(topic).entrySet())
                .extracting(word -> word.getKey() + ": " + word.getValue())
                .containsExactly(
                        "type: NORMAL", "queues: 8 to read, 4 to write", "access: read", "ordered: yes", "max.age: 9");
        assertThat(Differences.words(topic(8))).containsEntry("queues", "8").containsEntry("ordered", "no");
    }

    @Test
    void aGroupInWords() {
        GroupSettings group = new GroupSettings(
                true, false, true, ORDERLY, 2, 16, 3, 4, false, 5, 15, "", new TreeMap<>(Map.of("note", "x")));
        assertThat(Differences.words(group).entrySet())
                .extracting(word -> word.getKey() + ": " + word.getValue())
                .containsExactly(
                        "order: ORDERLY",
                        "retries: 16",
                        "broadcast: yes",
                        "enabled: yes",
                        "from first message: no",
                        "retry queues: 2",
                        "broker to read from: 3",
                        "broker when slow: 4",
                        "members notified: no",
                        "system flag: 5",
                        "timeout minutes: 15",
                        "retry policy: by count",
                        "note: x");
    }

    @Test
    void aChangeThatSeveralMastersGetIsNamedOnce() {
        AlignObject change = align(
                Map.of("new-a", topic(4), "new-b", topic(4), "new-c", topic(8).withType("FIFO")),
                Map.of("new-a", topic(8), "new-b", topic(8), "new-c", topic(8), "new-d", topic(8)));
        assertThat(words(change))
                .containsExactly(
                        "queues 4 → 8 on [new-a, new-b], grows",
                        "type FIFO → NORMAL on [new-c]",
                        "everything absent → created on [new-d]");
    }

    @Test
    void anAttributeMayComeOrGo() {
        AlignObject change = align(
                Map.of("new-a", topic(4).withAttributes(Map.of("max.age", "9"))),
                Map.of("new-a", topic(4).withAttributes(Map.of("cleanup.policy", "DELETE"))));
        assertThat(words(change)).containsExactly("cleanup.policy – → DELETE on [new-a]", "max.age 9 → – on [new-a]");
    }

    /** Queues that are added can only be taken away again while they are empty, and then the undo of a change differs. */
    @Test
    void onlyMoreQueuesGrow() {
        assertThat(words(align(Map.of("new-a", topic(8)), Map.of("new-a", topic(4)))))
                .containsExactly("queues 8 → 4 on [new-a]");
        assertThat(words(align(Map.of("new-a", topic(8)), Map.of("new-a", topic(8).withWriteQueues(4)))))
                .containsExactly("queues 8 → 8 to read, 4 to write on [new-a]");
        assertThat(words(align(Map.of("new-a", topic(8).withWriteQueues(4)), Map.of("new-a", topic(16)))))
                .containsExactly("queues 8 to read, 4 to write → 16 on [new-a]");
        assertThat(words(align(Map.of("new-a", group(CONCURRENT, 3)), Map.of("new-a", group(CONCURRENT, 16)))))
                .containsExactly("retries 3 → 16 on [new-a]");
    }

    private static List<String> words(AlignObject change) {
        return Differences.of(change).stream()
                .map(it -> it.attribute() + " " + it.from() + " → " + it.to() + " on " + it.brokers()
                        + (it.grows() ? ", grows" : ""))
                .toList();
    }

    private static AlignObject align(
            Map<String, ? extends ObjectSettings> before, Map<String, ? extends ObjectSettings> after) {
        return AlignObject.align(
                new Subject(Subject.Kind.TOPIC, "orders", Side.DESTINATION, Optional.of("all"), Optional.empty()),
                new TreeMap<>(before),
                new TreeMap<>(after));
    }
}
