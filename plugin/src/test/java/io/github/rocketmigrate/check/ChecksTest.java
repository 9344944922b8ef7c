package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.check.Verdict.Waived;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Waivers of the plan against the findings of checks. */
final class ChecksTest {
    private static final String ONE = "batches: [{ name: all, topics: [{ name: user-events, type: NORMAL }] }]\n";

    private static final Rung LEAVING =
            new Rung.Writes(List.of(new Rung.AccessChange(Side.DESTINATION, Access.READ)), Purpose.LEAVE_SOURCE);

    private final ClusterFixture source =
            cluster("old", "4.9.7", "old-a").with("user-events", topic(8)).with("shared", topic(8));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b");

    @Test
    void whatCannotBeMeasuredHasNotPassed() {
        assertThat(judge("consumers-switched")).isInstanceOf(Unknown.class);
        assertThat(judge("consumers-switched").letsPass()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-21, true", "2026-11-20, false"})
    void aWaiverHoldsUpToItsLastDay(String expires, boolean passes) {
        source.setting("old-a", "autoCreateTopicEnable", "true");
        Verdict verdict = judge("no-auto-create", waiving("no-auto-create", "", expires));
        assertThat(verdict.letsPass()).isEqualTo(passes);
        assertThat(verdict).isInstanceOf(passes ? Waived.class : Failed.class);
    }

    @Test
    void aWaiverIsNamedWithItsOwnerAndReason() {
        source.setting("old-a", "autoCreateTopicEnable", "true");
        Verdict verdict = judge("no-auto-create", waiving("no-auto-create", "", "2026-12-31"));
        assertThat(verdict.what())
                .isEqualTo("the source's broker old-a has autoCreateTopicEnable=true"
                        + " (waived until 2026-12-31 by me: it is known)");
    }

    @Test
    void aWaiverIsForItsOwnCheck() {
        source.setting("old-a", "autoCreateTopicEnable", "true");
        Verdict verdict = judge("no-auto-create", waiving("consumers-switched", "", "2026-12-31"));
        assertThat(verdict).isInstanceOf(Failed.class);
    }

    @Test
    void aWaiverOfABatchIsForItsOwnTopics() {
        Situation situation = Situations.of("""
                batches:
                  - { name: one, topics: [{ name: user-events, type: NORMAL }] }
                  - name: two
                    topics: [{ name: page-views, type: NORMAL }]
                    waivers: [{ check: consumers-switched, reason: it is known, owner: me, expires: 2026-12-31 }]
                """, source, destination);
        assertThat(ofTopic("user-events", situation)).isInstanceOf(Unknown.class);
        assertThat(ofTopic("page-views", situation)).isInstanceOf(Waived.class);
    }

    @Test
    void aWaiverOfABatchWithoutTopicsHoldsForItsGroups() {
        source.setting("old-a", "autoCreateTopicEnable", "true");
        String lines = """
                batches:
                  - { name: topics, topics: [{ name: user-events, type: NORMAL }], groups: [{ name: mail, order: CONCURRENT }] }
                  - name: groups
                    groups: [{ name: audit, order: CONCURRENT }]
                    waivers: [{ check: no-auto-create, reason: it is known, owner: me, expires: 2026-12-31 }]
                """;
        assertThat(List.of("topics", "groups"))
                .extracting(batch -> judge("no-auto-create", part(lines, batch)).word())
                .containsExactly("failed", "waived");
    }

    private Situation part(String lines, String batch) {
        return Situations.of(
                Plans.plan(lines),
                Selection.of(batch, null, null),
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE);
    }

    @Test
    void aFailureHidesNothingThatIsUnknownAndManyReasonsAreCut() {
        Findings findings = new Findings();
        for (String broker : List.of("a", "b", "c", "d", "e")) {
            findings.failed("broker " + broker + " is closed", "Open it.");
        }
        findings.unknown("broker f did not answer");
        assertThat(findings.verdict())
                .isEqualTo(new Failed(
                        "5 failed: broker a is closed; broker b is closed; broker c is closed; and 2 more;"
                                + " 1 unknown: broker f did not answer",
                        "Open it."));
    }

    @Test
    void aWaiverOfABatchThatIsLeftOutDoesNotHold() {
        source.setting("old-a", "autoCreateTopicEnable", "true");
        String lines = """
                batches:
                  - { name: one, topics: [{ name: user-events, type: NORMAL }] }
                  - name: two
                    topics: [{ name: page-views, type: NORMAL }]
                    waivers: [{ check: no-auto-create, reason: it is known, owner: me, expires: 2026-12-31 }]
                """;
        assertThat(List.of("one", "two"))
                .extracting(batch -> judge("no-auto-create", part(lines, batch)).word())
                .containsExactly("failed", "waived");
    }

    @Test
    void aWaiverForATopicIsForThatTopic() {
        Situation situation = waiving("consumers-switched", "topics: [user-events],", "2026-12-31");
        assertThat(ofTopic("user-events", situation)).isInstanceOf(Waived.class);
        assertThat(ofTopic("page-views", situation)).isInstanceOf(Unknown.class);
        assertThat(judge("consumers-switched", situation)).isInstanceOf(Unknown.class);
    }

    private static Verdict ofTopic(String topic, Situation situation) {
        PlannedTopic planned = situation.scope().topics().stream()
                .filter(it -> it.name().equals(topic))
                .findFirst()
                .orElseThrow();
        return new Checks(situation)
                .judge(check("consumers-switched"), Optional.of(new TopicStep(situation, planned, LEAVING)))
                .verdict();
    }

    private Situation waiving(String check, String narrowing, String expires) {
        return Situations.of("""
                batches:
                  - name: all
                    topics: [{ name: user-events, type: NORMAL }, { name: page-views, type: NORMAL }]
                    waivers:
                      - { check: %s, %s reason: it is known, owner: me, expires: %s }
                """.formatted(check, narrowing, expires), source, destination);
    }

    private Verdict judge(String name) {
        return judge(name, Situations.of(ONE, source, destination));
    }

    private static Verdict judge(String name, Situation situation) {
        return new Checks(situation).judge(check(name), Optional.empty()).verdict();
    }

    private static Check check(String name) {
        return CheckRegistry.of(name).orElseThrow();
    }
}
