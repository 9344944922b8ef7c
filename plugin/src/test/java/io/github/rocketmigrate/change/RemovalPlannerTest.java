package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ObjectUse;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.ObjectsToRemove;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A plan gets {@code traffic} after its topics and groups were created at the destination. */
final class RemovalPlannerTest {
    private static final String BATCH = """
            batches:
              - name: all
                stage: read-both
                topics: [{ name: orders, type: NORMAL }]
                groups: [{ name: audit, order: CONCURRENT }]
            """;
    private static final String JOIN = "traffic: { routing: join }\n" + BATCH;

    @TempDir
    Path folder;

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a")
            .with("orders", topic(4))
            .with("audit", group(CONCURRENT, 16))
            .setting("old-a", "namesrvAddr", "10.0.0.11:9876");

    private static ClusterFixture destination() {
        return cluster("new", "5.5.0", "new-a", "new-b")
                .with("orders", topic(4).withType("NORMAL"))
                .with("audit", group(CONCURRENT, 16));
    }

    private Situation found(String plan, ClusterFixture destination, Ownership ownership) {
        Situation situation = Situations.of(plan, source, destination);
        return Situations.recording(situation, recorded(Situations.of(plan, source, destination()), ownership));
    }

    /** As the survey does. */
    private static Situation removing(Situation situation) {
        ObjectsToRemove objects = ObjectsToRemove.in(situation);
        return objects.isEmpty() ? situation : situation.removing(objects.usedBy(ObjectUse.NONE));
    }

    private static MigrationRecord recorded(Situation situation, Ownership ownership) {
        SortedMap<String, RecordedObject> objects = new TreeMap<>();
        objects.put(
                SettingsHash.topicKey("orders"),
                new RecordedObject(
                        Optional.empty(),
                        SettingsHash.topic(situation.destination().topic("orders")),
                        ownership));
        objects.put(
                SettingsHash.groupKey("audit"),
                new RecordedObject(
                        Optional.empty(),
                        SettingsHash.group(situation.destination().group("audit")),
                        ownership));
        return new MigrationRecord(
                new TreeMap<>(Map.of("all", new RecordedBatch(1, objects))),
                Map.of(),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                1);
    }

    private static List<String> words(ChangeSet changes) {
        return changes.changes().stream()
                .map(change -> change.word() + " " + change.subject().name())
                .toList();
    }

    /** What follows the removal is planned as if the objects were gone. */
    @ParameterizedTest
    @EnumSource(value = Ownership.class, names = "FOUND", mode = EnumSource.Mode.EXCLUDE)
    void removesWhatThisPlanCreatedAndPlansTheRestAsAfterwards(Ownership ownership) {
        Situation situation = removing(found(JOIN, destination(), ownership));
        ChangeSet changes = Planner.plan(situation);
        assertThat(words(changes))
                .containsExactly(
                        "join-broker old-a",
                        "remove-group audit",
                        "create-group audit",
                        "remove-topic orders",
                        "create-topic orders",
                        "move-topic orders");
        assertThat(changes.unchanged()).isEmpty();
        assertThat(changes.impossible()).isEmpty();
        assertThat(Drift.in(situation, changes, false)).isEmpty();
    }

    @Test
    void removesNothingThatOthersCreated() {
        assertThat(words(Planner.plan(removing(found(JOIN, destination(), Ownership.FOUND)))))
                .noneMatch(word -> word.startsWith("remove"));
    }

    @ParameterizedTest
    @CsvSource({"traffic: { routing: client }", "''"})
    void removesNothingWithoutAJoin(String traffic) {
        Situation situation = removing(found(
                traffic + "\n"
                        + BATCH.replace("    stage: read-both\n", traffic.isEmpty() ? "" : "    stage: read-both\n"),
                destination(),
                Ownership.CREATED));
        assertThat(situation.toRemove().isEmpty()).isTrue();
    }

    @Test
    void removesNothingOnceABrokerHasJoined() {
        ClusterFixture joined = destination().nameServer("10.0.1.11:9876", source.build());
        assertThat(removing(found(JOIN, joined, Ownership.CREATED)).toRemove().isEmpty())
                .isTrue();
    }

    @Test
    void settingsThatOthersChangedAreDrift() {
        Situation situation = removing(
                found(JOIN, destination().with("new-b", "orders", topic(8).withType("NORMAL")), Ownership.CREATED));
        assertThat(situation.toRemove().topics().get("orders").isChanged()).isTrue();
        assertThat(situation.toRemove().groups().get("audit").isChanged()).isFalse();
        assertThat(Drift.in(situation, Planner.plan(situation), false))
                .extracting(Subject::name)
                .containsExactly("orders");
    }

    /** A run that was killed has removed the object from some masters, or from all but not from name servers. */
    @Test
    void finishesARemovalThatStopped() {
        ClusterFixture half =
                cluster("new", "5.5.0", "new-a", "new-b").with("new-b", "orders", topic(4).withType("NORMAL"));
        Situation situation = removing(found(JOIN, half, Ownership.REMOVING));
        assertThat(situation.toRemove().topics().get("orders").isChanged()).isFalse();
        assertThat(words(Planner.plan(situation)))
                .contains("remove-topic orders")
                .doesNotContain("remove-group audit");
    }

    @Test
    void isInTheChangeSetAndFitsAfterItWasApplied() throws IOException {
        Situation situation = removing(found(JOIN, destination(), Ownership.CREATED));
        ChangeSet changes = Planner.plan(situation);
        Path file = Files.writeString(folder.resolve("cs.json"), ChangeSetFile.text(changes, situation), UTF_8);
        SavedChangeSet saved = ChangeSetReader.read(file, "cs.json");
        assertThat(saved.narrow(changes).changes()).isEqualTo(changes.changes());
        assertThat(saved.changes())
                .filteredOn(Change.Remove.class::isInstance)
                .extracting(Change::word)
                .containsExactly("remove-group", "remove-topic");
        assertThat(Stale.in(saved, situation, changes)).isEmpty();

        Situation gone = removing(found(JOIN, cluster("new", "5.5.0", "new-a", "new-b"), Ownership.REMOVING));
        assertThat(Stale.in(saved, gone, Planner.plan(gone))).isEmpty();

        Situation other = removing(found(
                JOIN,
                destination()
                        .with("new-b", "orders", topic(4).withType("NORMAL").withAccess(Access.READ)),
                Ownership.CREATED));
        assertThat(Stale.in(saved, other, Planner.plan(other)))
                .containsExactly(new Stale(
                        "topic", "orders", "on broker new-b it was access read-write and is now access read"));
    }

    @Test
    void countsInTheFingerprint() {
        Situation with = removing(found(JOIN, destination(), Ownership.CREATED));
        Situation without = found(JOIN, cluster("new", "5.5.0", "new-a", "new-b"), Ownership.CREATED);
        assertThat(Fingerprint.of(with)).isNotEqualTo(Fingerprint.of(without));
    }
}
