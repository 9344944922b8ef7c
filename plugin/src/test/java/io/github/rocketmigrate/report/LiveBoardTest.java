package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.Origin;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A board that somebody watches in a low window: what is wrong stays visible, and what is shown is shown whole. */
final class LiveBoardTest {
    private static final String OLD = "10.0.0.11:9876";
    private static final String NEW = "10.0.1.11:9876";
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final ClusterFixture source = cluster("old", "4.9.7", "old-a")
            .setting("old-a", "namesrvAddr", OLD + ";" + NEW)
            .with("audit", group(CONCURRENT, 16));
    private final ClusterFixture destination =
            cluster("new", "5.5.0", "new-a").nameServer(NEW, source.build()).with("audit", group(CONCURRENT, 16));
    private final TrafficFixture traffic = TrafficFixture.of("stuck")
            .consumes(Side.SOURCE, "stranger", "stuck", "s@1")
            .uses("stranger", "s@1", OLD);
    private final List<String> batches = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private Optional<LeaseNote> lease = Optional.empty();

    @Test
    void aHighWindowShowsEveryRowAndTheLegend() {
        batch("web", 20, "stuck");
        assertThat(page(new WindowScreen(COLUMNS, 60)))
                .anyMatch(line -> line.contains("topic  web-20"))
                .anyMatch(line -> line.startsWith("Backlog: "));
    }

    /** Healthy topics are the majority, and hid the only one that somebody has to look at. */
    @Test
    void aLowWindowShowsProblemsFirstAndCountsTheOthers() {
        batch("mail", 12);
        batch("web", 20, "stuck");
        List<String> page = lowPage();
        assertThat(page).anyMatch(line -> line.matches("  \\d+ more topics at destination"));
        assertThat(page)
                .filteredOn(line -> line.startsWith("  topic"))
                .first()
                .asString()
                .contains("stuck");
        assertThat(String.join(" ", page))
                .containsSubsequence("blocked: groups-planned", " more topics at destination", "mail", "Next: ")
                .doesNotContain("Backlog: unread");
    }

    @Test
    void manyBatchesWithoutAProblemShareALine() {
        batch("web", 2, "stuck");
        for (int i = 1; i <= 30; i++) {
            batch("b" + i, 1);
        }
        assertThat(lowPage()).anyMatch(line -> line.matches("(\\d+) more batches: \\1 topics at destination"));
    }

    /** The page had the names of columns and no row, while consumers of two topics got no new messages. */
    @Test
    void topicsInTheFenceKeepTheirRows() {
        batch("mail", 6);
        batch("web", 6, "stuck");
        fence("orders", "payments");
        lease = Optional.of(LeaseNote.of(Origin.ofThisMachine(), Situations.NOON, new Random(1)));
        List<String> page = page(new WindowScreen(COLUMNS, ROWS));
        assertThat(page).hasSizeLessThan(ROWS);
        assertThat(page)
                .anyMatch(line -> line.startsWith("  topic  orders") && line.contains("■■▨□  in the fence"))
                .anyMatch(line -> line.startsWith("  topic  payments") && line.contains("■■▨□  in the fence"));
        assertThat(page.indexOf(row(page, "orders"))).isLessThan(page.indexOf(row(page, "stuck")));
    }

    /** In the lowest window, the names of columns would stand above nothing. */
    @Test
    void withoutRowsThereIsNoHeader() {
        batch("mail", 6);
        fence("orders", "payments");
        for (int rows = 6; rows <= ROWS; rows++) {
            List<String> page = page(new WindowScreen(COLUMNS, rows));
            boolean hasHeader = page.stream().anyMatch(line -> line.contains("BACKLOG"));
            assertThat(page.stream().anyMatch(line -> line.startsWith("  topic")))
                    .describedAs(String.join("\n", page))
                    .isEqualTo(hasHeader);
        }
    }

    /** Three blocked topics hid whole batches, without a count and with room left. */
    @Test
    void whatHasNoRoomIsCountedInALine() {
        batch("low-risk", 1, "a-stuck", "b-stuck", "c-stuck", "d-stuck");
        batch("mail", 1, "e-stuck", "f-stuck");
        batch("orders", 2, "g-stuck", "h-stuck", "i-stuck");
        for (int rows = 16; rows <= ROWS; rows++) {
            List<String> page = page(new WindowScreen(COLUMNS, rows));
            long shown = page.stream()
                    .filter(line -> line.matches("  (topic|group) .*"))
                    .count();
            long counted = page.stream()
                    .filter(line -> line.matches(".*\\d+ (more )?(topics?|group).*") && !line.startsWith("Plan: "))
                    .filter(line -> !line.contains(" of "))
                    .flatMap(line -> Pattern.compile("(\\d+) (?:more )?(?:topic|group)")
                            .matcher(line)
                            .results())
                    .mapToLong(count -> Long.parseLong(count.group(1)))
                    .sum();
            assertThat(shown + counted).describedAs(String.join("\n", page)).isEqualTo(14);
        }
        assertThat(page(new WindowScreen(COLUMNS, 16)))
                .anyMatch(line -> line.matches("… \\d+ more topics( and 1 more group)? in 3 batches"));
    }

    private static String row(List<String> page, String topic) {
        return page.stream()
                .filter(line -> line.startsWith("  topic  " + topic))
                .findFirst()
                .orElse("");
    }

    /** What the fault says comes first, and the table has the room that is left. */
    @Test
    void aBoardThatIsNotCurrentFitsToo() {
        batch("web", 20, "stuck");
        for (int i = 1; i <= 3; i++) {
            faults.add(new Fault(
                    "Server 10.0.0.1" + i + ":9876 did not answer within 5 s",
                    "Check that it runs, and that this machine may connect to it."));
        }
        assertThat(String.join(" ", lowPage())).contains("Server 10.0.0.13:9876 did not answer", "Next: ");
    }

    private List<String> lowPage() {
        List<String> page = page(new WindowScreen(COLUMNS, ROWS));
        assertThat(page).hasSizeLessThan(ROWS).hasSizeGreaterThan(ROWS / 2).allMatch(line -> line.length() <= COLUMNS);
        assertThat(String.join("\n", page)).doesNotContain("hidden", "\n\n\n");
        return page;
    }

    /** Topics that have arrived, and topics that a group without a plan blocks. */
    private void batch(String name, int arrived, String... stuck) {
        List<String> topics = new ArrayList<>();
        for (int i = 1; i <= arrived; i++) {
            String topic = name + "-" + i;
            source.with(topic, topic(4).withAccess(Access.NONE));
            destination.with(topic, topic(4).withType("NORMAL").withAccess(Access.READ_WRITE));
            topics.add("{ name: " + topic + ", type: NORMAL }");
        }
        for (String topic : stuck) {
            source.with(topic, topic(4));
            destination.with(topic, topic(4).withType("NORMAL").withAccess(Access.READ));
            topics.add("{ name: " + topic + ", type: NORMAL }");
        }
        String groups = batches.isEmpty() ? ", groups: [{ name: audit, order: CONCURRENT }]" : "";
        batches.add("  - { name: " + name + ", stage: destination, topics: [" + String.join(", ", topics) + "]" + groups
                + " }");
    }

    private void fence(String... names) {
        List<String> topics = new ArrayList<>();
        for (String topic : names) {
            source.with(topic, topic(4).withAccess(Access.READ));
            destination.with(topic, topic(4).withType("FIFO").withAccess(Access.WRITE));
            topics.add("{ name: " + topic + ", type: FIFO }");
        }
        batches.add("  - { name: ordered, stage: destination, topics: [" + String.join(", ", topics) + "] }");
    }

    private List<String> page(WindowScreen screen) {
        Situation situation = Situations.withMasters(Situations.of(
                        "traffic: { routing: join }\nbatches:\n" + String.join("\n", batches) + "\n",
                        source,
                        destination))
                .withTraffic(traffic.build());
        StatusReport report = new StatusReport(
                new PlanReport(
                        new Invocation("migration.yaml", Selection.ALL),
                        "cs.json",
                        Assessment.of(situation),
                        List.of(),
                        lease),
                situation.traffic().orElseThrow());
        StatusLook look = new StatusLook(
                Situations.NOON.plusSeconds(20),
                new StatusLook.BoardReading(Optional.of(report), faults.isEmpty(), Optional.empty()),
                faults,
                Optional.empty());
        new LiveBoard(screen, new PlainTerminal(new ArrayList<>()), ZoneOffset.UTC, Duration.ofSeconds(10), false)
                .print(look);
        return screen.page();
    }
}
