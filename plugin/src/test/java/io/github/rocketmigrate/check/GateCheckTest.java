package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.GateLook;
import io.github.rocketmigrate.observe.GateLooks;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was read of a gate, and what that means for a step. */
final class GateCheckTest {
    private static final String QUERY =
            "{ name: errors, prometheus: \"http://prom:9090\", query: up, below: 0.5, for: 5m }";
    private static final String READY = "{ name: ready, url: \"http://shop/ready\", status: 200, for: 2m }";

    private String waivers = "";

    private Situation situation(String ofPlan, String ofBatch) {
        return Situations.of(
                """
                traffic:
                  routing: join
                  gates: [%s]
                batches:
                  - name: all
                    %s
                    topics: [{ name: orders, type: NORMAL }]
                %s""".formatted(ofPlan, ofBatch, waivers),
                cluster("old", "4.9.7", "old-a").with("orders", topic(2)),
                cluster("new", "5.5.0", "new-a"));
    }

    private static List<Judgement> judge(Situation situation, Rung rung) {
        return new Checks(situation)
                .ofTopic(situation.scope().topics().get(0), rung).stream()
                        .filter(judgement -> judgement.check().name().startsWith("gate:"))
                        .toList();
    }

    private Judgement judge(GateLook look) {
        Situation situation = situation(QUERY, "");
        Gate gate = situation.plan().conditions().gateList().findFirst().orElseThrow();
        return judge(situation.withGates(Map.of(gate, look)), StepStory.LEAVE).get(0);
    }

    @Test
    void aGateThatHasHeldForItsTimePasses() {
        Judgement judgement = judge(GateLook.holding("the query is 0.2", Duration.ofMinutes(5), false));
        assertThat(judgement.check().name()).isEqualTo("gate:errors");
        assertThat(judgement.verdict())
                .isEqualTo(new Verdict.Passed("the query is 0.2 (below 0.5 required) for 5 min (5 min required)"));
    }

    @Test
    void aGateThatDoesNotHoldFails() {
        Verdict verdict = judge(GateLook.failing("the query is 0.8")).verdict();
        assertThat(verdict.word()).isEqualTo("failed");
        assertThat(verdict.what()).isEqualTo("the query is 0.8 (below 0.5 required)");
    }

    @Test
    void aGateThatHasHeldForLessFailsAndSaysWhenItCanPass() {
        Judgement judgement = judge(GateLook.holding("the query is 0.2", Duration.ofMinutes(2), true));
        assertThat(judgement.verdict().word()).isEqualTo("failed");
        assertThat(judgement.verdict().what())
                .isEqualTo("the query is 0.2 (below 0.5 required) for 2 min (5 min required)");
        assertThat(judgement.notBefore()).contains(Situations.NOON.plus(Duration.ofMinutes(3)));
    }

    @Test
    void aGateThatWasNotMeasuredForItsTimeIsUnknown() {
        Judgement judgement = judge(GateLook.holding("the query is 0.2", Duration.ofMinutes(2), false));
        assertThat(judgement.verdict())
                .isEqualTo(new Unknown(
                        "the query is 0.2 (below 0.5 required) for 2 min (5 min required); it was not measured for longer",
                        "Let apply wait with -Dmigrate.wait, or run it later."));
    }

    @Test
    void aServerThatDoesNotAnswerAndAGateThatNobodyAskedAreUnknown() {
        assertThat(judge(GateLook.unknown("http://prom:9090 did not answer within 5 s"))
                        .verdict())
                .isEqualTo(new Unknown(
                        "http://prom:9090 did not answer within 5 s",
                        "Check that this machine reaches http://prom:9090."));
        assertThat(judge(situation(QUERY, ""), StepStory.LEAVE).get(0).verdict().what())
                .isEqualTo("http://prom:9090 was not asked");
    }

    /** An address tells nothing of the past, so each run measures the time anew. */
    @Test
    void anAddressIsMeasuredByTheLooksOfOneRun() {
        Situation situation = situation(READY, "");
        Gate gate = situation.plan().conditions().gateList().findFirst().orElseThrow();
        GateLooks looks = new GateLooks();
        GateLook good = GateLook.holding("http://shop/ready answered 200", Duration.ZERO, false);
        GateLook bad = GateLook.failing("http://shop/ready answered 503");
        assertThat(word(situation, gate, looks, good, 0)).isEqualTo("unknown");
        assertThat(word(situation, gate, looks, good, 119)).isEqualTo("unknown");
        assertThat(word(situation, gate, looks, good, 120)).isEqualTo("passed");
        assertThat(word(situation, gate, looks, bad, 130)).isEqualTo("failed");
        assertThat(word(situation, gate, looks, good, 140))
                .describedAs("it is known that it did not hold before")
                .isEqualTo("failed");
        assertThat(word(situation, gate, looks, good, 260)).isEqualTo("passed");
        assertThat(word(situation, gate, looks, GateLook.unknown("no answer"), 270))
                .isEqualTo("unknown");
        assertThat(word(situation, gate, looks, good, 280)).isEqualTo("unknown");
    }

    private static String word(Situation situation, Gate gate, GateLooks looks, GateLook look, int seconds) {
        Instant at = Situations.NOON.plusSeconds(seconds);
        return judge(situation.withGates(looks.after(Map.of(gate, look), at)), StepStory.LEAVE)
                .get(0)
                .verdict()
                .word();
    }

    @Test
    void aBatchHasItsOwnGatesInPlaceOfThePlans() {
        assertThat(judge(situation(QUERY, "gates: [" + READY + "]"), StepStory.LEAVE))
                .extracting(judgement -> judgement.check().name())
                .containsExactly("gate:ready");
        assertThat(judge(situation(QUERY, "gates: []"), StepStory.LEAVE)).isEmpty();
        assertThat(judge(situation(QUERY + ", " + READY, ""), StepStory.LAST))
                .extracting(judgement -> judgement.check().name())
                .containsExactly("gate:errors", "gate:ready");
    }

    @Test
    void theWayBackAndWhatOpensAFenceAreNotHeld() {
        for (Rung free : List.of(StepStory.HOME, StepStory.OPEN, StepStory.PAUSED, StepStory.REVERSE)) {
            assertThat(judge(situation(QUERY, ""), free)).isEmpty();
        }
    }

    @Test
    void aWaiverPassesOverOneGate() {
        waivers = "    waivers: [{ check: \"gate:errors\", reason: it is known, owner: me, expires: 2026-12-31 }]\n";
        assertThat(judge(situation(QUERY + ", " + READY, ""), StepStory.LEAVE))
                .extracting(judgement -> judgement.verdict().word())
                .containsExactly("waived", "unknown");
    }

    @Test
    void everyGateLeadsToOneParagraph() {
        Check gate = CheckRegistry.of(situation(QUERY, "").plan().conditions()).stream()
                .filter(check -> check.name().startsWith("gate:"))
                .findFirst()
                .orElseThrow();
        assertThat(gate.help()).isEqualTo("https://rocketmigrate.github.io/checks.html#gate");
        assertThat(Optional.of(gate).filter(Check::isWaivable)).isPresent();
    }
}
