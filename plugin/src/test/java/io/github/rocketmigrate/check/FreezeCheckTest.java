package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No step forward on the days of a sale; it is Saturday, 2026-11-21, 12:00 UTC. */
final class FreezeCheckTest extends StepStory {
    private static final String DATES = "{ from: 2026-11-20, to: 2026-11-22, zone: Asia/Shanghai }";
    private static final String WEEKEND = "{ weekly: \"Fri 18:00-Mon 08:00\", zone: Europe/Berlin }";
    private static final String LATER = "{ from: 2026-12-20, to: 2026-12-31, zone: UTC }";

    FreezeCheckTest() {
        super(new FreezeCheck());
    }

    private Situation frozen(String ofPlan, String ofBatch) {
        return Situations.of("""
                traffic:
                  routing: join
                  freeze: [%s]
                batches:
                  - name: all
                    %s
                    topics: [{ name: orders, type: NORMAL }]
                %s""".formatted(ofPlan, ofBatch, waivers), source, destination);
    }

    private static Judgement judgement(Situation situation, Rung rung) {
        PlannedTopic topic = situation.scope().topics().get(0);
        return new Checks(situation).judge(new FreezeCheck(), Optional.of(new TopicStep(situation, topic, rung)));
    }

    @Test
    void aStepForwardWaitsForTheEndOfTheFreeze() {
        Judgement judgement = judgement(frozen(LATER + ", " + DATES, ""), LEAVE);
        fails(judgement.verdict(), "frozen until 2026-11-22T24:00 Asia/Shanghai (line 7)");
        assertThat(judgement.verdict().fix()).isEqualTo("Run again after 2026-11-22T24:00 Asia/Shanghai.");
        assertThat(judgement.notBefore()).contains(Instant.parse("2026-11-22T16:00:00Z"));
    }

    @Test
    void aFreezeThatHoldsWhenAnotherEndsIsNamedToo() {
        Judgement judgement = judgement(frozen(DATES + ", " + WEEKEND, ""), LEAVE);
        fails(judgement.verdict(), "frozen until 2026-11-23T08:00 Europe/Berlin (line 7)");
        Judgement chained = judgement(
                frozen(
                        "{ from: 2026-11-21, to: 2026-11-21, zone: UTC }, " + LATER
                                + ", { weekly: \"Sat 23:00-Mon 08:00\", zone: UTC }",
                        ""),
                LEAVE);
        fails(
                chained.verdict(),
                "frozen until 2026-11-21T24:00 UTC (line 7), then until 2026-11-23T08:00 UTC (line 7)");
        assertThat(chained.verdict().fix()).isEqualTo("Run again after 2026-11-23T08:00 UTC.");
        assertThat(chained.notBefore()).contains(Instant.parse("2026-11-23T08:00:00Z"));
    }

    @Test
    void freezesThatFollowEachOtherForeverHaveNoEnd() {
        Judgement judgement = judgement(
                frozen(
                        "{ weekly: \"Mon 00:00-Thu 00:00\", zone: UTC }, { weekly: \"Thu 00:00-Mon 00:00\", zone: UTC }",
                        ""),
                LEAVE);
        assertThat(judgement.verdict().fix()).isEqualTo("Leave time between the freezes.");
        assertThat(judgement.notBefore()).isEmpty();
    }

    @Test
    void outsideOfAllItPassesAndSaysWhenTheNextBegins() {
        passes(
                judgement(frozen(LATER, ""), LEAVE).verdict(),
                "the time is outside every freeze; the next begins 2026-12-20T00:00 UTC (line 7)");
        passes(
                judgement(frozen("{ from: 2026-01-01, to: 2026-01-02, zone: UTC }", ""), LEAVE)
                        .verdict(),
                "the time is outside every freeze");
    }

    @Test
    void aBatchHasItsOwnInPlaceOfThePlans() {
        passes(judgement(frozen(DATES, "freeze: []"), LEAVE).verdict(), "the time is outside every freeze");
        fails(
                judgement(frozen("", "freeze: [" + WEEKEND + "]"), LEAVE).verdict(),
                "frozen until 2026-11-23T08:00 Europe/Berlin (line 10)");
    }

    @Test
    void theJoinWaitsForThePlansFreeze() {
        assertThat(judge(frozen(DATES, "freeze: []")).word()).isEqualTo("failed");
        assertThat(judge(frozen("", "freeze: [" + DATES + "]")).word()).isEqualTo("passed");
    }

    private static Verdict judge(Situation situation) {
        return new Checks(situation).judge(new FreezeCheck(), Optional.empty()).verdict();
    }

    @Test
    void theWayBackAndWhatOpensAFenceAreNotHeld() {
        Situation situation = frozen(DATES, "");
        PlannedTopic topic = situation.scope().topics().get(0);
        for (Rung free : List.of(HOME, OPEN, PAUSED, REVERSE)) {
            assertThat(new Checks(situation).ofTopic(topic, free))
                    .extracting(judgement -> judgement.check().name())
                    .doesNotContain("freeze");
        }
        assertThat(new Checks(situation).ofTopic(topic, FENCE))
                .extracting(judgement -> judgement.check().name())
                .contains("freeze");
    }

    /** Only one of two masters has the step, so that producers of both stages are at work. */
    @Test
    void aStepThatSomeMastersHaveMadeIsFinished() {
        source.with("old-a", TOPIC, topic(2).withAccess(Access.NONE))
                .with("old-b", TOPIC, topic(2).withAccess(Access.READ));
        passes(judgement(frozen(DATES, ""), LAST).verdict(), "the step has begun, so apply finishes it");
    }

    @Test
    void aWaiverPassesOverIt() {
        waivers = waiver("topics: [orders],");
        assertThat(judgement(frozen(DATES, ""), LEAVE).verdict().word()).isEqualTo("waived");
    }

    @Test
    void aPlanWithoutFreezesDoesNotListIt() {
        Situation situation = Situations.of(plan(), source, destination);
        assertThat(new Checks(situation).ofClusters(Set.of(Purpose.JOIN)))
                .extracting(judgement -> judgement.check().name())
                .doesNotContain("freeze");
    }
}
