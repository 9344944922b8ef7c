package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.ORDERLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.Situations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change set is read as it was written. */
final class ChangeSetFileTest {
    private static final String PLAN = "batches: [{ name: all, topics: [{ name: user-events, type: NORMAL }] }]\n";

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a");
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b");

    @TempDir
    Path folder;

    @Test
    void everyKindOfChangeIsReadAsItWasWritten() throws IOException {
        Subject topic = subject(Subject.Kind.TOPIC, "user-events", Side.DESTINATION);
        Subject broker = new Subject(Subject.Kind.BROKER, "old-a", Side.SOURCE, Optional.empty(), Optional.empty());
        Standing disagreeing = new Standing(
                new TreeSet<>(List.of(Access.READ_WRITE)), new TreeSet<>(List.of(Access.NONE, Access.READ)));
        Standing readBoth =
                new Standing(new TreeSet<>(List.of(Access.READ_WRITE)), new TreeSet<>(List.of(Access.READ)));
        SortedMap<String, SortedMap<QueueKey, Long>> offsets = new TreeMap<>();
        offsets.put("audit", new TreeMap<>(Map.of(new QueueKey("new-a", 0), 7L, new QueueKey("new-b", 1), 0L)));
        offsets.put("ledger", new TreeMap<>(Map.of(new QueueKey("new-a", 0), 9L)));
        GroupSettings odd = new GroupSettings(
                false, false, false, ORDERLY, 2, 3, 4, 5, false, 6, 7, "x", new TreeMap<>(Map.of("a", "b")));
        List<Change> changes = List.of(
                new Change.RegisterBroker(broker, "10.0.0.1:10911", "10.0.0.11:9876", "both", true),
                Change.AlignObject.align(
                        subject(Subject.Kind.GROUP, "audit", Side.DESTINATION),
                        new TreeMap<>(Map.of("new-a", odd)),
                        new TreeMap<>(Map.of("new-a", GroupSettings.DEFAULT, "new-b", odd))),
                Change.AlignObject.create(
                        topic,
                        new TreeMap<>(Map.of("new-a", topic(8).withType("FIFO").withOrder(true))),
                        new TreeSet<>(List.of("user-events"))),
                new Change.SeedOffsets(topic, Side.SOURCE, offsets),
                new Change.MoveTopic(
                        topic,
                        disagreeing,
                        new Rung.Writes(List.of(new Rung.AccessChange(Side.DESTINATION, Access.READ)), Purpose.FINISH),
                        Stage.READ_BOTH),
                new Change.MoveTopic(
                        subject(Subject.Kind.TOPIC, "page-views", Side.DESTINATION),
                        readBoth,
                        Ladder.next(readBoth, Stage.WRITE_DESTINATION, true),
                        Stage.WRITE_DESTINATION),
                new Change.MoveTopic(
                        subject(Subject.Kind.TOPIC, "payments", Side.DESTINATION),
                        readBoth,
                        Ladder.through(new Pair(Access.READ, Access.WRITE)),
                        Stage.WRITE_DESTINATION),
                new Change.RegisterBroker(
                        new Subject(Subject.Kind.BROKER, "old-b", Side.SOURCE, Optional.empty(), Optional.empty()),
                        "10.0.0.2:10911",
                        "both",
                        "10.0.0.11:9876",
                        false));
        ChangeSet all = new ChangeSet("shop-to-5x", false, changes, List.of(), List.of(), Map.of());
        String text = ChangeSetFile.text(all, Situations.of(PLAN, source, destination));
        Path file = Files.writeString(folder.resolve("cs.json"), text, UTF_8);
        SavedChangeSet saved = ChangeSetReader.read(file, "cs.json");
        assertThat(saved.changes()).isEqualTo(all.changes());
        assertThat(saved.plan()).isEqualTo("shop-to-5x");
        assertThat(saved.planSha256())
                .contains(Situations.of(PLAN, source, destination).plan().contentSha256());
        assertThat(saved.clusters().get(Side.DESTINATION).brokers()).containsExactly("new-a", "new-b");

        for (String wrong : List.of("\"0\" : \"nine\"", "\"zero\" : 9")) {
            Path broken = Files.writeString(folder.resolve("broken.json"), text.replace("\"0\" : 9", wrong), UTF_8);
            assertThatThrownBy(() -> ChangeSetReader.read(broken, "broken.json"))
                    .hasMessageContaining("changes[")
                    .hasMessageContaining(".after.ledger.new-a.")
                    .hasMessageEndingWith(" is not the offset of a queue.");
        }
    }

    private static Subject subject(Subject.Kind kind, String name, Side side) {
        return new Subject(kind, name, side, Optional.of("all"), Optional.empty());
    }
}
