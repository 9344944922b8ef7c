package io.github.rocketmigrate.decide;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Why changes are not made now, who can change that, and whom it does not concern. */
final class HeldChangesTest {
    private static final String PLAN = """
            traffic: { routing: join }
            batches:
              - name: all
                stage: destination
                topics: [{ name: mail, type: NORMAL }, { name: orders, type: NORMAL }]
                groups: [{ name: audit, order: CONCURRENT }]
            """;

    private static final Judgement UNPLANNED_GROUP =
            judgement("groups-planned", Optional.of("mail"), "group x is not in the plan");
    private static final Judgement STILL_BUSY =
            judgement("source-quiet", Optional.of("mail"), "3 messages arrived just now");
    private static final Judgement UPDATE = judgement("destination-stable", Optional.empty(), "two versions run");

    @Test
    void aReadyChangeWaitsForNobody() {
        Decision ready =
                decide(List.of(move("mail", Purpose.OPEN_BOTH)), List.of()).get(0);
        assertThat(ready).isInstanceOf(Decision.Ready.class);
        assertThat(ready.reasons()).isEmpty();
        assertThat(ready.isWorthWaitingFor()).isFalse();
        assertThat(ready.isWaitingForPeople()).isFalse();
    }

    @Test
    void whatOurOwnStepCausedEndsByItself() {
        Decision awaited = decide(List.of(move("mail", Purpose.LEAVE_BEHIND)), List.of(), STILL_BUSY)
                .get(0);
        assertThat(awaited).isInstanceOf(Decision.Awaited.class);
        assertThat(awaited.isWorthWaitingFor()).isTrue();
        assertThat(awaited.isWaitingForPeople()).isFalse();
    }

    @Test
    void allReasonsOfATopicAreNamed() {
        Decision held = decide(List.of(move("mail", Purpose.LEAVE_BEHIND)), List.of(), STILL_BUSY, UNPLANNED_GROUP)
                .get(0);
        assertThat(held).isInstanceOf(Decision.Held.class);
        assertThat(Reason.words(held.reasons()))
                .isEqualTo("source-quiet: 3 messages arrived just now; groups-planned: group x is not in the plan");
        assertThat(held.isWorthWaitingFor())
                .describedAs("one of the reasons stays")
                .isFalse();
        assertThat(held.isWaitingForPeople()).isTrue();
    }

    /** A report names such a reason once, and not at each of a thousand topics. */
    @Test
    void aReasonOfBothClustersIsNotAboutTheTopicItself() {
        List<Change> changes = List.of(move("mail", Purpose.OPEN_BOTH));
        assertThat(held(changes, UPDATE).hasOwnReason()).isFalse();
        assertThat(held(changes, UPDATE, UNPLANNED_GROUP).hasOwnReason()).isTrue();
        assertThat(held(List.of(join()), judgement("no-auto-create", Optional.empty(), "old-a creates topics"))
                        .hasOwnReason())
                .isTrue();
    }

    @Test
    void aTopicIsHeldByItsOwnChecksOnly() {
        List<Change> changes = List.of(move("mail", Purpose.OPEN_BOTH), move("orders", Purpose.OPEN_BOTH));
        assertThat(names(decide(changes, List.of(), UNPLANNED_GROUP))).containsExactly("Held", "Ready");
    }

    @Test
    void aTopicThatCannotMoveHoldsNoOther() {
        List<Change> changes = List.of(join(), move("orders", Purpose.OPEN_BOTH));
        List<Impossible> impossible = List.of(
                impossible(Subject.Kind.TOPIC, "mail", Impossible.Cause.FOREIGN_STATE),
                impossible(Subject.Kind.TOPIC, "mail", Impossible.Cause.QUEUES_IN_USE));
        assertThat(names(decide(changes, impossible))).containsExactly("Ready", "Later");
    }

    @Test
    void aJoinThatIsImpossibleNeedsPeople() {
        List<Impossible> impossible =
                List.of(impossible(Subject.Kind.BROKER, "old-b", Impossible.Cause.JOIN_NEEDS_RESTART));
        Decision held =
                decide(List.of(move("mail", Purpose.OPEN_BOTH)), impossible).get(0);
        assertThat(Reason.words(held.reasons())).isEqualTo("old-b cannot be changed");
        assertThat(held.isWorthWaitingFor()).isFalse();
        assertThat(((Decision.Held) held).hasOwnReason()).isTrue();
    }

    /** The group stays away as long as none of its topics leaves, and comes with the first that does. */
    @Test
    void aGroupComesWithWhicheverOfItsTopicsLeavesFirst() {
        AlignObject group = AlignObject.create(
                new Subject(Subject.Kind.GROUP, "audit", DESTINATION, Optional.of("all"), Optional.empty()),
                new TreeMap<>(Map.of("new-a", topic(1))),
                new TreeSet<>(List.of("mail", "orders")));
        List<Change> mailOnly = List.of(group, move("mail", Purpose.LEAVE_SOURCE));
        List<Impossible> noOrders = List.of(impossible(Subject.Kind.TOPIC, "orders", Impossible.Cause.FOREIGN_STATE));
        Decision stays = decide(mailOnly, noOrders, UNPLANNED_GROUP).get(0);
        assertThat(stays).isInstanceOf(Decision.Held.class);
        assertThat(Reason.words(stays.reasons())).isEqualTo("groups-planned: group x is not in the plan");

        List<Change> both = List.of(group, move("mail", Purpose.LEAVE_SOURCE), move("orders", Purpose.LEAVE_SOURCE));
        assertThat(decide(both, List.of(), UNPLANNED_GROUP).get(0)).isInstanceOf(Decision.Ready.class);
    }

    /** Groups are complete before a topic appears at the destination; later steps do not ask for them again. */
    @Test
    void onlyATopicThatLeavesTheSourceWaitsForGroups() {
        TrafficFixture traffic = TrafficFixture.of("mail").consumes(SOURCE, "audit", "mail", "a@1");
        Situation situation = situation(traffic);
        for (Purpose purpose : Purpose.values()) {
            Decision decision = Decisions.of(
                            situation, changeSet(List.of(move("mail", purpose)), List.of()), List.of(), false)
                    .get(0);
            assertThat(decision.getClass().getSimpleName())
                    .describedAs("%s", purpose)
                    .isEqualTo(purpose == Purpose.LEAVE_SOURCE ? "Awaited" : "Ready");
            if (decision instanceof Decision.Awaited) {
                assertThat(Reason.words(decision.reasons())).contains("group audit");
            }
        }
    }

    private static Decision.Held held(List<Change> changes, Judgement... judgements) {
        Decision decision = decide(changes, List.of(), judgements).get(0);
        assertThat(decision).isInstanceOf(Decision.Held.class);
        return (Decision.Held) decision;
    }

    private static List<String> names(List<Decision> decisions) {
        return decisions.stream()
                .map(decision -> decision.getClass().getSimpleName())
                .toList();
    }

    private static List<Decision> decide(List<Change> changes, List<Impossible> impossible, Judgement... judgements) {
        return Decisions.of(
                situation(TrafficFixture.of("mail", "orders")),
                changeSet(changes, impossible),
                Arrays.asList(judgements),
                false);
    }

    private static Situation situation(TrafficFixture traffic) {
        return Situations.of(
                        PLAN,
                        cluster("old", "4.9.7", "old-a").with("mail", topic(4)).with("orders", topic(4)),
                        cluster("new", "5.5.0", "new-a"))
                .withTraffic(traffic.build());
    }

    private static MoveTopic move(String topic, Purpose purpose) {
        return new MoveTopic(
                subject(Subject.Kind.TOPIC, topic),
                Standing.of(Pair.of(Stage.READ_BOTH)),
                new Rung.Writes(List.of(new Rung.AccessChange(DESTINATION, Access.READ_WRITE)), purpose),
                Stage.DESTINATION);
    }

    private static RegisterBroker join() {
        return new RegisterBroker(
                subject(Subject.Kind.BROKER, "old-a"), "10.0.0.21:10911", "10.0.0.11:9876", "both", true);
    }

    private static Impossible impossible(Subject.Kind kind, String name, Impossible.Cause reason) {
        return new Impossible(subject(kind, name), reason, name + " cannot be changed", "Look at it.");
    }

    private static Subject subject(Subject.Kind kind, String name) {
        return new Subject(kind, name, DESTINATION, Optional.of("all"), Optional.empty());
    }

    private static Judgement judgement(String check, Optional<String> topic, String what) {
        return new Judgement(CheckRegistry.of(check).orElseThrow(), topic, new Verdict.Failed(what, "Fix it."));
    }

    private static ChangeSet changeSet(List<Change> changes, List<Impossible> impossible) {
        return new ChangeSet("shop-to-5x", false, changes, impossible, List.of(), Map.of());
    }
}
