package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.rocketmigrate.assess.RowSeverity;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.AssessmentComparison.EarlierAssessment;
import io.github.rocketmigrate.report.AssessmentReport;
import io.github.rocketmigrate.report.AssessmentText;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.PlainTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The goal {@code assess} over clusters in memory.
 *
 * <p>After an intended change, run {@code mvn test -Dtest=AssessTest -Dgolden.update=true} to rewrite the files, and review
 * their difference before you commit it.
 */
final class AssessTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/assess");
    private static final String PLANNED = """
            batches:
              - name: all
                topics:
                  - { name: clicks, type: NORMAL }
                  - { name: orders, type: NORMAL }
                groups:
                  - { name: audit, order: ORDERLY }
            """;

    @TempDir
    private Path folder;

    private final MemoryNetwork network = DiscoveredShop.network();
    private final List<String> progress = new ArrayList<>();

    private MigrationPlan plan() {
        network.cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a");
        network.broker(Side.SOURCE, "old-a").setting("fileReservedTime", "72");
        network.broker(Side.DESTINATION, "new-a").setting("fileReservedTime", "48");
        return Plans.plan(PLANNED);
    }

    private AssessmentReport assess(MigrationPlan plan, Optional<StoredCluster> files) {
        return assess(plan, files, Optional.empty());
    }

    private AssessmentReport assess(
            MigrationPlan plan, Optional<StoredCluster> files, Optional<EarlierAssessment> earlier) {
        return new Assess(
                        (side, unused) -> network.reader(side),
                        files,
                        Set.of(RowSeverity.BLOCKER),
                        earlier,
                        network.timing(),
                        Duration.ofSeconds(30),
                        Goals.outputs(folder),
                        progress::add)
                .run(new Invocation("migration.yaml", Selection.ALL), plan, shown -> {});
    }

    private static String printed(AssessmentReport report, boolean details) {
        List<String> lines = new ArrayList<>();
        new AssessmentText(new PlainTerminal(lines), details).print(report);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(PlainTerminal.NARROW));
        return String.join("\n", lines) + "\n";
    }

    private JsonNode rows() throws IOException {
        JsonNode root =
                new ObjectMapper().readTree(folder.resolve("assessment.json").toFile());
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(new ObjectMapper()
                                .readTree(Path.of("../schema/assessment-1.json").toFile()))
                        .validate(root))
                .isEmpty();
        return root.path("rows");
    }

    private Map<String, String> states() throws IOException {
        return StreamSupport.stream(rows().spliterator(), false)
                .collect(toMap(
                        row -> row.path("id").asText(), row -> row.path("state").asText()));
    }

    @Test
    void theReportSaysWhatWasFoundAndWhatToDo() throws IOException {
        AssessmentReport report = assess(plan(), Optional.empty());
        matchesGolden("shop.txt", printed(report, false));
        matchesGolden("shop-details.txt", printed(report, true));
        assertThat(report.outcome()).isEqualTo(Outcome.BLOCKED);
        assertThat(report.fails()).isTrue();
        assertThat(report.verdict()).contains("RMA-201");
        assertThat(states())
                .containsEntry("RMA-201", "fired")
                .containsEntry("RMA-301", "fired")
                .containsEntry("RMA-102", "not-fired")
                .containsEntry("RMA-119", "not-measurable");
        assertThat(progress)
                .containsExactly(
                        "Reading the topics and groups of the source…",
                        "Reading the clients of 3 groups…",
                        "Sampling the newest messages of 4 topics…",
                        "Observing the load of the source for 30 s…",
                        "Reading the destination…");
    }

    @Test
    void pipelinesGetFiles() throws IOException {
        AssessmentReport report = assess(plan(), Optional.empty());
        assertThat(folder.resolve("TEST-migrate-assess.xml"))
                .content()
                .contains("RMA-201 Message types", "type=\"blocker\"", "<skipped message=");
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("result-assess.json").toFile())
                        .path("counts")
                        .path("rows")
                        .asInt())
                .isEqualTo(report.rows().size());
        String page = Files.readString(folder.resolve("assessment.md"), UTF_8);
        matchesGolden("shop.md", page);
    }

    @Test
    void aDestinationThatDoesNotAnswerIsOneBlockerAndNotTheEnd() throws IOException {
        MigrationPlan plan = plan();
        network.reachable("10.0.1.11:9876", false);
        AssessmentReport report = assess(plan, Optional.empty());
        assertThat(report.fails()).isTrue();
        assertThat(states())
                .containsEntry("RMA-101", "fired")
                .containsEntry("RMA-103", "not-measurable")
                .containsEntry("RMA-102", "not-fired")
                .containsEntry("RMA-216", "not-fired");
        assertThat(printed(report, false)).contains("→ destination not read");
    }

    /** Nothing was examined: a build that fails on no row must not pass. */
    @Test
    void twoClustersThatDoNotAnswerAreAnError() {
        MigrationPlan plan = plan();
        network.reachable("10.0.0.11:9876", false);
        network.reachable("10.0.1.11:9876", false);
        assertThatThrownBy(() -> assess(plan, Optional.empty()))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("No cluster could be read: source: ");
    }

    @Test
    void filesOfTheSourceAreEnoughForItsNames() throws IOException {
        network.cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a");
        network.topic(Side.DESTINATION, "clicks", ClusterFixture.topic(4));
        network.group(Side.DESTINATION, "ledger", GroupSettings.DEFAULT);
        Path old = Files.createDirectory(folder.resolve("old"));
        Files.writeString(old.resolve("topics.json"), """
                {"topicConfigTable":{"clicks":{"perm":6,"readQueueNums":4,"writeQueueNums":4}}}
                """, UTF_8);
        Files.writeString(old.resolve("subscriptionGroup.json"), """
                {"subscriptionGroupTable":{"audit":{"groupName":"audit","retryMaxTimes":5}}}
                """, UTF_8);
        AssessmentReport report =
                assess(Plans.plan(PLANNED), Optional.of(StoredCluster.read(Map.of("old", old), OptionalInt.empty())));
        assertThat(states())
                .containsEntry("RMA-215", "fired")
                .containsEntry("RMA-211", "not-fired")
                .containsEntry("RMA-201", "not-measurable")
                .containsEntry("RMA-306", "not-measurable");
        assertThat(report.fails()).describedAs("clicks is in both").isTrue();
    }

    @Test
    void aManagedDestinationIsComparedByItsProfile() throws IOException {
        MigrationPlan plan = Plans.whole("""
                version: 1
                name: shop-to-cloud
                source: { nameServers: ["10.0.0.11:9876"] }
                destination: { nameServers: ["cloud:9876"], profile: apsaramq-standard }
                """ + PLANNED);
        assess(plan, Optional.empty());
        assertThat(states())
                .containsEntry("RMA-101", "not-measurable")
                .containsEntry("RMA-213", "not-measurable")
                .containsEntry("RMA-211", "not-fired");
    }

    @Test
    void anEarlierExaminationShowsWhatIsNewGoneAndChanged() throws IOException {
        MigrationPlan plan = plan();
        assess(plan, Optional.empty());
        Path before = Files.copy(folder.resolve("assessment.json"), folder.resolve("before.json"));
        network.broker(Side.DESTINATION, "new-a").setting("fileReservedTime", "72");
        network.broker(Side.SOURCE, "old-a").setting("autoCreateTopicEnable", "true");
        network.topic(Side.SOURCE, "newcomer", ClusterFixture.topic(4));
        AssessmentReport report =
                assess(plan, Optional.empty(), Optional.of(EarlierAssessment.read(before, "before.json")));
        assertThat(printed(report, false)).contains("""
                Since before.json
                  + new  RMA-110 Automatic creation: not-fired → risk: the source's
                         broker old-a has autoCreateTopicEnable=true
                  - gone  RMA-120 Retention: risk: source 72 h, destination 48 h →
                          not-fired
                  ~ changed  RMA-214 Unused topics: note: 2 topics of 4: clicks,
                             reminders → note: 3 topics of 5: clicks, newcomer, reminders
                """);
        assertThat(rows()).describedAs("the file fits its schema").isNotEmpty();
        assertThat(Files.readString(folder.resolve("assessment.md"), UTF_8)).contains("- gone: RMA-120 Retention");
        EarlierAssessment same = EarlierAssessment.read(folder.resolve("assessment.json"), "same.json");
        assertThat(printed(assess(plan, Optional.empty(), Optional.of(same)), false))
                .contains("Since same.json\n  nothing has changed");
    }

    @Test
    void anEarlierExaminationThatIsNoneIsRefused() throws IOException {
        Path other = Files.writeString(folder.resolve("other.json"), "{}", UTF_8);
        assertThatThrownBy(() -> EarlierAssessment.read(other, "other.json"))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.assess.earlier=other.json has no rows.");
        assertThatThrownBy(() -> EarlierAssessment.read(folder.resolve("none.json"), "none.json"))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.assess.earlier=none.json does not exist.");
    }

    private static void matchesGolden(String name, String text) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text, UTF_8);
        }
        assertThat(text).isEqualTo(Files.readString(golden, UTF_8));
    }
}
