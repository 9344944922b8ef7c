package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.discover.ClusterAddress;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.report.DiscoveryText;
import io.github.rocketmigrate.report.PlainTerminal;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.PlanText;
import io.github.rocketmigrate.report.Printed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan is written and compared with a running destination, while metadata files stand for the source. */
final class FilesOfSourceTest {
    private static final List<String> PARAMETERS = List.of("-Dmigrate.from=old");

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));

    @BeforeEach
    void writeFiles() throws IOException {
        network.cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a");
        Files.writeString(folder.resolve("topic.json"), """
                {"topicConfigTable":{
                 "clicks":{"perm":6,"readQueueNums":4,"writeQueueNums":4,"topicName":"clicks"},
                 "orders":{"perm":6,"readQueueNums":8,"writeQueueNums":8,"attributes":{"message.type":"FIFO"}},
                 "mail":{"perm":6,"readQueueNums":8,"writeQueueNums":8,"attributes":{"message.type":"NORMAL"}},
                 "prices":{"perm":6,"readQueueNums":1,"writeQueueNums":1,"order":true},
                 "%RETRY%audit":{"perm":6,"readQueueNums":1,"writeQueueNums":1}}}
                """, UTF_8);
        Files.writeString(folder.resolve("subscriptionGroup.json"), """
                {"subscriptionGroupTable":{
                 "audit":{"groupName":"audit","retryMaxTimes":5},
                 "ledger":{"groupName":"ledger","consumeMessageOrderly":true},
                 "TOOLS_CONSUMER":{"groupName":"TOOLS_CONSUMER"}}}
                """, UTF_8);
    }

    private StoredCluster files() {
        return StoredCluster.read(Map.of("old", folder), OptionalInt.empty());
    }

    private DiscoveryReport discover(Selection selection) {
        return discover(selection, Selection.ALL);
    }

    private DiscoveryReport discover(Selection selection, Selection groups) {
        return Discover.ofFiles(
                        files(),
                        PARAMETERS,
                        DiscoveredShop.NO_PROPERTIES,
                        Plans.TODAY,
                        Goals.outputs(folder.resolve("target")))
                .choosing(groups)
                .run(
                        new Discover.NewPlan(
                                "migration.yaml",
                                folder.resolve("migration.yaml"),
                                true,
                                address("${source.nameServers}"),
                                address("${destination.nameServers}")),
                        selection);
    }

    private static ClusterAddress address(String nameServers) {
        return new ClusterAddress(
                List.of(nameServers), "set this property", Optional.empty(), Optional.empty(), Optional.empty());
    }

    private PlanReport compare(MigrationPlan plan, Selection selection) {
        return new Plan(network.timing(), Goals.outputs(folder.resolve("target")), FencePolicy.USUAL, false, unused -> {
                    throw new AssertionError("the source is not reached");
                })
                .comparing(
                        it -> Connections.comparing(
                                it,
                                StoredSource.toCompare(files(), it),
                                network.reader(Side.DESTINATION),
                                network.timing()),
                        PARAMETERS)
                .run("migration.yaml", plan, selection, shown -> {});
    }

    private static MigrationPlan plan(String before) {
        return Plans.plan(before + """
                batches:
                  - name: all
                    topics: [{ name: clicks, type: NORMAL }, { name: orders, type: FIFO }]
                    groups: [{ name: audit, order: CONCURRENT }]
                """);
    }

    /** A blocker of the last examination is one line of the plan, and changes nothing else. */
    @Test
    void thePlanNamesTheBlockersOfTheLastExamination() throws IOException {
        PlanReport without = compare(plan(""), Selection.ALL);
        Files.writeString(
                Files.createDirectories(folder.resolve("target")).resolve("assessment.json"),
                """
                { "plan": "shop-to-5x", "time": "%s", "rows": [
                  { "id": "RMA-201", "title": "Message types", "state": "fired", "severity": "blocker" } ] }
                """.formatted(network.timing().clock().instant().minusSeconds(7_200)),
                UTF_8);
        PlanReport report = compare(plan(""), Selection.ALL);
        assertThat(report.outcome()).isEqualTo(without.outcome());
        String line = "assessment.json (2 h ago) has 1 blocker: RMA-201 Message types. Solve it before a topic moves";
        assertThat(Files.readString(folder.resolve("target/plan.md"), UTF_8)).contains(line);
        List<String> lines = new ArrayList<>();
        new PlanText(new PlainTerminal(lines), false, false).print(report);
        assertThat(String.join(" ", lines).replaceAll(" +", " ")).contains(line);
    }

    @Test
    void thePlanSaysWhatFilesDoNotShow() throws IOException {
        List<String> lines = new ArrayList<>();
        DiscoveryReport report = discover(Selection.ALL);
        new DiscoveryText(new PlainTerminal(lines)).print(report);
        DiscoverTest.matchesGolden("files.yaml", Files.readString(folder.resolve("migration.yaml"), UTF_8));
        DiscoverTest.matchesGolden("files.txt", String.join("\n", lines) + "\n");
        assertThat(folder.resolve("target/inference.json"))
                .content()
                .contains("\"unseen\" : \"only settings are known\"")
                .doesNotContain("\"stored\"", "\"running\"", "\"broadcasting\"");
        DiscoverTest.fitsSchema(folder.resolve("target/inference.json"));
    }

    @Test
    void groupsAreSelectedByTheirNames() throws IOException {
        DiscoveryReport report = discover(Selection.ALL, Selection.of(null, "*d*", "led*"));
        assertThat(report.counts()).containsEntry("topics", 4L).containsEntry("groups", 1L);
        assertThat(Files.readString(folder.resolve("migration.yaml"), UTF_8))
                .contains("- name: audit\n")
                .doesNotContain("ledger");
    }

    /** Nobody knows which groups consume the selected topics. */
    @Test
    void selectedTopicsComeWithAllGroups() throws IOException {
        DiscoveryReport report = discover(Selection.of(null, "or*", null));
        assertThat(report.counts()).containsEntry("topics", 1L).containsEntry("groups", 2L);
        assertThatThrownBy(() -> discover(Selection.of(null, "nothing", null)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("matches migrate.topic=nothing");
    }

    @Test
    void thePlanIsComparedWithTheDestination() {
        network.topic(Side.DESTINATION, "unused", ClusterFixture.topic(1));
        PlanReport report = compare(plan(""), Selection.ALL);
        assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
        assertThat(report.summary()).isEqualTo("Plan: 3 to create.");
        assertThat(Printed.of(report))
                .contains("source (version unknown, 1 broker) → ")
                .contains("Files stood for the source.")
                .contains("Next: when the source can be reached, compare the plan with it before you apply it")
                .doesNotContain("migrate:apply");
    }

    @Test
    void theSettingsOfFilesAreWanted() {
        network.topic(Side.DESTINATION, "clicks", ClusterFixture.topic(2))
                .topic(Side.DESTINATION, "orders", ClusterFixture.topic(8).withType("FIFO"))
                .group(Side.DESTINATION, "audit", GroupSettings.DEFAULT.with(ConsumeOrder.CONCURRENT, 5));
        PlanReport report = compare(plan(""), Selection.ALL);
        assertThat(report.summary()).isEqualTo("Plan: 1 to update; 2 unchanged.");
    }

    @Test
    void stagesNeedTheRunningSource() {
        assertThatThrownBy(() -> compare(plan("traffic: { routing: join }\n"), Selection.ALL))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("The plan moves traffic, and the stages of its topics are unknown: ")
                .satisfies(fault -> assertThat(((Fault) fault).at()).isPresent());
    }

    /** Which groups of other batches consume a topic is in no file. */
    @Test
    void aPartOfThePlanNeedsTheRunningSource() {
        assertThatThrownBy(() -> compare(plan(""), Selection.of(null, "clicks", null)))
                .isInstanceOf(Fault.class)
                .hasMessage("This needs the running source, and only its metadata files were read.");
    }

    /** Only the addresses of a cluster that is asked have to be known. */
    @Test
    void anUnsetAddressOfTheSourceIsNoError() {
        String text = """
                version: 1
                name: shop
                source: { nameServers: ["${source.nameServers}"] }
                destination: { nameServers: ["%s"] }
                batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]
                """;
        Path file = folder.resolve("migration.yaml");
        assertThat(PlanReaders.comparing(DiscoveredShop.NO_PROPERTIES, Plans.TODAY)
                        .read(file, text.formatted("10.0.1.11:9876"))
                        .plan())
                .isPresent();
        assertThat(PlanReaders.comparing(DiscoveredShop.NO_PROPERTIES, Plans.TODAY)
                        .read(file, text.formatted("${destination.nameServers}"))
                        .plan())
                .isEmpty();
    }
}
