package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static io.github.rocketmigrate.model.ConsumeOrder.ORDERLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Once a topic has left the source, what changes there no longer comes to the destination. */
final class SettingsOwnerTest {
    private static final String PLAN = """
            traffic: { routing: client }
            batches:
              - name: all
                stage: %s
                topics: [{ name: orders, type: NORMAL }]
                groups: [{ name: audit, order: CONCURRENT }]
            """;

    private final ClusterFixture source = cluster("old", "5.1.4", "old-a", "old-b", "old-c")
            .with("orders", topic(4))
            .with("audit", group(CONCURRENT, 16));
    private final ClusterFixture destination =
            cluster("new", "5.5.0", "new-a", "new-b").with("audit", group(CONCURRENT, 16));

    @Test
    void aGroupThatIsDisabledAtTheSourceLaterStaysEnabledAtTheDestination() {
        left();
        source.with("audit", group(CONCURRENT, 16).withEnabled(false));
        assertThat(aligned("audit")).isEmpty();
        assertThat(drift())
                .singleElement()
                .satisfies(it -> assertThat(it.what())
                        .isEqualTo("Group 'audit' has other settings at the source (drift): enabled is no at the source"
                                + " and yes at the destination"));
    }

    @Test
    void aTopicThatGetsMoreQueuesAtTheSourceLaterKeepsItsOwnAtTheDestination() {
        left();
        source.with("orders", topic(8));
        assertThat(aligned("orders")).isEmpty();
        assertThat(drift())
                .singleElement()
                .satisfies(it -> assertThat(it.what())
                        .isEqualTo("Topic 'orders' has other settings at the source (drift): queues is 8 at the source"
                                + " and 4 at the destination"));
    }

    @Test
    void attributesThatTheSourceGetsLaterAreNotCopied() {
        left();
        source.with("orders", topic(4).withAttributes(Map.of("max.age", "9")))
                .with("audit", group(CONCURRENT, 16).withAttributes(sorted("priority", "high")));
        assertThat(changes()).isEmpty();
        assertThat(drift())
                .extracting(SourceDrift::what)
                .containsExactly(
                        "Group 'audit' has other settings at the source (drift): priority is high at the source and"
                                + " – at the destination",
                        "Topic 'orders' has other settings at the source (drift): max.age is 9 at the source and"
                                + " – at the destination");
    }

    /** The permissions of its stage, the order mark that 4.x brokers lose, and what the plan sets differ anyway. */
    @Test
    void whatTheMigrationItselfChangesIsNoDrift() {
        source.with("orders", topic(4).withOrder(true).withAccess(Access.READ)).with("audit", group(ORDERLY, 16));
        destination.with("orders", topic(4).withType("NORMAL"));
        assertThat(drift()).isEmpty();
        assertThat(SourceDrift.in(planning("queues: 2"))).isEmpty();
        source.with("old-b", "orders", topic(2));
        assertThat(drift()).describedAs("the largest master counts").isEmpty();
    }

    @Test
    void whatThePlanSetsStillCountsAfterTheTopicHasLeft() {
        left();
        assertThat(of(planning("queues: 6"), "orders").orElseThrow().get("new-a"))
                .isInstanceOfSatisfying(
                        TopicSettings.class, topic -> assertThat(topic.queues()).isEqualTo(6));
    }

    @Test
    void queuesThatAnOperatorAddsAtOneMasterOfTheDestinationStay() {
        left();
        destination.with("new-b", "orders", topic(6).withType("NORMAL").withAccess(Access.READ));
        assertThat(aligned("orders")).isEmpty();
    }

    @Test
    void aMasterThatLacksTheGroupGetsItAsTheOthersHaveIt() {
        left();
        ClusterFixture more = cluster("new", "5.5.0", "new-a", "new-b")
                .with("orders", topic(4).withType("NORMAL").withAccess(Access.READ))
                .with("new-b", "audit", group(CONCURRENT, 7));
        assertThat(changes(Situations.of(PLAN.formatted("read-both"), source, more)))
                .singleElement()
                .satisfies(align -> assertThat(align.after()).containsOnly(Map.entry("new-a", group(CONCURRENT, 7))));
    }

    @Test
    void atTheSourceTheSourceIsTheModel() {
        destination.with("orders", topic(4).withType("NORMAL").withAccess(Access.NONE));
        source.with("audit", group(CONCURRENT, 5));
        assertThat(aligned("source", "audit").orElseThrow().get("new-a")).isEqualTo(group(CONCURRENT, 5));
        assertThat(SourceDrift.in(situation("source"))).isEmpty();
    }

    @Test
    void theSettingOfOneBrokerIsNotThatOfTheGroup() {
        source.with("old-a", "audit", group(CONCURRENT, 5).withEnabled(false));
        destination.with("audit", group(CONCURRENT, 3));
        assertThat(aligned("source", "audit").orElseThrow().get("new-a")).isEqualTo(group(CONCURRENT, 16));
        assertThat(SourceDrift.disagreements(situation("source")))
                .containsExactly("The source's masters disagree about group 'audit': retries is 5 on old-a and 16 on"
                        + " old-b, old-c; enabled is no on old-a and yes on old-b, old-c. The destination gets retries"
                        + " 16, enabled yes.");
    }

    @Test
    void aGroupIsDisabledOnlyIfEveryBrokerHasItDisabled() {
        GroupSettings disabled = group(CONCURRENT, 16).withEnabled(false);
        source.with("old-a", "audit", disabled).with("old-b", "audit", disabled);
        assertThat(aligned("source", "audit")).isEmpty();
        source.with("old-c", "audit", disabled);
        assertThat(aligned("source", "audit").orElseThrow().get("new-a")).isEqualTo(disabled);
    }

    @Test
    void afterTheMoveOneBrokerOfTheSourceIsReportedByName() {
        left();
        source.with("old-b", "audit", group(CONCURRENT, 16).withEnabled(false));
        assertThat(changes()).isEmpty();
        assertThat(drift())
                .singleElement()
                .satisfies(it -> assertThat(it.what())
                        .contains("enabled is no on old-b and yes on old-a, old-c at the source and yes at the"
                                + " destination"));
    }

    @Test
    void theOrderMarkIsCopiedAtCreationOnly() {
        source.with("orders", topic(4).withOrder(true));
        TopicSettings created =
                (TopicSettings) aligned("source", "orders").orElseThrow().get("new-a");
        assertThat(created.order()).isTrue();
        source.with("orders", topic(4).withOrder(false));
        destination.with("orders", created);
        assertThat(aligned("source", "orders")).isEmpty();
    }

    /** The topic is read from both clusters. */
    private void left() {
        destination.with("orders", topic(4).withType("NORMAL").withAccess(Access.READ));
    }

    private List<AlignObject> changes() {
        return changes(situation("read-both"));
    }

    private static List<AlignObject> changes(Situation situation) {
        ChangeSet planned = Planner.plan(situation);
        assertThat(planned.impossible()).isEmpty();
        return planned.changes().stream()
                .filter(AlignObject.class::isInstance)
                .map(AlignObject.class::cast)
                .toList();
    }

    private Optional<Map<String, ?>> aligned(String name) {
        return aligned("read-both", name);
    }

    private Optional<Map<String, ?>> aligned(String stage, String name) {
        return of(situation(stage), name);
    }

    private static Optional<Map<String, ?>> of(Situation situation, String name) {
        return changes(situation).stream()
                .filter(change -> change.subject().name().equals(name))
                .<Map<String, ?>>map(AlignObject::after)
                .findFirst();
    }

    private List<SourceDrift> drift() {
        return SourceDrift.in(situation("read-both"));
    }

    private Situation situation(String stage) {
        return Situations.of(PLAN.formatted(stage), source, destination);
    }

    /** The same with a setting of the topic in the plan. */
    private Situation planning(String setting) {
        return Situations.of(
                PLAN.formatted("read-both").replace("type: NORMAL", "type: NORMAL, " + setting), source, destination);
    }

    private static SortedMap<String, String> sorted(String key, String value) {
        return new TreeMap<>(Map.of(key, value));
    }
}
