package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static io.github.rocketmigrate.model.ConsumeOrder.ORDERLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.ObjectsToRemove;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.plan.PlanRevision;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.text.DisplayWidth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Compares the complete output of every writer for the same plans.
 *
 * <p>After an intended change, run {@code mvn test -Dtest=GoldenPlanTest -Dgolden.update=true} to rewrite the files,
 * and review their difference before you commit it.
 *
 * <p>Longer than 300 lines: every case goes through every writer.
 */
final class GoldenPlanTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden/plan");
    static final Provenance PROVENANCE = new Provenance(
            "0.1.0",
            Situations.NOON,
            new PlanRevision(
                    Optional.of("5ebf4c1d".repeat(8)), Optional.of("0123456789abcdef0123456789abcdef01234567"), false),
            Optional.of("https://ci.example/runs/7"),
            Optional.of("https://ci.example/shop/blob/0123456/migration.yaml"),
            false);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<Case, Assessment> ASSESSED = new ConcurrentHashMap<>();

    @TempDir
    Path output;

    /** Plans with the clusters that they are compared with. */
    enum Case {
        METADATA {
            @Override
            Situation situation() {
                ClusterFixture source = cluster("old", "4.9.7", "old-a", "old-b")
                        .with("user-events", topic(8))
                        .with("page-views", topic(8))
                        .with("invoices", topic(4))
                        .with("order-events", topic(4))
                        .with("payments", topic(4).withAccess(Access.READ))
                        .with("forgotten", topic(4))
                        .with("audit", group(CONCURRENT, 16))
                        .with("fulfilment", group(CONCURRENT, 16))
                        .with("a-group-with-a-rather-long-name-that-fills-its-column", group(CONCURRENT, 5));
                ClusterFixture destination = cluster("new", "5.5.0", "new-a", "new-b")
                        .with("page-views", topic(8))
                        .with("new-b", "invoices", topic(2).withType("DELAY"))
                        .with("order-events", topic(4))
                        .with("payments", topic(4).withType("TRANSACTION"))
                        .with("new-a", "fulfilment", group(ORDERLY, 16))
                        .with("new-b", "fulfilment", group(ORDERLY, 3))
                        .with("not-ours", topic(4))
                        .with("audit", topic(1));
                QueueOffsets held = new QueueOffsets(
                        Map.of("order-events", Map.of(new QueueKey("new-a", 0), new QueueOffsets.QueueRange(0, 12))));
                return Situations.of(
                        Plans.plan("""
                                batches:
                                  - name: low-risk
                                    owner: team-platform
                                    topics:
                                      - { name: user-events, type: NORMAL }
                                      - { name: page-views, type: NORMAL }
                                      - { name: invoices, type: DELAY }
                                    groups:
                                      - { name: audit, order: CONCURRENT }
                                      - { name: a-group-with-a-rather-long-name-that-fills-its-column, order: ORDERLY }
                                  - name: orders
                                    topics:
                                      - { name: order-events, type: FIFO }
                                      - { name: payments, type: TRANSACTION }
                                      - { name: paymentz, type: TRANSACTION }
                                    groups:
                                      - { name: fulfilment, order: ORDERLY, retries: 3 }
                                """),
                        Selection.ALL,
                        source.build(),
                        destination.build(),
                        ConsumerOffsets.NONE,
                        held);
            }
        },
        STAGES {
            @Override
            Selection selection() {
                return Selection.of("low-risk,orders", null, null);
            }

            @Override
            Situation situation() {
                ClusterFixture source = cluster("old", "4.9.7", "old-a", "old-b")
                        .setting("old-a", "namesrvAddr", "10.0.0.11:9876;new:9876")
                        .setting("old-b", "namesrvAddr", "10.0.0.11:9876")
                        .setting("old-b", "autoCreateTopicEnable", "true")
                        .with("user-events", topic(8))
                        .with("page-views", topic(8))
                        .with("order-events", topic(4).withAccess(Access.READ))
                        .with("invoices", topic(4))
                        .with("audit", group(CONCURRENT, 16))
                        .with("fulfilment", group(CONCURRENT, 16));
                ClusterFixture joined = cluster("old", "4.9.7", "old-a");
                ClusterFixture destination = cluster("new", "5.5.0", "new-a")
                        .nameServer("10.0.1.11:9876", joined.build())
                        .with("order-events", topic(4).withType("FIFO").withAccess(Access.WRITE))
                        .with("invoices", topic(4).withType("DELAY").withAccess(Access.WRITE))
                        .with("fulfilment", group(ORDERLY, 16));
                ConsumerOffsets progress = new ConsumerOffsets(Map.of(
                        "audit", Map.of("user-events", Map.of(new QueueKey("old-a", 0), 7L)),
                        "fulfilment", Map.of("order-events", Map.of(new QueueKey("old-a", 0), 7L))));
                return Situations.leftByRuns(Situations.of(
                        Plans.plan("""
                                traffic: { routing: join }
                                batches:
                                  - name: low-risk
                                    stage: read-both
                                    topics:
                                      - { name: user-events, type: NORMAL }
                                      - { name: page-views, type: NORMAL }
                                    groups:
                                      - { name: audit, order: CONCURRENT }
                                    waivers:
                                      - check: no-auto-create
                                        reason: The old cluster creates topics until it is switched off
                                        owner: team-platform
                                        expires: 2026-12-31
                                  - name: orders
                                    stage: write-destination
                                    topics:
                                      - { name: order-events, type: FIFO }
                                      - { name: invoices, type: DELAY, stage: source }
                                    groups:
                                      - { name: fulfilment, order: ORDERLY }
                                """),
                        selection(),
                        source.build(),
                        destination.build(),
                        progress,
                        QueueOffsets.NONE));
            }
        },
        /** Joined clusters: one topic can leave the source, one is held by two teams, and one enters its fence. */
        MOVES {
            @Override
            Situation situation() {
                ClusterFixture source = cluster("old", "4.9.7", "old-a")
                        .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                        .with("clicks", topic(4))
                        .with("views", topic(4))
                        .with("orders", topic(4))
                        .with("counter", group(CONCURRENT, 16))
                        .with("mailer", group(CONCURRENT, 16))
                        .with("audit", group(CONCURRENT, 16))
                        .with("billing", group(ORDERLY, 16));
                ClusterFixture destination = cluster("new", "5.5.0", "new-a")
                        .nameServer("10.0.1.11:9876", source.build())
                        .with("counter", group(CONCURRENT, 16))
                        .with("%RETRY%counter", topic(1))
                        .with("mailer", group(CONCURRENT, 16))
                        .with("audit", group(CONCURRENT, 16))
                        .with("billing", group(ORDERLY, 16))
                        .with("orders", topic(4).withType("FIFO").withAccess(Access.READ));
                RecordedObject orders = new RecordedObject(
                        Optional.of(Stage.READ_BOTH),
                        SettingsHash.topic(destination.build().topic("orders")),
                        Ownership.CREATED,
                        Optional.of(Situations.NOON.minus(Duration.ofHours(76))),
                        Optional.empty());
                TrafficFixture traffic = TrafficFixture.of("clicks", "views", "orders")
                        .consumes(Side.SOURCE, "counter", "clicks", "c@1", "c@2")
                        .consumes(Side.DESTINATION, "counter", "clicks", "c@1", "c@2")
                        .isKnownTo(Side.DESTINATION, "counter", "c@1", "new-a")
                        .isKnownTo(Side.DESTINATION, "counter", "c@2", "new-a")
                        .uses("counter", "c@1", "10.0.1.11:9876")
                        .uses("counter", "c@2", "10.0.1.11:9876")
                        .consumes(Side.SOURCE, "mailer", "views", "m@1", "m@2")
                        .uses("mailer", "m@1", "10.0.0.11:9876")
                        .uses("mailer", "m@2", "10.0.1.11:9876")
                        .subscribes(Side.SOURCE, "audit", "views")
                        .consumes(Side.SOURCE, "billing", "orders", "b@1")
                        .uses("billing", "b@1", "10.0.1.11:9876")
                        .takes("billing", "b@1", "orders", "old-a", 7, 0, 1, 2, 3)
                        .takes("billing", "b@1", "orders", "new-a", 0, 0, 1, 2, 3)
                        .queue(Side.SOURCE, "orders", "old-a", 0, 0, 7)
                        .offset(Side.SOURCE, "billing", "orders", "old-a", 0, 7);
                return Situations.of("""
                                traffic: { routing: join }
                                batches:
                                  - name: web
                                    stage: read-both
                                    owner: team-web
                                    topics:
                                      - { name: clicks, type: NORMAL }
                                      - { name: views, type: NORMAL, queues: 8 }
                                    groups:
                                      - { name: counter, order: CONCURRENT }
                                      - { name: mailer, order: CONCURRENT }
                                  - name: back-office
                                    stage: destination
                                    owner: team-finance
                                    topics:
                                      - { name: orders, type: FIFO }
                                    groups:
                                      - { name: audit, order: CONCURRENT }
                                      - { name: billing, order: ORDERLY }
                                """, source, destination)
                        .withTraffic(traffic.build())
                        .withRecorded(new MigrationRecord(
                                new TreeMap<>(Map.of(
                                        "back-office",
                                        new RecordedBatch(
                                                1, new TreeMap<>(Map.of(SettingsHash.topicKey("orders"), orders))))),
                                Map.of(),
                                new TreeSet<>(),
                                false,
                                new TreeSet<>(),
                                1));
            }
        },
        /** A plan gets traffic after it created its objects; one topic is in use since. */
        REMOVE {
            @Override
            Situation situation() {
                ClusterFixture source = cluster("old", "4.9.7", "old-a")
                        .setting("old-a", "namesrvAddr", "10.0.0.11:9876")
                        .with("user-events", topic(8))
                        .with("page-views", topic(8))
                        .with("audit", group(CONCURRENT, 16));
                Situation situation = Situations.of("""
                        traffic: { routing: join }
                        batches:
                          - name: low-risk
                            stage: read-both
                            topics:
                              - { name: user-events, type: NORMAL }
                              - { name: page-views, type: NORMAL }
                            groups:
                              - { name: audit, order: CONCURRENT }
                        """, source, cluster("new", "5.5.0", "new-a"));
                return situation.removing(new ObjectsToRemove(
                        new TreeMap<>(Map.of(
                                "user-events", toRemove(topic(8), List.of()),
                                "page-views",
                                        toRemove(
                                                topic(8),
                                                List.of("holds 3 messages", "is consumed by 1 client (10.0.9.1@7)")))),
                        new TreeMap<>(Map.of("audit", toRemove(group(CONCURRENT, 16), List.of())))));
            }

            private static ObjectsToRemove.ObjectToRemove toRemove(ObjectSettings settings, List<String> uses) {
                return new ObjectsToRemove.ObjectToRemove(new TreeMap<>(Map.of("new-a", settings)), false, false, uses);
            }
        },
        /** Two batches before the first leaves the source, with a group that consumes topics of both. */
        CUT {
            @Override
            Situation situation() {
                ClusterFixture source = cluster("old", "4.9.7", "old-a")
                        .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                        .with("clicks", topic(4))
                        .with("orders", topic(4))
                        .with("audit", group(CONCURRENT, 16));
                return Situations.of(
                        Plans.plan("""
                                traffic: { routing: join }
                                batches:
                                  - name: web
                                    topics:
                                      - { name: clicks, type: NORMAL }
                                    groups:
                                      - { name: audit, order: CONCURRENT }
                                  - name: shop
                                    topics:
                                      - { name: orders, type: NORMAL }
                                """),
                        Selection.ALL,
                        source.build(),
                        cluster("new", "5.5.0", "new-a")
                                .nameServer("10.0.1.11:9876", source.build())
                                .build(),
                        new ConsumerOffsets(Map.of(
                                "audit",
                                Map.of(
                                        "clicks", Map.of(new QueueKey("old-a", 0), 7L),
                                        "orders", Map.of(new QueueKey("old-a", 0), 7L)))),
                        QueueOffsets.NONE);
            }
        },
        CLEAN {
            @Override
            Situation situation() {
                return Situations.of(
                        "batches: [{ name: all, topics: [{ name: user-events, type: NORMAL }] }]\n",
                        cluster("old", "5.1.4", "old-a").with("user-events", topic(8)),
                        cluster("new", "5.5.0", "new-a").with("user-events", topic(8)));
            }
        },
        MANY {
            @Override
            Situation situation() {
                ClusterFixture source = cluster("old", "4.9.7", "old-a");
                ClusterFixture destination = cluster("new", "5.5.0", "new-a");
                StringBuilder lines = new StringBuilder("batches:\n  - name: all\n    topics:\n");
                for (int i = 0; i < TOPICS_OF_MANY; i++) {
                    String name = "topic-" + i;
                    lines.append("      - { name: ").append(name).append(", type: NORMAL }\n");
                    if (isAtTheSource(i)) {
                        source.with(name, topic(8));
                    }
                    if (isAtTheDestination(i)) {
                        destination.with(name, topic(4));
                    }
                }
                lines.append("    groups: [{ name: audit, order: CONCURRENT }]\n");
                return Situations.of(lines.toString(), source.with("audit", GroupSettings.DEFAULT), destination);
            }
        };

        static final int TOPICS_OF_MANY = 5_000;

        static boolean isAtTheSource(int number) {
            return number % 100 != 0;
        }

        static boolean isAtTheDestination(int number) {
            return number % 3 == 0;
        }

        abstract Situation situation();

        Selection selection() {
            return Selection.ALL;
        }

        /** Made once, however many tests look at it. */
        Assessment assessment() {
            return ASSESSED.computeIfAbsent(this, one -> Assessment.of(one.situation()));
        }

        PlanReport report() {
            Assessment assessment = assessment();
            return new PlanReport(
                    new Invocation("migration.yaml", selection()).with(FencePolicy.USUAL.routePoll()),
                    "target/migrate/change-set.json",
                    assessment,
                    assessment.changes().partial()
                            ? List.of("The source's name server 10.0.0.12:9876 lists nothing for broker old-b.")
                            : List.of());
        }
    }

    @ParameterizedTest
    @EnumSource
    void inATerminal(Case one) throws IOException {
        for (int columns : List.of(80, 120)) {
            int width = columns - (80 - PlainTerminal.NARROW);
            List<String> lines = new ArrayList<>();
            boolean all = one == Case.METADATA;
            new PlanText(new PlainTerminal(width, lines), all, all).print(one.report());
            String printed = String.join("\n", lines) + "\n";
            matchesGolden(one, columns + ".txt", printed);
            assertThat(printed).doesNotContain("\u001b");
            assertThat(lines)
                    .filteredOn(line -> DisplayWidth.of(line) > width)
                    .describedAs("only commands and addresses are longer than the terminal is wide")
                    .allMatch(line -> line.strip().startsWith("mvn ")
                            || line.strip().startsWith("mqadmin ")
                            || line.contains("= help: http"));
            assertThat(lines).hasSizeLessThan(150);
        }
    }

    @ParameterizedTest
    @EnumSource
    void asAComment(Case one) throws IOException {
        String comment = PlanMarkdown.text(one.report(), PROVENANCE);
        assertThat(comment).hasSizeLessThan(65_536);
        assertThat(comment.split("<details>", -1)).hasSameSizeAs(comment.split("</details>", -1));
        assertThat(comment)
                .describedAs("a shortened page has its next step, too")
                .contains("\nNext: ");
        if (one != Case.MANY) {
            matchesGolden(one, "md", comment);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forPipelines(Case one) throws Exception {
        PlanReport report = one.report();
        new ResultFile(PROVENANCE).write(output, report.result());
        fits("result-1.json", output.resolve("result.json"));
        new JUnitFile(PROVENANCE).write(output, PlanReport.GOAL, report.tests(), Situations.NOON.plusMillis(1_250));
        if (one != Case.MANY) {
            matchesGolden(one, "result.json", Files.readString(output.resolve("result.json"), UTF_8));
            matchesGolden(one, "xml", Files.readString(output.resolve("TEST-migrate-plan.xml"), UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource
    void asAChangeSet(Case one) throws Exception {
        String text = one.assessment().changeSetText(PROVENANCE.revision());
        fits("change-set-2.json", Files.writeString(output.resolve("change-set.json"), text));
        if (one == Case.MANY) {
            holdsEachOfMany(JSON.readTree(text).path("changes"));
        } else {
            matchesGolden(one, "change-set.json", text);
        }
    }

    /** A reviewer of the file sees which changes nobody can apply yet, and why. */
    @ParameterizedTest
    @EnumSource
    void aChangeSetSaysWhatHoldsEachChange(Case one) throws Exception {
        Set<String> held = new TreeSet<>();
        JSON.readTree(one.assessment().changeSetText(PROVENANCE.revision()))
                .path("changes")
                .forEach(change -> {
                    if (change.has("heldBy")) {
                        held.add(change.path("name").asText());
                    }
                });
        PlanReport report = one.report();
        Set<String> blocked = new TreeSet<>();
        report.changes().changes().stream()
                .filter(report::isHeld)
                .forEach(change -> blocked.add(change.subject().name()));
        assertThat(held).isEqualTo(blocked);
    }

    /** Where people read a few of thousands and a count, an apply needs them all. */
    private static void holdsEachOfMany(JsonNode changes) {
        Map<String, List<String>> expected = new TreeMap<>(Map.of("create-group", List.of("audit")));
        for (int i = 0; i < Case.TOPICS_OF_MANY; i++) {
            if (Case.isAtTheSource(i)) {
                String kind = Case.isAtTheDestination(i) ? "align-topic" : "create-topic";
                expected.computeIfAbsent(kind, key -> new ArrayList<>()).add("topic-" + i);
            }
        }
        Map<String, List<String>> written = new TreeMap<>();
        changes.forEach(change -> written.computeIfAbsent(change.path("kind").asText(), key -> new ArrayList<>())
                .add(change.path("name").asText()));
        assertThat(written.keySet()).isEqualTo(expected.keySet());
        expected.forEach((kind, names) ->
                assertThat(written.get(kind)).describedAs(kind).containsExactlyInAnyOrderElementsOf(names));
    }

    /** The board of a plan, with a backlog and a client where the case has none. */
    static StatusReport board(PlanReport plan) {
        ConsumerOffsets progress =
                new ConsumerOffsets(Map.of("audit", Map.of("user-events", Map.of(new QueueKey("old-a", 0), 1_200L))));
        QueueOffsets ranges = new QueueOffsets(Map.of(
                "user-events",
                Map.of(new QueueKey("old-a", 0), new QueueOffsets.QueueRange(0, 3_400)),
                "page-views",
                Map.of()));
        Clients clients = new Clients(
                Map.of(
                        "audit",
                        new Clients.ConsumerGroup(
                                false,
                                Optional.of(Clients.ConsumeMode.PUSH),
                                new TreeSet<>(Set.of("user-events")),
                                new TreeMap<>(Map.of(
                                        "1",
                                        new Clients.GroupMember(
                                                new Clients.Client("1", "10.0.0.9:1", "JAVA", "4.9.7"),
                                                new TreeSet<>(Set.of("old-a"))))))),
                Optional.empty());
        Traffic shown = Traffic.shown(
                Situations.NOON,
                Map.of(
                        Side.SOURCE, ClusterTraffic.of(progress, ranges, clients),
                        Side.DESTINATION, ClusterTraffic.of(ConsumerOffsets.NONE, QueueOffsets.NONE, Clients.NONE)));
        return new StatusReport(plan, plan.situation().traffic().orElse(shown));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANY")
    void asABoard(Case one) throws Exception {
        StatusReport report = board(one.report());
        for (int columns : List.of(80, 120)) {
            int width = columns - (80 - PlainTerminal.NARROW);
            List<String> lines = new ArrayList<>();
            new StatusText(new PlainTerminal(width, lines), false).print(report);
            matchesGolden(one, "status." + columns + ".txt", String.join("\n", lines) + "\n");
            assertThat(lines)
                    .filteredOn(line -> DisplayWidth.of(line) > width)
                    .describedAs("only commands and addresses are longer than the terminal is wide")
                    .allMatch(line -> line.strip().startsWith("mvn ")
                            || line.strip().startsWith("mqadmin ")
                            || line.contains("= help: http"));
        }
        new ResultFile(PROVENANCE).write(output, report.result(), report.rows());
        fits("result-1.json", output.resolve("result.json"));
    }

    /** Text of a plan cannot add lines, colors or markup to the terminal, the comment or the test report. */
    @Test
    void textOfAPlanIsEscapedEverywhere() throws Exception {
        Situation situation = Situations.of(
                """
                batches:
                  - name: "all\\n[INFO] of it"
                    owner: "team\\n\\n## Injected ![i](http://evil/x.png) \\e[31m\\n[INFO] Plan: 0 to create"
                    topics: [{ name: user-events, type: NORMAL }]
                """, cluster("old", "4.9.7", "old-a").with("user-events", topic(8)), cluster("new", "5.5.0", "new-a"));
        ChangeSet changes = Planner.plan(situation);
        PlanReport report = new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "cs.json",
                Assessment.of(situation, changes, List.of()),
                List.of());
        List<String> lines = new ArrayList<>();
        new PlanText(new PlainTerminal(lines), false, false).print(report);
        assertThat(lines).noneMatch(line -> line.contains("\n") || line.contains("\u001b"));
        assertThat(PlanMarkdown.text(report, PROVENANCE))
                .contains("\\#\\# Injected !\\[i\\](http")
                .doesNotContain("\n## ");
        new JUnitFile(PROVENANCE)
                .write(
                        output,
                        "plan",
                        List.of(JUnitFile.Case.failed(
                                "a\u0001", "t", "b\u001b[31m", new FailureText("b\u001b[31m").fix("c\u0001 ]]> <d>"))),
                        Situations.NOON);
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(output.resolve("TEST-migrate-plan.xml").toFile())
                        .getDocumentElement()
                        .getAttribute("failures"))
                .isEqualTo("1");
    }

    /** A merge request names no command for a laptop: the pipeline plans and applies. */
    @Test
    void aBlockedMergeRequestSaysWhatThePipelineDoes() {
        Provenance review = new Provenance(
                "0.1.0", Situations.NOON, PlanRevision.UNKNOWN, Optional.empty(), Optional.empty(), true);
        assertThat(PlanMarkdown.text(Case.MOVES.report(), review))
                .endsWith("Next: do what is listed under 'To do'; the pipeline plans again for each commit, and applies"
                        + " what is not blocked after the merge.\n");
    }

    @Test
    void appendsToAStepSummary() throws IOException {
        Path page = Files.writeString(output.resolve("summary.md"), "# Build\n");
        PlanMarkdown.append(page, Case.CLEAN.report(), PROVENANCE);
        assertThat(Files.readString(page)).startsWith("# Build\n### Migration plan `shop-to-5x`: clean");
    }

    private static void matchesGolden(Case one, String kind, String text) throws IOException {
        Path golden = FOLDER.resolve(one.name().toLowerCase(Locale.ROOT) + "." + kind);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, text, UTF_8);
        }
        assertThat(text)
                .as("%s; after an intended change, run this test with -Dgolden.update=true and review the diff", golden)
                .isEqualTo(Files.readString(golden, UTF_8));
    }

    private static void fits(String schema, Path file) throws IOException {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(JSON.readTree(Path.of("../schema", schema).toFile()))
                        .validate(JSON.readTree(file.toFile())))
                .isEmpty();
    }

    @Test
    void everyGoldenFileBelongsToACase() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("\\..*", "")))
                    .isSubsetOf("metadata", "stages", "moves", "remove", "cut", "clean", "many");
        }
    }
}
