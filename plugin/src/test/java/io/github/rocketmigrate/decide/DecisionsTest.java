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
import io.github.rocketmigrate.change.Change.Remove;
import io.github.rocketmigrate.change.Change.SeedOffsets;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.ObjectsToRemove;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole table of decisions: kind of change × purpose × what the checks say → decision.
 *
 * <p>Longer than 300 lines: it is one table, with what its rows are made of.
 */
final class DecisionsTest {
    private static final String TOPIC = "orders";
    private static final String PLAN = """
            traffic: { routing: join }
            batches:
              - name: all
                stage: read-both
                topics: [{ name: orders, type: NORMAL }]
                groups: [{ name: audit, order: CONCURRENT }]
            """;

    /** What is found besides the change itself. */
    enum Found {
        /** All checks have passed. */
        PASSED,
        /** A check of the topic has failed, and somebody has to act. */
        TOPIC_FAILED,
        /** A check of the topic is unknown, and somebody has to act. */
        TOPIC_UNKNOWN,
        /** A check of the topic has failed that an earlier step of ours makes fail. */
        TOPIC_AWAITED,
        /** A check of the topic has failed, and the plan waives it. */
        TOPIC_OVERRULED,
        /** The destination's brokers run different releases. */
        UNSTABLE,
        /** Brokers create topics by themselves. */
        AUTO_CREATE,
        /** A master that earlier runs have seen is absent. */
        MASTER_ABSENT,
        /** A broker of the source has yet to join. */
        JOIN_PENDING,
        /** A broker of the source cannot join. */
        JOIN_IMPOSSIBLE,
        /** Somebody has put the brake on the whole plan. */
        BRAKED
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, textBlock = """
            CHANGE             | PASSED | TOPIC_FAILED | TOPIC_UNKNOWN | TOPIC_AWAITED | TOPIC_OVERRULED | UNSTABLE | AUTO_CREATE | MASTER_ABSENT | JOIN_PENDING | JOIN_IMPOSSIBLE | BRAKED
            CREATE             | Ready  | Ready        | Ready         | Ready         | Ready           | Held     | Ready       | Held          | Ready        | Ready           | Held
            ALIGN              | Ready  | Ready        | Ready         | Ready         | Ready           | Held     | Ready       | Held          | Ready        | Ready           | Held
            CREATE_WITH_TOPIC  | Ready  | Held         | Held          | Ready         | Ready           | Held     | Ready       | Held          | Later        | Held            | Held
            REMOVE             | Ready  | Ready        | Ready         | Ready         | Ready           | Held     | Held        | Held          | Ready        | Ready           | Held
            JOIN               | Ready  | Ready        | Ready         | Ready         | Ready           | Held     | Held        | Held          | Ready        | Ready           | Held
            LEAVE              | Ready  | Ready        | Ready         | Ready         | Ready           | Held     | Ready       | Held          | Later        | Ready           | Held
            SEED               | Ready  | Held         | Held          | Awaited       | Ready           | Held     | Ready       | Held          | Later        | Held            | Held
            LEAVE_SOURCE       | Ready  | Held         | Held          | Awaited       | Ready           | Held     | Ready       | Held          | Later        | Held            | Held
            OPEN_BOTH          | Ready  | Held         | Held          | Awaited       | Ready           | Held     | Ready       | Held          | Later        | Held            | Held
            TO_DESTINATION     | Ready  | Held         | Held          | Awaited       | Ready           | Held     | Ready       | Held          | Later        | Held            | Held
            CLOSE_FENCE        | Ready  | Held         | Held          | Awaited       | Ready           | Held     | Ready       | Held          | Later        | Held            | Held
            END_PAUSE          | Ready  | Held         | Held          | Awaited       | Ready           | Ready    | Ready       | Held          | Later        | Held            | Ready
            OPEN_FENCE         | Ready  | Held         | Held          | Awaited       | Ready           | Ready    | Ready       | Held          | Later        | Held            | Ready
            OPEN_REVERSE_FENCE | Ready  | Held         | Held          | Awaited       | Ready           | Ready    | Ready       | Held          | Later        | Held            | Ready
            LEAVE_BEHIND       | Ready  | Held         | Held          | Awaited       | Ready           | Held     | Ready       | Held          | Later        | Held            | Held
            BACK               | Ready  | Held         | Held          | Awaited       | Ready           | Ready    | Ready       | Held          | Later        | Held            | Ready
            FINISH             | Ready  | Held         | Held          | Awaited       | Ready           | Ready    | Ready       | Held          | Later        | Held            | Ready
            OPEN_SOURCE        | Ready  | Held         | Held          | Awaited       | Ready           | Ready    | Ready       | Held          | Later        | Held            | Ready
            """)
    void everyChangeInEverySituation(
            String change,
            String passed,
            String failed,
            String unknown,
            String awaited,
            String overruled,
            String unstable,
            String autoCreate,
            String absent,
            String pending,
            String impossible,
            String braked) {
        List<String> expected = List.of(
                passed, failed, unknown, awaited, overruled, unstable, autoCreate, absent, pending, impossible, braked);
        List<String> decided = Arrays.stream(Found.values())
                .map(found -> decide(change, found).getClass().getSimpleName())
                .toList();
        assertThat(decided)
                .as("%s in %s", change, Arrays.toString(Found.values()))
                .isEqualTo(expected);
    }

    @Test
    void everyPurposeHasARowInTheTable() {
        assertThat(Arrays.stream(Purpose.values()).map(Purpose::name))
                .containsExactlyInAnyOrder(
                        "WRITE_OBJECTS",
                        "JOIN",
                        "LEAVE_JOIN",
                        "LEAVE_SOURCE",
                        "OPEN_BOTH",
                        "TO_DESTINATION",
                        "CLOSE_FENCE",
                        "END_PAUSE",
                        "OPEN_FENCE",
                        "OPEN_REVERSE_FENCE",
                        "LEAVE_BEHIND",
                        "BACK",
                        "FINISH",
                        "OPEN_SOURCE");
    }

    @ParameterizedTest
    @EnumSource(
            value = Found.class,
            names = {"PASSED", "JOIN_PENDING"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsHeldOrAwaitedSaysWhy(Found found) {
        Decision decision = decide("TO_DESTINATION", found);
        if (decision instanceof Decision.Held || decision instanceof Decision.Awaited) {
            assertThat(decision.reasons())
                    .isNotEmpty()
                    .allSatisfy(reason -> assertThat(reason.words()).isNotBlank());
        }
    }

    @Test
    void aCheckThatNeedsAnotherReadingHoldsAndIsWorthWaitingFor() {
        MoveTopic move = move(Purpose.CLOSE_FENCE);
        Judgement measured = judgement("fence-ready", Optional.of(TOPIC), new Verdict.Unknown("a second look"));
        Decision decision = only(situation(), List.of(move), List.of(measured));
        assertThat(decision).isInstanceOf(Decision.Held.class);
        assertThat(decision.isWorthWaitingFor()).isTrue();
    }

    @Test
    void aCheckThatWaitsForPeopleIsWorthWaitingForThemOnly() {
        Decision decision = decide("TO_DESTINATION", Found.TOPIC_FAILED);
        assertThat(decision.isWorthWaitingFor()).isFalse();
        assertThat(decision.isWaitingForPeople()).isTrue();
        assertThat(decide("TO_DESTINATION", Found.UNSTABLE).isWaitingForPeople())
                .isFalse();
    }

    @Test
    void aTopicThatLeavesTheSourceWaitsForItsGroups() {
        Situation situation = situation(TrafficFixture.of(TOPIC).consumes(SOURCE, "audit", TOPIC, "a@1"));
        List<Change> changes = List.of(create(new TreeSet<>(Set.of(TOPIC))), seed(), move(Purpose.LEAVE_SOURCE));
        assertThat(decide(situation, changes, List.of()))
                .allSatisfy(decision -> assertThat(decision).isInstanceOf(Decision.Awaited.class))
                .allSatisfy(decision ->
                        assertThat(decision.reasons()).singleElement().isInstanceOf(Reason.OfGroups.class));
    }

    @Test
    void settingsComeBeforeAStepAndAfterOneThatCannotWait() {
        List<Change> patient = List.of(align(), move(Purpose.TO_DESTINATION));
        assertThat(decide(situation(), patient, List.of()))
                .extracting(decision -> decision.getClass().getSimpleName())
                .containsExactly("Ready", "Later");
        List<Change> pressed = List.of(align(), move(Purpose.OPEN_FENCE));
        assertThat(decide(situation(), pressed, List.of()))
                .extracting(decision -> decision.getClass().getSimpleName())
                .containsExactly("Later", "Ready");
    }

    @Test
    void anObjectComesWithTheFirstOfItsTopicsThatCanLeave() {
        AlignObject group = create(new TreeSet<>(Set.of(TOPIC, "payments")));
        List<Change> changes = List.of(group, move(Purpose.LEAVE_SOURCE));
        assertThat(decide(situation(), changes, List.of()).get(0)).isInstanceOf(Decision.Ready.class);
    }

    /** Topics need the join until they have arrived; the checks before its end are not due while they move. */
    @Test
    void brokersLeaveTheJoinAfterAllOtherChanges() {
        MoveTopic move = move(Purpose.TO_DESTINATION);
        List<Judgement> absent = List.of(judgement("brokers-present", Optional.empty(), new Verdict.Failed("a", "b")));
        assertThat(decide(situation(), List.of(register(false, "old-a"), move), absent)
                        .get(0))
                .isInstanceOfSatisfying(
                        Decision.Later.class, later -> assertThat(later.after()).isSameAs(move));
    }

    /** What has to be removed comes before the join, and needs the permission of the user. */
    @Test
    void theJoinFollowsRemovals() {
        Situation unused = situation().removing(toRemove(List.of()));
        List<Change> changes = List.of(register(true, "old-a"), remove(), move(Purpose.LEAVE_SOURCE));
        assertThat(names(Decisions.of(unused, changeSet(changes, List.of()), List.of(), true)))
                .containsExactly("Later", "Ready", "Later");
        List<Decision> forbidden = Decisions.of(unused, changeSet(changes, List.of()), List.of(), false);
        assertThat(names(forbidden)).containsExactly("Held", "Held", "Later");
        assertThat(forbidden.get(0).reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.words())
                        .isEqualTo("the removal of 1 topic of this plan from the destination"));
        assertThat(forbidden.get(1).reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.words())
                        .endsWith("Apply with -Dmigrate.removeEmpty=true, which removes it."));
    }

    @Test
    void anObjectInUseIsNotRemovedWhateverTheUserAllows() {
        Situation used = situation().removing(toRemove(List.of("holds 3 messages", "is consumed by 1 client (a@1)")));
        List<Decision> decisions = decide(used, List.of(register(true, "old-a"), remove()), List.of());
        assertThat(names(decisions)).containsExactly("Held", "Held");
        assertThat(decisions.get(1).reasons())
                .singleElement()
                .satisfies(reason -> assertThat(reason.words())
                        .contains("it holds 3 messages; it is consumed by 1 client (a@1). Set routing: client"));
    }

    /** A saved change set may be older than the objects, or edited. */
    @Test
    void theJoinIsHeldIfAChangeSetLacksARemoval() {
        Situation unused = situation().removing(toRemove(List.of()));
        assertThat(names(decide(unused, List.of(register(true, "old-a")), List.of())))
                .containsExactly("Held");
    }

    private static List<String> names(List<Decision> decisions) {
        return decisions.stream()
                .map(decision -> decision.getClass().getSimpleName())
                .toList();
    }

    private Decision decide(String change, Found found) {
        List<Change> changes = new ArrayList<>();
        List<Judgement> judgements = new ArrayList<>();
        List<Impossible> impossible = new ArrayList<>();
        Situation situation = situation();
        switch (found) {
            case PASSED -> judgements.add(judgement("groups-planned", Optional.of(TOPIC), new Verdict.Passed("")));
            case TOPIC_FAILED ->
                judgements.add(judgement("groups-planned", Optional.of(TOPIC), new Verdict.Failed("a", "b")));
            case TOPIC_UNKNOWN ->
                judgements.add(judgement("groups-planned", Optional.of(TOPIC), new Verdict.Unknown("a")));
            case TOPIC_AWAITED ->
                judgements.add(judgement("source-quiet", Optional.of(TOPIC), new Verdict.Failed("a", "b")));
            case TOPIC_OVERRULED ->
                judgements.add(judgement(
                        "source-quiet",
                        Optional.of(TOPIC),
                        new Verdict.Overruled(new Verdict.Failed("a", "b"), "by hand")));
            case UNSTABLE ->
                judgements.add(judgement("destination-stable", Optional.empty(), new Verdict.Failed("a", "b")));
            case AUTO_CREATE ->
                judgements.add(judgement("no-auto-create", Optional.empty(), new Verdict.Failed("a", "b")));
            case MASTER_ABSENT -> {
                situation = Situations.recording(
                        situation,
                        new MigrationRecord(
                                new TreeMap<>(),
                                Map.of(SOURCE, new TreeSet<>(Set.of("gone"))),
                                new TreeSet<>(),
                                false,
                                new TreeSet<>(),
                                1));
                judgements.add(judgement("brokers-present", Optional.empty(), new Verdict.Failed("a", "b")));
            }
            case JOIN_PENDING -> changes.add(register(true, "old-b"));
            case JOIN_IMPOSSIBLE ->
                impossible.add(new Impossible(
                        subject(Subject.Kind.BROKER, "old-b", SOURCE),
                        Impossible.Cause.JOIN_NEEDS_RESTART,
                        "broker old-b reads its name servers at its start only",
                        "Restart it."));
            case BRAKED -> {
                Judgement ofStep = judgement("brake", Optional.of(TOPIC), new Verdict.Failed("a", "b"));
                judgements.add(judgement("brake", Optional.empty(), new Verdict.Failed("a", "b")));
                // Checks that are not due before a step are not judged for it.
                moves(change)
                        .filter(move -> move.rung().purpose().stream()
                                .anyMatch(ofStep.check().before()::contains))
                        .forEach(move -> judgements.add(ofStep));
            }
        }
        List<Change> own = changes(change);
        if (change.equals("REMOVE")) {
            situation = situation.removing(toRemove(List.of()));
        }
        changes.addAll(own);
        List<Decision> decisions = Decisions.of(situation, changeSet(changes, impossible), judgements, true);
        return decisions.stream()
                .filter(decision -> decision.change() == own.get(0))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<MoveTopic> moves(String row) {
        return changes(row).stream().filter(MoveTopic.class::isInstance).map(MoveTopic.class::cast);
    }

    /** The change of a row first, then what it cannot be without. */
    private static List<Change> changes(String row) {
        return switch (row) {
            case "CREATE" -> List.of(create(new TreeSet<>()));
            case "ALIGN" -> List.of(align());
            case "CREATE_WITH_TOPIC" -> List.of(create(new TreeSet<>(Set.of(TOPIC))), move(Purpose.LEAVE_SOURCE));
            case "REMOVE" -> List.of(remove());
            case "JOIN" -> List.of(register(true, "old-a"));
            case "LEAVE" -> List.of(register(false, "old-a"));
            case "SEED" -> List.of(seed(), move(Purpose.TO_DESTINATION));
            default -> List.of(move(Purpose.valueOf(row)));
        };
    }

    private static AlignObject create(SortedSet<String> movers) {
        return AlignObject.create(subject(Subject.Kind.TOPIC, TOPIC, DESTINATION), settings(topic(4)), movers);
    }

    private static AlignObject align() {
        return AlignObject.align(
                subject(Subject.Kind.TOPIC, TOPIC, DESTINATION), settings(topic(4)), settings(topic(8)));
    }

    private static SortedMap<String, TopicSettings> settings(TopicSettings topic) {
        return new TreeMap<>(Map.of("new-a", topic));
    }

    private static Remove remove() {
        return new Remove(
                subject(Subject.Kind.TOPIC, TOPIC, DESTINATION), new TreeMap<>(Map.of("new-a", topic(4))), false);
    }

    private static ObjectsToRemove toRemove(List<String> uses) {
        return new ObjectsToRemove(
                new TreeMap<>(Map.of(
                        TOPIC,
                        new ObjectsToRemove.ObjectToRemove(
                                new TreeMap<>(Map.of("new-a", topic(4))), false, false, uses))),
                new TreeMap<>());
    }

    private static SeedOffsets seed() {
        return new SeedOffsets(
                subject(Subject.Kind.TOPIC, TOPIC, DESTINATION),
                DESTINATION,
                new TreeMap<>(Map.of("audit", new TreeMap<>(Map.of(new QueueKey("new-a", 0), 0L)))));
    }

    private static RegisterBroker register(boolean joins, String broker) {
        return new RegisterBroker(
                subject(Subject.Kind.BROKER, broker, SOURCE), "10.0.0.21:10911", "10.0.0.11:9876", "both", joins);
    }

    private static MoveTopic move(Purpose purpose) {
        Rung.AccessChange write = new Rung.AccessChange(DESTINATION, Access.READ_WRITE);
        Rung rung = switch (purpose) {
            case END_PAUSE, OPEN_FENCE -> new Rung.Wait(SOURCE, write, purpose);
            case OPEN_REVERSE_FENCE ->
                new Rung.Wait(DESTINATION, new Rung.AccessChange(SOURCE, Access.READ_WRITE), purpose);
            default -> new Rung.Writes(List.of(write), purpose);
        };
        return new MoveTopic(
                subject(Subject.Kind.TOPIC, TOPIC, DESTINATION),
                Standing.of(Pair.of(Stage.READ_BOTH)),
                rung,
                Stage.DESTINATION);
    }

    private static Subject subject(Subject.Kind kind, String name, Side side) {
        return new Subject(kind, name, side, Optional.of("all"), Optional.empty());
    }

    private static Judgement judgement(String check, Optional<String> topic, Verdict verdict) {
        return new Judgement(CheckRegistry.of(check).orElseThrow(), topic, verdict);
    }

    private static ChangeSet changeSet(List<Change> changes, List<Impossible> impossible) {
        return new ChangeSet("shop-to-5x", false, changes, impossible, List.of(), Map.of());
    }

    private static List<Decision> decide(Situation situation, List<Change> changes, List<Judgement> judgements) {
        return Decisions.of(situation, changeSet(changes, List.of()), judgements, true);
    }

    private static Decision only(Situation situation, List<Change> changes, List<Judgement> judgements) {
        return decide(situation, changes, judgements).get(0);
    }

    private static Situation situation() {
        return situation(TrafficFixture.of(TOPIC));
    }

    private static Situation situation(TrafficFixture traffic) {
        return Situations.of(
                        PLAN, cluster("old", "4.9.7", "old-a").with(TOPIC, topic(4)), cluster("new", "5.5.0", "new-a"))
                .withTraffic(traffic.build());
    }
}
