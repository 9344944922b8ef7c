package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static io.github.rocketmigrate.observe.TrafficFixture.due;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a board leaves out to remain short, and what it does in a narrow terminal.
 *
 * <p>Longer than 300 lines: the cases share their clusters.
 */
final class StatusTextTest {
    private static final String OLD = "10.0.0.11:9876";
    private static final String NEW = "10.0.1.11:9876";

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a")
            .setting("old-a", "namesrvAddr", OLD + ";" + NEW)
            .with("views", topic(4))
            .with("orders", topic(4).withAccess(Access.READ))
            .with("audit", group(CONCURRENT, 16));
    private final ClusterFixture destination = cluster("new", "5.5.0", "new-a")
            .nameServer(NEW, source.build())
            .with("audit", group(CONCURRENT, 16))
            .with("orders", topic(4).withType("NORMAL").withAccess(Access.READ_WRITE));
    private TrafficFixture traffic = TrafficFixture.of("views")
            .consumes(Side.SOURCE, "stranger", "views", "s@1")
            .uses("stranger", "s@1", OLD);
    private String groups = "{ name: audit, order: CONCURRENT }";

    @Test
    void aShortenedBoardSaysHowToSeeAll() {
        assertThat(text(200, false))
                .contains("blocked: groups-planned, consumers-switched, source-quiet and 1 more")
                .contains("This board is shortened; -Dmigrate.details=true names everything.");
        assertThat(text(200, true))
                .contains("blocked: groups-planned, consumers-switched, source-quiet, source-drained")
                .doesNotContain("This board is shortened");
    }

    /** A zero among the clients did not say that nobody reads what is unread. */
    @Test
    void aGroupWithoutClientsIsOfflineWhileItsMessagesAreUnread() {
        traffic = TrafficFixture.of("orders", "views")
                .queue(Side.SOURCE, "orders", "old-a", 0, 0, 12)
                .offset(Side.SOURCE, "audit", "orders", "old-a", 0, 5);
        assertThat(lines(80, false))
                .anyMatch(line -> line.matches("  topic  orders .* 7 / \\? +offline"))
                .anyMatch(line -> line.matches("  group  audit .* 7 / \\? +offline"))
                .contains("Offline: no client is connected, and messages are unread.");
        traffic.consumes(Side.SOURCE, "audit", "orders", "a@1");
        assertThat(text(80, false).toLowerCase(Locale.ROOT)).doesNotContain("offline");
    }

    /** One sign stood for an object that is not there and for messages that nobody can count. */
    @Test
    void aBacklogThatIsUnknownDoesNotLookLikeAnObjectThatIsMissing() {
        assertThat(lines(80, false))
                .anyMatch(line -> line.matches("  topic  views .* \\? / – .*"))
                .anyMatch(line -> line.matches("  topic  orders .* \\? / \\? .*"))
                .contains("Backlog –: not in that cluster; ?: unknown (no offsets, for example).");
    }

    /** Row and estimate had different times for the same message. */
    @Test
    void theBoardSaysOnceWhenDelayedMessagesAreDue() {
        traffic = TrafficFixture.of("orders")
                .queue(Side.SOURCE, "orders", "old-a", 0, 0, 0)
                .keeps(Side.SOURCE, HeldKind.DELAYED, due("orders", 3, Situations.NOON.plus(Duration.ofHours(2))))
                .then(Duration.ofMinutes(2));
        assertThat(text(200, false))
                .containsOnlyOnce("at 14:00 UTC (in 1 h 58 min)")
                .doesNotContain("(in 2 h)", "is due at");
    }

    /** Nobody can copy or search half a name. */
    @Test
    void stagesAreShortenedBeforeNames() {
        String name = "order-fulfilment-audit";
        groups += ", { name: " + name + ", order: CONCURRENT }";
        source.with(name, group(CONCURRENT, 16));
        destination.with(name, group(CONCURRENT, 16));
        traffic.queue(Side.SOURCE, "orders", "old-a", 0, 0, 12_345)
                .offset(Side.SOURCE, name, "orders", "old-a", 0, 5)
                .consumes(Side.SOURCE, name, "orders", "a@1", "a@2")
                .uses(name, "a@1", OLD)
                .uses(name, "a@2", NEW);
        assertThat(lines(PlainTerminal.NARROW, false))
                .anyMatch(line -> line.matches("  group  " + name + " .*12,340 / \\?"))
                .anyMatch(line -> line.matches("  topic  orders +■■■□  write-dest\\. +12,340 / \\?"))
                .contains("      clients: 1 old, 1 new")
                .allMatch(line -> line.length() <= PlainTerminal.NARROW);
        assertThat(text(200, false)).contains("write-destination").doesNotContain("write-dest.");
    }

    /** A blocked board sent its reader to another goal for every fix. */
    @Test
    void aBlockedBoardNamesWhatToDo() {
        assertThat(text(200, false))
                .containsSubsequence(
                        "To do",
                        "  - team-web (views): ",
                        "Add it to groups, or to ignoredGroups if nobody runs it.",
                        "Next: see what to do, and for whom:",
                        "  mvn migrate:plan");
    }

    @Test
    void aBoardNamesSomeOldClientsAndWithDetailsAll() {
        for (int i = 1; i <= 4; i++) {
            traffic.consumes(Side.SOURCE, "audit", "orders", "a@" + i).uses("audit", "a@" + i, OLD);
        }
        assertThat(text(400, false)).contains("a@3 (from a:4711, uses 10.0.0.11:9876) and 1 more.");
        assertThat(text(400, true)).contains("a@4 (from a:4711, uses 10.0.0.11:9876).");
    }

    @Test
    void clientsGoBelowTheRowsOfATableThatIsTooWide() {
        String[] ids = IntStream.range(0, 30).mapToObj(i -> "a@" + i).toArray(String[]::new);
        traffic.consumes(Side.SOURCE, "audit", "orders", ids)
                .queue(Side.SOURCE, "orders", "old-a", 0, 0, 12_345_678)
                .offset(Side.SOURCE, "audit", "orders", "old-a", 0, 0)
                .queue(Side.DESTINATION, "orders", "new-a", 0, 0, 12_345_678)
                .offset(Side.DESTINATION, "audit", "orders", "new-a", 0, 0);
        IntStream.range(0, 10).forEach(i -> traffic.uses("audit", ids[i], OLD));
        IntStream.range(10, 20).forEach(i -> traffic.uses("audit", ids[i], NEW));
        List<String> narrow = lines(PlainTerminal.NARROW, false);
        assertThat(narrow).contains("      clients: 10 old, 10 new, 10 ?; wanted: destination; blocked:");
        assertThat(narrow).noneMatch(line -> line.contains("CLIENTS"));
        assertThat(narrow).allMatch(line -> line.length() <= PlainTerminal.NARROW);
        assertThat(text(150, false)).contains("CLIENTS").doesNotContain("clients: 10 old");
    }

    @Test
    void namesHaveTheRoomThatTheirStateDoesNotNeed() {
        String name = "user-events-audit";
        groups += ", { name: " + name + ", order: CONCURRENT }";
        source.with(name, group(CONCURRENT, 16));
        destination.with(name, group(CONCURRENT, 16));
        traffic.consumes(Side.SOURCE, name, "orders", "a@1").uses(name, "a@1", OLD);
        assertThat(lines(PlainTerminal.NARROW, false))
                .contains("Defined: exists at the destination.")
                .anyMatch(line -> line.matches("  group  " + name + " +defined +\\? / \\? +1 old"));
    }

    /** A group's backlog of topics that stay would never become zero. */
    @Test
    void theBacklogOfAGroupCountsPlannedTopicsOnly() {
        traffic = TrafficFixture.of("orders")
                .queue(Side.SOURCE, "orders", "old-a", 0, 0, 12)
                .offset(Side.SOURCE, "audit", "orders", "old-a", 0, 5)
                .queue(Side.SOURCE, "elsewhere", "old-a", 0, 0, 1_000)
                .offset(Side.SOURCE, "audit", "elsewhere", "old-a", 0, 0);
        assertThat(lines(200, false))
                .filteredOn(line -> line.contains("group  audit"))
                .singleElement()
                .asString()
                .contains("7 / ")
                .doesNotContain("1,007");
    }

    /** Somebody compares the board with the one of five minutes ago. */
    @Test
    void aTopicKeepsItsPlaceOnTheBoardWhenItHasArrived() {
        List<String> lines = lines(200, false);
        destination.with("views", topic(4).withType("NORMAL").withAccess(Access.READ));
        assertThat(lines(200, false)).noneMatch(line -> line.contains("topic  views") && line.contains("to move"));
        assertThat(order(lines(200, false))).isEqualTo(order(lines)).containsExactly("views", "orders", "audit");
    }

    /** A line that begins with an arrow looks like a part of something else. */
    @Test
    void clustersWithLongNamesHaveALineEach() {
        List<String> lines = new ArrayList<>();
        new ClusterRoute("rocketmq-production-eu (4.9.7, 2 brokers)", "rocketmq-production-eu-5x (5.5.0, 4 brokers)")
                .print(new Layout(new PlainTerminal(lines)), "shop-to-5x", text -> text);
        assertThat(lines)
                .containsExactly(
                        "shop-to-5x: rocketmq-production-eu (4.9.7, 2 brokers) →",
                        "            rocketmq-production-eu-5x (5.5.0, 4 brokers)");
    }

    private static List<String> order(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("  topic") || line.startsWith("  group"))
                .map(line -> line.strip().split(" +", -1)[1])
                .toList();
    }

    /** Otherwise nobody sees why a topic without a backlog does not move. */
    @Test
    void delayedMessagesStandBesideTheirTopicAndNameTheCheckThatLastsLongest() {
        traffic = TrafficFixture.of("orders")
                .queue(Side.SOURCE, "orders", "old-a", 0, 0, 0)
                .keeps(Side.SOURCE, HeldKind.DELAYED, due("orders", 3, Situations.NOON.plus(Duration.ofHours(2))));
        assertThat(text(200, false))
                .contains("3 delayed messages at the source, the last due at 14:00 UTC (in 2 h); to move, waits for"
                        + " source-drained, source-quiet");
    }

    /** Otherwise a topic whose consumers get nothing looks like one that has no backlog. */
    @Test
    void aTopicInTheFenceIsMarkedAndSaidBelowTheTable() {
        source.with("orders", topic(4).withAccess(Access.READ));
        destination.with("orders", topic(4).withType("NORMAL").withAccess(Access.WRITE));
        assertThat(lines(80, false))
                .anyMatch(line -> line.startsWith("  topic  orders  ■■▨□  in the fence"))
                .containsSubsequence(
                        "orders is in the fence: consumers get no new messages until the source is quiet",
                        "and consumed.",
                        "  = help: https://rocketmigrate.github.io/going-back.html#in-the-fence");
        source.with("orders", topic(4).withAccess(Access.WRITE));
        destination.with("orders", topic(4).withType("NORMAL").withAccess(Access.READ));
        assertThat(text(200, false))
                .contains("■■▨□  in the reverse fence")
                .contains("orders is in the reverse fence: consumers get no new messages until the destination is quiet"
                        + " and consumed.");
    }

    /** The board named a stage that the plan does not have, while a step was half made. */
    @Test
    void aTopicBetweenTwoStagesIsShownBetweenThem() {
        source.with("orders", topic(4));
        assertThat(text(200, false))
                .contains("■■□□  read-both → write-destination")
                .doesNotContain("□  write-both");
    }

    /** A board with {@code Old clients: 0 of 2} named nobody who had to switch, while an old producer blocked the step. */
    @Test
    void producersThatHaveToSwitchAreNamedWithTheirOwner() {
        Judgement old = new Judgement(
                CheckRegistry.of("producers-switched").orElseThrow(),
                Optional.of("views"),
                new Verdict.Failed("1 of 2 producers is connected to the source only: p@1", "Restart it."));
        assertThat(text(200, false, List.of(old)))
                .contains("Producers to switch")
                .contains("- views (team-web): 1 of 2 producers is connected to the source only: p@1. Restart it.")
                .containsOnlyOnce("p@1");
    }

    /** Of four tasks, a board without a window named three and counted the last. */
    @Test
    void onlyAWindowHasRoomForTheFirstTasksAlone() {
        List<Judgement> four = Stream.of("1", "2", "3", "4")
                .map(number -> new Judgement(
                        CheckRegistry.of("consumers-switched").orElseThrow(),
                        Optional.of("views"),
                        new Verdict.Failed("client " + number + " is old", "Restart it.")))
                .toList();
        assertThat(text(200, false, four)).contains("client 4 is old").doesNotContain("and 1 more");
    }

    /** A batch that is as planned must not look as if nothing had moved. */
    @Test
    void aBatchCountsTheTopicsThatAreWhereThePlanWantsThem() {
        assertThat(text(200, false)).contains("web  team-web  0 of 2 topics at their planned stages");
        destination.with("views", topic(4).withType("NORMAL").withAccess(Access.READ));
        assertThat(text(200, false)).contains("web  team-web  1 of 2 topics at their planned stages");
    }

    /** The notice stood on every refresh, although all had done it. */
    @Test
    void theNewNameServersAreNoNewsOnceAllClientsHaveSwitched() {
        traffic.consumes(Side.SOURCE, "audit", "orders", "a@1").uses("audit", "a@1", NEW);
        assertThat(text(200, false)).contains("Old clients: 0 of 1.").doesNotContain("Joined: applications can now");
        traffic.consumes(Side.SOURCE, "audit", "orders", "a@2").uses("audit", "a@2", OLD);
        assertThat(text(200, false)).contains("Old clients: 1 of 2.").contains("Joined: applications can now");
    }

    private String text(int width, boolean details) {
        return String.join("\n", lines(width, details));
    }

    private List<String> lines(int width, boolean details) {
        return lines(width, details, List.of());
    }

    private String text(int width, boolean details, List<Judgement> found) {
        return String.join("\n", lines(width, details, found));
    }

    private List<String> lines(int width, boolean details, List<Judgement> found) {
        Situation situation = Situations.withMasters(Situations.of("""
                        traffic: { routing: join }
                        batches:
                          - name: web
                            owner: team-web
                            stage: destination
                            topics:
                              - { name: views, type: NORMAL, stage: read-both }
                              - { name: orders, type: NORMAL }
                            groups: [%s]
                        """.formatted(groups), source, destination))
                .withTraffic(traffic.build());
        PlanReport plan = new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "cs.json",
                found.isEmpty() ? Assessment.of(situation) : Assessment.of(situation, Planner.plan(situation), found),
                List.of());
        List<String> lines = new ArrayList<>();
        new StatusText(new PlainTerminal(width, lines), details)
                .print(new StatusReport(plan, situation.traffic().orElseThrow()));
        return lines;
    }
}
