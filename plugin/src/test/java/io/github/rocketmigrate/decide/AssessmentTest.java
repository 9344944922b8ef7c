package io.github.rocketmigrate.decide;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.SavedChangeSet;
import io.github.rocketmigrate.change.SavedChangeSet.SavedCluster;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A whole plan against two clusters: what is judged, decided, made, and overruled. */
final class AssessmentTest {
    private static final String SETTINGS_ONLY =
            "batches: [{ name: all, topics: [{ name: orders, type: NORMAL }, { name: mail, type: NORMAL }] }]\n";

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a")
            .with("orders", topic(4))
            .with("mail", topic(4))
            .setting("old-a", "namesrvAddr", "10.0.0.11:9876");
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a");
    private final TrafficFixture traffic = TrafficFixture.of("orders", "mail");

    @Test
    void topicsAndGroupsAreHeldAgainstWhatStandsBeforeThem() {
        Assessment assessment = assess(SETTINGS_ONLY);
        assertThat(words(assessment)).containsExactly("create-topic mail Ready", "create-topic orders Ready");
        assertThat(checks(assessment)).containsExactly("record-of-this-plan", "destination-stable");
        assertThat(assessment.changesTraffic()).isFalse();
        assertThat(words(assessment.executable())).containsExactly("create-topic mail", "create-topic orders");
    }

    @Test
    void aJoinIsHeldAgainstWhatStandsBeforeIt() {
        Assessment assessment = assess(joining("read-both"));
        assertThat(checks(assessment)).startsWith("broker-names-distinct", "cluster-names-distinct");
        assertThat(words(assessment)).contains("join-broker old-a Ready", "move-topic orders Later");
        assertThat(assessment.changesTraffic()).isTrue();
        assertThat(words(assessment.executable())).containsExactly("join-broker old-a");
    }

    /** An owner must learn that the name of a broker is taken before the broker joins. */
    @Test
    void aJoinByOwnersIsJudgedLikeOneOfARun() {
        source.version("old-a", "4.9.3");
        Assessment assessment = assess(joining("source"));
        assertThat(assessment.changes().changes()).isEmpty();
        assertThat(assessment.changes().byHand()).hasSize(1);
        assertThat(checks(assessment)).startsWith("broker-names-distinct", "cluster-names-distinct");
    }

    @Test
    void aTopicIsHeldAgainstWhatStandsBeforeItsStep() {
        joined();
        Assessment assessment = assess(joining("read-both"));
        assertThat(checks(assessment)).contains("consumers-switched of orders").doesNotContain("broker-names-distinct");
        assertThat(words(assessment)).contains("create-topic orders Ready", "move-topic orders Later");
        assertThat(words(assessment.executable())).containsExactly("create-topic orders", "move-topic orders");
    }

    /** The topic and its step wait for a group; a run waits with them, and makes them in the end. */
    @Test
    void aRunMakesWhatWaitsForGroups() {
        joined();
        source.with("audit", group(ConsumeOrder.CONCURRENT, 16));
        traffic.consumes(SOURCE, "audit", "orders", "a@1").uses("audit", "a@1", "10.0.1.11:9876");
        Assessment assessment = assess(joining("read-both"));
        assertThat(words(assessment))
                .contains(
                        "create-group audit Ready",
                        "create-topic orders Awaited",
                        "seed-offsets orders Awaited",
                        "move-topic orders Awaited");
        assertThat(words(assessment.executable()))
                .contains("create-group audit", "create-topic orders", "move-topic orders")
                .doesNotContain("seed-offsets orders");
    }

    /** It was restarted with an old image, perhaps, after its topic had left the source. */
    @Test
    void aClientThatReturnsToTheOldEndpointHoldsTheNextStepAndNoStepBack() {
        joined();
        source.with("audit", group(ConsumeOrder.CONCURRENT, 16));
        destination.with("orders", topic(4).withAccess(Access.READ)).with("audit", group(ConsumeOrder.CONCURRENT, 16));
        for (Side side : Side.values()) {
            traffic.consumes(side, "audit", "orders", "10.1.0.7@4711");
        }
        traffic.uses("audit", "10.1.0.7@4711", "10.0.0.11:9876");
        Assessment forward = assess(joining("write-destination"));
        assertThat(words(forward)).contains("move-topic orders Held");
        assertThat(forward.judgements())
                .filteredOn(one -> one.check().name().equals("consumers-switched"))
                .singleElement()
                .satisfies(one -> assertThat(one.verdict().what())
                        .isEqualTo("1 of 1 client of audit still uses 10.0.0.11:9876: 10.1.0.7@4711"));
        assertThat(checks(assess(joining("source")))).doesNotContain("consumers-switched of orders");
    }

    @Test
    void aClosedFenceCanBeOpenedBeforeItsTime() {
        Assessment closed = fence();
        assertThat(words(closed)).containsExactly("move-topic orders Awaited");
        assertThat(checks(closed)).contains("source-quiet of orders", "source-drained of orders");
        assertThat(closed.executable()).isEmpty();

        Assessment overruled = closed.allowingReordering(Set.of("orders"));
        assertThat(words(overruled)).containsExactly("move-topic orders Ready");
        assertThat(verdicts(overruled))
                .containsEntry("source-quiet", "overruled")
                .containsEntry("source-drained", "overruled")
                .containsEntry("brokers-present", "passed");
        assertThat(overruled.judgements())
                .filteredOn(one -> one.verdict().word().equals("overruled"))
                .allMatch(one -> one.verdict().letsPass())
                .allMatch(one -> one.verdict().what().endsWith(" (overruled with -Dmigrate.allowReordering)"));
        assertThat(words(closed.allowingReordering(Set.of("mail")))).isEqualTo(words(closed));
    }

    @Test
    void nothingButTheWaitOfAFenceIsOverruled() {
        Situation closed = fence().situation();
        Situation missing = Situations.recording(
                closed, closed.recorded().withMasters(Map.of(SOURCE, new TreeSet<>(Set.of("old-a", "old-c")))));
        Assessment overruled = Assessment.of(missing).allowingReordering(Set.of("orders"));
        assertThat(verdicts(overruled)).containsEntry("brokers-present", "failed");
        assertThat(words(overruled)).containsExactly("move-topic orders Held");
    }

    /** Messages behind the last step may still be lost, so its checks cannot be overruled. */
    @Test
    void aTopicOutsideAFenceIsNotOverruled() {
        source.with("orders", topic(4).withAccess(Access.READ));
        destination.with("orders", topic(4));
        joined();
        traffic.queue(SOURCE, "orders", "old-a", 0, 0, 7).subscribes(SOURCE, "audit", "orders");
        Assessment last = assess(joining("destination"));
        assertThat(verdicts(last)).containsEntry("source-drained", "failed");
        assertThat(verdicts(last.allowingReordering(Set.of("orders")))).containsEntry("source-drained", "failed");
    }

    @Test
    void aSavedChangeSetNarrowsThePlanToWhatWasReviewed() {
        Assessment all = assess(SETTINGS_ONLY);
        Assessment part = all.narrowedTo(saved(all.changes().changes().get(0), "new-a"));
        assertThat(words(part)).containsExactly("create-topic mail Ready");
        assertThat(part.stale()).isEmpty();
        assertThat(words(part.executable())).containsExactly("create-topic mail");
    }

    @Test
    void nothingIsMadeOfAChangeSetThatNoLongerFits() {
        Assessment all = assess(SETTINGS_ONLY);
        Assessment part = all.narrowedTo(saved(all.changes().changes().get(0), "another"));
        assertThat(part.stale()).isNotEmpty();
        assertThat(part.executable()).isEmpty();
    }

    @Test
    void nothingIsRecordedWhileAMasterIsAbsent() {
        assertThat(assess(SETTINGS_ONLY).mayRecord()).isTrue();
        Situation absent = Situations.recording(
                Situations.of(SETTINGS_ONLY, source, destination),
                new MigrationRecord(
                        new TreeMap<>(),
                        Map.of(DESTINATION, new TreeSet<>(Set.of("new-a", "new-b"))),
                        new TreeSet<>(),
                        false,
                        new TreeSet<>(),
                        1));
        assertThat(Assessment.of(absent).mayRecord()).isFalse();
        assertThat(words(Assessment.of(absent))).containsExactly("create-topic mail Held", "create-topic orders Held");
    }

    private static SavedChangeSet saved(Change change, String broker) {
        Map<Side, SavedCluster> clusters = Map.of(
                SOURCE, new SavedCluster("old", new TreeSet<>(Set.of("old-a"))),
                DESTINATION, new SavedCluster("new", new TreeSet<>(Set.of(broker))));
        return new SavedChangeSet("", "shop-to-5x", Optional.empty(), clusters, List.of(change));
    }

    /** A FIFO topic that has been closed at the source, with a message that nobody has read. */
    private Assessment fence() {
        source.with("orders", topic(4).withAccess(Access.READ));
        destination.with("orders", topic(4).withAccess(Access.WRITE));
        joined();
        traffic.queue(SOURCE, "orders", "old-a", 0, 0, 7).subscribes(SOURCE, "audit", "orders");
        return assess(joining("destination").replace("NORMAL", "FIFO"));
    }

    private void joined() {
        source.setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876");
        destination.nameServer("10.0.1.11:9876", source.build());
    }

    private static String joining(String stage) {
        return """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: orders, type: NORMAL }]
                    groups: [{ name: audit, order: CONCURRENT }]
                """.formatted(stage);
    }

    private Assessment assess(String plan) {
        return Assessment.of(
                Situations.leftByRuns(Situations.of(plan, source, destination)).withTraffic(traffic.build()));
    }

    private static List<String> words(Assessment assessment) {
        return assessment.decisions().stream()
                .map(decision ->
                        words(decision.change()) + " " + decision.getClass().getSimpleName())
                .toList();
    }

    private static List<String> words(List<Change> changes) {
        return changes.stream().map(AssessmentTest::words).toList();
    }

    private static String words(Change change) {
        return change.word() + " " + change.subject().name();
    }

    private static List<String> checks(Assessment assessment) {
        return assessment.judgements().stream()
                .map(one -> one.check().name()
                        + one.topic().map(topic -> " of " + topic).orElse(""))
                .toList();
    }

    private static Map<String, String> verdicts(Assessment assessment) {
        Map<String, String> verdicts = new TreeMap<>();
        assessment
                .judgements()
                .forEach(one -> verdicts.put(one.check().name(), one.verdict().word()));
        return verdicts;
    }
}
