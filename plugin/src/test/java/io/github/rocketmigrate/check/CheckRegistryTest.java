package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.record.MigrationRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which checks there are, and before what each of them has to pass. */
final class CheckRegistryTest {
    private static final String PLAN =
            "batches: [{ name: all, topics: [{ name: user-events, type: NORMAL }, { name: mail, type: NORMAL }] }]\n";

    /** Columns are purposes in the order of the enum, marked where the check is due. */
    private static final String DUE = """
                                     objects join leave-join leave-source open-both to-destination close-fence end-pause open-fence open-reverse leave-behind back finish open-source
            brake                       x     x       x          x            x           x             x          .          .          .             x        .     .     .
            freeze                      .     x       x          x            x           x             x          .          .          .             x        .     .     .
            soak                        .     .       .          .            x           x             x          .          .          .             x        .     .     .
            broker-names-distinct       .     x       .          .            .           .             .          .          .          .             .        .     .     .
            cluster-names-distinct      .     x       .          .            .           .             .          .          .          .             .        .     .     .
            zones-match                 .     x       .          .            .           .             .          .          .          .             .        .     .     .
            destination-clean           .     x       .          .            .           .             .          .          .          .             .        .     .     .
            client-compatible           .     x       .          .            .           .             .          .          .          .             .        .     .     .
            no-auto-create              .     x       .          .            .           .             .          .          .          .             .        .     .     .
            name-servers-planned        .     x       x          x            x           x             x          .          .          .             x        .     .     .
            record-of-this-plan         x     x       x          x            x           x             x          .          .          .             x        .     .     .
            brokers-present             .     .       x          x            x           x             x          x          x          x             x        x     x     .
            destination-stable          x     x       x          x            x           x             x          .          .          .             x        .     .     .
            groups-planned              .     .       .          x            x           x             x          .          .          .             x        .     .     .
            consumers-switched          .     .       .          x            x           x             x          .          .          .             x        .     .     .
            queues-assigned             .     .       .          .            x           x             x          .          .          .             .        x     .     .
            producers-switched          .     .       .          .            x           x             x          .          .          .             .        .     .     .
            order-matches               .     .       .          x            .           .             .          .          .          .             .        .     .     .
            type-matches                .     .       .          x            .           .             .          .          .          .             .        .     .     .
            features-fit                .     .       .          x            .           .             .          .          .          .             .        .     .     .
            no-grpc-clients             .     .       .          x            x           x             x          .          .          .             .        .     .     .
            fence-ready                 .     .       .          .            .           .             x          .          .          .             .        .     .     .
            source-quiet                .     .       .          .            .           .             .          x          x          x             x        .     .     .
            source-drained              .     .       .          .            .           .             .          .          x          x             x        .     .     .
            source-closed               .     .       x          .            .           .             .          .          .          .             .        .     .     .
            nothing-stranded            .     .       .          .            .           .             .          .          .          .             .        x     .     .
            nothing-left-behind         .     .       x          .            .           .             .          .          .          .             .        .     .     .
            """;

    private static final Rung FENCE = new Rung.Writes(
            List.of(
                    new Rung.AccessChange(Side.SOURCE, Access.READ),
                    new Rung.AccessChange(Side.DESTINATION, Access.WRITE)),
            Purpose.CLOSE_FENCE);
    private static final Rung LAST =
            new Rung.Writes(List.of(new Rung.AccessChange(Side.SOURCE, Access.NONE)), Purpose.LEAVE_BEHIND);
    private static final Rung HOME =
            new Rung.Writes(List.of(new Rung.AccessChange(Side.DESTINATION, Access.NONE)), Purpose.BACK);
    private static final Rung STILL_READABLE =
            new Rung.Writes(List.of(new Rung.AccessChange(Side.DESTINATION, Access.READ)), Purpose.BACK);

    private final Situation situation = Situations.of(
            PLAN, cluster("old", "4.9.7", "old-a").with("user-events", topic(8)), cluster("new", "5.5.0", "new-a"));

    @Test
    void eachCheckIsDueBeforeItsPurposesInTheOrderOfReports() {
        String found = CheckRegistry.all().stream()
                .map(check -> Stream.concat(
                                Stream.of(check.name()),
                                Arrays.stream(Purpose.values())
                                        .map(purpose -> check.before().contains(purpose) ? "x" : "."))
                        .collect(joining(" ")))
                .collect(joining("\n"));
        String expected = DUE.lines()
                .skip(1)
                .map(line -> String.join(" ", line.strip().split(" +", -1)))
                .collect(joining("\n"));
        assertThat(found)
                .as("each check needs a row in DUE, in the order of CheckRegistry")
                .isEqualTo(expected);
    }

    @Test
    void aTopicIsJudgedByWhatIsDueBeforeItsStepAndByNothingWhereItHasArrived() {
        Checks checks = new Checks(situation);
        assertThat(checks.ofTopic(situation.scope().topics().get(0), FENCE))
                .extracting(judgement -> judgement.check().name())
                .containsExactly(
                        "name-servers-planned",
                        "record-of-this-plan",
                        "brokers-present",
                        "destination-stable",
                        "groups-planned",
                        "consumers-switched",
                        "queues-assigned",
                        "producers-switched",
                        "no-grpc-clients",
                        "fence-ready");
        assertThat(checks.ofTopic(situation.scope().topics().get(0), new Rung.Arrived()))
                .isEmpty();
    }

    @Test
    void clustersAreJudgedByWhatIsDueBeforeEitherOfTwoPurposes() {
        assertThat(new Checks(situation).ofClusters(Set.of(Purpose.WRITE_OBJECTS, Purpose.JOIN)))
                .extracting(judgement -> judgement.check().name())
                .containsExactly(
                        "broker-names-distinct",
                        "cluster-names-distinct",
                        "zones-match",
                        "destination-clean",
                        "client-compatible",
                        "no-auto-create",
                        "name-servers-planned",
                        "record-of-this-plan",
                        "destination-stable");
    }

    @Test
    void anAbsentMasterIsToldWhateverIsPlanned() {
        assertThat(new Checks(situation).ofClusters(Set.of())).isEmpty();
        Situation absent = Situations.recording(
                situation,
                new MigrationRecord(
                        new TreeMap<>(),
                        new EnumMap<>(Map.of(Side.SOURCE, new TreeSet<>(Set.of("old-b")))),
                        new TreeSet<>(),
                        false,
                        new TreeSet<>(),
                        1));
        assertThat(new Checks(absent).ofClusters(Set.of()))
                .extracting(judgement -> judgement.check().name())
                .containsExactly("brokers-present");
    }

    /** {@code validate} refuses a waiver with names that its check never reports. */
    @Test
    void onlySomeChecksReportGroupsOrTopicsToAWaiver() {
        assertThat(waivable().flatMap(check -> check.waiverNamesOfGroups().stream()))
                .containsExactly(
                        "soak",
                        "consumers-switched",
                        "queues-assigned",
                        "order-matches",
                        "features-fit",
                        "features-fit:sql-filter",
                        "source-drained",
                        "nothing-stranded",
                        "nothing-left-behind");
        assertThat(waivable().filter(check -> !check.judgesTopics()).map(Check::name))
                .containsExactly(
                        "cluster-names-distinct",
                        "zones-match",
                        "client-compatible",
                        "no-auto-create",
                        "nothing-left-behind");
    }

    private static Stream<Check> waivable() {
        return CheckRegistry.all().stream().filter(Check::isWaivable);
    }

    @Test
    void everyCheckSaysWhenItPasses() {
        assertThat(CheckRegistry.all()).noneMatch(check -> check.passesWhen().isBlank());
    }

    @Test
    void everyCheckIsDueBeforeSomething() {
        assertThat(CheckRegistry.all()).noneMatch(check -> check.before().isEmpty());
    }

    @Test
    void onlyWhatOurOwnStepsCauseEndsByItself() {
        assertThat(endingByThemselves(FENCE)).containsExactly("queues-assigned");
        assertThat(endingByThemselves(LAST)).containsExactly("source-quiet", "source-drained");
        assertThat(endingByThemselves(HOME)).containsExactly("nothing-stranded");
        assertThat(endingByThemselves(STILL_READABLE)).isEmpty();
    }

    private static List<String> endingByThemselves(Rung rung) {
        return CheckRegistry.all().stream()
                .filter(check -> check.before().contains(rung.purpose().orElseThrow()))
                .filter(check -> check.endsByItself(rung))
                .map(Check::name)
                .toList();
    }

    @Test
    void onlyWhatChangesWithoutAnybodysHelpTakesAnotherLook() {
        Verdict unknown = new Verdict.Unknown("a second look shows more");
        assertThat(CheckRegistry.all().stream()
                        .filter(check -> check.needsAnotherLook(unknown))
                        .map(Check::name))
                .containsExactly("soak", "producers-switched", "fence-ready");
        assertThat(CheckRegistry.all())
                .noneMatch(check -> check.needsAnotherLook(new Verdict.Failed("too slow", "Wait.")));
    }

    /** A plan takes 10 s longer for it. */
    @Test
    void onlyTheSpeedOfGroupsIsTheDifferenceOfTwoReadings() {
        assertThat(CheckRegistry.all().stream().filter(Check::comparesReadings).map(Check::name))
                .containsExactly("soak", "fence-ready");
    }

    /** Checks of what clusters show hold a begun step too: finishing it may lose messages. */
    @Test
    void onlyTheWishesOfPeopleLetABegunStepPass() {
        assertThat(CheckListsTest.checks().stream()
                        .filter(check -> !check.holdsBegunSteps())
                        .map(Check::name))
                .containsExactly("brake", "freeze", "soak", "gate:NAME");
    }

    @Test
    void onlyWhatAFenceWaitsForIsOverruled() {
        List<String> overruled = new ArrayList<>();
        CheckRegistry.all().stream().filter(Check::canBeOverruled).forEach(check -> overruled.add(check.name()));
        assertThat(overruled).containsExactly("source-quiet", "source-drained");
    }
}
