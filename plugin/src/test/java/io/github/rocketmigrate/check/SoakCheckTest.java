package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a topic has been at its stage, and whether it is consumed there; it is 12:00 UTC. */
final class SoakCheckTest extends StepStory {
    private static final Rung SWITCH = new Rung.Writes(
            List.of(new Rung.AccessChange(SOURCE, Access.READ), new Rung.AccessChange(DESTINATION, Access.READ_WRITE)),
            Purpose.TO_DESTINATION);

    private String ofPlan = "30m";
    private String ofBatch = "";

    SoakCheckTest() {
        super(new SoakCheck());
    }

    /** The topic is at {@code read-both}, and a message was sent to it just now. */
    @BeforeEach
    void start() {
        destination.with(TOPIC, topic(2).withType("NORMAL").withAccess(Access.READ));
        traffic.queue(SOURCE, TOPIC, "old-a", 0, 0, 100).sent(TOPIC, "10.1.0.7:4711", Duration.ofSeconds(1));
        traffic.queue(DESTINATION, TOPIC, "new-a", 0, 0, 0);
    }

    private Situation enteredBefore(Duration ago) {
        return recorded(new RecordedObject(
                Optional.of(Stage.READ_BOTH),
                "12345678",
                Ownership.CREATED,
                Optional.of(Situations.NOON.minus(ago)),
                Optional.of(Stage.SOURCE)));
    }

    private Situation recorded(RecordedObject entry) {
        Situation situation = Situations.of("""
                traffic: { routing: join, soak: %s }
                batches:
                  - name: all
                    %s
                    stage: write-destination
                    topics: [{ name: orders, type: NORMAL }]
                    groups: [{ name: audit, order: CONCURRENT }]
                %s""".formatted(ofPlan, ofBatch, waivers), source, destination);
        return Situations.recording(
                        situation,
                        MigrationRecord.NOTHING.with(new TreeMap<>(Map.of(
                                "all",
                                new RecordedBatch(1, new TreeMap<>(Map.of(SettingsHash.topicKey(TOPIC), entry)))))))
                .withTraffic(traffic.build());
    }

    private Judgement judgement(Situation situation, Rung rung) {
        TopicStep step = new TopicStep(situation, situation.scope().topics().get(0), rung);
        return new Checks(situation).judge(new SoakCheck(), Optional.of(step));
    }

    @Test
    void aTopicStaysForTheTimeOfThePlan() {
        Judgement early = judgement(enteredBefore(Duration.ofMinutes(12)), SWITCH);
        fails(
                early.verdict(),
                "the topic has been at read-both for 12 min (30 min required); the step is due at 12:18 UTC (in 18 min)");
        assertThat(early.notBefore()).contains(Instant.parse("2026-11-21T12:18:00Z"));
        passes(
                judge(enteredBefore(Duration.ofMinutes(30)), SWITCH),
                "the topic has been at read-both for 30 min (30 min required); no group consumes it");
    }

    @Test
    void aBatchHasItsOwnTime() {
        ofBatch = "soak: 10m";
        assertThat(judge(enteredBefore(Duration.ofMinutes(12)), SWITCH).word()).isEqualTo("passed");
        ofBatch = "soak: 0s";
        passes(judge(enteredBefore(Duration.ZERO), SWITCH), "the topic's batch has no soak");
    }

    @Test
    void aTopicWithoutNewMessagesPassesAfterTheTimeAndSaysSo() {
        traffic.readsNoSenders(TOPIC);
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1").sent(TOPIC, "10.1.0.7:4711", Duration.ofMinutes(50));
        assertThat(judge(enteredBefore(Duration.ofMinutes(12)), SWITCH).word()).isEqualTo("failed");
        passes(
                judge(enteredBefore(Duration.ofMinutes(40)), SWITCH),
                "the topic has been at read-both for 40 min (30 min required), without new messages");
        traffic.sent(TOPIC, "10.1.0.8:4711", Duration.ofMinutes(39));
        assertThat(judge(enteredBefore(Duration.ofMinutes(40)), SWITCH).word())
                .describedAs("a message came, and audit has not read it")
                .isEqualTo("unknown");
    }

    @Test
    void aGroupThatHasReadEverythingHasConsumed() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1").offset(SOURCE, "audit", TOPIC, "old-a", 0, 100);
        passes(
                judge(enteredBefore(Duration.ofMinutes(40)), SWITCH),
                "the topic has been at read-both for 40 min (30 min required) and is consumed");
    }

    @Test
    void aGroupWithUnreadMessagesHasToConsumeBetweenTwoReadings() {
        traffic.consumes(SOURCE, "audit", TOPIC, "a@1").offset(SOURCE, "audit", TOPIC, "old-a", 0, 60);
        Verdict first = judge(enteredBefore(Duration.ofMinutes(40)), SWITCH);
        assertThat(first)
                .isEqualTo(new Unknown("audit has 40 unread messages, and whether it consumes needs a second reading"));
        assertThat(new SoakCheck().needsAnotherLook(first)).isTrue();
        traffic.then(Duration.ofSeconds(10));
        fails(
                judge(enteredBefore(Duration.ofMinutes(40)), SWITCH),
                "audit has 40 unread messages and consumed none in 10 s");
        traffic.offset(SOURCE, "audit", TOPIC, "old-a", 0, 61);
        assertThat(judge(enteredBefore(Duration.ofMinutes(40)), SWITCH).word()).isEqualTo("passed");
    }

    @Test
    void anOfflineGroupDoesNotConsume() {
        traffic.subscribes(SOURCE, "audit", TOPIC).offset(SOURCE, "audit", TOPIC, "old-a", 0, 60);
        fails(judge(enteredBefore(Duration.ofMinutes(40)), SWITCH), "audit has 40 unread messages and is offline");
    }

    /** A version without times has recorded the stage, or nothing has been recorded. */
    @Test
    void aStageWithoutARecordedTimeIsUnknownAndSaysHowItBecomesKnown() {
        RecordedObject untimed = new RecordedObject(Optional.of(Stage.READ_BOTH), "12345678", Ownership.CREATED);
        Verdict verdict = judge(recorded(untimed), SWITCH);
        assertThat(verdict.word()).isEqualTo("unknown");
        assertThat(verdict.what())
                .isEqualTo("no run has recorded since when the topic has been at read-both (30 min required)");
        assertThat(verdict.fix()).isEqualTo("Run apply: it records the time. The step is due 30 min later.");
        RecordedObject elsewhere = new RecordedObject(
                Optional.of(Stage.SOURCE),
                "12345678",
                Ownership.CREATED,
                Optional.of(Situations.NOON.minus(Duration.ofDays(1))),
                Optional.empty());
        assertThat(judge(recorded(elsewhere), SWITCH).word())
                .describedAs("the time of another stage")
                .isEqualTo("unknown");
    }

    @Test
    void aWaiverPassesOverIt() {
        waivers = waiver("");
        assertThat(judge(enteredBefore(Duration.ofMinutes(1)), SWITCH).word()).isEqualTo("waived");
    }

    @Test
    void leavingTheSourceAndGoingBackNeedNoTime() {
        Situation situation = enteredBefore(Duration.ofMinutes(1));
        for (Rung free : List.of(LEAVE, HOME, OPEN, PAUSED, REVERSE)) {
            assertThat(new Checks(situation).ofTopic(situation.scope().topics().get(0), free))
                    .extracting(judgement -> judgement.check().name())
                    .doesNotContain("soak");
        }
    }
}
