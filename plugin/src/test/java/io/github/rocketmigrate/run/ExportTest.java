package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.file.MetadataExport;
import io.github.rocketmigrate.cluster.file.MetadataFiles;
import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.discover.Discovery;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.ExportReport;
import io.github.rocketmigrate.report.ExportText;
import io.github.rocketmigrate.report.PlainTerminal;
import io.github.rocketmigrate.run.Export.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code export} over clusters in memory: its files say the same as the cluster, but for what needs life. */
final class ExportTest {
    private static final GroupSettings UNUSUAL = new GroupSettings(
            false,
            false,
            false,
            ConsumeOrder.ORDERLY,
            2,
            3,
            1,
            2,
            false,
            4,
            20,
            "{\"customizedRetryPolicy\":{\"next\":[1000,5000]},\"type\":\"CUSTOMIZED\"}",
            new TreeMap<>(Map.of("lite.bind.topic", "orders")));

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));

    @BeforeEach
    void fill() {
        network.cluster(Side.SOURCE, "4.9.7", List.of("10.0.0.11:9876"), "old-a", "old-b")
                .cluster(Side.DESTINATION, "5.5.0", List.of("10.0.1.11:9876"), "new-a")
                .topic(Side.SOURCE, "clicks", ClusterFixture.topic(4))
                .topic(Side.SOURCE, "orders", new TopicSettings(8, 4, Access.READ, true, 1, new TreeMap<>()))
                .topic(Side.SOURCE, "%RETRY%audit", ClusterFixture.topic(1))
                .topic(Side.DESTINATION, "orders", ClusterFixture.topic(8).withType("FIFO"))
                .group(Side.SOURCE, "audit", GroupSettings.DEFAULT)
                .group(Side.SOURCE, "ledger", UNUSUAL)
                .group(Side.DESTINATION, "ledger", UNUSUAL);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private ExportReport export(Side side, Format format, String name) {
        return new Export((one, plan) -> network.reader(one), Goals.outputs(folder.resolve("target")))
                .run(Plans.plan("""
                        batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]
                        """), side, format, new Export.ExportTarget(file(name), name, "migration.yaml"));
    }

    private String text(String name) throws IOException {
        return Files.readString(file(name), UTF_8);
    }

    private Metadata live(Side side) throws InterruptedException {
        try (ClusterReader reader = network.reader(side)) {
            return reader.metadata(reader.nameServers(), Set.of());
        }
    }

    private Metadata read(String name) {
        MetadataFiles files = MetadataFiles.of(
                StoredCluster.read(Map.of(name, file(name)), OptionalInt.empty()), Optional.empty(), List.of());
        return files.metadata(files.nameServers(), Set.of());
    }

    @Test
    void theFileSaysWhatTheClusterHas() throws Exception {
        ExportReport report = export(Side.SOURCE, Format.MQADMIN_JSON, "source.json");
        assertThat(report.counts())
                .containsEntry("topics", 2L)
                .containsEntry("groups", 2L)
                .containsEntry("brokers", 2L);
        DiscoverTest.matchesGolden("source-metadata.json", text("source.json"));
        assertSame(read("source.json"), live(Side.SOURCE));
        export(Side.DESTINATION, Format.MQADMIN_JSON, "destination.json");
        assertSame(read("destination.json"), live(Side.DESTINATION));
    }

    private static void assertSame(Metadata stored, Metadata live) {
        assertThat(stored.cluster()).isEqualTo(live.cluster());
        assertThat(stored.topics()).isEqualTo(live.topics());
        assertThat(stored.groups()).isEqualTo(live.groups());
        live.topics().forEach(topic -> assertThat(stored.topic(topic)).isEqualTo(live.topic(topic)));
        live.groups().forEach(group -> assertThat(stored.group(group)).isEqualTo(live.group(group)));
        assertThat(stored.masters().map(Broker::version))
                .containsExactlyElementsOf(live.masters().map(Broker::version).toList());
        assertThat(Discovery.ofSettings(stored, stored.topics(), stored.groups()))
                .isEqualTo(Discovery.ofSettings(live, live.topics(), live.groups()));
    }

    /** Masters may differ, and a master may lack a topic or group. */
    @Test
    void whatMastersHaveOtherwiseIsKept() throws Exception {
        Metadata live = ClusterFixture.cluster("old", "4.9.7", "old-a", "old-b")
                .with("old-a", "clicks", ClusterFixture.topic(4))
                .with("old-b", "clicks", ClusterFixture.topic(16))
                .with("old-a", "orders", ClusterFixture.topic(2))
                .with("old-a", "ledger", GroupSettings.DEFAULT)
                .with("old-b", "ledger", UNUSUAL)
                .build();
        Files.writeString(file("source.json"), MetadataExport.text(live), UTF_8);
        assertThat(text("source.json")).contains("\"orders\" : null");
        assertSame(read("source.json"), live);
    }

    @Test
    void theSameClusterHasTheSameBytes() throws Exception {
        export(Side.SOURCE, Format.MQADMIN_JSON, "source.json");
        String before = text("source.json");
        export(Side.SOURCE, Format.MQADMIN_JSON, "source.json");
        assertThat(text("source.json")).isEqualTo(before).doesNotContain("\r");
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".part"));
        }
    }

    @Test
    void aPlanIsWritten() throws Exception {
        export(Side.DESTINATION, Format.PLAN, "destination.yaml");
        assertThat(text("destination.yaml"))
                .contains("# Written by migrate:export from the destination destination.\n")
                .contains("      - name: orders\n        type: FIFO   # certain: its brokers say FIFO\n")
                .contains("      - name: ledger\n        order: ORDERLY   # likely: ");
        assertThat(Plans.read(text("destination.yaml"), Map.of()).plan()).isPresent();
        export(Side.DESTINATION, Format.PLAN, "destination.yaml");
    }

    @Test
    void filesOfOthersAreNotReplaced() throws Exception {
        Files.writeString(file("migration.yaml"), "version: 1\n");
        assertThatThrownBy(() -> export(Side.SOURCE, Format.PLAN, "migration.yaml"))
                .isInstanceOf(Fault.class)
                .hasMessage("migration.yaml exists and was not written by migrate:export.");
        assertThatThrownBy(() -> export(Side.SOURCE, Format.PLAN, "."))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.exportFile=. is a folder.");
    }

    @Test
    void theGoalSaysWhatToDoWithTheFile() {
        List<String> lines = new ArrayList<>();
        new ExportText(new PlainTerminal(lines)).print(export(Side.SOURCE, Format.MQADMIN_JSON, "source.json"));
        assertThat(lines)
                .containsExactly(
                        "source (source): 2 topics, 2 groups of 2 brokers → source.json",
                        "",
                        "Next: hand over the file; a plan is written from it without access to the",
                        "source:",
                        "  mvn migrate:discover -Dmigrate.from=source.json");
    }
}
