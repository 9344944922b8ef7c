package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A difference is drift where somebody changed the destination after the last run, and not where the plan is new. */
final class DriftTest {
    private static final String PLAN = """
            batches:
              - name: all
                topics: [{ name: orders, type: NORMAL }]
                groups: [{ name: audit, order: CONCURRENT }]
            """;
    private static final String JOINING = "traffic: { routing: join }\n" + PLAN;

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a")
            .with("orders", topic(8))
            .with("audit", group(CONCURRENT, 16))
            .setting("old-a", "namesrvAddr", "10.0.0.11:9876");
    private final ClusterFixture destination =
            cluster("new", "5.5.0", "new-a").with("orders", topic(4)).with("audit", group(CONCURRENT, 3));

    @Test
    void withoutARecordNothingHasDrifted() {
        assertThat(drifted(Situations.of(PLAN, source, destination))).isEmpty();
    }

    @Test
    void whatIsAsTheLastRunLeftItWaitsForThePlanOnly() {
        Situation now = Situations.of(PLAN, source, destination);
        assertThat(Planner.plan(now).changes()).hasSize(2);
        assertThat(drifted(Situations.recording(now, left(now)))).isEmpty();
    }

    @Test
    void whatIsNeitherAsLeftNorAsWantedHasDrifted() {
        MigrationRecord left = left(Situations.of(PLAN, source, destination));
        destination.with("orders", topic(2));
        assertThat(drifted(Situations.recording(Situations.of(PLAN, source, destination), left)))
                .containsExactly("orders");
        destination.with("audit", group(CONCURRENT, 5));
        assertThat(drifted(Situations.recording(Situations.of(PLAN, source, destination), left)))
                .containsExactlyInAnyOrder("orders", "audit");
    }

    @Test
    void aBrokerThatLostItsJoinHasDrifted() {
        Situation never = Situations.of(JOINING, source, destination);
        assertThat(Planner.plan(never).changes()).anyMatch(Change.RegisterBroker.class::isInstance);
        assertThat(drifted(never)).isEmpty();
        assertThat(drifted(Situations.recording(never, record(new TreeMap<>(), Set.of("old-a")))))
                .containsExactly("old-a");
    }

    /** The record says read-both until the run ends, and the run has closed the fence. */
    @Test
    void aTopicInTheFenceIsMoving() {
        MigrationRecord left = left(fifo(Access.READ_WRITE, topic(4).withAccess(Access.READ)));
        Situation closed = fifo(Access.READ, topic(4).withAccess(Access.WRITE));
        assertThat(Planner.plan(Situations.leftByRuns(closed)).changes()).anyMatch(Change.MoveTopic.class::isInstance);
        assertThat(drifted(Situations.leftByRuns(Situations.recording(closed, left))))
                .isEmpty();
        Situation halfClosed = fifo(Access.READ, topic(4).withAccess(Access.READ));
        assertThat(drifted(Situations.leftByRuns(Situations.recording(halfClosed, left))))
                .isEmpty();
    }

    @Test
    void otherSettingsOfATopicInTheFenceDrift() {
        MigrationRecord left = left(fifo(Access.READ_WRITE, topic(4).withAccess(Access.READ)));
        Situation closed = fifo(Access.READ, topic(2).withAccess(Access.WRITE));
        assertThat(drifted(Situations.leftByRuns(Situations.recording(closed, left))))
                .containsExactly("orders");
    }

    /** A run passes several stages before it records the last. */
    @Test
    void aTopicAtAnotherStageIsMovingOnlyWhileARunIsAtWork() {
        MigrationRecord left = left(fifo(Access.READ_WRITE, topic(4).withAccess(Access.READ)));
        Situation moved = Situations.recording(fifo(Access.READ, topic(4).withAccess(Access.READ_WRITE)), left);
        assertThat(Drift.in(moved, Planner.plan(moved), true)).isEmpty();
        assertThat(drifted(moved)).containsExactly("orders");
    }

    /** A FIFO topic on its way to the destination. */
    private static Situation fifo(Access source, TopicSettings destination) {
        return Situations.of(
                """
                traffic: { routing: client }
                batches: [{ name: all, stage: destination, topics: [{ name: orders, type: FIFO }] }]
                """,
                cluster("old", "4.9.7", "old-a").with("orders", topic(4).withAccess(source)),
                cluster("new", "5.5.0", "new-a").with("orders", destination.withType("FIFO")));
    }

    private static Set<String> drifted(Situation situation) {
        Set<String> names = new TreeSet<>();
        Drift.in(situation, Planner.plan(situation), false).forEach(subject -> names.add(subject.name()));
        return names;
    }

    /** The record of a run that ended in this situation. */
    private static MigrationRecord left(Situation situation) {
        TreeMap<String, RecordedObject> objects = new TreeMap<>();
        objects.put(
                SettingsHash.topicKey("orders"),
                new RecordedObject(
                        Optional.empty(),
                        SettingsHash.topic(situation.destination().topic("orders")),
                        Ownership.CREATED));
        objects.put(
                SettingsHash.groupKey("audit"),
                new RecordedObject(
                        Optional.empty(),
                        SettingsHash.group(situation.destination().group("audit")),
                        Ownership.CREATED));
        return record(objects, Set.of());
    }

    private static MigrationRecord record(SortedMap<String, RecordedObject> objects, Set<String> joined) {
        return new MigrationRecord(
                new TreeMap<>(Map.of("all", new RecordedBatch(1, objects))),
                Map.of(),
                new TreeSet<>(joined),
                false,
                new TreeSet<>(),
                1);
    }

    @Test
    void offsetsThatAreSeededHaveNotDrifted() {
        ClusterFixture joined = cluster("new", "5.5.0", "new-a").nameServer("10.0.1.11:9876", source.build());
        Situation situation = Situations.of(JOINING.replace("topics:", "stage: read-both\n    topics:"), source, joined)
                .withTraffic(TrafficFixture.of("orders")
                        .consumes(Side.SOURCE, "audit", "orders", "a@1")
                        .build());
        assertThat(Planner.plan(situation).changes()).anyMatch(Change.SeedOffsets.class::isInstance);
        assertThat(drifted(Situations.recording(situation, record(new TreeMap<>(), Set.of()))))
                .isEmpty();
    }
}
