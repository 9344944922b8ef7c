package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.SavedChangeSet.SavedCluster;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Scope;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Between the review of a change set and its execution, somebody changes a cluster or the plan. */
final class StaleTest {
    private static final String PLAN = """
            batches:
              - name: all
                topics: [{ name: orders, type: NORMAL }]
                groups: [{ name: audit, order: CONCURRENT }]
            """;
    private static final String JOINING = "traffic: { routing: join }\n" + PLAN;

    private final ClusterFixture source = source("10.0.0.11:9876");

    private static ClusterFixture source(String nameServers) {
        return cluster("old", "4.9.7", "old-a")
                .with("orders", topic(8))
                .with("audit", group(CONCURRENT, 16))
                .setting("old-a", "namesrvAddr", nameServers);
    }

    private static ClusterFixture destination() {
        return cluster("new", "5.5.0", "new-a", "new-b");
    }

    @Test
    void aChangeSetOfAnotherPlanIsStale() {
        Situation now = Situations.of(PLAN, source, destination());
        SavedChangeSet saved = saved(now);
        SavedChangeSet other =
                new SavedChangeSet("", "mail-to-5x", saved.planSha256(), saved.clusters(), saved.changes());
        assertThat(stale(other, now)).containsExactly("plan mail-to-5x: the change set is not for plan shop-to-5x");
    }

    @Test
    void anotherClusterIsStaleUnderTheSameNamesOfBrokers() {
        SavedChangeSet saved = saved(Situations.of(PLAN, source, destination()));
        Situation renamed = Situations.of(PLAN, source, cluster("next", "5.5.0", "new-a", "new-b"));
        assertThat(stale(saved, renamed))
                .containsExactly(
                        "cluster new: the destination was new with new-a, new-b and is now next with new-a, new-b");
    }

    @Test
    void anObjectThatAppearedIsStale() {
        SavedChangeSet saved = saved(Situations.of(PLAN, source, destination()));
        Situation now = Situations.of(PLAN, source, destination().with("new-a", "audit", group(CONCURRENT, 3)));
        assertThat(stale(saved, now))
                .containsExactly("group audit: on broker new-a it was absent and is now present with order CONCURRENT,"
                        + " retries 3, broadcast yes");
    }

    @Test
    void anObjectThatDisappearedIsStale() {
        SavedChangeSet saved =
                saved(Situations.of(PLAN, source, destination().with("new-a", "audit", group(CONCURRENT, 3))));
        assertThat(stale(saved, Situations.of(PLAN, source, destination())))
                .containsExactly("group audit: on broker new-a it was present with order CONCURRENT, retries 3,"
                        + " broadcast yes and is now absent");
    }

    @Test
    void anObjectThatChangesOnMoreBrokersNowIsStale() {
        ClusterFixture one = destination().with("new-a", "audit", group(CONCURRENT, 16));
        SavedChangeSet saved = saved(Situations.of(PLAN, source, one));
        Situation now = Situations.of(PLAN, source, destination());
        assertThat(stale(saved, now)).containsExactly("group audit: it now has to change on broker new-a too");
    }

    @Test
    void whatCannotBeDoneAnyMoreIsStale() {
        SavedChangeSet saved = saved(Situations.of(PLAN, source, destination()));
        Situation now = Situations.of(PLAN, cluster("old", "4.9.7", "old-a").with("orders", topic(8)), destination());
        assertThat(stale(saved, now))
                .containsExactly("group audit: it cannot be done now: the source has no consumer group 'audit'");
    }

    @Test
    void aTopicThatThePlanNoLongerHasIsStale() {
        String moving = JOINING.replace("topics:", "stage: read-both\n    topics:");
        SavedChangeSet saved = saved(Situations.of(moving, source, destination()));
        Situation now =
                Situations.of(moving.replace("orders", "others"), source.with("others", topic(8)), destination());
        assertThat(stale(saved, now)).contains("topic orders: its planned stage was read-both and is now none");
    }

    /** Its reviewers have seen neither the stage of the other batch nor what the waiver lets pass. */
    @Test
    void anEditAnywhereInThePlanIsStale() {
        String moving = JOINING.replace("topics:", "stage: read-both\n    topics:")
                + "  - name: later\n    topics: [{ name: mail, type: NORMAL }]\n";
        source.with("mail", topic(8));
        SavedChangeSet saved = saved(Situations.of(moving, source, destination()));
        assertThat(stale(saved, Situations.of(moving, source, destination()))).isEmpty();
        String edited = "plan shop-to-5x: it was edited after this change set was saved";
        String further = moving.replace("- name: later", "- name: later\n    stage: read-both");
        assertThat(stale(saved, Situations.of(further, source, destination()))).containsExactly(edited);
        String waiving = moving.replace(
                "stage: read-both",
                "stage: read-both\n    waivers:\n"
                        + "      - { check: producers-switched, reason: measured, owner: ann, expires: 2026-11-30 }");
        assertThat(stale(saved, Situations.of(waiving, source, destination()))).containsExactly(edited);
    }

    @Test
    void commentsLayoutAndOrderOfThePlanMayChange() {
        SavedChangeSet saved = saved(Situations.of(PLAN, source, destination()));
        Situation now = Situations.of("""
                # The first wave.
                batches:
                  - groups:
                      - order: "CONCURRENT"
                        name: audit
                    name: all # until May
                    topics:
                      - name: orders
                        type: NORMAL
                """, source, destination());
        assertThat(stale(saved, now)).isEmpty();
    }

    /** Earlier versions wrote no hash of the plan. */
    @Test
    void aChangeSetOfAnEarlierVersionIsComparedObjectByObject() {
        SavedChangeSet saved = saved(Situations.of(PLAN, source, destination()));
        SavedChangeSet earlier =
                new SavedChangeSet("", saved.plan(), Optional.empty(), saved.clusters(), saved.changes());
        Situation now = Situations.of("defaults: { group: { retries: 3 } }\n" + PLAN, source, destination());
        assertThat(stale(earlier, now))
                .containsExactly("group audit: on broker new-a the change set wants retries 16, but the plan or the"
                        + " source was changed and now wants retries 3");
    }

    @Test
    void aBrokerThatHasJoinedSinceFits() {
        SavedChangeSet saved = saved(Situations.of(JOINING, source, destination()));
        assertThat(saved.changes()).anyMatch(Change.RegisterBroker.class::isInstance);
        String after = ((Change.RegisterBroker) saved.changes().get(0)).after();
        ClusterFixture told = source(after);
        assertThat(stale(saved, Situations.of(JOINING, told, destination())))
                .describedAs("told, and not yet listed")
                .isEmpty();
        Situation joined = Situations.of(JOINING, told, destination().nameServer("new:9876", told.build()));
        assertThat(stale(saved, joined)).isEmpty();
    }

    @Test
    void aBrokerWhoseNameServersSomebodyChangedIsStale() {
        SavedChangeSet saved = saved(Situations.of(JOINING, source, destination()));
        assertThat(stale(saved, Situations.of(JOINING, source("10.9.9.9:9876"), destination())))
                .containsExactly("broker old-a: its name servers were 10.0.0.11:9876 and are now 10.9.9.9:9876");
    }

    /** Reviewers have seen a step that keeps the order; the group that consumes in order was seen running only. */
    @Test
    void aFenceThatIsNoLongerPlannedIsStale() {
        String moving = JOINING.replace("topics:", "stage: write-destination\n    topics:");
        ClusterFixture there =
                destination().with("orders", topic(8).withAccess(Access.READ)).nameServer("new:9876", source.build());
        Situation now = Situations.of(moving, source, there);
        PlannedTopic topic = now.scope().topics().get(0);
        Situation orderly = scoped(
                now,
                new Scope(
                        List.of(new PlannedTopic(
                                topic.batch(),
                                topic.topic(),
                                new TreeSet<>(Set.of("audit")),
                                false,
                                Optional.empty(),
                                false)),
                        now.scope().groups(),
                        false));
        assertThat(stale(saved(orderly), now))
                .containsExactly(
                        "topic orders: it was to pass a fence, which keeps its order, and nothing shows now that its"
                                + " order matters");
        assertThat(stale(saved(now), orderly)).isEmpty();
        assertThat(stale(saved(orderly), orderly)).isEmpty();
    }

    /** A topic that comes later is a part of the plan that nobody has reviewed. */
    @Test
    void onlyTheReviewedPartOfThePlanRemains() {
        SavedChangeSet saved = saved(Situations.of(PLAN, source, destination()));
        String more = PLAN.replace(
                "type: NORMAL }", "type: NORMAL }, { name: mail, type: NORMAL }, { name: x, type: NORMAL }");
        source.with("mail", topic(8));
        Situation now = Situations.of(more, source, destination());
        ChangeSet all = Planner.plan(now);
        assertThat(names(all.changes())).containsExactly("audit", "mail", "orders");
        assertThat(all.impossible()).hasSize(1);
        ChangeSet part = saved.narrow(all);
        assertThat(names(part.changes())).containsExactly("audit", "orders");
        assertThat(part.partial()).isTrue();
        assertThat(part.impossible()).isEmpty();
        assertThat(saved.narrow(Planner.plan(Situations.of(PLAN, source, destination())))
                        .partial())
                .isFalse();

        Situation done = Situations.of(
                more, source, destination().with("audit", group(CONCURRENT, 16)).with("mail", topic(8)));
        assertThat(saved.narrow(Planner.plan(done)).unchanged())
                .extracting(Subject::name)
                .containsExactly("audit");
    }

    @Test
    void whatBecameImpossibleOfTheReviewedPartIsKept() {
        SavedChangeSet saved = saved(Situations.of(PLAN, source, destination()));
        Situation now = Situations.of(PLAN, cluster("old", "4.9.7", "old-a").with("orders", topic(8)), destination());
        assertThat(saved.narrow(Planner.plan(now)).impossible())
                .extracting(one -> one.subject().name())
                .containsExactly("audit");
    }

    private static Situation scoped(Situation situation, Scope scope) {
        return new Situation(
                situation.plan(),
                scope,
                situation.source(),
                situation.destination(),
                situation.offsets(),
                situation.queueOffsets(),
                situation.recorded(),
                situation.unfinishedSteps(),
                situation.traffic(),
                situation.readAt());
    }

    private static List<String> names(List<Change> changes) {
        return changes.stream().map(change -> change.subject().name()).toList();
    }

    private static List<String> stale(SavedChangeSet saved, Situation now) {
        return Stale.in(saved, now, Planner.plan(now)).stream()
                .map(one -> one.kind() + " " + one.name() + ": " + one.what())
                .toList();
    }

    private static SavedChangeSet saved(Situation situation) {
        return new SavedChangeSet(
                "",
                "shop-to-5x",
                Optional.of(situation.plan().contentSha256()),
                Map.of(
                        Side.SOURCE,
                        saved(situation, Side.SOURCE),
                        Side.DESTINATION,
                        saved(situation, Side.DESTINATION)),
                Planner.plan(situation).changes());
    }

    private static SavedCluster saved(Situation situation, Side side) {
        return new SavedCluster(
                situation.at(side).cluster(),
                new TreeSet<>(situation.at(side).brokers().keySet()));
    }
}
