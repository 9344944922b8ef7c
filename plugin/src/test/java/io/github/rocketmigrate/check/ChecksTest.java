package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
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
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each check says of which clusters. */
final class ChecksTest {
    private static final String ONE = "batches: [{ name: all, topics: [{ name: user-events, type: NORMAL }] }]\n";

    private static final Rung LEAVING =
            new Rung.Writes(List.of(new Rung.AccessChange(Side.DESTINATION, Access.READ)), Purpose.LEAVE_SOURCE);

    private final ClusterFixture source =
            cluster("old", "4.9.7", "old-a").with("user-events", topic(8)).with("shared", topic(8));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b");

    @Test
    void brokersOfOneNameAreToldByName() {
        assertThat(judge("broker-names-distinct")).isInstanceOf(Passed.class);
        Verdict verdict = judge(
                "broker-names-distinct", cluster("old", "4.9.7", "broker-a"), cluster("new", "5.5.0", "broker-a"));
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what()).isEqualTo("1 broker name is used in both clusters: broker-a");
    }

    @Test
    void clustersOfOneNameAreTold() {
        assertThat(judge("cluster-names-distinct")).isInstanceOf(Passed.class);
        assertThat(judge("cluster-names-distinct", cluster("one", "4.9.7", "a"), cluster("one", "5.5.0", "b")))
                .isInstanceOf(Failed.class);
    }

    @Test
    void aDestinationIsCleanWithoutPlannedTopicsAndWithoutThoseOfTheSource() {
        assertThat(judge("destination-clean")).isInstanceOf(Passed.class);
        destination.with("shared", topic(1));
        assertThat(judge("destination-clean").what()).isEqualTo("1 topic outside the plan is in both clusters: shared");
        destination.with("user-events", topic(1));
        assertThat(judge("destination-clean").what())
                .isEqualTo("1 topic of the plan is already at the destination: user-events");
    }

    @Test
    void onceBrokersHaveJoinedPlannedTopicsBelongThere() {
        destination.nameServer("ns:9876", source.build()).with("user-events", topic(1));
        assertThat(judge("destination-clean")).isInstanceOf(Passed.class);
    }

    /** The last broker that had joined has lost it at a restart; what has moved must not be cut off from the source. */
    @Test
    void aJoinThatWasLostIsMadeAgainThoughTopicsHaveCome() {
        destination.with("user-events", topic(1));
        Situation lost = Situations.recording(
                Situations.of(ONE, source, destination),
                new MigrationRecord(
                        new TreeMap<>(), Map.of(), new TreeSet<>(Set.of("old-a")), false, new TreeSet<>(), 1));
        assertThat(judge("destination-clean", lost)).isInstanceOf(Passed.class);

        // Clients may have made it at the destination while they did not see that of the source.
        destination.with("shared", topic(1));
        Situation more = Situations.recording(Situations.of(ONE, source, destination), lost.recorded());
        assertThat(judge("destination-clean", more)).isInstanceOf(Passed.class);
        assertThat(judge("destination-clean", more).what())
                .endsWith("1 topic outside the plan is in both clusters: shared");
        ClusterFixture another = cluster("old", "4.9.7", "old-a", "old-b").with("shared", topic(8));
        assertThat(judge(
                        "destination-clean",
                        Situations.recording(Situations.of(ONE, another, destination), lost.recorded())))
                .describedAs("a broker that never joined")
                .isInstanceOf(Failed.class);
    }

    /** A join concerns all topics, whatever part of the plan somebody asks for. */
    @Test
    void aPartOfAPlanIsNotCleanerThanTheWhole() {
        destination.with("user-events", topic(1));
        Situation part = Situations.of(
                Plans.plan("""
                        batches:
                          - { name: one, topics: [{ name: shared, type: NORMAL }] }
                          - { name: two, topics: [{ name: user-events, type: NORMAL }] }
                        """),
                Selection.of("one", null, null),
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE);
        assertThat(judge("destination-clean", part)).isInstanceOf(Failed.class);
    }

    @Test
    void allReasonsAreTold() {
        destination.version("new-b", "5.3.3").setting("new-a", "brokerPermission", "4");
        assertThat(judge("destination-stable").what())
                .contains("different versions")
                .contains("not open for reading and writing: new-a");
    }

    @Test
    void aDestinationIsStableWithOneRelease() {
        assertThat(judge("destination-stable")).isEqualTo(new Passed("all brokers run 5.5.0"));
        destination.version("new-b", "5.3.3");
        assertThat(judge("destination-stable").what())
                .isEqualTo("the destination's brokers run different versions: 5.3.3, 5.5.0");
    }

    @Test
    void aBrokerThatIsClosedIsTold() {
        destination.setting("new-b", "brokerPermission", "4");
        assertThat(judge("destination-stable").what())
                .isEqualTo("1 broker of the destination is not open for reading and writing: new-b");
    }

    /** 12:00 UTC is 20:00 in Shanghai. */
    @ParameterizedTest
    @CsvSource({
        "02:00-06:00, passed",
        "19:00-21:00, failed",
        "20:00-21:00, failed",
        "19:00-20:00, passed",
        "19:00-02:00, failed",
        "21:00-19:00, passed",
        "00:00-00:00, failed",
        "08:00-08:00, failed"
    })
    void insideItsWindowADestinationIsNotStable(String window, String expected) {
        Verdict verdict = judge(
                "destination-stable",
                Situations.of(
                        Plans.whole("""
                                version: 1
                                name: windows
                                source: { nameServers: ["10.0.0.11:9876"] }
                                destination:
                                  nameServers: ["10.0.1.11:9876"]
                                  maintenance: { window: "%s", zone: Asia/Shanghai }
                                %s""".formatted(window, ONE)),
                        Selection.ALL,
                        source.build(),
                        destination.build(),
                        ConsumerOffsets.NONE,
                        QueueOffsets.NONE));
        assertThat(verdict.word()).isEqualTo(expected);
        if (verdict instanceof Failed failed) {
            assertThat(failed.what())
                    .isEqualTo("it is 20:00, inside the destination's maintenance window " + window + " Asia/Shanghai");
            assertThat(failed.fix()).isEqualTo("Run again after " + window.substring(6) + ".");
        }
    }

    @Test
    void brokersThatCreateByThemselvesAreTold() {
        assertThat(judge("no-auto-create")).isInstanceOf(Passed.class);
        source.setting("old-a", "autoCreateTopicEnable", "true");
        destination.setting("new-b", "autoCreateSubscriptionGroup", "true");
        assertThat(judge("no-auto-create").what())
                .isEqualTo(
                        "the source's broker old-a has autoCreateTopicEnable=true; the destination's broker new-b has"
                                + " autoCreateSubscriptionGroup=true");
    }

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
                .extracting(batch -> judge(
                                "no-auto-create",
                                Situations.of(
                                        Plans.plan(lines),
                                        Selection.of(batch, null, null),
                                        source.build(),
                                        destination.build(),
                                        ConsumerOffsets.NONE,
                                        QueueOffsets.NONE))
                        .word())
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
        return judge(name, source, destination);
    }

    private static Verdict judge(String name, ClusterFixture source, ClusterFixture destination) {
        return judge(name, Situations.of(ONE, source, destination));
    }

    private static Verdict judge(String name, Situation situation) {
        return new Checks(situation).judge(check(name), Optional.empty()).verdict();
    }

    private static Check check(String name) {
        return CheckRegistry.of(name).orElseThrow();
    }
}
