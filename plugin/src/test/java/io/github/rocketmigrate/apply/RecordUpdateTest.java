package io.github.rocketmigrate.apply;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.Evidence;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several runs record one topic, days apart: how long the topic has had its stage does not depend on who looks.
 *
 * <p>Longer than 300 lines: every test records the same topic, after other runs.
 */
final class RecordUpdateTest {
    private static final Instant MONDAY = Situations.NOON.plusMillis(250);
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static final Instant WEDNESDAY = MONDAY.plus(Duration.ofDays(2));

    @Test
    void theFirstRunThatFindsAStageRecordsTheTime() {
        Situation monday = situation(Stage.READ_BOTH, MigrationRecord.NOTHING, MONDAY);
        assertThat(monday.stageSince("orders")).isEmpty();
        assertThat(situation(Stage.READ_BOTH, record(monday), MONDAY).stageSince("orders"))
                .describedAs("to the second")
                .hasValue(Situations.NOON);
    }

    @Test
    void aRunThatChangesNothingKeepsTheTime() {
        MigrationRecord first = record(situation(Stage.READ_BOTH, MigrationRecord.NOTHING, MONDAY));
        Situation tuesday = situation(Stage.READ_BOTH, first, TUESDAY);
        assertThat(tuesday.stageSince("orders")).hasValue(Situations.NOON);
        assertThat(record(tuesday)).describedAs("there is nothing to write").isEqualTo(first);
    }

    @Test
    void aRunThatFindsAnotherStageReplacesTheTime() {
        MigrationRecord first = record(situation(Stage.READ_BOTH, MigrationRecord.NOTHING, MONDAY));
        Situation wednesday = situation(Stage.WRITE_DESTINATION, first, WEDNESDAY);
        assertThat(wednesday.stageSince("orders"))
                .describedAs("nobody has recorded the new stage")
                .isEmpty();
        assertThat(situation(Stage.WRITE_DESTINATION, record(wednesday), WEDNESDAY)
                        .stageSince("orders"))
                .hasValue(Situations.NOON.plus(Duration.ofDays(2)));
    }

    @Test
    void aTopicThatWentBackIsKnownUntilItGoesForward() {
        MigrationRecord forward = record(situation(Stage.WRITE_DESTINATION, MigrationRecord.NOTHING, MONDAY));
        Situation back = situation(Stage.READ_BOTH, forward, TUESDAY);
        assertThat(back.wentBackFrom("orders")).as("by this run").hasValue(Stage.WRITE_DESTINATION);
        Situation later = situation(Stage.READ_BOTH, record(back), WEDNESDAY);
        assertThat(later.wentBackFrom("orders")).as("by an earlier run").hasValue(Stage.WRITE_DESTINATION);
        assertThat(record(later)).as("kept by later runs").isEqualTo(record(back));
        assertThat(situation(Stage.WRITE_DESTINATION, record(later), WEDNESDAY).wentBackFrom("orders"))
                .isEmpty();
    }

    /** A version before this one recorded stages without times. */
    @Test
    void anUnknownTimeStaysUnknownUntilTheStageChanges() {
        MigrationRecord old = withoutTimes(record(situation(Stage.READ_BOTH, MigrationRecord.NOTHING, MONDAY)));
        Situation tuesday = situation(Stage.READ_BOTH, old, TUESDAY);
        assertThat(tuesday.stageSince("orders")).isEmpty();
        assertThat(record(tuesday).batches()).isEqualTo(old.batches());
        assertThat(situation(
                                Stage.WRITE_DESTINATION,
                                record(situation(Stage.WRITE_DESTINATION, old, WEDNESDAY)),
                                WEDNESDAY)
                        .stageSince("orders"))
                .isPresent();
    }

    /** Otherwise a topic that has to stay at its stage for a while would stay there for good. */
    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"READ_BOTH", "WRITE_DESTINATION"})
    void aTopicThatSoaksGetsTheTimeOfTheFirstRunThatNeedsIt(Stage wanted) {
        MigrationRecord old = withoutTimes(record(situation(Stage.READ_BOTH, MigrationRecord.NOTHING, MONDAY)));
        MigrationRecord timed = record(at(", soak: 30m", Stage.READ_BOTH, wanted, old, TUESDAY));
        Instant tuesday = Situations.NOON.plus(Duration.ofDays(1));
        assertThat(situation(Stage.READ_BOTH, timed, WEDNESDAY).stageSince("orders"))
                .hasValue(tuesday);
        assertThat(record(at(", soak: 30m", Stage.READ_BOTH, wanted, timed, WEDNESDAY)))
                .describedAs("later runs keep it")
                .isEqualTo(timed);
        MigrationRecord elsewhere = record(situation(Stage.WRITE_BOTH, MigrationRecord.NOTHING, MONDAY));
        assertThat(situation(
                                Stage.READ_BOTH,
                                record(at(", soak: 30m", Stage.READ_BOTH, wanted, elsewhere, TUESDAY)),
                                WEDNESDAY)
                        .stageSince("orders"))
                .describedAs("a run that was killed has left it there")
                .hasValue(tuesday);
        assertThat(record(at(", soak: 30m", Stage.SOURCE, wanted, MigrationRecord.NOTHING, TUESDAY))
                        .of(SettingsHash.topicKey("orders")))
                .describedAs("a topic that has not moved")
                .isEmpty();
    }

    @Test
    void aTopicHasItsStageSinceItsLastStepAndNotSinceTheEndOfTheRun() {
        Situation end = situation(Stage.READ_BOTH, MigrationRecord.NOTHING, WEDNESDAY);
        Instant moved = WEDNESDAY.minusSeconds(50);
        assertThat(situation(
                                Stage.READ_BOTH,
                                record(end, Map.of("orders", new Arrival(moved, OptionalLong.empty()))),
                                WEDNESDAY)
                        .stageSince("orders"))
                .contains(moved.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The number shows later which messages came to the source after the topic had left it. */
    @Test
    void theEndOfTheSourceIsKeptAsLongAsTheTopicStaysAtTheDestination() {
        Situation left = situation(Stage.DESTINATION, MigrationRecord.NOTHING, MONDAY);
        MigrationRecord first = record(left, Map.of("orders", new Arrival(MONDAY, OptionalLong.of(1_234))));
        assertThat(sourceEnd(first)).hasValue(1_234);
        MigrationRecord second = record(situation(Stage.DESTINATION, first, TUESDAY));
        assertThat(sourceEnd(second)).hasValue(1_234);
        MigrationRecord back = record(situation(Stage.WRITE_DESTINATION, second, WEDNESDAY));
        assertThat(sourceEnd(back)).isEmpty();
        Situation again = situation(Stage.DESTINATION, back, WEDNESDAY);
        assertThat(sourceEnd(record(again, Map.of("orders", new Arrival(WEDNESDAY, OptionalLong.of(5_678))))))
                .hasValue(5_678);
    }

    /** The run that took the topic away from the source was killed. */
    @Test
    void aRunThatFindsTheSourceConsumedRecordsItsEnd() {
        Situation left = situation(Stage.DESTINATION, MigrationRecord.NOTHING, MONDAY)
                .withLeftBehind(
                        new QueueOffsets(Map.of("orders", Map.of(new QueueKey("old-a", 0), new QueueRange(100, 234)))));
        assertThat(sourceEnd(record(consumedUpTo(234, left)))).hasValue(234);
        assertThat(sourceEnd(record(consumedUpTo(233, left)))).isEmpty();
        MigrationRecord known = record(
                situation(Stage.DESTINATION, MigrationRecord.NOTHING, MONDAY),
                Map.of("orders", new Arrival(MONDAY, OptionalLong.of(200))));
        assertThat(sourceEnd(record(Situations.recording(consumedUpTo(234, left), known))))
                .as("what came late stays late")
                .hasValue(200);
    }

    private static Situation consumedUpTo(long offset, Situation of) {
        ConsumerOffsets offsets =
                new ConsumerOffsets(Map.of("audit", Map.of("orders", Map.of(new QueueKey("old-a", 0), offset))));
        return new Situation(
                        of.plan(),
                        of.scope(),
                        of.source(),
                        of.destination(),
                        offsets,
                        of.queueOffsets(),
                        of.recorded(),
                        of.unfinishedSteps(),
                        of.traffic(),
                        of.readAt())
                .withLeftBehind(of.leftBehind());
    }

    private static OptionalLong sourceEnd(MigrationRecord recorded) {
        return recorded.of(SettingsHash.topicKey("orders")).orElseThrow().sourceEnd();
    }

    /** A run stopped after one master had taken the step, so the next run has to know that the step is ours. */
    @ParameterizedTest
    @EnumSource(
            value = WriteOutcome.class,
            names = {"FAILED", "UNKNOWN", "NOT_ATTEMPTED"})
    void aStepThatWasNotConfirmedKeepsItsNote(WriteOutcome outcome) {
        MigrationRecord after = afterStepBack(outcome);
        SortedSet<Access> half = new TreeSet<>(Set.of(Access.NONE, Access.READ));
        assertThat(after.begun().get("orders").explains(new Standing(new TreeSet<>(Set.of(Access.READ_WRITE)), half)))
                .isTrue();
        assertThat(record(situation(Stage.SOURCE, after, TUESDAY)).begun())
                .as("once the topic is at a stage again")
                .isEmpty();
    }

    /** The topic is put back, and then the broker makes the write that it has not answered. */
    @Test
    void aStepWithoutAnswerIsKnownAsLongAsItsWriteMayStillBeMade() {
        MigrationRecord unknown = afterStepBack(WriteOutcome.UNKNOWN);
        Instant soon = MONDAY.plus(Duration.ofMinutes(50));
        MigrationRecord kept = record(situation(Stage.READ_BOTH, unknown, soon));
        assertThat(kept.begun()).isEqualTo(unknown.begun()).containsKey("orders");
        assertThat(record(situation(Stage.READ_BOTH, kept, soon)))
                .as("there is nothing to write")
                .isEqualTo(kept);
        assertThat(record(situation(Stage.READ_BOTH, kept, MONDAY.plus(Duration.ofHours(1))))
                        .begun())
                .isEmpty();
        assertThat(record(situation(Stage.READ_BOTH, afterStepBack(WriteOutcome.FAILED), soon))
                        .begun())
                .as("a broker that has refused writes nothing later")
                .isEmpty();
    }

    /** The record of a run in which the step of a topic from read-both to source has ended so. */
    private static MigrationRecord afterStepBack(WriteOutcome outcome) {
        Situation before = situation(Stage.READ_BOTH, MigrationRecord.NOTHING, MONDAY);
        Change.MoveTopic move = new Change.MoveTopic(
                new Subject(Subject.Kind.TOPIC, "orders", Side.DESTINATION, Optional.of("all"), Optional.empty()),
                before.standing("orders"),
                Ladder.next(before.standing("orders"), Stage.SOURCE, false),
                Stage.SOURCE);
        AppliedChanges since =
                new AppliedChanges(List.of(new AppliedChange(move, outcome, "no answer", "")), Optional.empty());
        return RecordUpdate.after(before, List.of(), since, since, Set.of(), Map.of());
    }

    /** Checks held the topic, and afterwards somebody opened it at the destination by hand. */
    @Test
    void aRunThatDidNotMoveATopicForgetsWhereItWasHeading() {
        Situation held = heldAtReadBoth(Access.READ, MigrationRecord.NOTHING);
        MigrationRecord before = RecordUpdate.before(held, Planner.plan(held).changes(), Set.of());
        Situation now = heldAtReadBoth(Access.READ, before);
        assertThat(record(now).of(SettingsHash.topicKey("orders")).orElseThrow().heading())
                .isEmpty();
        Situation openedByOthers = heldAtReadBoth(Access.READ_WRITE, record(now));
        assertThat(new Evidence(openedByOthers).mayClose("orders")).isFalse();
        assertThat(record(heldAtReadBoth(Access.READ_WRITE, before))
                        .of(SettingsHash.topicKey("orders"))
                        .orElseThrow()
                        .heading())
                .as("a run that was killed may have opened it")
                .hasValue(Stage.WRITE_DESTINATION);
        assertThat(record(heldAtReadBoth(Access.READ, record(now))))
                .as("there is nothing to write")
                .isEqualTo(record(now));
    }

    /** One run moved the topic and was killed, the next one was to move it back and was killed before it did. */
    @Test
    void aRunThatIsToMoveATopicBackRecordsWhereAKilledRunLeftIt() {
        assertIsKnownAfterTwoKills(record(situation(Stage.READ_BOTH, MigrationRecord.NOTHING, MONDAY)));
    }

    /** The run that was killed had created the topic, too. */
    @Test
    void aTopicThatAKilledRunCreatedAndMovedIsKnownToHaveMoved() {
        Situation created = situation(Stage.SOURCE, MigrationRecord.NOTHING, MONDAY);
        RecordedObject creating = new RecordedObject(
                Optional.empty(),
                SettingsHash.topic(created.destination().topic("orders")),
                MigrationRecord.Ownership.CREATING);
        MigrationRecord record = MigrationRecord.NOTHING.with(new TreeMap<>(Map.of(
                "all", new RecordedBatch(1, new TreeMap<>(Map.of(SettingsHash.topicKey("orders"), creating))))));
        assertIsKnownAfterTwoKills(record);
        Situation killed = at(Stage.WRITE_DESTINATION, Stage.READ_BOTH, record, WEDNESDAY);
        assertThat(begin(Situations.recording(
                                killed, begin(at(Stage.READ_BOTH, Stage.WRITE_DESTINATION, record, TUESDAY))))
                        .of(SettingsHash.topicKey("orders"))
                        .orElseThrow()
                        .isOurs())
                .isTrue();
    }

    private static void assertIsKnownAfterTwoKills(MigrationRecord first) {
        Situation forward = at(Stage.READ_BOTH, Stage.WRITE_DESTINATION, first, TUESDAY);
        Situation killed = at(Stage.WRITE_DESTINATION, Stage.READ_BOTH, begin(forward), WEDNESDAY);
        assertThat(new Evidence(killed).mayClose("orders")).isTrue();
        Situation killedAgain = at(Stage.WRITE_DESTINATION, Stage.READ_BOTH, begin(killed), WEDNESDAY);
        assertThat(new Evidence(killedAgain).mayClose("orders")).isTrue();
        assertThat(killedAgain.stageSince("orders")).isPresent();
        assertThat(at(Stage.READ_BOTH, Stage.READ_BOTH, begin(killedAgain), WEDNESDAY)
                        .wentBackFrom("orders"))
                .hasValue(Stage.WRITE_DESTINATION);
        assertThat(begin(killedAgain).batches())
                .as("there is nothing to write")
                .isEqualTo(begin(killed).batches());
    }

    /** What the name servers have after a run has begun. */
    private static MigrationRecord begin(Situation situation) {
        MigrationRecord before =
                RecordUpdate.before(situation, Planner.plan(situation).changes(), Set.of());
        return RecordFormat.read("shop-to-5x", Map.of("one", RecordFormat.all("shop-to-5x", false, before)));
    }

    private static Situation heldAtReadBoth(Access atDestination, MigrationRecord recorded) {
        Situation situation = Situations.of(
                """
                traffic: { routing: client }
                batches:
                  - name: all
                    stage: write-destination
                    topics: [{ name: orders, type: NORMAL }]
                """,
                cluster("old", "4.9.7", "old-a").with("orders", topic(4)),
                cluster("new", "5.5.0", "new-a").with("orders", topic(4).withAccess(atDestination)));
        return Situations.readAt(Situations.recording(situation, recorded), MONDAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "clicks"})
    void aStepHalfDoneIsKnownEvenIfItsTopicLeavesThePlanForAWhile(String planned) {
        Situation inFence = Situations.of(
                """
                traffic: { routing: client }
                batches:
                  - name: all
                    stage: write-destination
                    topics: [{ name: %s, type: FIFO }]
                """.formatted(planned),
                cluster("old", "5.1.4", "old-a")
                        .with("orders", topic(4).withType("FIFO").withAccess(Access.READ)),
                cluster("new", "5.5.0", "new-a")
                        .with("orders", topic(4).withType("FIFO").withAccess(Access.WRITE)));
        SortedMap<String, BegunStep> begun =
                new TreeMap<>(Map.of("orders", new BegunStep(inFence.standing("orders"), true)));
        SortedMap<String, BegunStep> gone = new TreeMap<>(begun);
        gone.put("deleted", begun.get("orders"));
        assertThat(record(Situations.begun(inFence, gone)).begun()).isEqualTo(begun);
    }

    /** The record of a run, as the next run reads it from the name servers. */
    private static MigrationRecord record(Situation situation) {
        return record(situation, Map.of());
    }

    private static MigrationRecord record(Situation situation, Map<String, Arrival> arrivals) {
        MigrationRecord after = RecordUpdate.after(
                situation,
                Planner.plan(situation).unchanged(),
                AppliedChanges.NONE,
                AppliedChanges.NONE,
                Set.of(),
                arrivals);
        return RecordFormat.read("shop-to-5x", Map.of("one", RecordFormat.all("shop-to-5x", false, after)));
    }

    private static MigrationRecord withoutTimes(MigrationRecord recorded) {
        TreeMap<String, RecordedBatch> batches = new TreeMap<>();
        recorded.batches().forEach((name, batch) -> {
            TreeMap<String, RecordedObject> objects = new TreeMap<>();
            batch.objects()
                    .forEach((key, object) ->
                            objects.put(key, new RecordedObject(object.stage(), object.hash(), object.ownership())));
            batches.put(name, new RecordedBatch(batch.sequence(), objects));
        });
        return new MigrationRecord(
                batches,
                recorded.masters(),
                recorded.joined(),
                recorded.complete(),
                recorded.others(),
                recorded.mastersSequence());
    }

    /** A topic that has the stage of the plan. */
    private static Situation situation(Stage stage, MigrationRecord recorded, Instant readAt) {
        return at(stage, stage, recorded, readAt);
    }

    private static Situation at(Stage stage, Stage wanted, MigrationRecord recorded, Instant readAt) {
        return at("", stage, wanted, recorded, readAt);
    }

    private static Situation at(
            String conditions, Stage stage, Stage wanted, MigrationRecord recorded, Instant readAt) {
        Situation situation = Situations.of(
                """
                traffic: { routing: client%s }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: orders, type: NORMAL }]
                """.formatted(conditions, wanted.word()),
                cluster("old", "4.9.7", "old-a").with("orders", topic(4).withAccess(stage.at(Side.SOURCE))),
                cluster("new", "5.5.0", "new-a").with("orders", topic(4).withAccess(stage.at(Side.DESTINATION))));
        return Situations.readAt(Situations.recording(situation, recorded), readAt);
    }
}
