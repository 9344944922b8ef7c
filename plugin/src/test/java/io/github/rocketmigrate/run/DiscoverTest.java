package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.discover.BatchSplit;
import io.github.rocketmigrate.discover.ClusterAddress;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.PlanRevision;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.report.DiscoveryText;
import io.github.rocketmigrate.report.PlainTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The goal {@code discover} over a cluster in memory.
 *
 * <p>After an intended change, run {@code mvn test -Dtest=DiscoverTest -Dgolden.update=true} to rewrite the files, and
 * review their difference before you commit it.
 */
final class DiscoverTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/discover");

    @TempDir
    private Path folder;

    private final MemoryNetwork network = DiscoveredShop.network();
    private final List<String> progress = new ArrayList<>();

    private static ClusterAddress address(String... nameServers) {
        return new ClusterAddress(
                List.of(nameServers), "from a test", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Path file() {
        return folder.resolve("migration.yaml");
    }

    private DiscoveryReport discover(boolean mayOverwrite, Selection selection, ClusterAddress source) {
        return discover().run(newPlan(mayOverwrite, source), selection);
    }

    private Discover discover() {
        return new Discover(
                plan -> network.reader(Side.SOURCE),
                DiscoveredShop.NO_PROPERTIES,
                network.timing().clock(),
                Goals.outputs(folder.resolve("target")),
                progress::add);
    }

    private Discover.NewPlan newPlan(boolean mayOverwrite, ClusterAddress source) {
        return new Discover.NewPlan(
                "migration.yaml", file(), mayOverwrite, source, address("${destination.nameServers}"));
    }

    private DiscoveryReport discover(Selection selection) {
        return discover(false, selection, address("10.0.0.11:9876"));
    }

    private String plan() throws IOException {
        return Files.readString(file(), UTF_8);
    }

    @Test
    void thePlanSaysWhatWasSeenAndAsksForTheRest() throws IOException {
        DiscoveryReport report = discover(Selection.ALL);
        matchesGolden("shop.yaml", plan());
        assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(report.counts())
                .containsEntry("topics", 4L)
                .containsEntry("groups", 3L)
                .containsEntry("batches", 3L)
                .containsEntry("certain", 1L)
                .containsEntry("likely", 3L)
                .containsEntry("asked", 3L);
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("target/inference.json").toFile())
                        .at("/topics")
                        .size())
                .isEqualTo(4);
        fitsSchema(folder.resolve("target/inference.json"));
        assertThat(folder.resolve("target/result-discover.json")).content().contains("\"MIG-235\"");
        assertThat(progress)
                .containsExactly(
                        "Reading topics and groups…",
                        "Reading the clients of 3 groups…",
                        "Sampling the newest messages of 4 topics…");
    }

    @Test
    void theGoalEndsWithWhatToDecideAndTheNextCommand() throws IOException {
        List<String> lines = new ArrayList<>();
        new DiscoveryText(new PlainTerminal(lines)).print(discover(Selection.ALL));
        matchesGolden("shop.txt", String.join("\n", lines) + "\n");
    }

    @Test
    void aPlanThatLeavesNothingOpenIsComparedNext() throws IOException {
        List<String> lines = new ArrayList<>();
        DiscoveryReport report = discover(Selection.of(null, "clicks", null));
        new DiscoveryText(new PlainTerminal(lines)).print(report);
        assertThat(report.outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(plan()).contains("# Written by migrate:discover. Read the evidence behind the values.\n");
        matchesGolden("decided.txt", String.join("\n", lines) + "\n");
    }

    static void fitsSchema(Path inference) throws IOException {
        ObjectMapper json = new ObjectMapper();
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(json.readTree(
                                Path.of("../schema/inference-1.json").toFile()))
                        .validate(json.readTree(inference.toFile())))
                .isEmpty();
    }

    static void matchesGolden(String name, String text) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text, UTF_8);
        }
        assertThat(text).isEqualTo(Files.readString(golden, UTF_8));
    }

    /** A group that the plan leaves out still shows that its topic is consumed in order. */
    @Test
    void groupsThatAreLeftOutStillCountAsEvidence() throws IOException {
        discover(Selection.of(null, "clicks", null));
        String all = plan();
        discover()
                .choosing(Selection.of(null, null, "audit"))
                .run(newPlan(true, address("10.0.0.11:9876")), Selection.of(null, "clicks", null));
        assertThat(all).contains("- name: audit\n");
        assertThat(plan()).doesNotContain("audit").contains("type: NORMAL   # likely: ");
    }

    @Test
    void producersOfSeveralTopicsCoupleThem() throws IOException {
        network.clients
                .produces(Side.SOURCE, "10.0.0.2@2")
                .sends("10.0.0.2@2", "clicks", network.timing().clock().instant())
                .sends("10.0.0.2@2", "reminders", network.timing().clock().instant());
        discover(Selection.ALL);
        assertThat(plan()).contains("    # producer group senders writes clicks, reminders\n");
    }

    /** The plan is valid, and says what the wish of the user cuts. */
    @Test
    void theUserDecidesAboutBatches() throws IOException {
        discover().splitting(BatchSplit.of("pay*,order*")).run(newPlan(true, address("10.0.0.11:9876")), Selection.ALL);
        matchesGolden("split.yaml", plan());
        assertThat(plan())
                .containsSubsequence(
                        "  - name: pay\n    # topics that match pay*\n    # group ledger consumes payments, and in batch order orders\n",
                        "      - name: ledger\n",
                        "  - name: order\n    # topics that match order*\n    # group ledger consumes orders, and in batch pay payments\n",
                        "  - name: independent\n    # nothing was seen that couples these topics; to move one at a time,"
                                + " give each its own stage\n",
                        "      - name: clicks\n",
                        "      - name: reminders\n");
        assertThatThrownBy(() -> discover()
                        .splitting(BatchSplit.of("ordr*"))
                        .run(newPlan(true, address("10.0.0.11:9876")), Selection.ALL))
                .isInstanceOf(Fault.class)
                .hasMessage("No topic matches ordr* of migrate.batches.");
        assertThat(plan()).contains("- name: pay\n");
    }

    /** RocketMQ's own topics, and what proxies keep, are on every cluster that is planned. */
    @Test
    void systemNamesAreLeftOut() {
        for (String topic : List.of(
                "%RETRY%audit",
                "%DLQ%audit",
                "DefaultHeartBeatSyncerTopic",
                "RMQ_SYS_TRACE_TOPIC",
                "SCHEDULE_TOPIC_XXXX",
                "rmq_sys_REVIVE_LOG_source",
                "TBW102",
                "OFFSET_MOVED_EVENT",
                "source",
                "old-a",
                "source_REPLY_TOPIC")) {
            network.topic(Side.SOURCE, topic, ClusterFixture.topic(1));
        }
        for (String group : List.of("CID_DefaultHeartBeatSyncerTopic", "CID_RMQ_SYS_TRANS", "TOOLS_CONSUMER")) {
            network.group(Side.SOURCE, group, GroupSettings.DEFAULT);
        }
        assertThat(discover(Selection.ALL).counts()).containsEntry("topics", 4L).containsEntry("groups", 3L);
    }

    @Test
    void patternsSelectTopicsAndTheGroupsThatConsumeThem() throws IOException {
        discover(Selection.of(null, "*s", "order*,rem*"));
        assertThat(plan())
                .contains("name: clicks", "name: payments", "name: audit", "name: ledger")
                .doesNotContain("name: orders", "name: reminders", "name: forgotten");
        assertThatThrownBy(() -> discover(true, Selection.of(null, "nothing-*", null), address("10.0.0.11:9876")))
                .isInstanceOf(Fault.class)
                .hasMessage("No topic of source matches migrate.topic=nothing-*.");
    }

    @Test
    void aPlanThatExistsIsReplacedOnlyWithPermission() throws IOException {
        Files.writeString(file(), "mine\n");
        assertThatThrownBy(() -> discover(Selection.ALL))
                .isInstanceOfSatisfying(Fault.class, fault -> {
                    assertThat(fault.nextStep()).contains("-Dmigrate.overwrite=true");
                    assertThat(fault.help())
                            .hasValueSatisfying(page -> assertThat(page).endsWith("discover.html#add-what-is-new"));
                })
                .hasMessage("migration.yaml exists already.");
        assertThat(plan()).isEqualTo("mine\n");
        assertThat(progress).isEmpty();
        discover(true, Selection.ALL, address("10.0.0.11:9876"));
        assertThat(plan()).contains("name: clicks");
        assertThat(folder.resolve("target/result.json"))
                .content()
                .contains("\"fileSha256\" : \"" + PlanRevision.sha256(file()).orElseThrow() + "\"");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("migration.yaml", "target");
        }
    }

    @Test
    void addressesThatNoPlanMayHaveAreRefusedBeforeAnythingIsRead() {
        assertThatThrownBy(() -> discover(false, Selection.ALL, address("10.0.0.11")))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("The parameters of the clusters are not valid: ")
                .hasMessageContaining("10.0.0.11");
        assertThat(file()).doesNotExist();
        assertThat(progress).isEmpty();
    }
}
